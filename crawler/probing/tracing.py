"""Where mandated paths seem to lead (公开路径试走): the walk's own search over the portal's tree, told as findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.plan import Itinerary, Leaf
from crawler.walking.bearings import Bearings
from crawler.walking.landing import Landing
from crawler.walking.scheduling import Course
from crawler.walking.searching import Outcome, bearings_of, search_tree
from ledger.observation import MatchKind, Reach
from ledger.reason import Reason


@dataclass(frozen=True, slots=True)
class Traced:
    """Traced path (试走结果) of one leaf column.

    Attributes:
        root: start of the walk, as itineraries write it.
        obligation_ids: duties that end there.
        url: the column's address as far as it is known; empty where nothing was found.
        spelling: label by which the last level was followed.
        match: worst kind of the labels followed.
        missing_level: the first label that was not offered where it was looked for; empty otherwise.
        reason: why it could not be told.
    """

    root: str
    steps: tuple[str, ...]
    obligation_ids: tuple[str, ...]
    url: str = ""
    spelling: str = ""
    match: MatchKind | None = None
    missing_level: str = ""
    reason: Reason | None = None


def trace(bearings: Bearings, itinerary: Itinerary, start: Landing) -> Course[tuple[Traced, ...]]:
    """Search all leaves of an itinerary from a start page that shows."""
    search = yield from search_tree(bearings_of(bearings, itinerary), itinerary, start, _ignore)
    return traced(itinerary, search.outcomes)


def _ignore(bearings: Bearings, leaf: Leaf, outcome: Outcome) -> None:
    """Nothing is read deeper than the column's own page."""


def traced(itinerary: Itinerary, outcomes: Sequence[tuple[Leaf, Outcome]]) -> tuple[Traced, ...]:
    """Outcomes of a search as findings."""
    return tuple(_traced(itinerary.root, leaf, outcome) for leaf, outcome in outcomes)


def _traced(root: str, leaf: Leaf, outcome: Outcome) -> Traced:
    place = outcome.places[0] if outcome.places else None
    missed = outcome.missed
    if missed is None:
        page = outcome.landing.page if outcome.landing else None
        url = page.url if page else (place.url or place.page.url if place else "")
        spelling = place.spelling if place else ""
        return Traced(root, leaf.labels, leaf.obligation_ids, url, spelling, place.match if place else None)
    if missed.reach is Reach.ABSENT:
        level = leaf.labels[missed.step] if missed.step < len(leaf.labels) else ""
        return Traced(root, leaf.labels, leaf.obligation_ids, missing_level=level)
    at_leaf = place is not None and missed.step == len(leaf.labels) - 1 and place.spelling
    offsite = Reason.REDIRECT_OFFSITE if missed.reach is Reach.OFFSITE else Reason.INTERNAL
    reason = missed.reason or offsite
    if place is None or not at_leaf:
        return Traced(root, leaf.labels, leaf.obligation_ids, reason=reason)
    return Traced(root, leaf.labels, leaf.obligation_ids, place.url, place.spelling, place.match, reason=reason)
