"""A page's source: what adapters put in place, whether it ends as it should, whether it is a page at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.cms import Adapter, Unfolded
from crawler.cms.records import json_of

_CLOSED = re.compile(r"</(?:html|body)\s*>\s*(?:<[^<>]*>\s*|<!--.*?-->\s*)*\s*$", re.IGNORECASE | re.DOTALL)
_FILES = (
    b"%PDF",
    b"\xd0\xcf\x11\xe0",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"\x1f\x8b",
    b"{\\rtf",
)
_TAG = re.compile(rb"<\s*(?:!doctype|[a-z][a-z0-9]{0,15})[\s/>]", re.IGNORECASE)
_RECORD = re.compile(rb"\s*(?:[\w$.]{1,80}\s*\(\s*)?(?:\{\s*[\"}]|\[\s*[\[{\]])")
_OPENS = re.compile(r"<(?:html|body|frameset)\b|<!doctype html")
_HTML = re.compile(r"<html\b")
_BLOCK = re.compile(r"<(div|ul|ol|dl|table|select|datastore|recordset|records|root|rss|list)\b")
_OFFERS = re.compile(r"<(?:a|li|tr|option|area)\b")
_TAGS = re.compile(r"<[^<>]*>")
_PROGRAM = re.compile(r"<(script|style)\b|<!--")
_PROGRAMS = 20_000
"""Scripts, styles and comments that are stepped over; a page of more is hostile."""
_TRAILING = 200
"""Visible characters behind the end of the document that a counter or a badge leaves."""
TEXT_LIMIT = 5_000_000
"""Characters of a page that are read; what lies behind is not, and the page counts as cut."""


@dataclass(slots=True)
class Source:
    """Source (页面源码) after decoding and after the adapters put in place what scripts hold."""

    text: str
    unfolded: Unfolded
    adapter: str
    mark: str
    closed: bool
    cut: bool


def prepare(text: str, url: str, adapters: Sequence[Adapter], body: bytes = b"") -> Source:
    """The source with everything that adapters which know the page find in its scripts.

    Args:
        body: what was posted for it.
    """
    cut = len(text) > TEXT_LIMIT or (not is_record(text[:400].encode()) and ends_within(text))
    text = text[:TEXT_LIMIT]
    closed = _CLOSED.search(text[-4000:])
    total = Unfolded(text)
    names: list[str] = []
    marks: list[str] = []
    for adapter in adapters:
        mark = adapter.recognise(total.source)
        if not mark:
            continue
        one = adapter.unfold(total.source, url, body)
        names.append(adapter.NAME)
        marks.append(mark)
        total = total.and_then(one)
    return Source(text, total, " ".join(names), " ".join(marks), closed is not None, cut)


def is_markup(body: bytes) -> bool:
    """The bytes are a page and no picture, document or archive, whatever the address says."""
    head = body[:200_000]
    if head.startswith(_FILES):
        return False
    return _TAG.search(head.replace(b"\0", b"")) is not None


def is_record(body: bytes) -> bool:
    """The bytes are a JSON value, bare or in the call of a function, as services answer."""
    return _RECORD.match(body[:400].removeprefix(b"\xef\xbb\xbf")) is not None


def _is_cut(text: str) -> bool:
    """A record of a service is whole when it can be read; markup inside it is written in a way of its own."""
    if is_record(text[:400].encode("utf-8", "replace")):
        return json_of(text) is None
    return ends_within(text)


def ends_within(text: str) -> bool:
    """The document is cut: it ends inside a tag, a comment or a program, or before it closes what it opened.

    A server that hangs up or a gateway that cuts often leaves no other trace: the stated length fits, or there is none.
    All of 342 recorded pages close their document and end there.
    """
    bare = _without_programs(text.lower())
    if bare is None or bare.rfind("<") > bare.rfind(">"):
        return True
    if any(bare.count(f"<{name}") > bare.count(f"</{name}") for name in ("textarea", "title") if f"<{name}" in bare):
        return True
    left_open = any(len(found) > bare.count(f"</{name}") for name, found in _blocks(bare).items())
    if not _OPENS.search(bare):
        return left_open
    if left_open and len(_HTML.findall(bare)) > bare.count("</html"):
        # A cut behind a document that was included leaves the outer one open, and what it laid out.
        return True
    end = max(bare.rfind("</html"), bare.rfind("</body"), bare.rfind("</frameset"))
    rest = bare[end:] if end >= 0 else ""
    more = _OFFERS.search(rest) is not None or _OPENS.search(rest) is not None
    return end < 0 or more or len("".join(_TAGS.sub("", rest).split())) > _TRAILING


def program_ends_within(text: str) -> bool:
    """A program file that writes a menu is cut: it ends within a statement, or what it wrote stays open."""
    low = text.lower().replace("<\\/", "</")
    if low.rstrip()[-1:] not in (";", "}", ")", "/", "") or low.count("(") > low.count(")"):
        return True
    return any(len(found) > low.count(f"</{name}") for name, found in _blocks(low).items())


def _blocks(bare: str) -> dict[str, list[str]]:
    """Opening tags of a document that is no whole one, by name: a record, a list or a block that must end."""
    found: dict[str, list[str]] = {}
    for name in _BLOCK.findall(bare):
        found.setdefault(name, []).append(name)
    return found


def _without_programs(low: str) -> str | None:
    """The text without scripts, styles and comments; None where one of them has no end."""
    kept: list[str] = []
    place = 0
    for _ in range(_PROGRAMS):
        start = _PROGRAM.search(low, place)
        if start is None:
            break
        kept.append(low[place : start.start()])
        name = start.group(1)
        end = low.find(f"</{name}", start.end()) if name else low.find("-->", start.start() + 2)
        if end < 0:
            return None
        place = end + (0 if name else 3)
        if name:
            place = low.find(">", end) + 1
            if not place:
                return None
    kept.append(low[place:])
    return "".join(kept)
