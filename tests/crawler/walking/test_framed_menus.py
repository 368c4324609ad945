"""A column that only the menu in a frame offers is seen there, also when it is looked for in another branch."""

from __future__ import annotations

from dataclasses import replace

from literal_portal import Portal, columns, filler, itinerary, look, menu, page, url

from crawler.page.page import Page
from ledger.observation import ColumnObservation, Reach

PATH = "政府信息公开目录>健康科普"
OTHERS = itinerary(PATH, "政府信息公开>年度报告", "政府信息公开>收费项目")
CATALOGUE = menu(("市场准入负面清单", "ml/qd/"), ("地方政府债务", "ml/zw/"), ("政府公报", "ml/gb/"))
BRANCH = menu(("年度报告", "gk/nb/"), ("收费项目", "gk/sf/"), ("健康科普", "gk/kp/"), ("依申请公开", "gk/ysq/"))


def framed(path: str, frame: str) -> Page:
    return replace(page(path, *menu(("首页", ""), ("信箱", "xx/")), *filler()), frames=(url(frame),))


def one(left: Page, *pages: Page) -> ColumnObservation:
    home = page("", *menu(("政府信息公开目录", "ml/"), ("政府信息公开", "gk/")), *filler())
    found = (page(f"gk/{name}/", *filler()) for name in ("nb", "sf", "kp"))
    portal = Portal().add(home, framed("ml/", "ml/left/"), page("ml/left/", *CATALOGUE), framed("gk/", "gk/left/"))
    return columns(look(portal.add(left, *found, *pages), OTHERS))["portal", *PATH.split(">")]


def test_column_in_the_framed_menu_of_another_branch_is_found_elsewhere() -> None:
    column = one(page("gk/left/", *BRANCH))
    assert column.reach is Reach.ABSENT
    assert [(there.url, there.source) for there in column.elsewhere] == [(url("gk/kp/"), "column_tree")]


def test_framed_menu_without_it_shows_it_nowhere() -> None:
    column = one(page("gk/left/", *(link for link in BRANCH if link.label != "健康科普")))
    assert (column.reach, column.elsewhere) == (Reach.ABSENT, ())
    assert "column_tree" in column.looked_at
