"""大汉 jpaas: units of a page that its publishing server builds; each is asked with what its script tag says."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from urllib.parse import unquote

from crawler.cms.adapter import LISTED, Ask, Unfolded
from crawler.cms.records import count_of, failed, json_of
from crawler.cms.turning import Pairs, further, page_count, pairs_of, with_query

NAME = "hanweb_jpaas"
_MARK = "front/page/build/unit"
_UNIT = re.compile(r"<script\b[^>]*\burl\s*=\s*[\"']([^\"']*front/page/build/unit[^\"']*)[\"'][^>]*>", re.IGNORECASE)
_QUERY = re.compile(r"\bqueryData\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_WRITTEN = re.compile(r"[\"']([^\"'\s]*front/page/build/unit\?[^\"'\s]*)[\"']")
_PAIR = re.compile(r"[\"'](\w+)[\"']\s*:\s*(?:[\"']([^\"']*)[\"']|(-?\d+)|(null|true|false))")
_COUNTED = re.compile(r"\bcount[\"']?\s*[:=]\s*[\"']?(\d{1,7})", re.IGNORECASE)
_ROWS = re.compile(r"\brows[\"']?\s*[:=]\s*[\"']?(\d{1,4})", re.IGNORECASE)
_SAID = re.compile(
    r"共\s*(?:有|计)?\s*(?:<[^>]*>)*\s*(\d{1,7})\s*(?:<[^>]*>)*\s*(?:条|篇|项)|\bdata-total\s*=\s*[\"']?(\d{1,7})"
)
_ROW = re.compile(r"<(?:li|tr)\b[^>]*>(?:(?!</(?:li|tr)>).)*?<a\b", re.IGNORECASE | re.DOTALL)
_PAGER = re.compile(r"<[^>]*\b(?:queryData|count)\s*=[^>]*>", re.IGNORECASE)
_MENU = re.compile(r"导航|菜单|左侧|栏目树|nav|menu|left|tree", re.IGNORECASE)
_ASIDE = re.compile(
    r"位置|面包屑|头部|顶部|底部|尾部|页脚|页眉|友情|crumb|header|footer|banner|share|search", re.IGNORECASE
)
_LIST = re.compile(r"tagId=[^&]*(?:列表|list|内容|信息)", re.IGNORECASE)
_NEEDED = ("webId", "pageId")


def recognise(source: str) -> str:
    """A unit of the publishing server, or what it answers."""
    if _MARK in source:
        return _MARK if _units(source) else ""
    if source.lstrip()[:1] != "{" or '"html"' not in source:
        return ""
    return "data.html" if _html(json_of(source)) is not None else ""


def _units(source: str) -> list[tuple[str, Pairs]]:
    """Address and parameters of each unit that the page names with all it is asked with."""
    found: list[tuple[str, Pairs]] = []
    for tag in _UNIT.finditer(source):
        written = _QUERY.search(tag.group(0))
        text = unescape(written.group(1) or written.group(2) or "") if written else ""
        pairs = [(one[0], one[1] or one[2] or one[3]) for one in _PAIR.findall(text)]
        url = unescape(tag.group(1))
        found.append((url, [*pairs_of(url.partition("?")[2]), *pairs]))
    if not found:
        found = [(url, pairs_of(url.partition("?")[2])) for one in _WRITTEN.findall(source) if (url := unescape(one))]
    told = [(url.partition("?")[0], pairs) for url, pairs in found if all(dict(pairs).get(name) for name in _NEEDED)]
    return [unit for place, unit in enumerate(told) if unit not in told[:place]]


def _html(value: Any) -> str | None:
    """Markup of a unit; None where the answer is none of the server's or says that it failed."""
    if not isinstance(value, dict) or failed(value):
        return None
    held = value.get("data")
    markup = held.get("html") if isinstance(held, dict) else None
    return markup if isinstance(markup, str) and ("success" in value or "code" in value) else None


def _answered(value: Any, url: str) -> Unfolded:
    """A unit's markup, with the number of entries that it or its pager is given, and the pages behind it."""
    markup = _html(value) or ""
    pager = next((unescape(tag) for tag in _PAGER.findall(markup) if _COUNTED.search(tag)), "")
    counted, rows = _COUNTED.search(pager) or _SAID.search(markup), _ROWS.search(pager)
    total = int(next(group for group in counted.groups() if group)) if counted else count_of(value["data"])
    size = int(rows.group(1)) if rows else len(_ROW.findall(markup))
    pairs = pairs_of(url.partition("?")[2])
    if size and "paramJson" not in dict(pairs):
        # The first page came without being asked by number; the others are asked for as long as it is.
        pairs.append(("paramJson", json.dumps({"pageNo": 1, "pageSize": size}, separators=(",", ":"))))
    asked = Ask(with_query(url, pairs))
    count = page_count(asked, total, None, 0)
    asks = further(asked, count)
    placed = f"<html><body>{markup}</body></html>"
    return Unfolded(placed, total=count, pages_unknown=asks is None, records=total, page_asks=asks or ())


def unfold(source: str, url: str, body: bytes = b"") -> Unfolded:
    """What has to be asked for the units of a page: menus by their names, all others may hold the list."""
    if _MARK not in source:
        return _answered(json_of(source), url)
    menus: list[Ask] = []
    lists: list[Ask] = []
    for address, pairs in _units(source):
        named = dict(pairs).get("tagId", "")
        if _ASIDE.search(named):
            continue
        (menus if _MENU.search(named) else lists).append(Ask(with_query(address, pairs)))
    sole = len(lists) == 1 and "/art/" not in url and _LIST.search(unquote(lists[0].url)) is not None
    # The column's list is what that unit builds, whatever other blocks the page shows beside it.
    held = f'<ul {LISTED}="{NAME}"></ul>' if sole else ""
    end = source.lower().rfind("</body")
    end = end if end >= 0 else len(source)
    return Unfolded(
        source[:end] + held + source[end:],
        list_unread=bool(lists),
        menu_unread=bool(menus),
        list_asks=tuple(lists),
        menu_asks=tuple(menus),
    )
