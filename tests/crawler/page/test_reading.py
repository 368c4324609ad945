"""A whole page is read: menu, crumb, rows, redirect."""

from __future__ import annotations

from datetime import UTC, date, datetime

from crawler.page.reading import read_page
from ledger.work import Arrival, Visit

URL = "https://www.example.gov.cn/zwgk/ys/"


def arrival(markup: str, url: str = URL) -> Arrival:
    body = markup.encode()
    now = datetime(2026, 7, 22, tzinfo=UTC)
    return Arrival(Visit(url, url), url, 200, (("Content-Type", "text/html"),), body, "s1", now)


def test_menu_rows_and_crumb_are_read() -> None:
    page = read_page(
        arrival(
            "<html><body><ul><li><a href='/a/'>法定主动公开内容</a><ul style='display:none'>"
            "<li><a href='/zwgk/ys/'>预算/决算</a></li></ul></li></ul>"
            "<div>当前位置：<a href='/'>首页</a>&gt;<a href='/zwgk/'>政务公开</a>&gt;预算/决算</div>"
            "<ul><li><a href='./202602/t20260210_1.html'>2026年预算</a><span>2026-02-10</span></li>"
            "<li><a href='./202502/t20250214_2.html'>2025年预算</a><span>2025-02-14</span></li></ul></body></html>"
        )
    )
    assert [(link.label, link.parent, link.hidden) for link in page.links[:2]] == [
        ("法定主动公开内容", None, False),
        ("预算/决算", 0, True),
    ]
    assert [entry.label for entry in page.breadcrumb] == ["首页", "政务公开", "预算/决算"]
    assert [(row.title, row.published_on) for row in page.rows] == [
        ("2026年预算", date(2026, 2, 10)),
        ("2025年预算", date(2025, 2, 14)),
    ]
    assert page.rows[0].url == "https://www.example.gov.cn/zwgk/ys/202602/t20260210_1.html"


def test_meta_refresh_with_odd_spacing_redirects() -> None:
    page = read_page(
        arrival('<html><head><META   HTTP-EQUIV="Refresh"   CONTENT="0;url=./zfxxgkzn/"></head><body></body></html>')
    )
    assert page.redirect_to == "https://www.example.gov.cn/zwgk/ys/zfxxgkzn/"
