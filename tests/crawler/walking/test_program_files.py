"""Menus that a program file of the same host writes are asked for and read; one that cannot be told accuses nobody."""

from __future__ import annotations

import pytest
from literal_portal import itinerary
from site_in_text import Sent, walked

from catalog.catalogue import load_catalogue
from ledger.observation import ColumnObservation, Reach
from ledger.reason import Reason

NAV = '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li></ul>'
FOOT = '<div class="foot"><a href="/map/">网站地图</a><a href="/about/">关于我们</a></div>'
LABELS = ("公开指南", "公开制度", "机关简介", "收费项目", "预算/决算")


def page(body: str, title: str = "政务公开") -> str:
    return f"<html><head><title>{title}</title></head><body>{NAV}{body}{FOOT}</body></html>"


def site(program: str) -> dict[str, str | bytes | Sent]:
    return {
        "/": page("<div class='m'><a href='/zwgk/'>政务公开</a></div>", "某区人民政府"),
        "/zwgk/": page('<div class="left"><script src="/js/leftmenu.js"></script></div><h2>政务公开</h2>'),
        "/js/leftmenu.js": Sent(program.encode(), 200, (("Content-Type", "application/javascript"),)),
        "/zwgk/4/": page("<h2>预算/决算</h2>", "预算/决算"),
    }


def columns(pages: dict[str, str | bytes | Sent], path: str) -> ColumnObservation:
    seen, _ = walked(pages, itinerary(path))
    (found,) = [one for one in seen if isinstance(one, ColumnObservation)]
    return found


WRITES = "".join(
    f"document.write('<li><a href=\"./{number}/\">{label}</a></li>');\n" for number, label in enumerate(LABELS)
)


def test_menu_of_a_program_file_leads_from_the_page_that_names_it() -> None:
    found = columns(site(WRITES), "政务公开>预算/决算")
    assert (found.reach, found.url.endswith("/zwgk/4/")) == (Reach.FOUND, True)


@pytest.mark.parametrize("program", [WRITES, f"var n = load();\n{WRITES}document.write(n);", "$.get('/m', draw);"])
def test_what_a_program_does_not_write_is_left_to_a_browser(program: str) -> None:
    found = columns(site(program), "政务公开>政府公报")
    assert (found.reach, found.reason) == (Reach.UNREACHED, Reason.NEEDS_BROWSER)


def test_a_level_in_between_and_its_menu_stand_in_program_files() -> None:
    catalogue = load_catalogue()
    nav = "".join(
        f"document.writeln('<li><a href=\"{url}\">{label}</a></li>');\n"
        for label, url in {
            "首页": "/",
            "走进本区": "/zj/",
            "新闻中心": "/xw/",
            "政务公开": "/zwgk/",
            "办事": "/bs/",
        }.items()
    )
    left = (
        "document.writeln('<ul><li><a href=\"/zwgk/ml/\">政府信息公开目录</a><ul>');\n"
        + "".join(
            f"document.writeln('<li><a href=\"/zwgk/ml/{number}/\">{label}</a></li>');\n"
            for number, label in enumerate(("市场准入负面清单", "惠民惠农资金", "政府公报"))
        )
        + "document.writeln('</ul></li></ul>');\n"
    )
    javascript = (("Content-Type", "application/javascript"),)
    top = '<div class="nav"><script src="/js/nav.js"></script></div>'
    column = '<html><body>{}<div class="left"><script src="/js/left.js"></script></div><h2>{}</h2>{}</body></html>'
    rows = '<ul><li><a href="/a/1.html">补贴政策清单</a><span>2021-11-01</span></li></ul>'
    news = "".join(
        f'<li><a href="/xw/{day}.html">区政府第{day}次会议</a><span>2021-11-{day}</span></li>' for day in range(10, 18)
    )
    pages: dict[str, str | bytes | Sent] = {
        "/": f"<html><head><title>某区人民政府</title></head><body>{top}<ul>{news}</ul>{FOOT}</body></html>",
        "/js/nav.js": Sent(nav.encode(), 200, javascript),
        "/js/left.js": Sent(left.encode(), 200, javascript),
        "/zwgk/": column.format(top, "政务公开", FOOT),
        "/zwgk/ml/": column.format(top, "政府信息公开目录", FOOT),
        "/zwgk/ml/1/": column.format(top, "惠民惠农资金", rows),
    }
    seen, _ = walked(pages, itinerary("政府信息公开目录>惠民惠农资金"), aliases=catalogue.columns)
    (found,) = [one for one in seen if isinstance(one, ColumnObservation)]
    assert (found.reach, found.url.endswith("/zwgk/ml/1/")) == (Reach.FOUND, True)
