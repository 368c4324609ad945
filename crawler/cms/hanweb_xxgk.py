"""大汉 xxgk: a table of the catalogue that ``module/xxgk/search.jsp`` gives as a piece of a page."""

from __future__ import annotations

import re
from html import unescape

from crawler.cms.adapter import LISTED, SCRIPTED, Ask, Unfolded
from crawler.cms.turning import further, pairs_of, with_query

NAME = "hanweb_xxgk"
_MARK = "xxgk/search.jsp"
_ROWS = "tr_main_value"
_CALL = re.compile(
    r"(?:loadDynamic|\.\s*load|\.\s*get|\.\s*post|url\s*:)\s*\(?\s*([\"'])([^\"'\s]*xxgk/search\.jsp[^\"'\s]*)\1\s*"
    r"(?P<rest>\+)?(?:,\s*[\"'](div\d+)[\"'])?",
    re.IGNORECASE,
)
_PAGES = re.compile(r"共\s*(\d{1,5})\s*页|\d{1,5}\s*/\s*(\d{1,5})\s*页|总页数\s*[:：]?\s*(\d{1,5})")
_TOTAL = re.compile(r"共\s*(?:有|计)?\s*(\d{1,7})\s*(?:条|篇|项)|总(?:记录|条)数\s*[:：]?\s*(\d{1,7})")
_TAG = re.compile(r"<[^>]*>")
_PAGER = "currpage"


def recognise(source: str) -> str:
    """The call that loads the table, or the table itself as the service gives it."""
    if _MARK in source and _CALL.search(source):
        return _MARK
    return _ROWS if _ROWS in source and "<html" not in source[:2000].lower() else ""


def _asked(source: str) -> tuple[Ask, ...]:
    """The table's address where it is told whole; parts of it that a program adds are not guessed."""
    found: dict[Ask, None] = {}
    for match in _CALL.finditer(source):
        url = unescape(match.group(2))
        pairs = pairs_of(url.partition("?")[2])
        if match.group("rest") or not dict(pairs).get("infotypeId"):
            continue
        if match.group(4) and "divid" not in dict(pairs):
            pairs.append(("divid", match.group(4)))
        if _PAGER not in dict(pairs):
            pairs.append((_PAGER, "1"))
        found.setdefault(Ask(with_query(url, pairs)))
    return tuple(found) if len(found) == 1 else ()


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return int(next(group for group in found.groups() if group)) if found else None


def unfold(source: str, url: str, body: bytes = b"") -> Unfolded:
    """What has to be asked for the table; of the table its rows, and the pages behind it."""
    if _ROWS not in source or "<html" in source[:2000].lower():
        return Unfolded(source, list_unread=True, list_asks=_asked(source))
    words = " ".join(_TAG.sub(" ", source).split())
    count, total = _first(_PAGES, words), _first(_TOTAL, words)
    asks = further(Ask(url, "POST" if body else "GET", body), count)
    placed = f'<html><body><div {SCRIPTED}="{NAME}" {LISTED}="{NAME}">{source}</div></body></html>'
    return Unfolded(placed, total=count, pages_unknown=asks is None, records=total, page_asks=asks or ())
