"""The portal's own search: asked for what was not found elsewhere, believed only where it leads to the column."""

from __future__ import annotations

from dataclasses import replace

import pytest
from literal_portal import FINANCE, Portal, columns, filler, itinerary, look, menu, page, refused, url

from crawler.page.page import Page, PageLink, SearchForm, Zone
from crawler.plan import Itinerary, Node
from ledger.observation import ColumnObservation, ColumnShape, Reach
from ledger.reason import Reason

PATH = "政府信息公开>政府公报"
FORM = SearchForm(url("so/"), "q", (("site", "1"),), "utf-8")
ASKED = url("so/?site=1&q=%E6%94%BF%E5%BA%9C%E5%85%AC%E6%8A%A5")
BELOW = (("公开指南", "gk/zn/"), ("公开制度", "gk/zd/"), ("收费项目", "gk/sf/"))


def results(*entries: tuple[str, str]) -> Page:
    links = tuple(PageLink(label, url(path), zone=Zone.MAIN, group=9) for label, path in entries)
    return page(ASKED, *links, *filler())


def portal(*pages: Page, form: SearchForm | None = FORM) -> Portal:
    return Portal().add(
        page("", *menu(("政府信息公开", "gk/")), *filler(), search=form), page("gk/", *menu(*BELOW), *filler()), *pages
    )


def one(place: Portal) -> ColumnObservation:
    return columns(look(place, itinerary(PATH)))["portal", *PATH.split(">")]


def column(path: str, heading: str = "政府公报", shape: ColumnShape = ColumnShape.LIST) -> Page:
    return page(path, *filler(), heading=heading, shape=shape)


def test_column_that_only_the_search_knows_is_found_elsewhere() -> None:
    found = one(portal(results(("关于政府公报发行的通知", "x/1.html"), ("政府公报", "zt/gb/")), column("zt/gb/")))
    assert found.reach is Reach.ABSENT
    assert [(there.url, there.source) for there in found.elsewhere] == [(url("zt/gb/"), "search")]
    assert "search" in found.looked_at


@pytest.mark.parametrize(
    "there",
    [
        column("zt/gb/", shape=ColumnShape.ARTICLE),
        column("zt/gb/", heading="公报发行点"),
        refused("zt/gb/", Reason.HTTP_4XX, 404),
    ],
)
def test_article_of_that_name_and_what_does_not_name_itself_are_no_column(there: Page) -> None:
    found = one(portal(results(("政府公报", "zt/gb/")), there))
    assert (found.reach, found.elsewhere) == (Reach.ABSENT, ())
    assert "search" in found.looked_at


def test_articles_that_mention_the_column_are_no_sighting() -> None:
    place = portal(results(("政府公报2021年第1期", "x/1.html"), ("关于政府公报的通知", "x/2.html")))
    assert one(place).elsewhere == ()
    assert url("x/1.html") not in place.addresses


def test_search_that_refuses_or_leads_away_was_not_looked_at() -> None:
    assert "search" not in one(portal(refused(ASKED, Reason.ROBOTS_DISALLOW))).looked_at
    away = replace(FORM, action="http://so.example.cn/")
    place = portal(form=away)
    assert "search" not in one(place).looked_at
    assert not [address for address in place.addresses if "example" in address]


def test_search_is_asked_at_most_twice_and_never_for_what_was_found() -> None:
    paths = [f"政府信息公开>{name}" for name in ("政府公报", "健康科普", "政府采购", "统计信息", "收费项目")]
    place = portal()
    look(place, itinerary(*paths))
    assert len([address for address in place.addresses if "/so/" in address]) == 2


def owed_first_at(root: str, way: Itinerary, *labels: str) -> Itinerary:
    """The itinerary where some columns are owed there only if another root does not show them."""

    def changed(node: Node) -> Node:
        leaf = node.leaf
        if leaf is not None and leaf.labels[-1] in labels:
            leaf = replace(leaf, seekers=tuple(replace(one, organ=FINANCE, unless_found=root) for one in leaf.seekers))
        return replace(node, leaf=leaf, children=tuple(changed(child) for child in node.children))

    return replace(way, children=tuple(changed(child) for child in way.children))


def test_what_stands_above_a_result_is_no_level_of_the_column_s_path() -> None:
    asked = page(
        ASKED, *menu(("关键词：政府公报 共1条", "", [("政府公报", "zt/gb/")]), group=9, zone=Zone.MAIN), *filler()
    )
    there = page("zt/gb/", *filler(), heading="政府公报", shape=ColumnShape.LIST, crumbs=("首页", "专题", "政府公报"))
    assert [one.labels for one in one(portal(asked, there)).elsewhere] == [("首页", "专题", "政府公报")]
    assert [one.labels for one in one(portal(asked, column("zt/gb/"))).elsewhere] == [("政府公报",)]


def test_search_is_kept_for_what_is_not_shown_at_its_first_choice() -> None:
    shared = ("统计信息", "行政许可", "处罚强制")
    section = itinerary(*(f"政府信息公开>{name}" for name in shared), organ=FINANCE, start=url("cz/"))
    own = menu(("政府信息公开", "cz/gk/", [(name, f"cz/{number}/") for number, name in enumerate(shared)]))
    pages = (page(f"cz/{number}/", *filler()) for number in range(len(shared)))
    there = (results(("政府公报", "zt/gb/")), column("zt/gb/"), page("cz/", *own, *filler()), *pages)
    base = owed_first_at("organ:finance", itinerary(*(f"政府信息公开>{name}" for name in shared), PATH), *shared)
    place = portal(*there)
    seen = columns(look(place, base, section))
    assert {seen["organ:finance", "政府信息公开", name].reach for name in shared} == {Reach.FOUND}
    assert [one.source for one in seen["portal", *PATH.split(">")].elsewhere] == ["search"]
    assert [address for address in place.addresses if "/so/" in address] == [ASKED]


def test_words_are_sent_in_the_page_s_charset() -> None:
    place = portal(form=replace(FORM, charset="gb18030"))
    one(place)
    assert url("so/?site=1&q=%D5%FE%B8%AE%B9%AB%B1%A8") in place.addresses
