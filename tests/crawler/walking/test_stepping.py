"""How a step is found, passed over or missed: each rule over literal pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from literal_portal import (
    FINANCE,
    HOME,
    NOON,
    Portal,
    columns,
    filler,
    itinerary,
    look,
    menu,
    page,
    refused,
    url,
)

from catalog.aliases import Column, column_aliases
from catalog.spelling import fold
from crawler.page.page import Zone
from crawler.walking.bearings import same_address
from ledger.observation import ColumnObservation, Link, MatchKind, Reach, Row
from ledger.reason import Reason
from ledger.work import VisitKind

BASE = "政府信息公开>法定主动公开内容>"
OTHERS = [("收费项目", "gk/sf/"), ("履职依据", "gk/yj/"), ("机关简介", "gk/jg/")]


def portal_with(*entries: object, **facts: object) -> Portal:
    """A portal whose 法定主动公开内容 offers these entries and three others, each with a page."""
    tree = [*entries, *OTHERS]
    portal = Portal().add(
        page("", *menu(("政府信息公开", "gk/")), *filler()),
        page("gk/", *menu(("公开指南", "gk/zn/"), ("公开制度", "gk/zd/"), ("法定主动公开内容", "gk/nr/")), *filler()),
        page("gk/nr/", *menu(("法定主动公开内容", "gk/nr/", tree)), *filler(), **facts),
    )
    for _, path, *_rest in OTHERS:
        portal.add(page(path, *menu(("法定主动公开内容", "gk/nr/", tree)), *filler()))
    return portal


def one(portal: Portal, path: str, **facts: object) -> ColumnObservation:
    return columns(look(portal, itinerary(path), **facts))["portal", *path.split(">")]


def test_normalised_and_alias_names_are_found_and_told_apart() -> None:
    portal = portal_with(("规划", "gk/gh/"), ("财政预决算", "gk/ys/"))
    portal.add(page("gk/gh/"), page("gk/ys/"))
    column = one(portal, BASE + "规划信息")
    assert (column.reach, column.match, column.spelling) == (Reach.FOUND, MatchKind.NORMALISED, "规划")
    column = one(portal, BASE + "预算/决算")
    assert (column.reach, column.leaf_match, column.spelling) == (Reach.FOUND, MatchKind.ALIAS, "财政预决算")


def test_cut_label_is_found_by_its_title() -> None:
    portal = portal_with(("国民经济和社会...", "gk/gm/"))
    shown = portal.pages[url("gk/nr/")]
    links = list(shown.links)  # type: ignore[union-attr]
    links[1] = replace(links[1], title="国民经济和社会发展规划")
    portal.add(replace(shown, links=tuple(links)), page("gk/gm/"))  # type: ignore[type-var]
    column = one(portal, BASE + "国民经济和社会发展规划")
    assert (column.reach, column.match, column.url) == (Reach.FOUND, MatchKind.EXACT, url("gk/gm/"))


def test_level_that_is_left_out_is_looked_through() -> None:
    portal = Portal().add(
        page("", *menu(("政府信息公开", "gk/")), *filler()),
        page("gk/", *menu(("预算/决算", "gk/ys/"), *OTHERS), *filler()),
        page("gk/ys/"),
    )
    column = one(portal, BASE + "预算/决算")
    assert (column.reach, column.match, column.failed_step) == (Reach.FOUND, MatchKind.EXACT, None)
    assert [step.label for step in column.trail] == ["政府网站", "政府信息公开", "预算/决算"]


def test_first_level_that_nothing_stands_under_is_the_one_that_failed() -> None:
    portal = Portal().add(page("", *menu(("领导之窗", "ld/")), *filler()))
    seen = columns(look(portal, itinerary(BASE + "预算/决算", BASE + "收费项目")))
    assert {(one.reach, one.failed_step) for one in seen.values()} == {(Reach.ABSENT, 0)}


def test_left_out_level_is_no_failure_when_something_was_found_through_it() -> None:
    portal = Portal().add(
        page("", *menu(("政府信息公开", "gk/")), *filler()),
        page("gk/", *menu(("预算/决算", "gk/ys/"), *OTHERS), *filler()),
        page("gk/ys/"),
    )
    seen = columns(look(portal, itinerary(BASE + "预算/决算", BASE + "规划信息")))
    missing = seen["portal", "政府信息公开", "法定主动公开内容", "规划信息"]
    assert (missing.reach, missing.failed_step) == (Reach.ABSENT, 2)


def test_parent_that_leads_to_its_first_child_shows_the_children() -> None:
    tree = [("部门预算", "gk/bm/"), ("预算/决算", "gk/ys/"), *OTHERS]
    first = page("gk/bm/", *menu(("法定主动公开内容", "gk/bm/", tree)), *filler())
    portal = Portal().add(
        page("", *menu(("政府信息公开", "gk/")), *filler()),
        page("gk/", *menu(("公开指南", "gk/zn/"), ("公开制度", "gk/zd/"), ("法定主动公开内容", "gk/nr/")), *filler()),
        first,
        page("gk/ys/"),
    )
    portal.alias("gk/nr/", first)
    assert one(portal, BASE + "预算/决算").url == url("gk/ys/")


def test_shell_pages_are_followed() -> None:
    portal = portal_with(("预算/决算", "gk/ys/"))
    portal.add(page("gk/ys/", redirect_to=url("gk/ys/a/")), page("gk/ys/a/", redirect_to=url("gk/ys/a/b/")))
    portal.add(page("gk/ys/a/b/"))
    assert one(portal, BASE + "预算/决算").url == url("gk/ys/a/b/")


def test_shells_in_a_circle_are_a_trap() -> None:
    portal = portal_with(("预算/决算", "gk/ys/"))
    portal.add(page("gk/ys/", redirect_to=url("gk/x/")), page("gk/x/", redirect_to=url("gk/ys/")))
    column = one(portal, BASE + "预算/决算")
    assert (column.reach, column.reason) == (Reach.UNREACHED, Reason.TRAP)


def test_menu_in_a_frame_is_read() -> None:
    portal = portal_with(("预算/决算", "gk/ys/"))
    framed = portal.pages[url("gk/nr/")]
    portal.add(page("gk/nr/", frames=(url("gk/frame/"),)), replace(framed, url=url("gk/frame/")))  # type: ignore[type-var]
    portal.add(page("gk/ys/"))
    assert one(portal, BASE + "预算/决算").reach is Reach.FOUND


def test_same_label_in_several_groups_is_taken_under_the_right_parent() -> None:
    home = page("", *menu(("政务公开", "zw/"), ("政策解读", "jd/")), *filler(), *menu(("政府公报", "gb/"), group=7))
    frame = home.links
    tree = menu(("政府信息公开目录", "ml/", [("政策解读", "ml/jd/"), *OTHERS]), group=50, first=len(frame))
    portal = Portal().add(
        home,
        page("zw/", *frame, *menu(("政府信息公开目录", "ml/"), *OTHERS, group=50)),
        page("ml/", *frame, *tree),
        page("ml/jd/"),
        page("jd/"),
    )
    column = one(portal, "政务公开>政府信息公开目录>政策解读")
    assert (column.reach, column.url, column.candidates) == (Reach.FOUND, url("ml/jd/"), ())


def test_column_of_the_site_frame_is_elsewhere_and_not_on_the_path() -> None:
    home = page("", *menu(("政务公开", "zw/"), ("政策解读", "jd/")), *filler())
    frame = home.links
    tree = menu(("政府信息公开目录", "ml/", OTHERS), group=50, first=len(frame))
    portal = Portal().add(
        home,
        page("zw/", *frame, *menu(("政府信息公开目录", "ml/"), *OTHERS, group=50)),
        page("ml/", *frame, *tree),
        page("jd/", *frame, crumbs=("首页", "政策解读")),
    )
    column = one(portal, "政务公开>政府信息公开目录>政策解读")
    assert (column.reach, column.failed_step) == (Reach.ABSENT, 2)
    assert [(there.url, there.source) for there in column.elsewhere] == [(url("jd/"), "home")]
    confirmed = page("jd/", *frame, crumbs=("首页", "政务公开", "政府信息公开目录", "政策解读"))
    assert one(portal.add(confirmed), "政务公开>政府信息公开目录>政策解读").reach is Reach.FOUND


def test_candidates_of_one_rank_are_looked_into() -> None:
    home = page("", *menu(("政府信息公开目录", "a/"), group=1), *menu(("政府信息公开目录", "b/"), group=2), *filler())
    portal = Portal().add(
        home,
        page("a/", *menu("通知", "公告", "动态"), *filler()),
        page("b/", *menu(("政府公报", "b/gb/"), *OTHERS), *filler()),
        page("b/gb/"),
    )
    column = one(portal, "政府信息公开目录>政府公报")
    assert (column.reach, column.url) == (Reach.FOUND, url("b/gb/"))
    portal.add(replace(home, links=home.links[:2] + home.links[2:]))


def test_leaf_candidate_whose_page_names_it_is_kept() -> None:
    tree = menu(("政府公报", "x/"), group=1) + menu(("政府公报", "y/"), group=2)
    portal = Portal().add(
        page("", *tree, *filler()), page("x/", heading="专题"), page("y/", tags={"ColumnName": "政府公报"})
    )
    column = one(portal, "政府公报")
    assert (column.url, column.candidates) == (url("y/"), (Link("政府公报", url("x/")),))


def test_other_column_of_the_directory_does_not_lend_its_children() -> None:
    tree = [("疫情防控", "ml/yq/", [("政策解读", "ml/yq/jd/")]), *OTHERS]
    portal = Portal().add(
        page("", *menu(("政府信息公开目录", "ml/")), *filler()),
        page("ml/", *menu(("政府信息公开目录", "ml/", tree)), *filler()),
        page("ml/yq/", *menu(("政府信息公开目录", "ml/", tree)), *filler()),
        page("ml/yq/jd/"),
    )
    seen = columns(look(portal, itinerary("政府信息公开目录>政策解读", "政府信息公开目录>疫情防控>政策解读")))
    assert seen["portal", "政府信息公开目录", "疫情防控", "政策解读"].reach is Reach.FOUND
    own = seen["portal", "政府信息公开目录", "政策解读"]
    assert (own.reach, own.elsewhere) == (Reach.ABSENT, ())


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"whole": False}, Reason.TRUNCATED),
        ({"menu_by_script": True}, Reason.NEEDS_BROWSER),
        ({"second_labels": frozenset({fold("预算/决算"), fold("收费项目")})}, Reason.PARSER_DISAGREE),
        ({"second_labels": frozenset({fold("财政预决算")})}, Reason.PARSER_DISAGREE),
    ],
)
def test_page_that_may_hide_the_step_gives_no_absence(facts: dict[str, object], reason: Reason) -> None:
    column = one(portal_with(("规划信息", "gk/gh/"), **facts), BASE + "预算/决算")
    assert (column.reach, column.reason, column.failed_step) == (Reach.UNREACHED, reason, 2)


def test_replacement_character_in_the_menu_gives_no_absence() -> None:
    column = one(portal_with(("\ufffd\ufffd/决算", "gk/gh/")), BASE + "预算/决算")
    assert (column.reach, column.reason) == (Reach.UNREACHED, Reason.ENCODING)


def test_page_that_offers_next_to_nothing_gives_no_absence() -> None:
    portal = portal_with(("规划信息", "gk/gh/")).add(page("gk/nr/", *menu("指南", "年报")))
    column = one(portal, BASE + "预算/决算")
    assert (column.reach, column.reason) == (Reach.UNREACHED, Reason.NEEDS_BROWSER)


def test_refused_page_of_a_level_is_never_an_absence() -> None:
    portal = portal_with(("规划信息", "gk/gh/")).add(refused("gk/nr/", Reason.WAF_CHALLENGE, 412))
    column = one(portal, BASE + "预算/决算")
    assert (column.reach, column.reason, column.failed_step) == (Reach.UNREACHED, Reason.WAF_CHALLENGE, 1)


@pytest.mark.parametrize("dead", [(Reason.HTTP_4XX, 404), (Reason.HTTP_4XX, 410), (Reason.SOFT_404, 200)])
def test_dead_link_beside_a_working_sibling_is_broken(dead: tuple[Reason, int]) -> None:
    portal = portal_with(("预算/决算", "gk/ys/")).add(refused("gk/ys/", *dead))
    column = one(portal, BASE + "预算/决算")
    assert (column.reach, column.failed_step, column.url) == (Reach.BROKEN, 2, url("gk/ys/"))
    assert (column.snapshot_id, column.reason, column.spelling) == (f"s-{url('gk/ys/')}", None, "预算/决算")


def test_home_page_served_in_place_of_a_column_is_broken() -> None:
    portal = portal_with(("预算/决算", "gk/ys/"))
    portal.alias("gk/ys/", portal.pages[HOME])  # type: ignore[arg-type]
    column = one(portal, BASE + "预算/决算")
    assert (column.reach, column.detail) == (Reach.BROKEN, "栏目链接打开的是网站首页")


def test_dead_link_among_dead_siblings_is_unreached() -> None:
    portal = portal_with(("预算/决算", "gk/ys/"))
    for _, path in OTHERS:
        portal.add(refused(path, Reason.HTTP_4XX, 404))
    column = one(portal, BASE + "预算/决算")
    assert (column.reach, column.reason) == (Reach.UNREACHED, Reason.HTTP_4XX)


@pytest.mark.parametrize("status", [401, 403, 405, 412, 429, 451])
def test_refusal_of_a_column_is_unreached_and_not_broken(status: int) -> None:
    portal = portal_with(("预算/决算", "gk/ys/")).add(refused("gk/ys/", Reason.HTTP_4XX, status))
    column = one(portal, BASE + "预算/决算")
    assert (column.reach, column.reason) == (Reach.UNREACHED, Reason.HTTP_4XX)


def test_column_on_another_platform_is_offsite_and_looked_at_once() -> None:
    portal = portal_with(("政府采购", "https://www.ccgp.gov.cn/")).add(page("https://www.ccgp.gov.cn/"))
    column = one(portal, BASE + "政府采购")
    assert (column.reach, column.url, column.reason) == (Reach.OFFSITE, "https://www.ccgp.gov.cn/", None)
    assert portal.addresses.count("https://www.ccgp.gov.cn/") == 1


def test_shell_that_leaves_the_district_is_offsite() -> None:
    portal = portal_with(("办事指南", "gk/bs/")).add(page("gk/bs/", redirect_to="https://zwfw.cq.gov.cn/"))
    column = one(portal, BASE + "办事指南")
    assert (column.reach, column.url) == (Reach.OFFSITE, "https://zwfw.cq.gov.cn/")
    assert column.reason is Reason.HTTP_4XX


def test_heading_without_an_address_needs_a_browser_unless_it_has_children() -> None:
    column = one(portal_with("预算/决算"), BASE + "预算/决算")
    assert (column.reach, column.reason) == (Reach.UNREACHED, Reason.NEEDS_BROWSER)
    portal = portal_with(("预算/决算", "", [("2021年", "gk/ys/2021/")])).add(page("gk/ys/2021/"))
    assert one(portal, BASE + "预算/决算").reach is Reach.FOUND


def test_template_is_filled_with_the_organ_of_the_section() -> None:
    tree = [("区财政局规范性文件", "cz/gf/"), *OTHERS]
    portal = Portal().add(
        page("", *menu(("政府信息公开", "gk/")), *filler()),
        page("cz/", *menu(("法定主动公开内容", "cz/nr/", tree)), *menu("单位简介", "领导分工", "动态", group=3)),
        page("cz/gf/"),
    )
    path = "政府信息公开>法定主动公开内容>本区县（本部门）规范性文件"
    own = itinerary(path, organ=FINANCE, start=url("cz/"))
    column = columns(look(portal, itinerary(), own))["organ:finance", *path.split(">")]
    assert (column.reach, column.match) == (Reach.FOUND, MatchKind.ALIAS)


def test_organ_is_not_given_the_portal_s_column_of_the_site_frame() -> None:
    home = page("", *menu(("政府信息公开", "gk/", [("预算/决算", "gk/ys/")])), *filler())
    portal = Portal().add(
        home,
        page("gk/", *home.links),
        page("gk/ys/", *home.links, crumbs=("首页", "政府信息公开", "预算/决算")),
        page("cz/", *home.links, *menu("单位简介", "领导分工", "动态", group=3)),
    )
    own = itinerary(BASE + "预算/决算", organ=FINANCE, start=url("cz/"))
    column = columns(look(portal, itinerary(), own))["organ:finance", *(BASE + "预算/决算").split(">")]
    assert (column.reach, column.elsewhere) == (Reach.ABSENT, ())
    assert column.offered == ("单位简介", "领导分工", "动态")


def test_breadcrumb_and_foot_are_no_menus() -> None:
    foot = menu(("预算/决算", "foot/"), zone=Zone.FOOTER, group=80)
    crumbs = menu(("预算/决算", "crumb/"), zone=Zone.BREADCRUMB, group=81)
    portal = portal_with(("规划信息", "gk/gh/"))
    shown = portal.pages[url("gk/nr/")]
    portal.add(replace(shown, links=(*shown.links, *foot, *crumbs)), page("foot/"), page("crumb/"))  # type: ignore[type-var, union-attr]
    column = one(portal, BASE + "预算/决算")
    assert (column.reach, column.elsewhere) == (Reach.ABSENT, ())


def test_level_that_leaves_the_district_keeps_what_the_home_page_and_the_site_map_print() -> None:
    block = menu(("规划计划", "zw/gh/"), group=60)
    home = page("", *menu(("政务公开", "zw/"), ("网站地图", "map/")), *filler(), *block)
    tree = menu(("政务公开", "zw/", [("依申请公开", "zw/ysq/"), ("政府公报", "zw/gb/")]), ("新闻中心", "filler1/"))
    portal = Portal().add(
        home,
        page("zw/", redirect_to="http://rsj.example.cn/zwgk/"),
        page("map/", *tree),
        page("zw/ysq/"),
        page("zw/gh/"),
        page("http://rsj.example.cn/zwgk/"),
    )
    seen = columns(look(portal, itinerary("政务公开>依申请公开", "政务公开>规划信息", "政务公开>领导信息")))
    assert seen["portal", "政务公开", "依申请公开"].url == url("zw/ysq/")
    assert seen["portal", "政务公开", "规划信息"].url == url("zw/gh/")
    unseen = seen["portal", "政务公开", "领导信息"]
    assert (unseen.reach, unseen.reason, unseen.failed_step) == (Reach.UNREACHED, Reason.REDIRECT_OFFSITE, 0)


def test_ambiguous_alias_beside_an_unreadable_level_is_not_believed() -> None:
    home = page("", *menu(("政务公开", "zw/"), ("财政信息", "cz/")), *filler())
    portal = Portal().add(home, refused("zw/", Reason.TIMEOUT), page("cz/"))
    column = one(portal, "政务公开>预算/决算")
    assert (column.reach, column.reason) == (Reach.UNREACHED, Reason.TIMEOUT)


def test_variant_of_a_level_that_is_left_out_is_looked_into() -> None:
    portal = Portal().add(
        page("", *menu(("区级政府信息公开目录", "ml/"), ("政府信息公开目录说明", "sm/")), *filler()),
        page("ml/", *menu(("政府公报", "ml/gb/"), *OTHERS)),
        page("ml/gb/"),
    )
    column = one(portal, "政府信息公开目录>政府公报")
    assert (column.reach, column.url) == (Reach.FOUND, url("ml/gb/"))
    assert url("sm/") not in portal.addresses


def test_menu_written_by_a_script_gives_columns_and_no_absence() -> None:
    portal = portal_with(("规划信息", "gk/gh/"))
    shown = portal.pages[url("gk/nr/")]
    scripted = tuple(replace(link, from_script=True) for link in shown.links)  # type: ignore[union-attr]
    portal.add(replace(shown, links=scripted), page("gk/gh/"))  # type: ignore[type-var]
    assert one(portal, BASE + "规划信息").reach is Reach.FOUND
    column = one(portal, BASE + "预算/决算")
    assert (column.reach, column.reason) == (Reach.UNREACHED, Reason.NEEDS_BROWSER)


def test_container_beside_a_level_that_may_be_left_out_is_taken() -> None:
    home = page("", *menu(("政务公开", "zw/"), ("政府信息公开目录", "ml/")), *filler())
    portal = Portal().add(
        home,
        page("zw/", *menu("甲栏目", "乙栏目", "丙栏目")),
        page("ml/", *menu(("政府公报", "ml/gb/"), *OTHERS)),
        page("ml/gb/"),
    )
    assert one(portal, "政务公开>政府信息公开目录>政府公报").url == url("ml/gb/")


def test_column_that_is_also_a_level_left_out_is_absent_and_its_children_are_not() -> None:
    portal = Portal().add(
        page("", *menu(("政府信息公开", "gk/")), *filler()),
        page("gk/", *menu(("预算/决算", "gk/ys/"), *OTHERS), *filler()),
        page("gk/ys/"),
    )
    seen = columns(look(portal, itinerary("政府信息公开>法定主动公开内容", BASE + "预算/决算")))
    assert seen["portal", "政府信息公开", "法定主动公开内容"].reach is Reach.ABSENT
    assert seen["portal", *(BASE + "预算/决算").split(">")].reach is Reach.FOUND


def test_section_menu_goes_before_the_portal_s_header() -> None:
    home = page("", *menu(("政府信息公开", "gk/"), ("公开指南", "gk/zn/")), *filler())
    header = menu(("政府信息公开", "gk/zn/"), group=70)
    own = menu(
        ("万州区财政局", "", [("政府信息公开", "cz/gk/", [("预算/决算", "cz/ys/"), *OTHERS])]), group=71, first=1
    )
    portal = Portal().add(home, page("cz/", *header, *own), page("cz/ys/"), page("gk/zn/"))
    section = itinerary("政府信息公开>预算/决算", organ=FINANCE, start=url("cz/"))
    column = columns(look(portal, itinerary(), section))["organ:finance", "政府信息公开", "预算/决算"]
    assert (column.reach, column.url) == (Reach.FOUND, url("cz/ys/"))


def test_look_elsewhere_keeps_within_eight_requests_of_a_root() -> None:
    names = [f"栏目{number}甲" for number in range(12)]
    scattered = menu(("其他", "", [(name, f"o/{number}/") for number, name in enumerate(names)]), group=90, first=5)
    tree = menu(("政府信息公开目录", "ml/", OTHERS))
    home = page("", *menu(("政府信息公开目录", "ml/")), *filler(), *scattered)
    portal = Portal().add(home, page("ml/", *tree), *(page(f"o/{number}/") for number in range(12)))
    seen = columns(look(portal, itinerary(*(f"政府信息公开目录>{name}" for name in names))))
    assert {column.reach for column in seen.values()} == {Reach.ABSENT}
    assert all(column.elsewhere for column in seen.values())
    assert len([address for address in portal.addresses if "/o/" in address]) == 8
    marked = {visit.url for visit in portal.asked if visit.kind is VisitKind.ELSEWHERE}
    assert marked == {address for address in portal.addresses if "/o/" in address}


def test_found_elsewhere_only_where_the_other_page_works() -> None:
    tree = menu(("政府信息公开目录", "ml/", OTHERS))
    home = page("", *menu(("政府信息公开目录", "ml/"), ("政府公报", "gb/")), *filler())
    portal = Portal().add(home, page("ml/", *tree), refused("gb/", Reason.HTTP_4XX, 404))
    column = one(portal, "政府信息公开目录>政府公报")
    assert (column.reach, column.elsewhere) == (Reach.ABSENT, ())


def test_duty_of_the_portal_is_looked_for_on_the_organ_s_page_too() -> None:
    tree = menu(("政府信息公开目录", "ml/", OTHERS))
    home = page("", *menu(("政府信息公开目录", "ml/")), *filler())
    portal = Portal().add(
        home,
        page("ml/", *tree),
        page("cz/", *menu(("地方政府债务", "cz/zw/"), ("收费项目", "cz/sf/"), "甲栏目", "乙栏目")),
        page("cz/zw/"),
        page("cz/sf/"),
    )
    base = itinerary("政府信息公开目录>地方政府债务")
    leaf = base.children[0].children[0].leaf
    assert leaf is not None
    seekers = tuple(replace(seeker, organ=FINANCE) for seeker in leaf.seekers)
    node = replace(base.children[0].children[0], leaf=replace(leaf, seekers=seekers))
    base = replace(base, children=(replace(base.children[0], children=(node,)),))
    section = itinerary("收费项目", organ=FINANCE, start=url("cz/"))
    column = columns(look(portal, base, section))["portal", "政府信息公开目录", "地方政府债务"]
    assert [(there.url, there.source) for there in column.elsewhere] == [(url("cz/zw/"), "organ_page")]


def test_level_that_the_portal_puts_in_between_is_looked_through() -> None:
    """Path 政府网站>政府信息公开目录>..., portal 政务公开>政府信息公开目录>...: levels come and go on both sides."""
    below = [("疫情防控", "gk/ml/yq/"), ("健康科普", "gk/ml/jk/"), ("政府公报", "gk/ml/gb/")]
    aliases = column_aliases((Column("政府信息公开目录", (), ("政务公开",)),), ("政府信息公开目录", "政务公开"))
    portal = Portal().add(
        page("", *menu(("政务公开", "gk/")), *filler()),
        page("gk/", *menu(("公开指南", "gk/zn/"), ("公开制度", "gk/zd/"), ("政府信息公开目录", "gk/ml/")), *filler()),
        page("gk/ml/", *menu(*below), *filler()),
        page("gk/ml/jk/", *menu(*below), *filler()),
    )
    column = one(portal, "政府信息公开目录>健康科普", aliases=aliases)
    assert (column.reach, column.match, column.url) == (Reach.FOUND, MatchKind.EXACT, url("gk/ml/jk/"))
    assert one(portal, "政府信息公开目录>爱国卫生运动", aliases=aliases).reach is Reach.ABSENT


def test_level_found_by_another_name_may_hold_the_one_of_its_own_name() -> None:
    below = [("公开指南", "gk/zf/zn/"), ("收费项目", "gk/zf/sf/"), ("履职依据", "gk/zf/yj/")]
    portal = Portal().add(
        page("", *menu(("信息公开", "gk/")), *filler()),
        page("gk/", *menu(("政策", "gk/zc/"), ("公开制度", "gk/zd/"), ("政府信息公开", "gk/zf/")), *filler()),
        page("gk/zf/", *menu(*below), *filler()),
        page("gk/zf/sf/", *menu(*below), *filler()),
    )
    column = one(portal, "政府信息公开>收费项目")
    assert (column.reach, column.url) == (Reach.FOUND, url("gk/zf/sf/"))


def test_page_that_was_looked_into_and_not_believed_is_no_other_place_of_an_organ() -> None:
    """The portal's 政府信息公开 is in every page's frame; what hangs there is not the organ's."""
    top = menu(("首页", ""), ("政府信息公开", "list?id=1"), ("区财政局", "list?id=cz"))
    tree = menu(
        ("政府信息公开年报", "list?id=2"), ("公开指南", "list?id=3"), ("公开制度", "list?id=4"), group=7, first=3
    )
    own = menu(("收费项目", "list?id=5"), ("公开指南", "list?id=6"), ("公开制度", "list?id=7"), group=8, first=3)
    portal = Portal().add(
        page("", *top, *filler()),
        page("list?id=1", *top, *tree, crumbs=("首页", "政府信息公开")),
        page("list?id=2", *top, *tree, crumbs=("首页", "政府信息公开", "政府信息公开年报")),
        page("list?id=cz", *top, *own, heading="万州区财政局"),
    )
    path = "政府信息公开>政府信息公开年报"
    seen = columns(look(portal, itinerary(path, organ=FINANCE)))["organ:finance", *path.split(">")]
    assert (seen.reach, seen.elsewhere) == (Reach.ABSENT, ())


