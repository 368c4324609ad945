"""A host's answer to a wrong address is known again, and two pages of one template are two pages."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.page.page import Page, Unusable
from crawler.refusal.classifier import read_or_refuse
from crawler.refusal.fingerprint import HostFingerprints
from ledger.reason import Reason
from ledger.work import Arrival, Visit

HOST = "https://www.example.gov.cn"
NAMES = [f"栏目第{'一二三四五六七八九十'[number % 10]}{number}号" for number in range(200)]
MENU = "".join(f"<li><a href='/zwgk/c{number}/'>{name}</a></li>" for number, name in enumerate(NAMES))


def arrival(path: str, main: str, crumb: str = "规划信息") -> Arrival:
    """A page whose title says nothing and whose menus hold far more than its main part."""
    markup = (
        f"<html><head><title>某区人民政府</title></head><body><ul>{MENU}</ul>"
        f"<div>当前位置：<a href='/'>首页</a>&gt;{crumb}</div>"
        f"<div class='main'>{main}</div><div class='footer'>主办：某区人民政府</div></body></html>"
    )
    url = HOST + path
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Arrival(Visit(url, url), url, 200, headers, markup.encode(), "s1", datetime(2026, 7, 22, tzinfo=UTC))


def probed(path: str, main: str) -> HostFingerprints:
    page = read_or_refuse(arrival(path, main, "提示"), HostFingerprints())
    assert isinstance(page, Page)
    return HostFingerprints().with_probe(page)


def reason(known: HostFingerprints, came: Arrival) -> Reason | None:
    read = read_or_refuse(came, known)
    return read.reason if isinstance(read, Unusable) else None


def test_an_answer_that_repeats_the_address_and_the_time_is_known_again() -> None:
    known = probed("/3f9c0a7b1e2d4c58.html", "<p>没有为您准备 /3f9c0a7b1e2d4c58.html 今天是2021年11月30日 10:21:07</p>")
    again = arrival("/zwgk/ghxx-2021/", "<p>没有为您准备 /zwgk/ghxx-2021/ 今天是2021年12月1日 0:4:51</p>", "提示")
    assert reason(known, again) is Reason.SOFT_404


def test_a_short_page_of_the_same_template_is_a_page() -> None:
    known = probed("/3f9c0a7b1e2d4c58.html", "<p>小编没有为您准备这个</p>")
    assert reason(known, arrival("/zwgk/lxwm/", "<p>办公电话：023-58200000</p>")) is None
    assert reason(known, arrival("/zwgk/sfxm/", "<p>暂无信息</p>")) is None


def test_a_short_page_of_the_home_pages_template_is_a_page() -> None:
    home = read_or_refuse(arrival("/", "<p>欢迎访问某区人民政府</p>", "首页"), HostFingerprints())
    assert isinstance(home, Page)
    known = HostFingerprints().with_home(home)
    assert reason(known, arrival("/zwgk/lxwm/", "<p>办公电话：023-58200000</p>")) is None
    assert reason(known, arrival("/zwgk/gone/", "<p>欢迎访问某区人民政府</p>", "首页")) is Reason.SOFT_404
