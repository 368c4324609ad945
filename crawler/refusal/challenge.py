"""Pages of web application firewalls and challenges, by the products' marks; a page with content is innocent."""

from __future__ import annotations

import re

from crawler.page.addressing import absolute
from crawler.refusal.glance import Glance
from crawler.refusal.maintenance import by_maintenance
from crawler.refusal.products import Product, products
from ledger.reason import Reason
from ledger.work import Arrival

_TO_THE_READER = re.compile(
    r"(?:您|你)的?(?:当前|本次)?的?(?:访问|请求|操作|行为|IP|浏览器|URL|网址).{0,24}(?:阻断|拦截|攻击|不合法"
    r"|不合理|非法|威胁|异常|可疑|禁止|拒绝|封禁|黑名单|风险|限制)"
    r"|(?:您|你)(?:所)?(?:提交|请求|访问)的?.{0,12}(?:不合法|不合理|非法|危险|恶意|攻击)|当前(?:访问"
    r"|请求).{0,12}(?:攻击|拦截|异常|风险|威胁)"
    r"|(?:检测到|发现)(?:您|你|当前).{0,16}(?:攻击|异常|恶意|风险)|请(?:先)?(?:完成|进行|通过).{0,10}验证"
    r"|(?:拖动|按住|滑动).{0,8}(?:滑块|完成|验证)"
    r"|请(?:先)?(?:开启|启用|打开).{0,6}(?:JavaScript|Cookie)|正在(?:进行)?(?:安全|浏览器).{0,4}(?:检测|检查|验证)"
    r"|(?:已|被)(?:被)?(?:网站)?管理员设置拦截"
    r"|your (?:access|request|ip)[^.]{0,40}(?:blocked|denied|intercepted|rejected|forbidden)"
    r"|checking your browser|verify (?:that )?you are (?:a )?human"
    r"|request (?:has been|was|is)[^.]{0,40}(?:blocked|denied|rejected)"
    r"|blocked (?:by .{0,30}(?:waf|firewall)|your request)|enable javascript and cookies|security check to access",
    re.IGNORECASE,
)
"""Sentences that a refusal says to its reader."""
_BARE = re.compile(
    r"访问被?(?:阻断|拦截|拒绝|禁止)|请求被?(?:阻断|拦截|拒绝)|拦截提示|疑似.{0,4}攻击|非法(?:请求|访问)"
    r"|网站防火墙|应用防火墙|安全验证|人机验证|安全检测"
    r"|浏览器安全检查|(?:已被|遭到?).{0,10}拦截|输入.{0,8}验证码.{0,12}(?:继续|访问)"
    r"|Access Denied|Web Application Firewall|Request (?:blocked|rejected)",
    re.IGNORECASE,
)
"""Words of refusals that stand in articles as well."""
_ABOUT = re.compile(
    r"公告|通知|通报|采购|招标|中标|成交|培训|会议|印发|办法|方案|意见|报告|宣传|讯[）)】]|工作|项目|预算|软件"
    r"|设备|公司|决定|规定|当事人"
)
_QUOTED = re.compile(r"“[^”]{0,200}”|《[^》]{0,100}》|「[^」]{0,100}」")
_OFTEN = re.compile(
    r"(?:访问|请求|操作|刷新)(?:过于|太|次数)?(?:频繁|过快|过多|超限|超过)"
    r"|too many requests|rate.?limit(?:ed| exceeded|ing)",
    re.IGNORECASE,
)
_RELOADS = re.compile(
    r"\beval\s*\(|document\.cookie|location\.reload|_0x[0-9a-f]{2,}|String\.fromCharCode|\batob\s*\("
    r"|\bunescape\s*\(|\[\]\[['\"]"
)
_SENDS = re.compile(
    r"location(?:\.href)?\s*=\s*[\"'](?:https?:/)?[./\w]|location\.(?:replace|assign)\s*\(\s*[\"']"
    r"|<meta[^>]{0,40}refresh",
    re.I,
)
_TARGET = re.compile(r"location(?:\.href)?\s*=\s*[\"']([^\"'<>\s]{1,500})[\"']")
_PASSWORD = re.compile(r"<input[^>]{0,300}type\s*=\s*[\"']?password", re.IGNORECASE)
_NOT_DENIED = frozenset({200, 203, 206, 401, 404, 407, 410, 416, 431, 500, 501, 502, 504, 505, 507})
"""Statuses with which no product refuses by itself; an origin behind one answers so, and the product's header stays."""

