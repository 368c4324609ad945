"""Refusals are named, innocent pages are not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.page.page import Page, Unusable
from crawler.refusal.classifier import classify, read_or_refuse
from crawler.refusal.fingerprint import HostFingerprints
from ledger.reason import Reason
from ledger.work import Arrival, Visit

URL = "https://www.example.gov.cn/zwgk/ghxx/"
NOW = datetime(2026, 7, 22, tzinfo=UTC)
MENU = "".join(f"<li><a href='/zwgk/c{number}/'>栏目{number}</a></li>" for number in range(12))
ROWS = "".join(
    f"<li><a href='./202602/t2026021{number}_9.html'>关于第{number}号规划的通知</a><span>2026-02-1{number}</span></li>"
    for number in range(6)
)
LIST = (
    f"<html><head><title>规划信息</title></head><body><ul>{MENU}</ul>"
    f"<div>当前位置：<a href='/'>首页</a>&gt;规划信息</div><ul>{ROWS}</ul></body></html>"
)
NO_HOST = HostFingerprints()


def arrival(
    markup: str | bytes, status: int | None = 200, url: str = URL, headers: tuple[tuple[str, str], ...] = ()
) -> Arrival:
    body = markup if isinstance(markup, bytes) else markup.encode()
    return Arrival(Visit(url, url), url, status, (("Content-Type", "text/html"), *headers), body, "s1", NOW)


def reason_of(came: Arrival, known: HostFingerprints = NO_HOST) -> Reason | None:
    read = read_or_refuse(came, known)
    return read.reason if isinstance(read, Unusable) else None


@pytest.mark.parametrize(
    "status, reason",
    [
        (401, Reason.LOGIN_WALL),
        (403, Reason.HTTP_4XX),
        (404, Reason.HTTP_4XX),
        (405, Reason.HTTP_4XX),
        (410, Reason.HTTP_4XX),
        (412, Reason.WAF_CHALLENGE),
        (429, Reason.RATE_LIMITED),
        (451, Reason.HTTP_4XX),
        (500, Reason.HTTP_5XX),
        (503, Reason.HTTP_5XX),
        (206, Reason.TRUNCATED),
        (204, Reason.TRUNCATED),
    ],
)
def test_statuses_are_named_and_kept(status: int, reason: Reason) -> None:
    refused = classify(arrival("<html><body>error</body></html>", status), None, NO_HOST)
    assert refused is not None
    assert (refused.reason, refused.status) == (reason, status)


WAF_PAGES = [
    (412, "<html><head><script>$_ts=window['$_ts'];$_ts.nsd=1;</script></head><body></body></html>", ()),
    (202, "<html><head><meta id='x' content='y'><script>$_ts={};</script></head><body></body></html>", ()),
    (200, "<html><script>if(!$_ts)$_ts={};$_ts.cd='qMa';</script></html>", ()),
    (
        521,
        "<script>document.cookie=('_')+('_')+('j')+'sl';location.href=location.pathname</script>",
        (("Set-Cookie", "__jsluid_s=ab1; max-age=1"),),
    ),
    (403, "<html><head><title>创宇盾</title></head><body>当前访问疑似黑客攻击，已被创宇盾拦截</body></html>", ()),
    (
        200,
        "<html><title>网站访问报错</title><body>网站防火墙 您的请求带有不合法参数！<a href='http://www.safedog.cn'>安全狗</a></body></html>",
        (),
    ),
    (200, "<html><body>云锁 您请求的页面包含一些不合理的内容</body></html>", ()),
    (468, "<html><title>安全检测能力由 雷池 WAF 驱动</title><body>正在检测</body></html>", ()),
    (
        405,
        "<html><body><img src='https://errors.aliyun.com/TB1.png'>很抱歉，您的访问被阻断。</body></html>",
        (),
    ),
    (
        200,
        "<html><script>var arg1='A1B2C3D4E5F60718293A4B5C6D7E8F9001122334';function setCookie(){}</script></html>",
        (),
    ),
    (403, "<html><body>您的请求被 腾讯云 WAF 拦截</body></html>", ()),
    (418, "<html><body>很抱歉，您的访问请求疑似攻击行为</body></html>", (("Set-Cookie", "HWWAFSESID=1234; path=/"),)),
    (
        200,
        '<html shield="Virtual Container Shield"><head><script>eval(["a","b"])</script></head><body></body></html>',
        (),
    ),
    (200, "<html><body>请完成安全验证后继续访问</body></html>", ()),
]


@pytest.mark.parametrize("status, markup, headers", WAF_PAGES)
def test_firewalls_and_challenges_are_named(status: int, markup: str, headers: tuple[tuple[str, str], ...]) -> None:
    assert reason_of(arrival(markup, status, headers=headers)) is Reason.WAF_CHALLENGE


def test_too_often_is_a_limit_of_rate() -> None:
    assert reason_of(arrival("<html><body>您的访问过于频繁，请稍后再试</body></html>")) is Reason.RATE_LIMITED


@pytest.mark.parametrize(
    "words",
    [
        "安全狗、云锁、雷池等网站防火墙产品采购公告",
        "404 not found 页面不存在问题整改情况的通报：您访问的页面不存在",
        "系统升级维护期间暂停服务的通知",
        "访问过于频繁将被拦截，请登录后查看",
    ],
)
def test_a_page_with_content_is_innocent_of_any_word(words: str) -> None:
    innocent = LIST.replace("关于第1号规划的通知", words)
    headers = (("Set-Cookie", "HWWAFSESID=1; path=/"), ("Set-Cookie", "__jsluid_s=1"), ("Server", "yunjiasu"))
    assert isinstance(read_or_refuse(arrival(innocent, headers=headers), NO_HOST), Page)


def test_an_article_about_a_firewall_is_innocent() -> None:
    text = "网信办通报网站安全狗误拦截事件，访问被阻断的单位应当整改。" * 20
    head = "<html><head><meta name='ArticleTitle' content='通报'></head>"
    body = f"{head}<body><div id='zoom'><p>{text}</p></div></body></html>"
    assert isinstance(read_or_refuse(arrival(body), NO_HOST), Page)


@pytest.mark.parametrize(
    "markup",
    [
        "<html><title>提示信息</title><body>提示信息 该信息不存在 <a href='/'>返回首页</a></body></html>".encode("gbk"),
        b"<html><title>404 Not Found</title><body>404</body></html>",
        "<html><body>您访问的页面不存在或已删除</body></html>".encode(),
        f"<html><body><ul>{MENU}</ul><div>当前位置：首页&gt;错误</div><p>抱歉，您访问的页面不存在</p></body></html>".encode(),
    ],
)
def test_soft_404_is_named_by_its_words(markup: bytes) -> None:
    assert reason_of(arrival(markup)) is Reason.SOFT_404


def test_likeness_to_the_probe_is_a_soft_404() -> None:
    markup = f"<html><title>某区政府</title><body><ul>{MENU}</ul><p>欢迎</p></body></html>"
    probe = read_or_refuse(arrival(markup, url="https://www.example.gov.cn/zwgk/x8f3/"), NO_HOST)
    assert isinstance(probe, Page)
    known = NO_HOST.with_probe(probe)
    assert reason_of(arrival(markup), known) is Reason.SOFT_404
    assert reason_of(arrival(LIST), known) is None


def test_the_home_page_at_a_wrong_address_is_a_soft_404_and_at_its_own_is_not() -> None:
    home_url = "https://www.example.gov.cn/"
    home = read_or_refuse(arrival(LIST, url=home_url), NO_HOST)
    assert isinstance(home, Page)
    known = NO_HOST.with_home(home)
    assert reason_of(arrival(LIST), known) is Reason.SOFT_404
    assert reason_of(arrival(LIST, url=home_url + "index.html"), known) is None
    assert reason_of(arrival(LIST.replace("规划的通知", "预算的公告")), known) is None


def test_a_login_form_is_a_wall_and_a_form_beside_content_is_not() -> None:
    form = "<form>用户登录<input name='u'><input type='password' name='p'></form>"
    assert reason_of(arrival(f"<html><title>统一身份认证登录</title><body>{form}</body></html>")) is Reason.LOGIN_WALL
    assert reason_of(arrival(LIST.replace("<div>当前", form + "<div>当前"))) is None


def test_maintenance_is_named() -> None:
    assert reason_of(arrival("<html><body>网站正在升级维护，敬请谅解</body></html>")) is Reason.MAINTENANCE
    assert reason_of(arrival("<html><body>系统维护中</body></html>", 503)) is Reason.MAINTENANCE


def test_an_empty_body_is_cut() -> None:
    assert reason_of(arrival(b"  \n")) is Reason.TRUNCATED


def test_a_reason_of_the_fetch_is_kept() -> None:
    came = Arrival(Visit(URL, URL), URL, None, (), b"", "", NOW, reason=Reason.NOT_RECORDED)
    assert reason_of(came) is Reason.NOT_RECORDED


def test_a_document_under_a_page_address_is_a_page_without_content() -> None:
    read = read_or_refuse(arrival(b"%PDF-1.7 \xd0\xcf binary"), NO_HOST)
    assert isinstance(read, Page)
    assert read.text == ""
