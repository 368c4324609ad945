"""Where units are listed on a page, and what is only a link that looks like one."""

from __future__ import annotations

import pytest
from probed_site import HOME, answer, links, page

from crawler.page.page import Page
from crawler.page.reading import read_page
from crawler.probing.listed import index_rank, units_listed
from ledger.work import Visit, visit_key

PLACE = "万州区"
UNITS = (("区财政局", "/bm/a/"), ("区教委", "/bm/b/"), ("区民政局", "/bm/c/"), ("高峰镇", "/zj/d/"))


def read(*parts: str) -> Page:
    return read_page(answer({"/": page("万州区人民政府", *parts)}, Visit(visit_key(HOME), HOME), 1))


def shown(seen: Page, **facts: str) -> list[str]:
    found = units_listed(seen, PLACE, lambda url: url.startswith(HOME), **facts)
    return [one.name.shown for one in found]


@pytest.mark.parametrize(
    ("label", "rank"),
    [
        ("部门", 1),
        ("区政府部门", 1),
        ("部门镇街", 1),
        ("万州区乡镇街道", 1),
        ("部门信息公开", 0),
        ("县政府部门信息公开", 0),
        ("机构设置", 2),
        ("市级部门", None),
        ("区县政府", None),
        ("部门动态", None),
        ("公共企事业单位", None),
        ("内设机构", None),
        ("政务公开", None),
    ],
)
def test_labels_of_indexes(label: str, rank: int | None) -> None:
    assert index_rank(label, PLACE) == rank


def test_index_page_lists_units_and_not_its_frame() -> None:
    seen = read(links(("办事服务", "/bs/"), ("新闻中心", "/xw/"), ("政务公开", "/gk/")), links(*UNITS[:2]))
    assert shown(seen, index="部门") == ["区财政局", "区教委"]


def test_heading_says_whose_units_stand_below() -> None:
    seen = read(
        "<h3>市级部门</h3>",
        links(*((name.replace("区", "市"), f"/s{url}") for name, url in UNITS[:3])),
        "<h3>区政府部门</h3>",
        links(*UNITS[:3]),
    )
    assert shown(seen) == ["区财政局", "区教委", "区民政局"]


def test_list_of_units_needs_no_heading() -> None:
    assert shown(read("<div>", links(*UNITS), "</div>")) == [name for name, _ in UNITS]


def test_select_box_of_units() -> None:
    options = "".join(f'<option value="{url}">{name}</option>' for name, url in UNITS)
    assert shown(read(f"<select onchange='open(this.value)'><option>--部门--</option>{options}</select>")) == [
        name for name, _ in UNITS
    ]


def test_single_links_and_news_are_no_units() -> None:
    news = "".join(
        f"<li><a href='/xw/{day}.html'>{title}</a><span>2021-11-{day}</span></li>"
        for day, title in ((11, "区财政局"), (12, "区长调研区教委"), (13, "区民政局"), (14, "高峰镇"))
    )
    assert shown(read(links(("区财政局", "/bm/a/"), ("新闻", "/xw/"), ("互动", "/hd/")), f"<ul>{news}</ul>")) == []


def test_list_of_units_elsewhere_is_not_ours() -> None:
    seen = read(links(*((name, f"http://other.example{url}") for name, url in UNITS)))
    assert shown(seen) == []
