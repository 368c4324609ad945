"""A page's source: what adapters put in place, whether it ends as it should, whether it is a page at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.cms import Adapter, Unfolded

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


def ends_within(text: str) -> bool:
    """The document has no closing tag and ends inside a tag, a comment or a script: it is visibly cut."""
    tail = text[-200_000:].lower()
    if "</html" in tail:
        return False
    if tail.rfind("<") > tail.rfind(">") or tail.rfind("<!--") > tail.rfind("-->"):
        return True
    return any(tail.rfind(f"<{name}") > tail.rfind(f"</{name}") for name in ("script", "style", "textarea", "title"))
