"""Lists in JSON: the answer of a service, or a column that is a JSON document, told by its own names and totals."""

from __future__ import annotations

from crawler.cms.adapter import Ask, Unfolded
from crawler.cms.records import json_of, markup_of, records_of, row_of
from crawler.cms.turning import further, page_count, turned

NAME = "json_list"


def recognise(source: str) -> str:
    """A list of entries with names and addresses, or one that counts none."""
    if source.lstrip("\ufeff \t\r\n")[:1] not in ("{", "[") and "(" not in source[:120]:
        return ""
    found = records_of(json_of(source))
    return "" if found is None else ("entries" if found.entries else "total 0")


def unfold(source: str, url: str, body: bytes = b"") -> Unfolded:
    """The entries as rows; further pages by the request's own page number."""
    found = records_of(json_of(source))
    if found is None:
        return Unfolded(source)
    asked = Ask(url, "POST" if body else "GET", body)
    count = page_count(asked, found.total, found.pages, len(found.entries))
    asks = further(asked, count)
    if count is None and found.entries and turned(asked, 2) is not None:
        # Pages are asked for by number, and nobody says how many there are.
        asks = None
    return Unfolded(
        markup_of(NAME, [row_of(entry) for entry in found.entries]),
        total=count,
        pages_unknown=asks is None,
        records=found.total,
        page_asks=asks or (),
    )
