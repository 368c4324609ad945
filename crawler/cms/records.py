"""Records: entries of a list as services give them in JSON, written as the rows of a list; no family is named here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from html import escape, unescape
from typing import Any

from crawler.cms.adapter import LISTED, SCRIPTED

_TITLES = (
    "title", "infotitle", "doctitle", "articletitle", "newstitle", "subject", "headline", "name", "docname",
    "linktitle", "showtitle", "titlename", "contenttitle",
)  # fmt: skip
_ADDRESSES = (
    "url", "link", "href", "posturl", "infourl", "docpuburl", "puburl", "pageurl", "linkurl", "htmlurl", "visiturl",
    "staticurl", "articleurl", "contenturl", "detailurl", "weburl", "accessurl", "jumpurl",
)  # fmt: skip
_DATES = (
    "displaypublishtime", "pubdate", "publishdate", "publishtime", "pubtime", "publisheddate", "publishedtime",
    "publishedtimestr", "releasedate", "releasetime", "docreltime", "docpubtime", "infodate", "infopubdate", "showdate",
    "showtime", "fbsj", "fbrq", "webdate", "date", "time", "firstpublishtime", "createdat", "createtime", "createdate",
    "deploytime", "savetime", "shijian",
)  # fmt: skip
_TOTALS = (
    "total", "totalcount", "totalrecord", "totalrecords", "recordcount", "totalelements", "totalnum", "totalrows",
    "rowcount", "totalsize", "allcount", "count",
)  # fmt: skip
_PAGES = ("totalpage", "totalpages", "pagecount", "pages", "pagetotal", "totalpagecount", "pagenums", "pagesum")
_CALLED = re.compile(r"^[\w$.]{1,80}\s*\(\s*(?=[\[{])")
_TAG = re.compile(r"<[^>]{0,300}>")
_FINE = frozenset(("0", "1", "200", "true", "success", "ok", "00000", "000000", "20000", "0000", "10000"))
_CHINA = timezone(timedelta(hours=8))
_DEPTH_LIMIT = 8


@dataclass(frozen=True, slots=True)
class Records:
    """Records (接口条目) of one answer: the entries as given, how many there are in all, and on how many pages."""

    entries: Sequence[Mapping[str, Any]]
    total: int | None
    pages: int | None = None


def json_of(text: str) -> Any:
    """The JSON value that a text is, bare or in the call of a function; None where it is none or is cut."""
    plain = text.strip().removeprefix("\ufeff").strip()
    called = _CALLED.match(plain)
    if called is not None:
        plain = plain[called.end() :].rstrip().removesuffix(";").rstrip().removesuffix(")")
    if plain[:1] not in ("{", "["):
        return None
    try:
        value = json.loads(plain)
        # Some services answer with a string that is JSON once more.
        return json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return None


def folded(name: str) -> str:
    """A key without case and separators: ``display_publish_time`` and ``displayPublishTime`` are one."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def value_of(entry: Mapping[str, Any], names: Sequence[str]) -> Any:
    """The first filled value under one of several names, the first name first."""
    keyed = {folded(key): value for key, value in entry.items()}
    return next((keyed[name] for name in names if keyed.get(name) not in (None, "", [])), None)


def _text(value: Any) -> str:
    return " ".join(unescape(_TAG.sub("", str(value))).split()) if isinstance(value, str | int) else ""


def _moment(value: Any) -> str:
    """A date as shown; seconds and milliseconds since 1970 are the day in China."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    plain = str(value).strip()
    if re.fullmatch(r"\d{10}(?:\d{3})?(?:\.\d+)?", plain):
        seconds = float(plain) / (1000 if len(plain.partition(".")[0]) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).astimezone(_CHINA).date().isoformat()
    if re.fullmatch(r"(?:19|20)\d{6}(?:\d{6})?", plain):
        return f"{plain[:4]}-{plain[4:6]}-{plain[6:8]}"
    return plain[:30] if re.search(r"\d", plain) else ""


def row_of(entry: Mapping[str, Any]) -> str:
    """One entry as a list item, or empty where it has no name."""
    title = _text(value_of(entry, _TITLES))
    if not title:
        return ""
    address = value_of(entry, _ADDRESSES)
    linked = f' href="{escape(address.strip())}"' if isinstance(address, str) else ""
    day = next((shown for name in _DATES if (shown := _moment(value_of(entry, (name,))))), "")
    return f'<li><a{linked} title="{escape(title)}">{escape(title)}</a><span>{escape(day)}</span></li>'


def markup_of(name: str, rows: Sequence[str]) -> str:
    """A page of nothing but the rows of a list."""
    return f'<html><body><ul {SCRIPTED}="{name}" {LISTED}="{name}">{"".join(rows)}</ul></body></html>'


def _inside(value: Any, depth: int = 0) -> Iterator[tuple[Mapping[str, Any], ...]]:
    """All objects of a value with those around them, outermost first; the shallow ones before the deep."""
    level: list[tuple[Any, tuple[Mapping[str, Any], ...]]] = [(value, ())]
    for _ in range(_DEPTH_LIMIT):
        following: list[tuple[Any, tuple[Mapping[str, Any], ...]]] = []
        for one, around in level:
            if isinstance(one, Mapping):
                yield (*around, one)
                following.extend((inner, (*around, one)) for inner in one.values() if isinstance(inner, Mapping))
        level = following


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


def _named(entries: Sequence[Mapping[str, Any]]) -> bool:
    named = sum(1 for entry in entries if _text(value_of(entry, _TITLES)) and value_of(entry, _ADDRESSES))
    return bool(entries) and 2 * named >= len(entries)


def _count(around: Sequence[Mapping[str, Any]], names: Sequence[str]) -> int | None:
    """A number that stands beside the entries, in a pager beside them, or around them; the nearest one."""
    for holder in reversed(around):
        beside = [holder, *(one for one in holder.values() if isinstance(one, Mapping))]
        for one in beside:
            found = value_of(one, names)
            if isinstance(found, int | str) and not isinstance(found, bool) and str(found).strip().isdigit():
                return int(found)
    return None


def count_of(value: Mapping[str, Any]) -> int | None:
    """The number of all entries that an object itself says, if it does."""
    return _count((value,), _TOTALS)


def failed(value: Any) -> bool:
    """The answer itself says that it failed."""
    if not isinstance(value, Mapping):
        return False
    for name in ("success", "code", "status", "errcode", "state", "ret"):
        said = value_of(value, (name,))
        if said is not None and not isinstance(said, Mapping | list) and str(said).strip().lower() not in _FINE:
            return True
    return False


def records_of(value: Any) -> Records | None:
    """The entries of a list that an answer gives; None where it gives none or says that it failed.

    A list without entries is one only where a total of 0 stands beside it.
    """
    if _is_list(value) and _named(value):
        return Records(value, None)
    if failed(value):
        return None
    empty: Records | None = None
    for around in _inside(value):
        for inner in around[-1].values():
            if not _is_list(inner):
                continue
            total = _count(around, _TOTALS)
            if _named(inner):
                return Records(inner, total, _count(around, _PAGES))
            if not inner and total == 0 and empty is None:
                empty = Records((), 0)
    return empty
