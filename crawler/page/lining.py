"""Lines (页面文本行): what a stretch of the page shows, one line a block, each with the block in which it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.page.tree import BLOCKS, SILENT, Element, squeeze


@dataclass(frozen=True, slots=True)
class Line:
    """Line (文本行) of a page.

    Attributes:
        text: as a reader sees it; ``apart`` the same with a space between elements, for dates split over several.
        block: the block in which it stands; ``place`` that of the element in which it begins.
    """

    text: str
    apart: str
    block: Element
    place: int


def lines_between(root: Element, start: int, end: int, without: frozenset[int] = frozenset()) -> list[Line]:
    """Visible lines of the elements whose places lie behind ``start`` and not behind ``end``.

    Args:
        without: ids (``id(element)``) of elements to leave out.
    """
    found: list[Line] = []
    parts: list[str] = []
    first: tuple[Element, int] | None = None
    for owner, block, piece in _strings(root, start, end, without):
        if piece is None:
            if parts and first is not None and (text := squeeze("".join(parts))):
                found.append(Line(text, squeeze(" ".join(parts)), *first))
            parts, first = [], None
        elif piece.strip():
            first = first or (block, owner.place)
            parts.append(piece)
        elif parts:
            parts.append(" ")
    if parts and first is not None:
        found.append(Line(squeeze("".join(parts)), squeeze(" ".join(parts)), *first))
    return found


def _strings(
    root: Element, start: int, end: int, without: frozenset[int]
) -> Iterator[tuple[Element, Element, str | None]]:
    """Strings of the stretch with their element and block; None where a block begins or ends."""
    stack: list[tuple[Element | str | None, Element, Element]] = [(root, root, root)]
    while stack:
        node, owner, block = stack.pop()
        if node is None:
            yield owner, block, None
            continue
        if isinstance(node, str):
            if start < owner.place <= end:
                yield owner, block, node
            continue
        hidden = node.hidden or (node.tag in SILENT and node is not root)
        if hidden or node.last <= start or node.place > end or id(node) in without:
            continue
        if node.tag in BLOCKS:
            yield node, block, None
            stack.append((None, node, block))
            block = node
        stack.extend((child, node, block) for child in reversed(node.nodes))
