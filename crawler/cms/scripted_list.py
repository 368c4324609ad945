"""Lists that a page's own program asks a service for: the one request whose address and parameters are all told."""

from __future__ import annotations

import re

from crawler.cms.adapter import Ask, Unfolded
from crawler.cms.calls import calls_of, each_parameter
from crawler.cms.turning import NUMBERS, SIZES

NAME = "scripted_list"
_NOISE = re.compile(
    r"count(?!y|ry)|hits|click|visit|weather|login|vote|captcha|token|/stat(?:s|istics?)?/|/log|\bhot|recommend|related|banner|link"
    r"|suggest|comment|message|survey|xxgk/search\.jsp|dataproxy\.jsp|build/unit|postmeta/",
    re.IGNORECASE,
)


def _lists(source: str) -> list[Ask]:
    """Requests that turn pages, or say how many entries a page has."""
    found = []
    for ask in calls_of(source):
        names = set(each_parameter(ask))
        if names & {*NUMBERS, *SIZES} and not _NOISE.search(ask.url.partition("?")[0]):
            found.append(ask)
    return found


def recognise(source: str) -> str:
    """A program's request for a page of a list."""
    if "<script" not in source[:200_000].lower():
        return ""
    found = _lists(source)
    return found[0].url.partition("?")[0][:80] if found else ""


def unfold(source: str, url: str, body: bytes = b"") -> Unfolded:
    """The request, where there is just one; several may fill the side of the page, and nobody can tell which."""
    found = _lists(source)
    asks = tuple(found) if len(found) == 1 else ()
    return Unfolded(source, list_unread=bool(asks), list_asks=asks)
