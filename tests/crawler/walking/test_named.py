"""Pages that organs named in their replies: asked for once beside the walk, and never the mandated path."""

from __future__ import annotations

from dataclasses import replace

import pytest
from literal_portal import ALIASES, DISTRICT, Portal, columns, filler, itinerary, menu, page, refused, run, url

from crawler.page.page import Page, Unusable
from crawler.walking.named import NAMED, NamedPage, NamedWalk, named_visit
from crawler.walking.walk import Walk
from ledger.observation import ColumnObservation, ColumnShape, MatchKind, Reach
from ledger.reason import Reason
from ledger.work import VisitKind

PATH = "政府信息公开>规划信息"
STEPS = ("政府信息公开", "规划信息")
BELOW = (("公开指南", "gk/zn/"), ("公开制度", "gk/zd/"), ("收费项目", "gk/sf/"))
NAME = NamedPage(url("zt/gh/"), (("portal", STEPS),))


def portal(there: Page | Unusable, *below: tuple[str, str]) -> Portal:
    """A portal whose 政府信息公开 has no 规划信息 among its columns, unless one is given."""
    home = page("", *menu(("政府信息公开", "gk/")), *filler())
    return Portal().add(home, page("gk/", *menu(*BELOW, *below), *filler()), there)


def one(place: Portal, *named: NamedPage) -> ColumnObservation:
    """What one look with these named pages says of the column."""
    walk = Walk((itinerary(PATH),), DISTRICT, ALIASES, read=place.read)
    seen = run(NamedWalk(walk, named, read=place.read, aliases=ALIASES, organ_names={}), place)
    return columns(seen)["portal", *STEPS]


def column(heading: str = "规划信息", shape: ColumnShape = ColumnShape.LIST, **facts: object) -> Page:
    return page("zt/gh/", *filler(), heading=heading, shape=shape, **facts)


def test_named_column_is_one_place_more_where_the_absent_column_stands() -> None:
    place = portal(column())
    found = one(place, NAME)
    assert found.reach is Reach.ABSENT
    assert [(there.url, there.spelling, there.match, there.source) for there in found.elsewhere] == [
        (url("zt/gh/"), "规划信息", MatchKind.EXACT, NAMED)
    ]
    assert found.elsewhere[0].snapshot_id == f"s-{url('zt/gh/')}"
    assert [visit.kind for visit in place.asked if visit.url == url("zt/gh/")] == [VisitKind.NAMED]


def test_without_a_named_page_the_column_is_absent_and_nowhere() -> None:
    assert one(portal(column())).elsewhere == ()


def test_last_part_of_the_place_shown_names_a_column_whose_heading_does_not() -> None:
    found = one(portal(column("", crumbs=("首页", "专题", "规划计划"))), NAME)
    assert [(there.spelling, there.match, there.labels) for there in found.elsewhere] == [
        ("规划计划", MatchKind.ALIAS, ("首页", "专题", "规划计划"))
    ]


@pytest.mark.parametrize(
    "there",
    [
        column("规划展览馆开放公告"),
        column(shape=ColumnShape.EMPTY),
        column(shape=ColumnShape.UNKNOWN),
        refused("zt/gh/", Reason.HTTP_4XX, 404),
        refused("zt/gh/", Reason.WAF_CHALLENGE, 403),
    ],
    ids=["other-name", "empty", "unknown", "gone", "refused"],
)
def test_page_that_does_not_show_the_column_proves_nothing(there: Page | Unusable) -> None:
    found = one(portal(there), NAME)
    assert (found.reach, found.elsewhere) == (Reach.ABSENT, ())


def test_name_that_two_columns_share_is_no_proof() -> None:
    steps = ("政府信息公开", "预算/决算")
    place = portal(column("财政信息"))
    walk = Walk((itinerary(">".join(steps)),), DISTRICT, ALIASES, read=place.read)
    named = NamedPage(url("zt/gh/"), (("portal", steps),))
    beside = NamedWalk(walk, (named,), read=place.read, aliases=ALIASES, organ_names={})
    assert columns(run(beside, place))["portal", *steps].elsewhere == ()


def test_page_named_for_another_column_is_no_proof_for_this_one() -> None:
    assert one(portal(column()), replace(NAME, places=(("portal", ("政府信息公开", "政策解读")),))).elsewhere == ()


def test_named_page_adds_nothing_to_a_column_on_its_mandated_path() -> None:
    listed = page("gk/gh/", *filler(), heading="规划信息", shape=ColumnShape.LIST)
    found = one(portal(column(), ("规划信息", "gk/gh/")).add(listed), NAME)
    assert (found.reach, found.url, found.elsewhere) == (Reach.FOUND, url("gk/gh/"), ())


def test_page_that_is_a_step_of_the_walk_and_named_is_two_visits() -> None:
    step = Walk((itinerary(PATH),), DISTRICT, ALIASES, read=portal(column()).read).wanted()[0]
    assert named_visit(step.url).key != step.key


def test_walk_has_not_finished_before_its_named_pages_arrived() -> None:
    place = portal(column())
    walk = Walk((itinerary(PATH),), DISTRICT, ALIASES, read=place.read)
    beside = NamedWalk(walk, (NAME,), read=place.read, aliases=ALIASES, organ_names={})
    waiting = list(beside.wanted())
    held = next(visit for visit in waiting if visit.kind is VisitKind.NAMED)
    waiting.remove(held)
    while waiting:
        beside.arrive(place.fetch(waiting.pop(0)))
        waiting.extend(beside.wanted())
    assert walk.finished
    assert not beside.finished
    beside.arrive(place.fetch(held))
    assert beside.finished
