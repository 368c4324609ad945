"""A walk sees the same whatever the order of arrival, goes on where it was killed, and keeps within its caps."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from literal_portal import (
    ALIASES,
    DISTRICT,
    EDUCATION,
    FINANCE,
    NOON,
    TOWN,
    Portal,
    columns,
    filler,
    itinerary,
    look,
    menu,
    page,
    refused,
    run,
    url,
    wanted,
)

from crawler.page.page import Page, Pager
from crawler.plan import Itinerary
from crawler.walking.walk import Walk
from ledger.observation import ColumnShape, Link, Need, PortalObservation, Reach, Row
from ledger.reason import Reason
from ledger.work import Arrival, VisitKind

BUDGET = "政府信息公开>法定主动公开内容>预算/决算"
RULES = "政府信息公开>法定主动公开内容>履职依据>行政法规"
GAZETTE = "政府信息公开目录>政府公报"


def town_portal() -> Portal:
    """A portal with a bit of everything: an index, sections, a dead column, an absent one, lists and attachments."""
    home = page(
        "",
        *menu(
            ("政府信息公开", "gk/"), ("部门街镇", "bm/"), ("网站地图", "map/"), ("政府公报", "gb/"), ("市长信箱", "xx/")
        ),
        *filler(),
    )
    tree = [("预算/决算", "gk/ys/"), ("规划信息", "gk/gh/"), ("收费项目", "gk/sf/"), ("机关简介", "gk/jg/")]
    portal = Portal().add(
        home,
        page("gk/", *menu(("公开指南", "gk/zn/"), ("公开制度", "gk/zd/"), ("法定主动公开内容", "gk/nr/", tree))),
        page("gk/nr/", *menu(("法定主动公开内容", "gk/nr/", tree))),
        page("gk/gh/"),
        refused("gk/ys/", Reason.HTTP_4XX, 404),
        page("map/", *menu(("履职依据", "yj/", [("行政法规", "yj/fg/")]), "甲栏目", "乙栏目", "丙栏目")),
        page("yj/fg/", crumbs=("首页", "履职依据", "行政法规")),
        page("gb/", rows=(Row("一期", url("gb/1.html"), NOON.date()),), shape=ColumnShape.LIST),
        page("bm/", *menu(("区财政局", "cz/"), ("区教委", "jw/"), ("区审计局", "sj/"))),
        page("cz/", *menu(("预算/决算", "cz/ys/"), "甲栏目", "乙栏目", "丙栏目")),
        page("jw/", *menu("甲栏目", "乙栏目", "丙栏目")),
        page(
            "cz/ys/",
            rows=(Row("2021年预算", url("cz/1.html"), NOON.date()),),
            shape=ColumnShape.LIST,
            pager=Pager(2, (url("cz/ys/index_1.html"),)),
        ),
        page("cz/ys/index_1.html", rows=(Row("2020年决算", url("cz/2.html"), NOON.date()),), shape=ColumnShape.LIST),
        page("cz/1.html", attachments=(Link("表", url("cz/P1.pdf")),), text="正文"),
    )
    portal.headers[url("cz/P1.pdf")] = (200, "application/pdf", 500)
    return portal


def itineraries() -> tuple[Itinerary, ...]:
    wants = {BUDGET: wanted(Need.LISTING, Need.WHOLE_LISTING, Need.ARTICLE, Need.ATTACHMENTS)}
    return (
        itinerary(BUDGET, RULES, GAZETTE, "政府信息公开>法定主动公开内容>规划信息"),
        *(itinerary(BUDGET, organ=organ, wants=wants) for organ in (FINANCE, EDUCATION, TOWN)),
    )


def fresh(portal: Portal) -> Walk:
    return Walk(itineraries(), DISTRICT, ALIASES, read=portal.read, seed="7")


def test_the_whole_walk_comes_to_what_is_there() -> None:
    portal = town_portal()
    seen = columns(run(fresh(portal), portal))
    assert {key[0]: one.reach for key, one in seen.items() if key[1:] == tuple(BUDGET.split(">"))} == {
        "portal": Reach.BROKEN,
        "organ:finance": Reach.FOUND,
        "organ:education": Reach.ABSENT,
        "organ:longdu": Reach.UNREACHED,
    }
    rules = seen["portal", *RULES.split(">")]
    assert rules.reach is Reach.ABSENT
    assert [(there.url, there.source, there.labels) for there in rules.elsewhere] == [
        (url("yj/fg/"), "site_map", ("履职依据", "行政法规"))
    ]
    assert set(rules.looked_at) >= {"home", "site_map", "column_tree"}
    assert len(portal.addresses) == len(set(portal.addresses))


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_observations_do_not_depend_on_the_order_of_arrival(seed: int) -> None:
    portal = town_portal()
    straight = run(fresh(portal), portal)
    shuffled = run(fresh(portal), portal, random.Random(seed))
    assert len(straight) == len(shuffled)
    assert set(map(repr, straight)) == set(map(repr, shuffled))


@settings(max_examples=25, deadline=None)
@given(st.integers(min_value=0, max_value=30), st.integers(min_value=0, max_value=2**32))
def test_new_walk_goes_on_where_an_old_one_was_killed(killed_after: int, seed: int) -> None:
    portal = town_portal()
    whole = run(fresh(portal), portal)
    asked = {visit.key for visit in portal.asked}
    chance = random.Random(seed)
    dying, kept = fresh(portal), []
    waiting = list(dying.wanted())
    while waiting and len(kept) < killed_after:
        arrival = portal.fetch(waiting.pop(chance.randrange(len(waiting))))
        kept.append(arrival)
        dying.arrive(arrival)
        waiting.extend(dying.wanted())
    portal.asked.clear()
    second = fresh(portal)
    for arrival in kept:
        second.arrive(arrival)
    seen = run(second, portal)
    assert set(map(repr, seen)) == set(map(repr, whole))
    again = {visit.key for visit in portal.asked}
    assert not again & {arrival.visit.key for arrival in kept}
    assert again | {arrival.visit.key for arrival in kept} == asked


def test_result_that_comes_twice_counts_once() -> None:
    portal = town_portal()
    walk = fresh(portal)
    (visit,) = walk.wanted()
    arrival = portal.fetch(visit)
    walk.arrive(arrival)
    walk.arrive(arrival)
    assert [one.moment for one in walk.observations() if isinstance(one, PortalObservation)] == ["start"]


def test_control_page_is_seen_again_within_the_hour() -> None:
    portal = town_portal()
    walk = fresh(portal)
    minutes = 0
    seen = []
    waiting = list(walk.wanted())
    while waiting:
        visit = min(waiting, key=lambda one: one.kind is not VisitKind.CONTROL)
        waiting.remove(visit)
        walk.arrive(portal.fetch(visit, NOON + timedelta(minutes=minutes)))
        minutes += 10
        waiting.extend(walk.wanted())
        seen.extend(walk.observations())
    assert walk.finished
    controls = [(one.moment, one.works) for one in seen if isinstance(one, PortalObservation)]
    assert controls[0] == ("start", True)
    assert controls[-1] == ("end", True)
    assert len([moment for moment, _ in controls if moment == "hour"]) == 2
    keys = [visit.key for visit in portal.asked if visit.kind is VisitKind.CONTROL]
    assert len(keys) == len(set(keys)) == len(controls)


def test_home_page_with_half_its_links_gone_does_not_work() -> None:
    portal = town_portal()
    walk = Walk((itinerary(),), DISTRICT, ALIASES, read=portal.read)
    (start,) = walk.wanted()
    walk.arrive(portal.fetch(start))
    portal.add(page("", *filler()))
    seen = run(walk, portal)
    assert [(one.moment, one.works) for one in seen if isinstance(one, PortalObservation)] == [
        ("start", True),
        ("end", False),
    ]


def test_walk_without_a_home_has_nothing_to_do() -> None:
    walk = Walk((), DISTRICT, ALIASES, read=Portal().read)
    assert walk.finished
    assert walk.wanted() == ()


def test_pages_beyond_the_cap_of_a_host_are_out_of_budget() -> None:
    portal = town_portal()
    seen = columns(look(portal, itinerary(BUDGET), pages_a_host=1))
    column = seen["portal", *BUDGET.split(">")]
    assert (column.reach, column.reason) == (Reach.UNREACHED, Reason.BUDGET)


class _Explosive(str):
    """A label that cannot be folded: a fault of our own in the middle of a walk."""

    __slots__ = ()

    def strip(self, chars: str | None = None) -> str:
        raise RuntimeError("our fault")


def test_fault_of_our_own_ends_one_leaf_and_not_the_walk() -> None:
    portal = town_portal()
    good = portal.pages[url("gk/gh/")]
    assert isinstance(good, Page)
    portal.add(
        page("cz/", *menu((_Explosive("预算/决算"), "cz/ys/"), "甲栏目", "乙栏目", "丙栏目"), second_labels=frozenset())
    )
    seen = columns(run(fresh(portal), portal))
    broken = seen["organ:finance", *BUDGET.split(">")]
    assert (broken.reach, broken.reason) == (Reach.UNREACHED, Reason.INTERNAL)
    assert seen["portal", "政府信息公开", "法定主动公开内容", "规划信息"].reach is Reach.FOUND


def test_reading_that_fails_is_internal() -> None:
    portal = town_portal()

    def read(arrival: Arrival) -> Page:
        if arrival.visit.url == url("gk/gh/"):
            raise ValueError("our fault")
        return portal.read(arrival)  # type: ignore[return-value]

    walk = Walk(itineraries(), DISTRICT, ALIASES, read=read)
    column = columns(run(walk, portal))["portal", "政府信息公开", "法定主动公开内容", "规划信息"]
    assert (column.reach, column.reason) == (Reach.UNREACHED, Reason.INTERNAL)


def test_progress_reaches_its_end() -> None:
    portal = town_portal()
    walk = fresh(portal)
    before = walk.progress
    run(walk, portal)
    after = walk.progress
    assert (before.roots_done, before.leaves_done) == (0, 0)
    assert (after.roots_done, after.leaves_done) == (after.roots_total, after.leaves_total) == (4, 7)


def _pairs(walk: Walk, portal: Portal) -> Iterator[Arrival]:
    for visit in walk.wanted():
        yield portal.fetch(visit)


def test_host_is_probed_before_its_pages_are_read() -> None:
    portal = town_portal()
    walk = fresh(portal)
    order: list[VisitKind] = []

    def read(arrival: Arrival) -> Page:
        order.append(arrival.visit.kind)
        return portal.read(arrival)  # type: ignore[return-value]

    walk = Walk(itineraries(), DISTRICT, ALIASES, read=read)
    while not walk.finished:
        for arrival in reversed(list(_pairs(walk, portal))):
            walk.arrive(arrival)
    assert order[:2] == [VisitKind.CONTROL, VisitKind.PROBE]
    assert order.count(VisitKind.PROBE) == 1
