"""zTree: menus that stand as nodes in inline arrays: ``{id, pId, name, file}`` or nested ``children``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from crawler.cms.adapter import SCRIPTED, Unfolded
from crawler.cms.literal import Value, literal, objects

NAME = "ztree"
_MARK = re.compile(r"\bpId\b|\bsimpleData\b|\bzTree\b|\bztree\b|\bzNodes?\b")
_OPENING = re.compile(r"[=:(,>;]\s*(?=\[\s*\{)|\bpush\s*\(\s*(?=\{)")
_NEXT = re.compile(r"\s*,\s*(?=\{)")
_SETTING = re.compile(r"\b(idKey|pIdKey|name|children|url)\s*:\s*[\"']([\w$-]{1,40})[\"']")
_PIECE = re.compile(r"\bsimpleData\s*:\s*\{[^{}]*\}|\bkey\s*:\s*\{[^{}]*\}")
_HOLDER = re.compile(r"(<(ul|div)\b[^>]*\bztree\b[^>]*>)\s*(</\2>)", re.IGNORECASE)
_PLACES = ("file", "url", "href", "link", "linkUrl", "pageUrl")
_CLICKS = ("click", "onclick", "url", "href")
_PROGRAM = re.compile(r"^javascript:|\w\s*\(|\blocation\b", re.IGNORECASE)
_NODES_LIMIT = 5_000
_DEPTH_LIMIT = 30
_SOURCE_LIMIT = 2_000_000
_FAILED_LIMIT = 50
"""Arrays that do not end; each is read to the end of the page."""


@dataclass(frozen=True, slots=True)
class _Keys:
    """Names of the keys as the page's settings give them, else the usual ones."""

    id: str = "id"
    parent: str = "pId"
    name: str = "name"
    children: str = "children"
    url: str = ""


@dataclass(slots=True)
class _Node:
    id: str
    parent: str
    name: str
    address: str
    program: str
    below: list[_Node] = field(default_factory=list)


def recognise(source: str) -> str:
    """Two nodes with a name at least, one of them below another or with an address."""
    mark = _MARK.search(source)
    if mark is None:
        return ""
    return mark.group() if len(_nodes(source)) >= 2 else ""


def _keys(source: str) -> _Keys:
    found: dict[str, str] = {}
    for piece in _PIECE.findall(source):
        found.update({match.group(1): match.group(2) for match in _SETTING.finditer(piece)})
    usual = _Keys()
    return _Keys(
        found.get("idKey", usual.id),
        found.get("pIdKey", usual.parent),
        found.get("name", usual.name),
        found.get("children", usual.children),
        found.get("url", ""),
    )


def _text(fields: dict[str, Value], key: str) -> str:
    value = fields.get(key)
    return value.strip() if isinstance(value, str) else ""


def _node(fields: dict[str, Value], keys: _Keys, depth: int) -> _Node | None:
    """A node, or None for an object that is none: a setting, a row of something else."""
    name = _text(fields, keys.name)
    below = fields.get(keys.children)
    listed = keys.id in fields and keys.parent in fields
    if not name or depth > _DEPTH_LIMIT or not (listed or keys.children in fields or depth):
        return None
    places = (keys.url, *_PLACES) if keys.url else _PLACES
    address = next((one for key in places if (one := _text(fields, key)) and not _PROGRAM.search(one)), "")
    program = next((one for key in _CLICKS if (one := _text(fields, key)) and _PROGRAM.search(one)), "")
    node = _Node(_text(fields, keys.id), _text(fields, keys.parent), name, address, program)
    for inner in objects(below) if below is not None else ():
        child = _node(inner, keys, depth + 1)
        if child is not None:
            node.below.append(child)
    return node


def _arrays(source: str) -> Iterator[Value]:
    place = failed = 0
    text = source[:_SOURCE_LIMIT]
    while failed < _FAILED_LIMIT and (match := _OPENING.search(text, place)) is not None:
        found = literal(text, match.end())
        place = match.end()
        if found is None:
            failed += 1
        while found is not None:
            yield found[0]
            place = max(place, found[1])
            following = _NEXT.match(text, place) if text[match.end()] == "{" else None
            found = literal(text, following.end()) if following is not None else None


def _nodes(source: str) -> list[_Node]:
    keys = _keys(source)
    nodes: list[_Node] = []
    for value in _arrays(source):
        for fields in objects(value):
            node = _node(fields, keys, 0)
            if node is None and isinstance(value, list) and any(keys.children in one for one in objects(value)):
                # A top node without children beside others that have some.
                node = _node({**fields, keys.children: []}, keys, 0)
            if node is not None:
                nodes.append(node)
        if len(nodes) >= _NODES_LIMIT:
            break
    return nodes


def _nested(nodes: list[_Node]) -> str:
    known = {node.id for node in nodes if node.id}
    below: dict[str, list[_Node]] = {}
    for node in nodes:
        hangs = node.parent in known and node.parent != node.id
        below.setdefault(node.parent if hangs else "", []).append(node)

    def grow(parent: str, depth: int) -> str:
        # Taken out as they are placed, so that a cycle ends.
        return entries(below.pop(parent, []), depth)

    def entries(children: list[_Node], depth: int) -> str:
        if not children or depth > _DEPTH_LIMIT:
            return ""
        inner = [
            f"<li>{_link(child)}{entries(child.below, depth + 1)}{grow(child.id, depth + 1) if child.id else ''}</li>"
            for child in children
        ]
        return f"<ul>{''.join(inner)}</ul>"

    placed = grow("", 0)
    while below:
        # What hangs on a cycle or too deep still has a name.
        placed += grow(next(iter(below)), 0)
    return placed


def _link(node: _Node) -> str:
    name = escape(node.name)
    if node.address:
        return f'<a href="{escape(node.address)}">{name}</a>'
    if node.program:
        return f'<a href="javascript:;" onclick="{escape(node.program.removeprefix("javascript:"))}">{name}</a>'
    return f"<span>{name}</span>"


def unfold(source: str, url: str, body: bytes = b"") -> Unfolded:
    """The tree as nested lists in its holder, else at the end of the page."""
    markup = f'<div {SCRIPTED}="{NAME}">{_nested(_nodes(source))}</div>'
    placed, count = _HOLDER.subn(lambda match: match.group(1) + markup + match.group(3), source, count=1)
    if count:
        return Unfolded(placed)
    end = source.lower().rfind("</body")
    return Unfolded(source[:end] + markup + source[end:] if end >= 0 else source + markup)
