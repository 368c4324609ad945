"""Looked at again by browser: only where it is relied on, nothing of either is lost, no accusation without both."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

import pytest
from literal_portal import HOME, NOON, Portal, columns, filler, itinerary, listings, look, menu, page, refused, url

from crawler.page.page import Page, PageLink, Pager, Unusable
from crawler.walking.rendering import together
from ledger.observation import ColumnShape, Observation, Reach, Row
from ledger.reason import Reason
from ledger.work import Arrival, Visit, VisitKind

PATH = "政府信息公开>预算/决算"
STEPS = ("portal", "政府信息公开", "预算/决算")
OTHERS = (("规划信息", "gk/gh/"), ("收费项目", "gk/sf/"), ("机关简介", "gk/jg/"), ("履职依据", "gk/yj/"))
WANTED = ("预算/决算", "gk/ys/")
ROW = Row("2021年部门预算", url("gk/ys/1.html"), date(2021, 11, 1))


@dataclass
class Shown(Portal):
    """A portal of which a browser shows more, or something else."""

    by_browser: dict[str, Page | Unusable] = field(default_factory=dict)

    def shows(self, *pages: Page | Unusable) -> Shown:
        self.by_browser.update({one.url: one for one in pages})
        return self

    def read(self, arrival: Arrival) -> Page | Unusable:
        if arrival.visit.kind is not VisitKind.RENDERED:
            return super().read(arrival)
        return self.by_browser.get(arrival.visit.url) or refused(arrival.visit.url, Reason.NEEDS_BROWSER)

    def fetch(self, visit: Visit, at: datetime = NOON) -> Arrival:
        if visit.kind is not VisitKind.RENDERED:
            return super().fetch(visit, at)
        self.asked.append(visit)
        found = self.by_browser.get(visit.url)
        return Arrival(visit, found.url if found else visit.url, 200 if found else None, (), b"", "s", at)

    @property
    def rendered(self) -> list[str]:
        return [visit.url for visit in self.asked if visit.kind is VisitKind.RENDERED]


def portal(*entries: object, **facts: object) -> Shown:
    """A home page, the page of 政府信息公开 with some entries, and the column with one row."""
    column = page("gk/ys/", *filler(), shape=ColumnShape.LIST, rows=(ROW,))
    home = page("", *menu(("政府信息公开", "gk/")), *filler())
    made = Shown()
    made.add(home, page("gk/", *menu(*entries), **facts), column)
    return made


def shown(path: str, *links: PageLink, **facts: object) -> Page:
    return replace(page(path, *links, **facts), seen_by="browser", snapshot_id=f"dom-{path}")


def walked(made: Shown, **facts: object) -> list[Observation]:
    return look(made, itinerary(PATH), **facts)


def test_a_menu_made_by_script_is_seen_by_browser_and_the_observation_says_so() -> None:
    made = portal(*OTHERS[:2], menu_by_script=True).shows(shown("gk/", *menu(*OTHERS, WANTED)))
    column = columns(walked(made, browser=True))[STEPS]

    assert (column.reach, made.rendered) == (Reach.FOUND, [HOME + "gk/"])
    assert column.trail[-1].snapshot_id == "dom-gk/"


def test_without_a_browser_it_needs_one() -> None:
    made = portal(*OTHERS, menu_by_script=True)
    column = columns(walked(made))[STEPS]

    assert (column.reach, column.reason, made.rendered) == (Reach.UNREACHED, Reason.NEEDS_BROWSER, [])


def test_what_the_source_offers_is_not_looked_at_again() -> None:
    made = portal(*OTHERS, WANTED, menu_by_script=True, list_by_script=True, scripted=True)
    column = columns(walked(made, browser=True))[STEPS]

    assert (column.reach, column.seen_by, made.rendered) == (Reach.FOUND, "", [])


def test_an_absence_that_the_browser_sees_too_is_its_finding() -> None:
    made = portal(*OTHERS, menu_by_script=True).shows(shown("gk/", *menu(*OTHERS, ("政府公报", "gk/gb/"))))
    column = columns(walked(made, browser=True))[STEPS]

    assert (column.reach, column.seen_by, column.snapshot_id) == (Reach.ABSENT, "browser", "dom-gk/")


@pytest.mark.parametrize(("careful", "asked"), [(frozenset({f"t/{PATH}"}), 1), (frozenset({"t/another"}), 0)])
def test_an_accusation_is_confirmed_by_browser_where_the_page_has_scripts(careful: frozenset[str], asked: int) -> None:
    made = portal(*OTHERS, scripted=True).shows(shown("gk/", *menu(*OTHERS, WANTED)))
    column = columns(walked(made, browser=True, careful=careful))[STEPS]

    assert len(made.rendered) == asked
    assert column.reach is (Reach.FOUND if asked else Reach.ABSENT)


def test_a_menu_read_from_a_program_is_looked_at_by_browser_before_an_absence_is_believed() -> None:
    made = portal(*OTHERS)
    (plain,) = (one for one in made.pages.values() if one.url == url("gk/"))
    made.add(replace(plain, links=tuple(replace(link, from_script=True) for link in plain.links)))
    made.shows(shown("gk/", *menu(*OTHERS)))
    column = columns(walked(made, browser=True))[STEPS]

    assert (column.reach, column.seen_by, made.rendered) == (Reach.ABSENT, "browser", [HOME + "gk/"])


def test_a_page_without_scripts_needs_no_browser_to_be_believed() -> None:
    made = portal(*OTHERS)
    column = columns(walked(made, browser=True, careful=frozenset({f"t/{PATH}"})))[STEPS]

    assert (column.reach, made.rendered) == (Reach.ABSENT, [])


def test_where_the_browser_fails_an_accusation_is_not_confirmed() -> None:
    made = portal(*OTHERS, scripted=True)
    column = columns(walked(made, browser=True, careful=frozenset({f"t/{PATH}"})))[STEPS]

    assert (column.reach, column.reason) == (Reach.UNREACHED, Reason.NEEDS_BROWSER)


def test_scripts_that_take_away_what_the_source_offers_leave_it_in_doubt() -> None:
    more = (("政府公报", "gk/gb/"), ("公开指南", "gk/zn/"), ("公开制度", "gk/zd/"), ("公开年报", "gk/nb/"))
    made = portal(*OTHERS, *more, scripted=True).shows(shown("gk/", *menu(*OTHERS[:1])))
    column = columns(walked(made, browser=True, careful=frozenset({f"t/{PATH}"})))[STEPS]

    assert (column.reach, column.reason) == (Reach.UNREACHED, Reason.RENDER_DISAGREE)


def test_a_list_made_by_script_is_read_from_the_browser() -> None:
    made = portal(*OTHERS, WANTED)
    made.add(page("gk/ys/", *filler(), list_by_script=True))
    made.shows(shown("gk/ys/", *filler(), shape=ColumnShape.LIST, rows=(ROW,)))
    listing = listings(walked(made, browser=True))[STEPS]

    assert (listing.shape, listing.rows, listing.whole) == (ColumnShape.LIST, (ROW,), True)
    assert (listing.seen_by, listing.snapshot_ids, made.rendered) == ("browser", ("dom-gk/ys/",), [HOME + "gk/ys/"])


def test_a_list_that_a_browser_looked_for_in_vain_needs_no_browser() -> None:
    reasons = []
    for browser in (False, True):
        made = portal(*OTHERS, WANTED)
        made.add(page("gk/ys/", *filler(), list_by_script=True, scripted=True))
        made.shows(shown("gk/ys/", *filler(), list_by_script=True))
        listing = listings(walked(made, browser=browser))[STEPS]
        reasons.append((listing.shape, listing.whole, listing.reason))

    assert reasons == [
        (ColumnShape.UNKNOWN, False, Reason.NEEDS_BROWSER),
        (ColumnShape.UNKNOWN, False, Reason.AMBIGUOUS),
    ]


def test_an_empty_column_is_confirmed_only_when_the_browser_sees_it_empty() -> None:
    careful = frozenset({f"t/{PATH}"})
    empty = page("gk/ys/", *filler(), shape=ColumnShape.EMPTY, scripted=True)
    again = shown("gk/ys/", *filler(), shape=ColumnShape.EMPTY)
    filled = shown("gk/ys/", *filler(), shape=ColumnShape.LIST, rows=(ROW,))
    shapes = []
    for one in ((again,), (filled,), ()):
        made = portal(*OTHERS, WANTED)
        made.add(empty)
        listing = listings(walked(made.shows(*one), browser=True, careful=careful))[STEPS]
        shapes.append((listing.shape, listing.reason))

    assert shapes == [
        (ColumnShape.EMPTY, None),
        (ColumnShape.LIST, None),
        (ColumnShape.UNKNOWN, Reason.NEEDS_BROWSER),
    ]


def test_rows_of_the_source_are_not_lost_to_what_the_browser_shows() -> None:
    later = replace(ROW, title="2021年部门决算", url=url("gk/ys/2.html"))
    made = portal(*OTHERS, WANTED)
    made.add(page("gk/ys/", *filler(), shape=ColumnShape.LIST, rows=(ROW,), scripted=True, pager=Pager(total=1)))
    made.shows(shown("gk/ys/", *filler(), shape=ColumnShape.LIST, rows=(later,)))
    listing = listings(walked(made, browser=True, careful=frozenset({f"t/{PATH}"})))[STEPS]

    assert listing.rows == (later, ROW)


def test_an_application_is_shown_where_it_is_landed_on() -> None:
    shell = {"menu_by_script": True, "list_by_script": True, "scripted": True}
    made = Shown()
    made.add(page("", **shell), page("gk/", **shell), page("gk/ys/", **shell))
    made.shows(
        shown("", *menu(("政府信息公开", "gk/")), *filler()),
        shown("gk/", *menu(*OTHERS, WANTED)),
        shown("gk/ys/", *filler(), shape=ColumnShape.LIST, rows=(ROW,)),
    )
    seen = walked(made, browser=True)

    assert (columns(seen)[STEPS].reach, listings(seen)[STEPS].rows) == (Reach.FOUND, (ROW,))
    assert made.rendered == [HOME, HOME + "gk/", HOME + "gk/ys/"]


def test_an_application_whose_page_is_not_there_is_refused_as_such() -> None:
    shell = {"menu_by_script": True, "list_by_script": True}
    made = portal(*OTHERS, WANTED)
    made.add(page("gk/ys/", **shell))
    made.shows(refused("gk/ys/", Reason.SOFT_404, 200))
    column = columns(walked(made, browser=True))[STEPS]

    assert column.reason in (Reason.SOFT_404, None)
    assert column.reach in (Reach.UNREACHED, Reach.BROKEN)


def test_pages_of_an_application_are_told_apart_by_their_route() -> None:
    shell = {"menu_by_script": True, "list_by_script": True}
    routed = (PageLink("政府信息公开", f"{HOME}#/gk"), PageLink("预算/决算", f"{HOME}#/gk/ys", parent=0))
    made = Shown()
    made.add(page("", **shell))
    column = replace(shown("", *filler(), shape=ColumnShape.LIST, rows=(ROW,)), url=f"{HOME}#/gk/ys")
    made.shows(shown("", *routed, *filler()), column)
    seen = walked(made, browser=True)

    assert (columns(seen)[STEPS].reach, columns(seen)[STEPS].url) == (Reach.FOUND, f"{HOME}#/gk/ys")
    assert listings(seen)[STEPS].rows == (ROW,)
    assert made.rendered == [HOME, f"{HOME}#/gk/ys"]


def test_a_route_leads_nowhere_without_a_browser() -> None:
    routed = (PageLink("政府信息公开", f"{HOME}#/gk"), PageLink("预算/决算", f"{HOME}#/gk/ys", parent=0))
    made = Shown()
    made.add(page("", *routed, *filler()))
    column = columns(walked(made))[STEPS]

    assert (column.reach, column.reason) == (Reach.UNREACHED, Reason.NEEDS_BROWSER)


def test_a_visit_by_browser_counts_as_a_page_of_the_host() -> None:
    made = portal(*OTHERS, menu_by_script=True).shows(shown("gk/", *menu(*OTHERS, WANTED)))
    column = columns(walked(made, browser=True, pages_a_host=1))[STEPS]

    assert (column.reach, column.reason, made.rendered) == (Reach.UNREACHED, Reason.BUDGET, [])


@pytest.mark.parametrize(("records", "shape"), [(0, ColumnShape.EMPTY), (None, ColumnShape.UNKNOWN)])
def test_a_list_counted_as_none_stays_empty_beside_buttons_that_only_a_browser_shows(
    records: int | None, shape: ColumnShape
) -> None:
    plain = page("gk/ys/", shape=ColumnShape.EMPTY, records=records, text="预算/决算")
    shown = page("gk/ys/", shape=ColumnShape.UNKNOWN, text="预算/决算", pager=Pager(by_script=True))
    both = together(plain, replace(shown, menu_by_script=True, list_by_script=True))
    assert (both.shape, both.menu_by_script, both.list_by_script) == (shape, False, False)
    assert both.pager.by_script is (records is None)


def test_what_a_browser_adds_to_a_list_counted_as_none_is_seen() -> None:
    plain = page("gk/ys/", shape=ColumnShape.EMPTY, records=0)
    assert together(plain, page("gk/ys/", shape=ColumnShape.UNKNOWN, rows=(ROW,))).shape is ColumnShape.UNKNOWN
