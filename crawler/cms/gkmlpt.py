"""广东 gkmlpt: the catalogue tree and the article that stand in ``window._CONFIG``; lists come from a service."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

from crawler.cms.adapter import LISTED, SCRIPTED, Ask, Unfolded
from crawler.cms.records import json_of, markup_of, records_of, row_of
from crawler.cms.turning import further, page_count

NAME = "gkmlpt"
_MARK = "window._CONFIG"
_SITE = re.compile(r"\bSID\b[\"']?\s*:\s*[\"']?(\d{1,12})")
_ROUTE = re.compile(r"/gkmlpt/index(?:\.html)?/?#/?(\d+)$")
_ADDRESS_KEYS = ("jump_url", "url", "post_url", "link")
_DEPTH_LIMIT = 30


def recognise(source: str) -> str:
    """The configuration that the application starts from, or the answer of its list service."""
    if _MARK in source and re.search(r"\b(?:TREE|DETAIL|NFCMS_SITE_ID|SID)\b", source):
        return _MARK
    head = source[:4000]
    if source.lstrip()[:1] == "{" and '"articles"' in source and ('"total"' in head or '"total"' in source[-4000:]):
        return "articles" if _answer(source) is not None else ""
    return ""


def _answer(source: str) -> Any:
    value = json_of(source)
    return value if isinstance(value, dict) and isinstance(value.get("articles"), list) and "total" in value else None


def _value(source: str, key: str) -> Any:
    """JSON value of a key of the configuration, or None."""
    match = re.search(rf"[\"']?\b{key}\b[\"']?\s*:\s*(?=[\[{{])", source)
    if match is None:
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(source, match.end())
    except (ValueError, RecursionError):
        return None
    return value


def _tree(nodes: Any, service: str, depth: int = 0) -> str:
    if not isinstance(nodes, list) or not nodes or depth > _DEPTH_LIMIT:
        return ""
    return f"<ul>{''.join(_entry(node, service, depth) for node in nodes if isinstance(node, dict))}</ul>"


def _address(node: dict[str, Any], service: str) -> str:
    """Where a category's list stands: its own address, else the service; a route within the application is no page."""
    written = next((str(node[key]) for key in _ADDRESS_KEYS if node.get(key)), "")
    route = _ROUTE.search(written)
    number = route.group(1) if route else str(node.get("id") or "")
    # What has categories below it is shown by them; its own list is all of theirs.
    if (route or not (written or node.get("children"))) and service and number.isdigit():
        return service.format(number)
    return written


def _entry(node: dict[str, Any], service: str, depth: int) -> str:
    name = escape(str(node.get("name") or node.get("title") or ""))
    address = _address(node, service)
    label = f'<a href="{escape(address)}">{name}</a>' if address else f"<span>{name}</span>"
    return f"<li>{label}{_tree(node.get('children'), service, depth + 1)}</li>"


def _article(detail: Any) -> str:
    if not isinstance(detail, dict) or not detail.get("content"):
        return ""
    title = escape(str(detail.get("title") or ""))
    shown = str(detail.get("display_publish_time") or detail.get("date") or detail.get("created_at") or "")
    day = f"<p>发布日期：{escape(shown)}</p>" if re.search(r"\d{4}-\d", shown) else ""
    return f'<div {SCRIPTED}="{NAME}"><h1>{title}</h1>{day}<div class="article-content">{detail["content"]}</div></div>'


def _service(source: str, url: str) -> str:
    """Address of a category's list: below the application's own folder, with the site's number; empty if not told."""
    site = _SITE.search(source)
    folder = url.partition("/gkmlpt/")
    if site is None or not folder[1]:
        return ""
    return f"{folder[0]}/gkmlpt/api/all/{{}}?page=1&sid={site.group(1)}"


def _listed(source: str, url: str, body: bytes) -> Unfolded:
    value = _answer(source)
    asked = Ask(url, "POST" if body else "GET", body)
    rows = [row for entry in value["articles"] if isinstance(entry, dict) and (row := row_of(entry))]
    found = records_of(value)
    total = found.total if found is not None else None
    count = page_count(asked, total, None, len(value["articles"]))
    asks = further(asked, count)
    return Unfolded(markup_of(NAME, rows), total=count, pages_unknown=asks is None, records=total, page_asks=asks or ())


def unfold(source: str, url: str, body: bytes = b"") -> Unfolded:
    """Tree and article as markup at the page's end, a category's list as rows; the index page lists none itself."""
    if _MARK not in source:
        return _listed(source, url, body)
    tree = _tree(_value(source, "TREE"), _service(source, url))
    article = told = _article(_value(source, "DETAIL"))
    menu = f'<div {SCRIPTED}="{NAME}" class="menu">{tree}</div>' if tree else ""
    # One address shows every category in turn: what is listed there, once scripts ran, is the first one's.
    article = article or (f'<ul {LISTED}="{NAME}"></ul>' if tree else "")
    end = source.lower().rfind("</body")
    end = end if end >= 0 else len(source)
    placed = source[:end] + menu + article + source[end:]
    return Unfolded(placed, list_unread=not told, menu_unread=not tree and not told, menu_whole=bool(tree))
