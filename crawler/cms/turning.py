"""Turning pages of a service: the same request with the next page's number, as its own parameters write it."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from crawler.cms.adapter import Ask

NUMBERS = (
    "pageno", "pageindex", "currentpage", "pagenum", "page", "curpage", "currpage", "pagenumber", "current",
    "nowpage", "pageidx", "p", "pn",
)  # fmt: skip
SIZES = ("pagesize", "rows", "size", "limit", "perpage", "pagerows", "numperpage", "pagelimit", "rownum")
PAGES_LIMIT = 2_000
Pairs = list[tuple[str, str]]


def folded(name: str) -> str:
    """A parameter's name without case and separators."""
    return name.replace("_", "").replace("-", "").rpartition(".")[2].lower()


def pairs_of(text: str) -> Pairs:
    """Parameters of a query or a form, empty ones too."""
    return parse_qsl(text, keep_blank_values=True)


def form(pairs: Sequence[tuple[str, str]]) -> bytes:
    """A form's body."""
    return urlencode(pairs, quote_via=quote).encode()


def with_query(url: str, pairs: Sequence[tuple[str, str]]) -> str:
    """An address with other parameters."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(pairs, quote_via=quote), ""))


def _objects(pairs: Pairs) -> list[tuple[int, dict[str, Any]]]:
    """Parameters that are JSON objects themselves (``paramJson``)."""
    found = []
    for place, (_, value) in enumerate(pairs):
        if value.startswith("{"):
            try:
                inner = json.loads(value)
            except ValueError:
                continue
            if isinstance(inner, dict):
                found.append((place, inner))
    return found


def _turned_pairs(pairs: Pairs, number: int) -> Pairs | None:
    for name in NUMBERS:
        for place, (key, value) in enumerate(pairs):
            if folded(key) == name and (not value or value.isdigit()):
                return [*pairs[:place], (key, str(number)), *pairs[place + 1 :]]
    for place, inner in _objects(pairs):
        turned = _turned_object(inner, number)
        if turned is not None:
            written = json.dumps(turned, ensure_ascii=False, separators=(",", ":"))
            return [*pairs[:place], (pairs[place][0], written), *pairs[place + 1 :]]
    return None


def _turned_object(value: dict[str, Any], number: int) -> dict[str, Any] | None:
    for name in NUMBERS:
        for key, old in value.items():
            if (
                folded(key) == name
                and not isinstance(old, bool)
                and (isinstance(old, int) or str(old or "0").isdigit())
            ):
                return {**value, key: number if isinstance(old, int) else str(number)}
    for key, inner in value.items():
        turned = _turned_object(inner, number) if isinstance(inner, dict) else None
        if turned is not None:
            return {**value, key: turned}
    return None


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(body) if body.startswith(b"{") else None
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def turned(ask: Ask, number: int) -> Ask | None:
    """The same request for another page; None where it names no page."""
    held = _object(ask.body)
    if held is not None:
        other = _turned_object(held, number)
        if other is not None:
            return Ask(ask.url, ask.method, json.dumps(other, ensure_ascii=False, separators=(",", ":")).encode())
    elif ask.body:
        pairs = _turned_pairs(pairs_of(ask.body.decode("utf-8", "replace")), number)
        if pairs is not None:
            return Ask(ask.url, ask.method, form(pairs))
    pairs = _turned_pairs(pairs_of(urlsplit(ask.url).query), number)
    return Ask(with_query(ask.url, pairs), ask.method, ask.body) if pairs is not None else None


def _parameters(ask: Ask) -> Pairs:
    """All plain parameters of a request, wherever they stand."""
    pairs = pairs_of(urlsplit(ask.url).query)
    held = _object(ask.body)
    if held is None:
        pairs += pairs_of(ask.body.decode("utf-8", "replace"))
    flat = [held] if held is not None else []
    flat += [inner for _, inner in _objects(pairs)]
    for value in flat:
        flat.extend(inner for inner in value.values() if isinstance(inner, dict))
        pairs += [(key, str(inner)) for key, inner in value.items() if isinstance(inner, int | str)]
    return pairs


def _number(ask: Ask, names: Sequence[str]) -> int | None:
    found = {folded(key): value for key, value in reversed(_parameters(ask))}
    return next((int(found[name]) for name in names if found.get(name, "").isdigit()), None)


def page_count(ask: Ask, total: int | None, pages: int | None, shown: int) -> int | None:
    """Number of pages: as told, else by the total and the size asked for, else by the rows shown on one page."""
    if pages is not None and pages > 0:
        return pages
    if total is None:
        return None
    size = _number(ask, SIZES) or 0
    if shown and (not size or shown > size):
        size = shown
    if shown and shown < min(size, total) and (_number(ask, NUMBERS) or 0) <= 1:
        # The service gives fewer rows than were asked for: its own size counts.
        size = shown
    return max(math.ceil(total / size), 1) if size else None


def further(ask: Ask, count: int | None) -> tuple[Ask, ...] | None:
    """Requests for the pages behind this one; None where pages are known to exist and cannot be asked for.

    A request that counts its pages from zero is followed by page one.
    """
    if count is None or count <= 1:
        return ()
    here = _number(ask, NUMBERS)
    first = 0 if here == 0 else 1
    following = [turned(ask, number) for number in range((here or first) + 1, min(count, PAGES_LIMIT) + first)]
    if any(one is None for one in following) or (not following and (here or first) < first + count - 1):
        return None
    return tuple(one for one in following if one is not None)
