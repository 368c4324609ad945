"""广东 gkmlpt: the catalogue tree and the article that stand in ``window._CONFIG``; lists come from a service."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

from crawler.cms.adapter import SCRIPTED, Unfolded

NAME = "gkmlpt"
_MARK = "window._CONFIG"
_DEPTH_LIMIT = 30


def recognise(source: str) -> str:
    """The configuration that the application starts from."""
    return _MARK if _MARK in source and re.search(r"\b(?:TREE|DETAIL|NFCMS_SITE_ID|SID)\b", source) else ""


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


def _tree(nodes: Any, depth: int = 0) -> str:
    if not isinstance(nodes, list) or not nodes or depth > _DEPTH_LIMIT:
        return ""
    return f"<ul>{''.join(_entry(node, depth) for node in nodes if isinstance(node, dict))}</ul>"


def _entry(node: dict[str, Any], depth: int) -> str:
    name = escape(str(node.get("name") or node.get("title") or ""))
    address = next((str(node[key]) for key in ("url", "jump_url", "post_url", "link") if node.get(key)), "")
    label = f'<a href="{escape(address)}">{name}</a>' if address else f"<span>{name}</span>"
    return f"<li>{label}{_tree(node.get('children'), depth + 1)}</li>"


def _article(detail: Any) -> str:
    if not isinstance(detail, dict) or not detail.get("content"):
        return ""
    title = escape(str(detail.get("title") or ""))
    shown = str(detail.get("display_publish_time") or detail.get("date") or detail.get("created_at") or "")
    day = f"<p>发布日期：{escape(shown)}</p>" if re.search(r"\d{4}-\d", shown) else ""
    return f'<div {SCRIPTED}="{NAME}"><h1>{title}</h1>{day}<div class="article-content">{detail["content"]}</div></div>'


def unfold(source: str, url: str, body: bytes = b"") -> Unfolded:
    """Tree and article as markup at the page's end; without an article the list is what nobody asked for."""
    tree = _tree(_value(source, "TREE"))
    article = _article(_value(source, "DETAIL"))
    menu = f'<div {SCRIPTED}="{NAME}" class="menu">{tree}</div>' if tree else ""
    end = source.lower().rfind("</body")
    end = end if end >= 0 else len(source)
    placed = source[:end] + menu + article + source[end:]
    return Unfolded(placed, list_unread=not article, menu_unread=not tree and not article)
