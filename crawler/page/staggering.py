"""Staggered menus (缩进菜单): rows of one flat list whose indent says which entry stands below which."""

from __future__ import annotations

import re
from itertools import pairwise

from crawler.page.linking import Anchor, is_more
from crawler.page.tree import Element

_ROWS = frozenset(("tr", "li", "div", "p", "dd"))
_PADDING = re.compile(r"^[\s\u00a0\u3000├│└┃┗┣]*")
_STYLE = re.compile(r"(?:padding-left|margin-left|text-indent)\s*:\s*(\d+(?:\.\d+)?)\s*(?:px|em|pt|%)", re.IGNORECASE)
_LEVEL = re.compile(r"^(?:lm|lanmu|level|lev|lvl?|depth|deep|ceng|ji|cj|jb|tree|node|menu|nav|item)[-_]?([0-9])$", re.I)
_LEAST, _MOST = 3, 400
_DEPTHS = 4
_BESIDE = 4
"""Characters beside its name that a row of a menu may hold (signs, a count)."""


def staggered(parent: Element, anchors: dict[int, list[Anchor]]) -> dict[int, Anchor]:
    """The entry above each indented row among the rows of one list, by the id of the row.

    Args:
        anchors: links inside each row, by the id of the row.
    """
    rows = [child for child in parent.children if child.tag in _ROWS and anchors.get(id(child))]
    if not _LEAST <= len(rows) <= _MOST or len({row.tag for row in rows}) != 1:
        return {}
    entries = [anchors[id(row)] for row in rows]
    if not all(len(held) == 1 and _names(row, held[0]) for row, held in zip(rows, entries, strict=True)):
        return {}
    depths = _depths(rows, [held[0] for held in entries])
    if not depths or depths[0] != min(depths):
        return {}
    above: dict[int, Anchor] = {}
    open_entries: list[tuple[float, Anchor]] = []
    for row, held, depth in zip(rows, entries, depths, strict=True):
        while open_entries and open_entries[-1][0] >= depth:
            open_entries.pop()
        if open_entries:
            above[id(row)] = open_entries[-1][1]
        open_entries.append((depth, held[0]))
    return above


def _names(row: Element, entry: Anchor) -> bool:
    """A row is nothing but the name of an entry."""
    if not entry.label or len(entry.label) > 30 or is_more(entry):
        return False
    text = "".join("".join(row.pieces()).split())
    return len(_PADDING.sub("", text)) <= len("".join(entry.label.split())) + _BESIDE


def _depths(rows: list[Element], entries: list[Anchor]) -> list[float]:
    """How deep each row stands: by its style, by what is written before its name, or by a number in its class."""
    pairs = list(zip(rows, entries, strict=True))
    for measure in (_styled, _written, _numbered):
        depths = [measure(row, entry) for row, entry in pairs]
        if 1 < len(set(depths)) <= min(_DEPTHS, len(depths) - 1) and min(depths) >= 0 and not _striped(depths):
            return depths
    return []


def _striped(depths: list[float]) -> bool:
    """Two values that take turns are the stripes of a list."""
    return len(set(depths)) == 2 and all(one != other for one, other in pairwise(depths))


def _way(row: Element, entry: Anchor) -> list[Element]:
    """The elements from a row down to its link."""
    way = [entry.element, *(above for above in entry.element.ancestors() if row.holds(above))]
    return way[::-1]


def _styled(row: Element, entry: Anchor) -> float:
    return sum(float(match.group(1)) for one in _way(row, entry) if (match := _STYLE.search(one.get("style"))))


def _written(row: Element, entry: Anchor) -> float:
    before = _PADDING.match("".join(row.pieces()))
    text = before.group() if before is not None else ""
    return sum(1 for sign in text if not sign.isspace() or sign in "\u00a0\u3000")


def _numbered(row: Element, entry: Anchor) -> float:
    for one in _way(row, entry):
        for name in one.get("class").split():
            if match := _LEVEL.match(name):
                return float(match.group(1))
    return -1
