"""The index of organs in all its forms: what lists the organs is read until all are listed, and no further."""

from __future__ import annotations

import pytest
from literal_portal import EDUCATION, FINANCE, TOWN, Portal, filler, itinerary, look, menu, page, url

from crawler.page.page import Page, PageLink, Pager
from ledger.observation import MatchKind, Reach, SectionObservation

PATH = "政府信息公开>收费项目"
OTHERS = ("区民政局", "区审计局", "区公安局")


def own(path: str, *names: str) -> Page:
    tree = [("收费项目", f"{path}sf/"), ("机关简介", f"{path}jg/"), ("履职依据", f"{path}yj/")]
    return page(path, *menu(("政府信息公开", f"{path}gk/", tree)), heading=names[0] if names else "")


def portal(*pages: Page, top: tuple[tuple[str, str], ...] = (("部门街镇", "bm/"),)) -> Portal:
    place = Portal().add(page("", *menu(*top), *filler()), *pages)
    place.add(own("cz/", FINANCE.name), own("jw/", EDUCATION.name), own("ld/", TOWN.name))
    return place


def listed(*names: str, first: int = 0) -> tuple[PageLink, ...]:
    known = {"区财政局": "cz/", "区教委": "jw/", "龙都街道": "ld/"}
    return menu(*((name, known.get(name, f"x{name}/")) for name in names), group=50 + first)


def sections(place: Portal) -> dict[str, SectionObservation]:
    walked = [itinerary(PATH, organ=organ) for organ in (FINANCE, EDUCATION, TOWN)]
    seen = look(place, itinerary(), *walked)
    return {one.root: one for one in seen if isinstance(one, SectionObservation)}


def all_found(place: Portal) -> bool:
    return [one.url for one in sections(place).values()] == [url("cz/"), url("jw/"), url("ld/")]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "各部门信息公开目录",
            "区政府部门",
            "部门、镇街",
            "区级部门信息公开",
            "街道乡镇",
            "万州区部门网站群",
            "委办局",
        ),
        *("委办局", "镇乡街道政务公开", "各单位信息公开专栏", "政府机构", "部门及乡镇网站导航"),
    ],
)
def test_names_of_an_index(name: str) -> None:
    index = page("bm/", *listed(*OTHERS, "区财政局", "区教委", "龙都街道"))
    assert all_found(portal(index, top=((name, "bm/"),)))


@pytest.mark.parametrize("name", ["部门解读", "部门动态", "机构职能", "街道办事指南", "单位预决算"])
def test_names_of_no_index(name: str) -> None:
    place = portal(page("bm/", *listed(*OTHERS, "区财政局")), top=((name, "bm/"),))
    assert sections(place)["organ:finance"].reach is not Reach.FOUND
    assert url("bm/") not in place.addresses


def test_letters_lead_to_further_pages_until_all_are_listed() -> None:
    letters = menu(*((letter, f"bm/{letter}.html") for letter in "ABCDEFGHJKLMN"), group=40)
    at = {"C": "区财政局", "J": "区教委", "L": "龙都街道"}
    pages = [
        page(f"bm/{letter}.html", *letters, *listed(at.get(letter, f"区{letter}局"))) for letter in "ABCDEFGHJKLMN"
    ]
    place = portal(page("bm/", *letters, *listed(*OTHERS)), *pages)
    assert all_found(place)
    assert url("bm/L.html") in place.addresses
    assert url("bm/M.html") not in place.addresses


def test_later_pages_of_an_index() -> None:
    later = Pager(3, (url("bm/1.html"), url("bm/2.html")))
    place = portal(
        page("bm/", *listed(*OTHERS, "区财政局"), pager=later),
        page("bm/1.html", *listed("区教委")),
        page("bm/2.html", *listed("龙都街道")),
    )
    assert all_found(place)
    place = portal(
        page("bm/", *listed(*OTHERS, "区财政局"), *menu(("下一页", "bm/1.html"))),
        page("bm/1.html", *listed("区教委"), *menu(("下一页", "bm/2.html"))),
        page("bm/2.html", *listed("龙都街道")),
    )
    assert all_found(place)


def test_site_map_lists_what_no_index_does() -> None:
    top = (("政务公开", "gk/"), ("网站地图", "map/"))
    assert all_found(portal(page("map/", *listed(*OTHERS, "区财政局", "区教委", "龙都街道")), top=top))


def test_everything_listed_on_the_home_page_needs_no_index() -> None:
    place = portal(top=(("部门街镇", "bm/"), ("区财政局", "cz/"), ("区教委", "jw/"), ("龙都街道", "ld/")))
    assert all_found(place)
    assert url("bm/") not in place.addresses


def test_one_platform_page_with_the_menus_of_all_organs_tells_them_apart() -> None:
    def branch(name: str, path: str, *labels: str) -> tuple[object, ...]:
        return (name, "gk/", [(label, f"{path}{number}/") for number, label in enumerate(labels)])

    menus = menu(
        branch("区财政局", "cz/", "收费项目", "机关简介", "履职依据"),
        branch("区教委", "jw/", "公开指南", "机关简介", "履职依据"),
        branch("龙都街道", "ld/", "收费项目", "机关简介", "履职依据"),
    )
    place = Portal().add(page("", *menu(("部门街镇", "gk/")), *filler()), page("gk/", *menus))
    place.add(*(page(f"{path}0/", *menus) for path in ("cz/", "ld/")))
    walked = [itinerary("收费项目", organ=organ) for organ in (FINANCE, EDUCATION, TOWN)]
    found = {one.root: one for one in look(place, itinerary(), *walked) if hasattr(one, "elsewhere")}
    assert found["organ:finance"].url == url("cz/0/")
    assert found["organ:longdu"].url == url("ld/0/")
    assert found["organ:education"].reach is Reach.ABSENT
    assert found["organ:education"].elsewhere == ()


def test_page_that_two_organs_share_belongs_to_the_one_it_names_or_to_neither() -> None:
    entries = menu(
        *((name, f"x{name}/") for name in OTHERS), ("区财政局", "cz/"), ("区教委", "cz/"), ("龙都街道", "ld/")
    )
    found = sections(portal(page("bm/", *entries)))
    assert found["organ:finance"].reach is Reach.FOUND
    assert (found["organ:education"].reach, found["organ:education"].reason) == (Reach.UNREACHED, "ambiguous")
    unnamed = portal(page("bm/", *entries)).add(own("cz/"))
    assert {one.reach for root, one in sections(unnamed).items() if root != "organ:longdu"} == {Reach.UNREACHED}
    both = portal(page("bm/", *entries)).add(own("cz/", "万州区财政局 万州区教育委员会"))
    assert {one.reach for root, one in sections(both).items() if root != "organ:longdu"} == {Reach.UNREACHED}


def test_kind_of_match_is_kept() -> None:
    found = sections(portal(page("bm/", *listed(*OTHERS, "区财政局", "区教委", "龙都街道"))))
    assert found["organ:finance"].match is MatchKind.EXACT
