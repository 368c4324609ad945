"""What one look shows for an obligation: whose content it is, and what was read of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from seen_records import (
    FINANCE,
    NIGHT,
    SECTION,
    article,
    column,
    listing,
    obligation,
    requirement,
    resource,
    row,
    section,
    seen_by,
)

from catalog.requirement import Scope
from checks.placing import Whereabouts, is_shared
from checks.seeing import see
from checks.sight import index
from ledger.observation import ColumnShape, Elsewhere, Link, MatchKind, Reach, Table, TrailStep
from ledger.reason import Reason

OWED = obligation(organ=FINANCE)


def test_nothing_observed_is_no_view():
    assert see(OWED, index([]), NIGHT) is None
    assert see(replace(OWED, path=None), index([column()]), NIGHT) is None
    assert see(OWED, index([listing(), article()]), NIGHT) is None


def test_whose_column_it_is():
    central = obligation(requirement(scope=Scope.CENTRAL_LIST))
    assert is_shared(OWED, "portal")
    assert not is_shared(OWED, SECTION)
    assert not is_shared(obligation(), "portal")
    assert is_shared(central, "portal")


def test_the_organs_own_page_comes_before_the_portal():
    seen = seen_by(OWED, column(root=SECTION), column(), listing(row("甲"), root=SECTION), listing(row("区财政局")))
    assert seen.place.root == SECTION
    assert [one.title for one in seen.rows] == ["甲"]


def test_of_a_shared_column_only_what_names_the_organ_is_its_own():
    own, other = row("区财政局2021年预算", url="own"), row("区民政局2021年预算", url="other")
    seen = seen_by(
        OWED,
        column(Reach.ABSENT, SECTION),
        column(),
        listing(
            own,
            other,
            children=(Link("区财政局", "c"), Link("区民政局", "d")),
            tables=(Table(("单位",), (("区财政局",), ("区民政局",))), Table(("单位",), (("区民政局",),))),
            text="各单位预算",
        ),
        article("甲", url="own"),
        article("乙", url="other"),
        resource(referring_url="own"),
        resource(referring_url="other"),
    )
    assert seen.rows == (own,)
    assert [one.label for one in seen.children] == ["区财政局"]
    assert [table.rows for table in seen.tables] == [(("区财政局",),)]
    assert seen.text == ""
    assert [one.url for one in seen.articles] == ["own"]
    assert [one.referring_url for one in seen.resources] == ["own"]


def test_an_article_that_names_the_organ_counts_too():
    seen = seen_by(OWED, column(Reach.ABSENT, SECTION), column(), listing(row("甲")), article("区财政局预算"))
    assert seen.whereabouts is Whereabouts.FOUND


def test_where_it_was_found_the_witness_is_the_listing():
    assert seen_by(obligation(), column(), listing()).witnesses[0].snapshot_id == "listing-portal"
    assert seen_by(obligation(), column()).witnesses[0].snapshot_id == "column-portal"
    pageless = seen_by(obligation(), column(), replace(listing(), snapshot_ids=()))
    assert pageless.witnesses[0].snapshot_id == "column-portal"


def test_what_was_not_seen_has_a_shape_and_a_reason():
    bare = seen_by(obligation(), column())
    assert (bare.shape, bare.unread) == (ColumnShape.UNKNOWN, Reason.INTERNAL)
    silent = seen_by(OWED, section(), column(Reach.ABSENT))
    assert silent.reason_or_internal is Reason.INTERNAL
    assert seen_by(obligation(), column()).reason_or_internal is Reason.INTERNAL


HOME, TREE, OWN = "https://portal.test/", "https://portal.test/zfxxgk/", "https://portal.test/bm/czj/"
SHARED_MENU = (TrailStep("预算", HOME, "s"), TrailStep("政府信息公开", TREE, "s"))
FROM_SECTION = (TrailStep("区财政局", OWN, "s"), TrailStep("政府信息公开", TREE, "s"))


OTHER = section(root="organ:civil", url="https://portal.test/bm/mzj/index.html")


def test_a_walk_that_strayed_from_the_organs_page_to_the_portals_tree_proves_no_absence():
    portal = column(Reach.ABSENT, trail=SHARED_MENU, url=TREE)
    strayed = column(Reach.ABSENT, SECTION, trail=FROM_SECTION, url=TREE)
    seen = seen_by(OWED, strayed, portal, OTHER)
    assert (seen.whereabouts, seen.reason) == (Whereabouts.UNREACHED, Reason.AMBIGUOUS)


def test_nor_does_what_it_found_there_count_unless_it_names_the_organ():
    portal = column(trail=SHARED_MENU)
    strayed = column(root=SECTION, trail=FROM_SECTION, url=portal.url)
    unnamed = listing(row("区民政局"), root=SECTION)
    named = listing(row("区财政局2021年预算"), row("区民政局2021年预算"), root=SECTION)
    assert seen_by(OWED, strayed, portal, OTHER, unnamed, listing(row("区民政局"))).reason is Reason.AMBIGUOUS
    found = seen_by(OWED, strayed, portal, OTHER, named)
    assert found.place.root == SECTION
    assert [one.title for one in found.rows] == ["区财政局2021年预算"]


def test_where_the_organs_page_is_the_home_page_the_trees_are_one():
    portal = column(trail=SHARED_MENU)
    own = column(root=SECTION, trail=SHARED_MENU, url=portal.url)
    assert seen_by(OWED, own, portal, OTHER, listing(row("甲"), root=SECTION)).is_found


def test_where_one_organ_is_the_whole_site_they_are_too():
    portal = column(trail=SHARED_MENU)
    own = column(root=SECTION, trail=FROM_SECTION, url=portal.url)
    assert seen_by(OWED, own, portal, listing(row("甲"), root=SECTION)).is_found


@pytest.mark.parametrize(
    ("root", "url", "labels", "expected"),
    [
        (SECTION, OWN + "ys/", ("预算/决算",), Whereabouts.ELSEWHERE),
        ("portal", OWN + "ys/", ("预算/决算",), Whereabouts.ELSEWHERE),
        ("portal", "https://portal.test/x/", ("区财政局", "预算/决算"), Whereabouts.ELSEWHERE),
        ("portal", "https://portal.test/x/", ("预算/决算",), Whereabouts.ABSENT),
        (SECTION, "https://portal.test/x/", ("预算/决算",), Whereabouts.ELSEWHERE),
        (SECTION, "https://portal.test/bm/mzj/ys/", ("预算/决算",), Whereabouts.ABSENT),
        (SECTION, TREE, ("预算/决算",), Whereabouts.ABSENT),
    ],
)
def test_a_column_of_another_organ_or_of_all_is_not_this_organs(root, url, labels, expected):
    elsewhere = (Elsewhere(url, "预算/决算", MatchKind.EXACT, labels, "home", "e"),)
    own = column(Reach.ABSENT, SECTION, elsewhere=elsewhere if root == SECTION else ())
    shared = column(Reach.ABSENT, trail=SHARED_MENU, elsewhere=elsewhere if root == "portal" else ())
    assert seen_by(OWED, own, shared, section(url=OWN), OTHER).whereabouts is expected


def test_in_the_portals_own_tree_any_other_place_counts():
    there = Elsewhere("https://portal.test/x/", "预算/决算", MatchKind.EXACT, ("预算/决算",), "home", "e")
    assert seen_by(obligation(), column(Reach.ABSENT, elsewhere=(there,))).whereabouts is Whereabouts.ELSEWHERE
