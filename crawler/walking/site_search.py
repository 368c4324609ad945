"""The portal's own search (站内搜索): asked for a column, and only results of that very name are followed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntEnum
from urllib.parse import urlencode, urlsplit, urlunsplit

from crawler.page.page import Page, SearchForm
from crawler.plan import Leaf
from crawler.walking.bearings import Bearings
from crawler.walking.places import names_step
from crawler.walking.searching import RootSearch
from ledger.observation import ColumnShape

SEARCHES_A_ROOT = 2
"""How often the search is asked for one root, all its absences together."""

_NOT_ASKED = re.compile(r"（[^）]*）|\([^)]*\)|[“”\"'「」]")
_COLUMNS = (ColumnShape.LIST, ColumnShape.SUBCOLUMNS, ColumnShape.TABLE)


class Turn(IntEnum):
    """Turn (查询次序): which absences of a root are looked for first, while there is something left to ask with."""

    OWED_HERE = 0
    NOT_SHOWN_FIRST = 1
    MET = 2


def turn_of(leaf: Leaf, searches: Mapping[str, RootSearch]) -> Turn:
    """What hangs on a leaf that this root lacks: nothing, where each duty's first choice shows the column."""
    if any(not seeker.unless_found for seeker in leaf.seekers):
        return Turn.OWED_HERE
    firsts = {seeker.unless_found for seeker in leaf.seekers}
    shown = all(root in searches and shows(searches[root], leaf) for root in firsts)
    return Turn.MET if shown else Turn.NOT_SHOWN_FIRST


def shows(search: RootSearch, leaf: Leaf) -> bool:
    """Whether a root shows the column of a leaf's path."""
    return any(one.labels == leaf.labels and outcome.missed is None for one, outcome in search.outcomes)


def search_url(form: SearchForm, label: str, bearings: Bearings) -> str:
    """The address that asks for a label, in the page's charset; empty where the form leads out of the district."""
    words = _NOT_ASKED.sub("", label).replace("/", " ").strip()
    if not words or not bearings.inside(form.action):
        return ""
    pairs = [*form.fixed, (form.field, words)]
    try:
        query = urlencode(pairs, encoding=form.charset or "utf-8", errors="replace")
    except LookupError:
        query = urlencode(pairs)
    parts = urlsplit(form.action)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def is_column_by_name(page: Page, bearings: Bearings, label: str) -> bool:
    """Whether a result leads to a column of that name; an article that bears it, or mentions it, is none."""
    return page.shape in _COLUMNS and names_step(page, bearings, label)
