"""Holding a leaf: what a column that was found holds, as far as its obligations want it seen."""

from __future__ import annotations

from crawler.plan import Leaf
from crawler.walking.bearings import Bearings
from crawler.walking.scheduling import Course
from crawler.walking.searching import Outcome
from ledger.observation import ListingObservation, Observation


def hold_leaf(
    bearings: Bearings, leaf: Leaf, outcome: Outcome, found_in: frozenset[str]
) -> Course[tuple[Observation, ...]]:
    """Observations of a leaf's content."""
    yield from ()
    page = outcome.places[0].page
    return (
        ListingObservation(
            bearings.root, leaf.labels, page.url, (page.snapshot_id,), page.seen_at, page.shape, page.rows, page.whole
        ),
    )
