"""The walk finds columns over literal pages, and says honestly what it could not reach."""

from __future__ import annotations

from literal_portal import (
    HOME,
    Portal,
    columns,
    filler,
    itinerary,
    listings,
    look,
    menu,
    page,
    refused,
)

from ledger.observation import MatchKind, PortalObservation, Reach
from ledger.reason import Reason
from ledger.work import VisitKind


def budget_portal() -> Portal:
    tree = [("规划信息", "gk/gh/"), ("预算/决算", "gk/ys/"), ("收费项目", "gk/sf/"), ("履职依据", "gk/yj/")]
    return Portal().add(
        page("", *menu(("政府信息公开", "gk/")), *filler()),
        page(
            "gk/",
            *menu(("政府信息公开指南", "gk/zn/"), ("政府信息公开制度", "gk/zd/"), ("法定主动公开内容", "gk/nr/", tree)),
        ),
        page("gk/nr/", *menu(*tree)),
        page("gk/ys/", *menu(*tree)),
        page("gk/gh/", *menu(*tree)),
    )


BUDGET = "政府信息公开>法定主动公开内容>预算/决算"


def test_hidden_levels_of_one_page_need_no_fetch_of_their_own() -> None:
    portal = budget_portal()
    seen = look(portal, itinerary(BUDGET))
    column = columns(seen)["portal", "政府信息公开", "法定主动公开内容", "预算/决算"]
    assert column.reach is Reach.FOUND
    assert column.match is MatchKind.EXACT
    assert column.url == HOME + "gk/ys/"
    assert portal.addresses == [HOME + "gk/", HOME + "gk/ys/"]
    assert [step.label for step in column.trail] == ["政府网站", "政府信息公开", "法定主动公开内容", "预算/决算"]


def test_control_pages_stand_at_the_start_and_at_the_end() -> None:
    portal = budget_portal()
    seen = [one for one in look(portal, itinerary(BUDGET)) if isinstance(one, PortalObservation)]
    assert [(one.moment, one.works) for one in seen] == [("start", True), ("end", True)]
    assert [visit.kind for visit in portal.asked].count(VisitKind.PROBE) == 1


def test_absent_column_names_what_is_offered_and_where_was_looked() -> None:
    portal = budget_portal()
    seen = look(portal, itinerary("政府信息公开>法定主动公开内容>机关简介"))
    column = columns(seen)["portal", "政府信息公开", "法定主动公开内容", "机关简介"]
    assert (column.reach, column.failed_step, column.reason) == (Reach.ABSENT, 2, None)
    assert column.offered == ("规划信息", "预算/决算", "收费项目", "履职依据")
    assert column.url == HOME + "gk/nr/"
    assert column.looked_at == ("home", "column_tree")
    assert column.elsewhere == ()


def test_refused_home_accuses_nobody() -> None:
    portal = Portal().add(refused("", Reason.WAF_CHALLENGE, 412))
    seen = look(portal, itinerary(BUDGET))
    column = columns(seen)["portal", "政府信息公开", "法定主动公开内容", "预算/决算"]
    assert (column.reach, column.reason) == (Reach.UNREACHED, Reason.WAF_CHALLENGE)
    assert not listings(seen)
