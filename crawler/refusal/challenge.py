"""Pages of web application firewalls and challenges, by a table of marks; a page with content is innocent."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.refusal.glance import Glance
from ledger.reason import Reason
from ledger.work import Arrival


@dataclass(frozen=True, slots=True)
class WafMark:
    """Mark of a firewall (防护拦截特征).

    Attributes:
        vendor: its name in reports.
        body: pattern in the source of an answer that carries next to nothing else.
        header: pattern in a ``name: value`` line; firewalls set cookies on good pages too, so a header mark counts only
            beside a status that refuses, or where the answer is nothing but a script.
    """

    vendor: str
    body: str = ""
    header: str = ""


MARKS = (
    WafMark("瑞数", r"\$_ts\b|FSSBB[A-Za-z0-9]{8,}", r"set-cookie: FSSBB|set-cookie: [A-Za-z0-9]{13}[ST]="),
    WafMark("加速乐", r"__jsl_clearance|__jsluid", r"set-cookie: __jsluid|x-via-jsl"),
    WafMark("创宇盾", r"365cyd|知道创宇|创宇盾|yunaq\.com|jiasule\.com", r"server: .*(?:yunaq|jiasule)"),
    WafMark("安全狗", r"safedog|安全狗|waf/safedogsite", r"set-cookie: safedog|x-powered-by: safedog|waf/2\.0"),
    WafMark("云锁", r"yunsuo|云锁", r"set-cookie: yunsuo_session|set-cookie: security_session_verify"),
    WafMark(
        "雷池", r"safeline|雷池|长亭科技|chaitin|sl-session|sl_challenge", r"set-cookie: sl-session|server: .*safeline"
    ),
    WafMark(
        "阿里云盾",
        r"errors\.aliyun\.com|aliyun_waf|acw_sc__v[23]|\barg1\s*=\s*['\"][0-9A-F]{40}|阿里云盾|云盾|yundun|awsc\.js|_waf_",
        r"set-cookie: (?:acw_sc__|aliyungf_tc|yd_cookie|yunsuo)|server: .*(?:yunjiasu-aliyun|aliyun-waf)",
    ),
    WafMark(
        "腾讯云防护",
        r"waf\.tencent|tencent\s*cloud\s*waf|T-Sec|腾讯云.{0,8}(?:防火墙|WAF)|TencentWAF|/waf_captcha|TCaptcha",
    ),
    WafMark(
        "华为云防护",
        r"HWWAFSESID|HuaweiCloud\s*WAF|华为云.{0,8}(?:防火墙|WAF)|hwclouds-waf",
        r"set-cookie: HWWAFSES|server: .*(?:cloudwaf|hwwaf)",
    ),
    WafMark("百度云加速", r"yunjiasu|百度云加速|baidu_waf", r"server: .*yunjiasu"),
    WafMark(
        "奇安信网站卫士",
        r"wzws-waf-cgi|wzws_sessionid|360wzws|网站卫士|anyu\.qianxin|安域",
        r"server: .*(?:wzws|qianxin-waf|anyu)|x-powered-by-360wzb|wzws-ray|anyu",
    ),
    WafMark("虚拟容器防护", r"<html\s[^>]*shield\s*="),
    WafMark("D盾", r"D盾_拦截提示|D盾|d99net"),
    WafMark("安恒", r"玄武盾|明御.{0,6}防火墙|dbappwaf|安恒信息", r"set-cookie: .*dbappwaf|server: .*xuanwudun"),
    WafMark("绿盟", r"NSFOCUS|绿盟科技", r"server: .*nsfocus"),
    WafMark("启明星辰", r"天清.{0,6}(?:防火墙|WAF)|venustech|启明星辰"),
    WafMark("深信服", r"sangfor|深信服", r"server: .*sangfor"),
    WafMark("网宿", r"wangsu|网宿.{0,6}(?:防护|WAF)|cdnws\.com|ws-acl-denied", r"x-ws-.*deny"),
    WafMark("宝塔", r"宝塔.{0,6}防火墙|btwaf", r"set-cookie: btwaf"),
    WafMark("护卫神", r"护卫神|hws_waf"),
    WafMark("智创", r"智创.{0,8}防火墙|zhichuangfanghuo|safe\.zhichuang"),
    WafMark("西部数码", r"WTS-WAF|westdomain-waf", r"server: .*wts-?waf"),
    WafMark("山石网科", r"hillstone|山石网科"),
    WafMark("长城防护", r"GreatWall|铱迅|yxlink", r"set-cookie: yx(?:_ci|link)"),
    WafMark("盛邦安全", r"RayWAF|WebRAY|盛邦安全", r"server: .*(?:raywaf|webray)"),
    WafMark("F5", r"The requested URL was rejected\. Please consult with your administrator"),
    WafMark("Cloudflare", r"cf-chl-|cf_chl_|Just a moment\.\.\.|challenge-platform", r"cf-mitigated: challenge"),
    WafMark("龙讯防护", r"document\.cookie\s*=[^;]{0,200};?[^<]{0,300}location\.(?:reload|href\s*=\s*location)"),
)
_BODIES = tuple((mark.vendor, re.compile(mark.body, re.IGNORECASE)) for mark in MARKS if mark.body)
_HEADERS = tuple((mark.vendor, re.compile(mark.header, re.IGNORECASE)) for mark in MARKS if mark.header)
_WORDS = re.compile(
    r"访问被(?:阻断|拦截|拒绝|禁止)|请求被(?:阻断|拦截|拒绝)|您的(?:访问|请求).{0,20}(?:阻断|拦截|攻击|不合法|威胁)|拦截提示|疑似攻击|非法请求"
    r"|网站防火墙|应用防火墙|安全验证|人机验证|(?:滑动|拖动).{0,6}验证|请完成.{0,6}验证|安全检测|浏览器安全检查|浏览器检查"
    r"|请开启\s*JavaScript|Access Denied|Web Application Firewall|Request (?:blocked|rejected)|Forbidden by",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"(?:访问|请求|操作)(?:过于|太)?频繁|访问次数(?:过多|超限)|too many requests|rate limit", re.IGNORECASE
)


def by_challenge(arrival: Arrival, seen: Glance) -> tuple[Reason, str] | None:
    """Name a challenge or interception; None where the answer carries content, whatever words stand in it."""
    if not seen.small:
        return None
    if _OFTEN.search(seen.text) or _OFTEN.search(seen.title):
        return Reason.RATE_LIMITED, "网站提示访问过于频繁"
    for vendor, pattern in _BODIES:
        if pattern.search(seen.source):
            return Reason.WAF_CHALLENGE, f"被网站安全防护拦截（{vendor}）"
    refusing = arrival.status not in (200, 203) or (not seen.text and "<script" in seen.source.lower())
    if refusing:
        lines = [f"{name}: {value}" for name, value in arrival.headers]
        for vendor, pattern in _HEADERS:
            if any(pattern.search(line) for line in lines):
                return Reason.WAF_CHALLENGE, f"被网站安全防护拦截（{vendor}）"
    if _WORDS.search(seen.text) or _WORDS.search(seen.title):
        return Reason.WAF_CHALLENGE, "被网站安全防护拦截"
    return None
