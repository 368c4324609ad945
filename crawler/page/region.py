"""The main region of a page: what stands after the breadcrumb and before the footer, menus left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.page.menus import Menus
from crawler.page.tree import BLOCKS, SILENT, Element, squeeze

_MENU_MARKS = re.compile(
    r"nav|menu|header|banner|toolbar|sidebar|side-?menu|crumb|weizhi|search|share|bdshare|jiathis|pager|pagination"
)
_MAIN_MARKS = re.compile(r"main|content|right|list|con\b|article|detail|text|body|news|zoom|wrap")
_COUNTS = re.compile(r"[(\[（【]\s*\d{1,5}\s*(?:条|篇|件|项|个)?\s*[)\]）】]")
_MARKS = re.compile(r"[^\w]+")
_LINES = re.compile(r"\s*\n\s*")


@dataclass(slots=True)
class Region:
    """Region (主体区域): bounds of the main part in document order, and what inside them is a menu.

    Attributes:
        start, end: places; elements strictly between belong to it.
        left_out: elements between them that are menus, tool bars or footers.
        anchored: a breadcrumb or a heading marks its beginning; without one the bounds are a guess.
    """

    root: Element
    start: int
    end: int
    left_out: tuple[Element, ...]
    anchored: bool

    def elements(self) -> list[Element]:
        """Elements of the region in document order, menus left out."""
        kept: list[Element] = []
        skip = 0
        left = {id(element) for element in self.left_out}
        for element in self.root.order[self.start : self.end]:
            if element.place <= skip:
                continue
            if id(element) in left:
                skip = element.last
                continue
            kept.append(element)
        return kept

    def holds(self, element: Element) -> bool:
        """An element stands in it and in none of the parts left out."""
        return self.start < element.place <= self.end and not any(part.holds(element) for part in self.left_out)

    def text(self) -> str:
        """Visible text of the region, one line a block."""
        inside = {id(element) for element in self.elements()}
        parts: list[str] = []
        stack: list[Element | str | None] = [self.root]
        holders: list[bool] = []
        while stack:
            node = stack.pop()
            if node is None:
                holders.pop()
            elif isinstance(node, str):
                if holders and holders[-1]:
                    parts.append(node)
            elif node.tag not in SILENT or node is self.root:
                if node.last <= self.start or node.place > self.end:
                    continue
                parts.append("\n" if node.tag in BLOCKS else "")
                holders.append(id(node) in inside and not node.hidden)
                stack.append(None)
                stack.extend(reversed(node.nodes))
        return lines_of("".join(parts))


def lines_of(text: str) -> str:
    """Text with one line a block, spaces folded, empty lines dropped."""
    return "\n".join(line for part in _LINES.split(text) if (line := squeeze(part)))


def bare_words(text: str) -> str:
    """Text without counts, bars and bullets, as menus print them beside their names."""
    return _MARKS.sub("", _COUNTS.sub("", text))


def _is_menu(element: Element, menus: Menus, kept: list[Element]) -> bool:
    """A list of short links without dates, or a part that its name says is a menu."""
    if any(element.holds(part) or part.holds(element) for part in kept):
        return False
    count = menus.count(element)
    if element.tag in ("nav", "header", "select", "form"):
        return True
    marks = element.marks if element.attributes else ""
    named = _MENU_MARKS.search(marks) and not _MAIN_MARKS.search(marks)
    if named and element.last - element.place < 600:
        return True
    if element.tag not in ("ul", "ol", "dl", "div", "table") or count < 2:
        return False
    if element.tag == "div" and any(child.tag in ("ul", "ol", "dl", "table") for child in element.walk()):
        # Its lists are judged one by one: a menu and an empty list often share one block.
        return False
    linked = sum(len(bare_words(anchor.label)) for anchor in menus.within(element))
    shown = len(bare_words("".join(element.pieces())))
    return shown <= linked * 1.3 + 4 and linked <= 14 * count


def region_of(root: Element, menus: Menus, crumb: Element | None, feet: list[Element], kept: list[Element]) -> Region:
    """Bounds of the main part.

    Args:
        crumb: the breadcrumb, behind which the main part begins.
        feet: footers; the first behind the crumb ends it.
        kept: lists and texts that are known to be the content, never taken for a menu.
    """
    heading = next((element for element in root.order if element.tag == "h1" and not element.hidden), None)
    start = crumb.last if crumb is not None else 0
    if kept and start > min(element.last for element in kept):
        start = 0
    end = min((foot.place - 1 for foot in feet if foot.place > start), default=len(root.order))
    left: list[Element] = [foot for foot in feet if foot.place <= end]
    skip = 0
    for element in root.order[start:end]:
        if element.place <= skip or element.tag in ("html", "body", "head", "#document"):
            continue
        if _is_menu(element, menus, kept):
            left.append(element)
            skip = element.last
    return Region(root, start, end, tuple(left), crumb is not None or heading is not None)
