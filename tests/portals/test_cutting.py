"""Fifty random cuts of the demonstration portal's pages: what a cut page lost is never believed not to be there."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from functools import cache

import pytest

from crawler.page.page import Page, Unusable
from crawler.page.source import is_markup
from crawler.refusal.classifier import read_or_refuse
from crawler.refusal.fingerprint import HostFingerprints
from ledger.work import Arrival, Visit
from portals.demonstration import build
from portals.publishing import Answer, Portal, located

CUTS = 50
PAGES = 12
ORIGINS = ("http://127.0.0.1:9100", "http://127.0.0.2:9100", "http://127.0.0.3:9100", "http://127.0.0.4:9100")


@cache
def portal() -> Portal:
    return build(departments=4, towns=2)


def read(answer: Answer, path: str, body: bytes) -> Page | Unusable:
    url = ORIGINS[0] + path
    came = Arrival(Visit(url, url), url, 200, answer.headers, body, "s1", datetime(2021, 11, 30, tzinfo=UTC))
    return read_or_refuse(came, HostFingerprints())


def some_pages() -> list[tuple[str, Answer]]:
    """The home page and pages of all sizes, chosen by a fixed seed."""
    pages = [
        (path, answer)
        for (host, path), answer in sorted(portal().pages.items(), key=lambda entry: entry[0])
        if host == 0 and answer.status == 200 and is_markup(answer.body)
    ]
    home = [entry for entry in pages if entry[0] == "/"]
    return home + random.Random(50).sample([entry for entry in pages if entry[0] != "/"], PAGES)


@pytest.mark.parametrize("number", range(PAGES + 1))
def test_what_a_cut_page_lost_is_not_believed_absent(number: int) -> None:
    path, answer = some_pages()[number]
    body = located(answer.body, ORIGINS)
    entire = read(answer, path, body)
    chance = random.Random(number)
    for _ in range(CUTS):
        cut = read(answer, path, body[: chance.randrange(1, len(body))])
        if isinstance(cut, Page) and cut.whole:
            assert isinstance(entire, Page)
            assert (cut.links, cut.rows, cut.text) == (entire.links, entire.rows, entire.text)
