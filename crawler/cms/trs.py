"""TRS WCM (拓尔思): pagers written by ``createPageHTML`` and ``createPage``; page n is ``index_(n-1).html``."""

from __future__ import annotations

import re
from itertools import pairwise

from crawler.cms.adapter import Unfolded

NAME = "trs"
_CALL = re.compile(r"(?<!function )\b(createPageHTML|createPage)\s*\(([^(){}]{3,200})\)")
_NUMBER = re.compile(r"\bvar\s+(\w+)\s*=\s*(\d{1,6})\b")
_EXTENSION = re.compile(r"^(?:s?html?|jhtml|jsp|php|aspx?)$", re.IGNORECASE)
_JOINED = re.compile(r"([\"'])\s*\+\s*\1")
_COUNT = re.compile(r"\bcountPage\s*=\s*(\d{1,5})\b")
_WRITTEN = re.compile(r"href\s*=\s*\\?[\"']?([\w-]+)_[\"']\s*\+\s*[\w\s()+-]{1,30}\+\s*[\"']\.(s?html?|jhtml)\b")
_PAGES_LIMIT = 5_000


def recognise(source: str) -> str:
    """A call of the pager with a number of pages, or the older program that writes its links from ``countPage``."""
    if "countPage" in source and _inline(source) is not None:
        return "countPage"
    if "createPage" not in source:
        return ""
    return next((match.group(1) + "(" for match in _CALL.finditer(source) if _numbers(source, match.group(2))), "")


def _inline(source: str) -> tuple[int, str, str] | None:
    """Number of pages, name and extension in a program that writes ``index_`` + nextPage + ``.html``."""
    counted = _COUNT.search(source)
    if counted is None:
        return None
    written = _WRITTEN.search(_JOINED.sub("", source[counted.start() : counted.start() + 8_000]))
    return (int(counted.group(1)), written.group(1), written.group(2)) if written is not None else None


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
        if found is not None and named is not None:
            return _behind(source, url, _count_of(found[0]), *named)
    inline = _inline(source)
    return _behind(source, url, *inline) if inline is not None else Unfolded(source)


def _behind(source: str, url: str, count: int, name: str, extension: str) -> Unfolded:
    here = re.search(rf"(?:^|/){re.escape(name)}_(\d+)\.{re.escape(extension)}$", url.partition("?")[0])
    current = int(here.group(1)) if here else 0
    pages = tuple(f"{name}_{number}.{extension}" for number in range(current + 1, min(count, _PAGES_LIMIT)))
    return Unfolded(source, pages, max(count, 1))