def test_session_in_an_address_makes_no_other_page() -> None:
    portal = portal_with(("预算/决算", "gk/ys/;jsessionid=A1?id=2"))
    portal.add(page("gk/ys/?id=2"))
    assert one(portal, BASE + "预算/决算").url == url("gk/ys/?id=2")
    assert same_address(url("gk/list.jsp;jsessionid=A1?id=2"), url("gk/list.jsp;JSESSIONID=B2?id=2"))
    assert not same_address(url("gk/list.jsp;jsessionid=A1?id=2"), url("gk/list.jsp;jsessionid=A1?id=3"))


def test_menu_in_a_frame_is_part_of_the_page() -> None:
    """Site head in the page, menu in one frame, list in another (REAL_PAGES.md: sub-menu page in an IFRAME)."""
    top = menu(("首页", ""), ("政府信息公开", "gk/"), ("办事服务", "bs/"), ("互动交流", "hd/"))
    tree = menu(("公开指南", "gk/zn/"), ("收费项目", "gk/sf/"), ("履职依据", "gk/yj/"))
    frames = (url("gk/left.html"), url("gk/main.html"))
    portal = Portal().add(
        page("", *top),
        page("gk/", *top, frames=frames),
        page("gk/left.html", *tree),
        page("gk/main.html"),
        page("gk/sf/", *top, frames=frames),
    )
    seen = columns(look(portal, itinerary("政府信息公开>收费项目", "政府信息公开>预算/决算")))
    assert seen["portal", "政府信息公开", "收费项目"].url == url("gk/sf/")
    assert seen["portal", "政府信息公开", "预算/决算"].reach is Reach.ABSENT
    portal.add(refused("gk/left.html", Reason.HTTP_5XX, 502))
    seen = columns(look(portal, itinerary("政府信息公开>收费项目")))
    assert seen["portal", "政府信息公开", "收费项目"].reach is Reach.UNREACHED


