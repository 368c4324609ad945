"""TRS WCM (拓尔思): pagers written by ``createPageHTML`` and ``createPage``; page n is ``index_(n-1).html``."""

from __future__ import annotations

import re
from itertools import pairwise

from crawler.cms.adapter import Unfolded

NAME = "trs"
_CALL = re.compile(r"(?<!function )\b(createPageHTML|createPage)\s*\(([^(){}]{3,200})\)")
_NUMBER = re.compile(r"\bvar\s+(\w+)\s*=\s*(\d{1,6})\b")
_EXTENSION = re.compile(r"^(?:s?html?|jhtml|jsp|php|aspx?)$", re.IGNORECASE)
_PAGES_LIMIT = 5_000


def recognise(source: str) -> str:
    """A call of the pager with a number of pages."""
    if "createPage" not in source:
        return ""
    return next((match.group(1) + "(" for match in _CALL.finditer(source) if _numbers(source, match.group(2))), "")


def _numbers(source: str, arguments: str) -> tuple[list[int], list[str]] | None:
    """Numbers before the page's name, and the quoted strings of a call."""
    variables = {match.group(1): int(match.group(2)) for match in _NUMBER.finditer(source[:400_000])}
    numbers: list[int] = []
    words: list[str] = []
    for part in arguments.split(","):
        plain = part.strip()
        if plain[:1] in "\"'" and plain:
            words.append(plain.strip("\"'"))
        elif not any(_EXTENSION.match(word) for word in words):
            value = int(plain) if plain.isdigit() else variables.get(plain)
            if value is None:
                return None
            numbers.append(value)
    return (numbers, words) if numbers and len(words) >= 2 else None


def _count_of(numbers: list[int]) -> int:
    """Number of pages among (pages, current), (current, pages) or (records, pages, current)."""
    if len(numbers) >= 3:
        return numbers[1]
    return max(numbers)


def _name_of(words: list[str]) -> tuple[str, str] | None:
    for name, extension in pairwise(words):
        if _EXTENSION.match(extension) and re.fullmatch(r"[\w./-]+", name):
            return name, extension
    return None


def unfold(source: str, url: str, body: bytes = b"") -> Unfolded:
    """Addresses of the pages behind this one.

    The current page is told by the address, since sites differ on whether the call counts it from zero or one.
    """
    for match in _CALL.finditer(source):
        found = _numbers(source, match.group(2))
        named = _name_of(found[1]) if found else None
        if found is None or named is None:
            continue
        count = _count_of(found[0])
        name, extension = named
        here = re.search(rf"(?:^|/){re.escape(name)}_(\d+)\.{re.escape(extension)}$", url.partition("?")[0])
        current = int(here.group(1)) if here else 0
        last = min(count, _PAGES_LIMIT)
        pages = tuple(f"{name}_{number}.{extension}" for number in range(current + 1, last))
        return Unfolded(source, pages, max(count, 1))
    return Unfolded(source)
