"""zTree: menus that stand as ``{id, pId, name, file}`` nodes in an inline array."""

from __future__ import annotations

import re
from html import escape

from crawler.cms.adapter import SCRIPTED, Unfolded

NAME = "ztree"
_NODE = re.compile(r"\{([^{}]{0,2000}?\bpId\b[^{}]{0,2000}?)\}")
_PAIR = re.compile(r"[\"']?\b(\w+)\b[\"']?\s*:\s*(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|(-?\d+))")
_HOLDER = re.compile(r"(<(ul|div)\b[^>]*\bztree\b[^>]*>)\s*(</\2>)", re.IGNORECASE)
_NODES_LIMIT = 5_000
_DEPTH_LIMIT = 30


def recognise(source: str) -> str:
    """Two nodes with a parent and a name at least."""
    if "pId" not in source:
        return ""
    return "pId" if len(_nodes(source)) >= 2 else ""


def _nodes(source: str) -> list[dict[str, str]]:
    nodes = []
    for match in _NODE.finditer(source):
        fields = {pair[0]: pair[1] or pair[2] or pair[3] for pair in _PAIR.findall(match.group(1))}
        if "id" in fields and "pId" in fields and fields.get("name"):
            nodes.append(fields)
        if len(nodes) >= _NODES_LIMIT:
            break
    return nodes


def _nested(nodes: list[dict[str, str]]) -> str:
    known = {node["id"] for node in nodes}
    below: dict[str, list[dict[str, str]]] = {}
    for node in nodes:
        below.setdefault(node["pId"] if node["pId"] in known and node["pId"] != node["id"] else "", []).append(node)

    def grow(parent: str, depth: int) -> str:
        # Taken out as they are placed, so that a cycle ends.
        children = below.pop(parent, [])
        if not children or depth > _DEPTH_LIMIT:
            return ""
        entries = [f"<li>{_link(child)}{grow(child['id'], depth + 1)}</li>" for child in children]
        return f"<ul>{''.join(entries)}</ul>"

    placed = grow("", 0)
    while below:
        # What hangs on a cycle or too deep still has a name.
        placed += grow(next(iter(below)), 0)
    return placed


def _link(node: dict[str, str]) -> str:
    address = next((node[key] for key in ("file", "url", "href", "link") if node.get(key)), "")
    name = escape(node["name"])
    return f'<a href="{escape(address)}">{name}</a>' if address else f"<span>{name}</span>"


def unfold(source: str, url: str, body: bytes = b"") -> Unfolded:
    """The tree as nested lists in its holder, else at the end of the page."""
    markup = f'<div {SCRIPTED}="{NAME}">{_nested(_nodes(source))}</div>'
    placed, count = _HOLDER.subn(lambda match: match.group(1) + markup + match.group(3), source, count=1)
    if count:
        return Unfolded(placed)
    end = source.lower().rfind("</body")
    return Unfolded(source[:end] + markup + source[end:] if end >= 0 else source + markup)