_GONE = (404, 410)


def by_challenge(arrival: Arrival, seen: Glance) -> tuple[Reason, str] | None:
    """Name a challenge or interception; None where the answer carries content, whatever words stand in it.

    An answer of 404 is a product's only where it says so to its reader: one of them decorates honest 404 pages.
    """
    status = arrival.status or 0
    whole = status in (200, 203)
    if not (seen.small if whole else seen.moderate) or (whole and seen.portal_signs):
        return None
    said = f"{seen.title}\n{_QUOTED.sub('', seen.text)}"
    about = _ABOUT.search(said) is not None
    if _OFTEN.search(said) and not (whole and about):
        return Reason.RATE_LIMITED, "网站提示访问过于频繁"
    told = _TO_THE_READER.search(said) is not None or (_BARE.search(said) is not None and not about)
    found = _named(arrival, seen, told) if told or status not in _GONE else None
    if found is not None:
        return Reason.WAF_CHALLENGE, f"被网站安全防护拦截（{found.name}）"
    if told and (whole or status not in _NOT_DENIED) and not _PASSWORD.search(seen.source):
        return Reason.WAF_CHALLENGE, "被网站安全防护拦截"
    if (status in (403, 405, 503, 521) and _is_program(seen)) or (whole and _sends_to_itself(arrival, seen)):
        return Reason.WAF_CHALLENGE, "被网站安全防护拦截（脚本验证）"
    return None


def _named(arrival: Arrival, seen: Glance, told: bool) -> Product | None:
    """The product whose page this is: by what only its pages hold, by words beside a refusal, by headers beside one."""
    status = arrival.status or 0
    for product in products():
        hit = product.body.search(seen.source) if product.body is not None else None
        if hit is not None and (told or status not in (200, 203) or hit.group() not in seen.text):
            return product
    for product in products():
        denied = told or status not in _NOT_DENIED or status in product.statuses
        if denied and product.words is not None and product.words.search(seen.source):
            return product
    lines = [f"{name}: {value}" for name, value in arrival.headers]
    for product in products():
        if product.headers is None or not _counts(product, status, seen, told):
            continue
        if any(product.headers.search(line) for line in lines):
            return product
    bare = not seen.text and not seen.links
    return next((one for one in products() if bare and one.programs and one.programs.search(seen.source)), None)


def _counts(product: Product, status: int, seen: Glance, told: bool) -> bool:
    """Whether a header of a product means that it answered: good pages carry it too."""
    if status in product.statuses:
        return True
    if status == 503:
        return by_maintenance(seen) is None
    if status not in _NOT_DENIED:
        return True
    return told or (status in (200, 203) and _is_program(seen))


def _is_program(seen: Glance) -> bool:
    """The answer is a program that asks for the page once more, and neither content nor the way to another page."""
    if seen.text or seen.links or seen.framed:
        return False
    return _RELOADS.search(seen.source) is not None and _SENDS.search(seen.source) is None


def _sends_to_itself(arrival: Arrival, seen: Glance) -> bool:
    """A cookie is set and the page's own address asked for again."""
    if seen.text or seen.links or seen.framed or "document.cookie" not in seen.source:
        return False
    own = arrival.url.partition("#")[0]
    return any(absolute(own, found.group(1)) == own for found in _TARGET.finditer(seen.source))
