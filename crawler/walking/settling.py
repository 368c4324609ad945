"""Settling: what the search of a root came to becomes column observations; broken or unreached, absent or elsewhere."""

from __future__ import annotations

from datetime import datetime

from crawler.page.page import Page, Zone
from crawler.plan import Leaf
from crawler.walking.bearings import Bearings, same_address
from crawler.walking.elsewhere import Covered, Surroundings, look_elsewhere
from crawler.walking.landing import land
from crawler.walking.missing import Missed
from crawler.walking.places import Place, ancestors, offered_labels
from crawler.walking.scheduling import Course
from crawler.walking.searching import Outcome, RootSearch
from ledger.observation import ColumnObservation, Reach
from ledger.reason import Reason

SIBLINGS = 2
_HOME_SERVED = "栏目链接打开的是网站首页"


def column_found(bearings: Bearings, leaf: Leaf, outcome: Outcome) -> ColumnObservation:
    """The observation of a leaf whose page shows."""
    place = outcome.places[0]
    landing = outcome.landing
    page = landing.page if landing and landing.page else place.page
    return ColumnObservation(
        root=bearings.root,
        steps=leaf.labels,
        reach=Reach.FOUND,
        url=page.url if landing else place.url or page.url,
        snapshot_id=page.snapshot_id,
        seen_at=page.seen_at,
        match=place.match,
        leaf_match=place.leaf_match,
        spelling=place.spelling,
        offered=offered_labels(bearings, place),
        trail=place.trail,
        candidates=outcome.candidates,
        seen_by=page.seen_by or (outcome.menu.page.seen_by if outcome.menu else ""),
    )


def settle_leaf(
    search: RootSearch, leaf: Leaf, outcome: Outcome, missed: Missed, around: Surroundings
) -> Course[ColumnObservation]:
    """The observation of a leaf that was not found: broken or unreached, absent or elsewhere."""
    if missed.dead and missed.place is not None and (yield from _sibling_works(search, missed.place)):
        return _column_missed(search, leaf, outcome, missed, Reach.BROKEN, None)
    covered = None
    if missed.reach is Reach.ABSENT:
        covered = yield from look_elsewhere(search, leaf, missed, around)
    return _column_missed(search, leaf, outcome, missed, missed.reach, covered)


def _sibling_works(search: RootSearch, place: Place) -> Course[bool]:
    """Whether another entry of the same menu shows a page; one that was read anyway is enough."""
    siblings = _siblings(search.bearings, place)
    read = {page.url for page in search.pages}
    known = [url for url in siblings if any(same_address(url, other) for other in read)]
    if known:
        return True
    for url in siblings[:SIBLINGS]:
        landing = yield from land(search.bearings, url, place.page.url)
        if landing.page is not None and not landing.at_home and not landing.offsite:
            return True
    return False


def _siblings(bearings: Bearings, place: Place) -> list[str]:
    links = place.page.links
    entries = set(place.entries)
    groups = {links[entry].group for entry in entries}
    parents = {links[entry].parent for entry in entries}
    found = []
    for index, link in enumerate(links):
        beside = link.group in groups or (link.parent is not None and link.parent in parents)
        below = bool(entries & set(ancestors(links, index)))
        if index in entries or not beside or below or not link.url or link.zone is Zone.BREADCRUMB:
            continue
        if same_address(link.url, place.url) or bearings.is_home(link.url) or not bearings.inside(link.url):
            continue
        found.append(link.url)
    return list(dict.fromkeys(found))


def _failed_step(search: RootSearch, leaf: Leaf, missed: Missed) -> int:
    """The first level that was not offered: a skippable one, unless something else was found through it."""
    if missed.skipped is None or missed.reach is not Reach.ABSENT:
        return missed.step
    for index in range(missed.skipped, missed.step):
        if leaf.labels[: index + 1] not in search.passed:
            return index
    return missed.step


def _column_missed(
    search: RootSearch, leaf: Leaf, outcome: Outcome, missed: Missed, reach: Reach, covered: Covered | None
) -> ColumnObservation:
    place = missed.place
    page: Page | None = place.page if place else None
    landing = missed.landing
    seen_at: datetime | None = landing.seen_at if landing and landing.snapshot_id else (page.seen_at if page else None)
    # The leaf's own name was offered although its page did not show.
    at_leaf = place is not None and missed.step == len(leaf.steps) - 1 and reach is not Reach.ABSENT
    offered = offered_labels(search.bearings, place) if place else ()
    return ColumnObservation(
        root=search.bearings.root,
        steps=leaf.labels,
        reach=reach,
        url=missed.url,
        snapshot_id=missed.snapshot_id or (page.snapshot_id if page else ""),
        seen_at=seen_at,
        failed_step=_failed_step(search, leaf, missed),
        match=place.match if place else None,
        leaf_match=place.leaf_match if place and at_leaf and missed.landing else None,
        spelling=place.spelling if place and at_leaf and missed.landing else "",
        offered=offered,
        trail=place.trail if place else (),
        candidates=outcome.candidates,
        elsewhere=covered.found if covered else (),
        looked_at=covered.sources if covered else (),
        reason=missed.reason if reach in (Reach.UNREACHED, Reach.OFFSITE) else None,
        detail=_HOME_SERVED if landing and landing.at_home else "",
        seen_by=page.seen_by if page and not (landing and landing.snapshot_id) else "",
    )


def unreached(bearings: Bearings, leaf: Leaf, reason: Reason) -> ColumnObservation:
    """A column of which nothing can be said."""
    return ColumnObservation(bearings.root, leaf.labels, Reach.UNREACHED, "", "", None, failed_step=0, reason=reason)