def test_page_of_frames_alone_shows_the_menus_of_all_of_them() -> None:
    tree = menu(("公开指南", "gk/zn/"), ("收费项目", "gk/sf/"), ("履职依据", "gk/yj/"))
    crumb = menu(("首页", ""), ("政府信息公开", "gk/"), zone=Zone.BREADCRUMB)
    rows = (Row("关于一", url("gk/1.html"), NOON.date(), "2021-11-30", 1),)
    portal = Portal().add(
        page("", *menu(("政府信息公开", "gk/")), *filler()),
        page("gk/", frames=(url("gk/left.html"), url("gk/main.html"))),
        page("gk/left.html", *tree),
        page("gk/main.html", *crumb, rows=rows),
        page("gk/sf/", *tree),
    )
    column = one(portal, "政府信息公开>收费项目")
    assert (column.reach, column.url) == (Reach.FOUND, url("gk/sf/"))


def test_first_child_of_the_same_address_in_a_flat_menu_is_no_frame() -> None:
    """The home page offers the level too, and its address is that of its first child (规划信息)."""
    flat = (("公开指南", "gk/zn/"), ("法定主动公开内容", "gk/gh/"), ("规划信息", "gk/gh/"), ("收费项目", "gk/sf/"))
    portal = Portal().add(
        page("", *menu(("政府信息公开", "gk/", [("法定主动公开内容", "gk/gh/")])), *filler()),
        page("gk/", *menu(*flat, group=5), *filler()),
        page("gk/gh/", *menu(*flat, group=5), *filler(), crumbs=("首页", "政府信息公开", "规划信息")),
        page("gk/sf/", *menu(*flat, group=5), *filler()),
    )
    assert one(portal, BASE + "规划信息").url == url("gk/gh/")
    assert one(portal, BASE + "收费项目").url == url("gk/sf/")
    assert one(portal, BASE + "政府采购").reach is Reach.ABSENT
