"""Products that stand between a portal and its readers, read from ``products.toml``; matching is done elsewhere."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from crawler.errors import ProductMarkError

_FILE = "products.toml"
_PATTERNS = ("body", "words", "headers", "cookies", "programs")


@dataclass(frozen=True, slots=True)
class Product:
    """Product (防护产品): the marks by which an answer of its own is told from a page of the portal.

    Attributes:
        body: marks in the source that stand on its own pages only.
        words: marks in the source that innocent pages hold as well.
        headers: marks of a ``name: value`` line; cookies are among them, as ``set-cookie: name``.
        programs: marks of a script that asks for the same page again.
        statuses: statuses of its own.
    """

    name: str
    source: str
    body: re.Pattern[str] | None
    words: re.Pattern[str] | None
    headers: re.Pattern[str] | None
    programs: re.Pattern[str] | None
    statuses: frozenset[int]


@functools.cache
def products() -> tuple[Product, ...]:
    """All products, in the order of the file."""
    return read_products(resources.files("crawler.refusal").joinpath(_FILE).read_text(encoding="utf-8"))


def read_products(text: str) -> tuple[Product, ...]:
    """Products of a file's text.

    Raises:
        ProductMarkError: when an entry names a key that is not known, lacks a mark or holds a pattern that is none.
    """
    entries = tomllib.loads(text).get("product", [])
    names = [entry.get("name", "") for entry in entries]
    for name in names:
        if not name or names.count(name) > 1:
            raise ProductMarkError(name, "needs a name of its own")
    return tuple(_product(entry) for entry in entries)


def _product(entry: dict[str, Any]) -> Product:
    name = entry["name"]
    unknown = set(entry) - {"name", "source", "statuses", *_PATTERNS}
    if unknown:
        raise ProductMarkError(name, f"does not know {', '.join(sorted(unknown))}")
    if not entry.get("source"):
        raise ProductMarkError(name, "needs the source of its marks")
    if not any(entry.get(key) for key in _PATTERNS):
        raise ProductMarkError(name, "needs at least one mark")
    lines = [*entry.get("headers", ()), *(f"set-cookie: {cookie}" for cookie in entry.get("cookies", ()))]
    return Product(
        name,
        entry["source"],
        _joined(name, entry.get("body", ())),
        _joined(name, entry.get("words", ())),
        _joined(name, lines, "^"),
        _joined(name, entry.get("programs", ())),
        frozenset(entry.get("statuses", ())),
    )


def _joined(name: str, patterns: list[str] | tuple[str, ...], start: str = "") -> re.Pattern[str] | None:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ProductMarkError(name, f"cannot read {pattern!r}: {error}") from error
    return re.compile("|".join(f"{start}(?:{one})" for one in patterns), re.IGNORECASE) if patterns else None
