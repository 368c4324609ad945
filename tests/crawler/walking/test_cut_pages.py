"""A page that was cut accuses nobody: fifty cuts of a page, walked to the end (TRUST.md, hostile input)."""

from __future__ import annotations

import random

import pytest
from literal_portal import itinerary
from site_in_text import HTML, SITE, Sent, sent, walked

from crawler.plan import Itinerary
from ledger.observation import ColumnObservation, ColumnShape, ListingObservation, Observation, Reach
from ledger.reason import Reason

CUTS = 50
ABOVE = "政府信息公开>法定主动公开内容>"


def wants() -> Itinerary:
    return itinerary(*(ABOVE + leaf for leaf in ("预算/决算", "规划信息", "收费项目", "政府公报")))


def accusations(seen: list[Observation]) -> set[tuple[str, str]]:
    """What could be held against the portal: columns that are absent or broken, columns that are empty."""
    columns = {
        (one.steps[-1], one.reach.value)
        for one in seen
        if isinstance(one, ColumnObservation) and one.reach in (Reach.ABSENT, Reach.BROKEN)
    }
    empty = {
        (one.steps[-1], "empty")
        for one in seen
        if isinstance(one, ListingObservation) and one.shape is ColumnShape.EMPTY
    }
    return columns | empty


def rows_held_whole(seen: list[Observation]) -> dict[str, int]:
    return {one.steps[-1]: len(one.rows) for one in seen if isinstance(one, ListingObservation) and one.whole}


TRUTH = {("政府公报", "absent"), ("收费项目", "empty")}


def test_the_whole_site_shows_what_is_missing_and_empty() -> None:
    seen, _ = walked(SITE, wants())
    assert accusations(seen) == TRUTH
    assert rows_held_whole(seen)["预算/决算"] == 3


@pytest.mark.parametrize("path", ["/", "/gk/nr/", "/gk/ys/", "/map/"])
def test_fifty_cuts_of_a_page_accuse_nobody(path: str) -> None:
    """The stated length fits, as behind a gateway that cut; what was told of the rest of the site stays true."""
    body = sent(SITE, path).body
    chance = random.Random(path)
    for cut in sorted(chance.randrange(1, body.rfind(b"</body")) for _ in range(CUTS)):
        seen, _ = walked({**SITE, path: body[:cut]}, wants())
        assert accusations(seen) <= TRUTH, (cut, body[max(0, cut - 40) : cut])
        assert all(count == 3 for leaf, count in rows_held_whole(seen).items() if leaf in ("预算/决算", "规划信息"))


@pytest.mark.parametrize("path", ["/", "/gk/nr/", "/gk/ys/"])
def test_a_page_shorter_than_its_stated_length_is_not_read(path: str) -> None:
    body = sent(SITE, path).body
    cut = Sent(body[: len(body) // 2], 200, (("Content-Type", HTML),), Reason.TRUNCATED)
    seen, _ = walked({**SITE, path: cut}, wants())
    assert accusations(seen) <= TRUTH
