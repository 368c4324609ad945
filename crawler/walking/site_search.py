"""The portal's own search (站内搜索): asked for a column, and only results of that very name are followed."""

from __future__ import annotations

import re
from urllib.parse import urlencode, urlsplit, urlunsplit

from crawler.page.page import Page, SearchForm
from crawler.walking.bearings import Bearings
from crawler.walking.places import names_step
from ledger.observation import ColumnShape

SEARCHES_A_ROOT = 2
"""How often the search is asked for one root, all its absences together."""

_NOT_ASKED = re.compile(r"（[^）]*）|\([^)]*\)|[“”\"'「」]")
_COLUMNS = (ColumnShape.LIST, ColumnShape.SUBCOLUMNS, ColumnShape.TABLE)


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
