"""Menus: which entry stands above which link, which links are siblings; nested lists, headings, definition lists."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from crawler.cms.adapter import LISTED
from crawler.page.linking import HOME, Anchor, is_more, tidy
from crawler.page.page import PageLink, Zone
from crawler.page.panels import accordion_head, panels_of, row_head
from crawler.page.staggering import staggered
from crawler.page.tree import SILENT, Element

_LISTS = frozenset(("ul", "ol", "dl", "table", "nav", "menu"))
_NO_HEAD = frozenset(("ul", "ol", "dl", "table", "form", "script", "style", "input", "img", "iframe", "select", "nav"))
_ROW_LIKE = frozenset(("li", "tr", "dt", "dd", "tbody", "a", "span", "em", "b", "strong", "i", "font"))
_LETTER = re.compile(r"^[A-Z](?:\s*[、,/-]?\s*[A-Z])*$")


class Menus:
    """Menus (菜单结构) of one tree: which entry stands above which link, and which links are siblings."""

    def __init__(self, root: Element, anchors: list[Anchor]) -> None:
        self.anchors = anchors
        self.places = [anchor.place for anchor in anchors]
        self.shown = _shown_places(root)
        self.panels = panels_of(root)
        self.heads: dict[int, Anchor] = {}
        self.owner: dict[int, Anchor | None] = {}
        self.group: dict[int, int] = {}
        indented: dict[int, Anchor] = {}
        for element in root.walk():
            above = element.parent
            inherited = self.owner.get(id(above)) if above is not None else None
            indented.update(self._staggered(element))
            found = self._head_of(element) or indented.get(id(element))
            self.owner[id(element)] = found if found is not None else inherited
        owned = {id(element) for element in root.walk() if self._owned_locally(element)}
        self._number_groups(root, owned)

    def _staggered(self, element: Element) -> dict[int, Anchor]:
        rows = element.children
        return staggered(element, {id(row): self.within(row) for row in rows}) if len(rows) >= 3 else {}

    def _owned_locally(self, element: Element) -> bool:
        above = element.parent
        return above is not None and self.owner.get(id(element)) is not self.owner.get(id(above))

    def within(self, element: Element) -> list[Anchor]:
        """Anchors inside an element."""
        return self.anchors[bisect_left(self.places, element.place) : bisect_right(self.places, element.last)]

    def count(self, element: Element) -> int:
        """Number of anchors inside an element."""
        return bisect_right(self.places, element.last) - bisect_left(self.places, element.place)

    def _heading(self, element: Element) -> Anchor | None:
        """The one entry that an element is: its single link, or its short text as a heading without address."""
        if element.tag in _NO_HEAD:
            return None
        anchors = self.within(element)
        named = [anchor for anchor in anchors if not is_more(anchor)]
        if len(anchors) > 2 or len(named) > 1:
            return None
        if len(named) == 1:
            anchor = named[0]
            return None if anchor.pictured or HOME.match(anchor.label) or len(anchor.label) > 30 else anchor
        if element.last - element.place > 40:
            return None
        text = tidy("".join(element.pieces(without=frozenset(id(anchor.element) for anchor in anchors))))
        if not 2 <= len(text) <= 20 or "位置" in text or HOME.match(text):
            return None
        return self._made(element, text, anchors[0].url if anchors else "")

    def _made(self, element: Element, text: str, url: str) -> Anchor:
        if id(element) not in self.heads:
            self.heads[id(element)] = Anchor(element, text, url, "", False, element.place)
        return self.heads[id(element)]

    def _head_of(self, element: Element) -> Anchor | None:
        """The menu entry directly above what this element holds, if it is a list under a heading."""
        if self.count(element) == 0:
            return None
        opener = self.panels.get(id(element))
        if opener is not None and (head := self._heading(opener)) is not None:
            return head
        if element.tag in ("ul", "ol", "menu"):
            return self._head_of_list(element)
        if element.tag in ("td", "table"):
            return self._head_of_cell(element)
        if element.tag == "dd":
            return self._sibling_head(element, only="dt")
        parent = element.parent
        if (
            element.tag in ("div", "section", "nav", "p", "dl")
            and parent is not None
            and parent.tag not in ("body", "html")
        ):
            solid = [child for child in parent.children if self.shows(child)]
            if parent.tag == "li" and solid and solid[-1] is element and len(solid) >= 2 and element.tag != "p":
                return self._heading(solid[0]) if len(solid) == 2 else None
            if len(solid) == 2 and solid[1] is element and self.count(element) >= 2:
                return self._heading(solid[0])
            before = accordion_head(element) if self.count(element) >= 2 else None
            if before is not None:
                return self._heading(before)
        return None

    def _head_of_cell(self, element: Element) -> Anchor | None:
        """A cell with names of units after a cell with their letter or kind; a table in the row below its heading."""
        before = row_head(element)
        if before is None or (element.tag == "td" and self.count(before)):
            return None
        text = tidy("".join(before.pieces()))
        if element.tag == "td" and _LETTER.match(text):
            return self._made(before, text, "")
        if element.tag == "td" and (self.count(element) < 2 or any(sign.isdigit() for sign in text)):
            return None
        return self._heading(before)

    def _head_of_list(self, element: Element) -> Anchor | None:
        entry = next((above for above in _until_list(element)), None)
        if entry is not None:
            before = [anchor for anchor in self.within(entry) if anchor.place < element.place]
            if before:
                return before[0]
            text = tidy("".join(_text_before(entry, element)))
            if 2 <= len(text) <= 30:
                return self._made(entry, text, "")
            return None
        return self._sibling_head(element)

    def _sibling_head(self, element: Element, only: str = "") -> Anchor | None:
        """Heading directly before an element, or before a wrapper that begins with it."""
        for _ in range(3):
            parent = element.parent
            if parent is None:
                return None
            before = next((one for one in element.elder() if self.shows(one) and (not only or one.tag == only)), None)
            if before is not None:
                return self._heading(before)
            if only or parent.tag in ("body", "html", "li", "td", "dd") or _text_before(parent, element):
                return None
            element = parent
        return None

    def heading_before(self, element: Element, after: int) -> Anchor | None:
        """Heading directly before an element and behind a place, as an entry."""
        before = next((one for one in element.elder() if self.shows(one)), None)
        return self._heading(before) if before is not None and before.place > after else None

    def shows(self, element: Element) -> bool:
        """It shows something or holds a link; scripts, rules and empty spacers do not."""
        return bisect_right(self.shown, element.last) > bisect_left(self.shown, element.place)

    def _number_groups(self, root: Element, owned: set[int]) -> None:
        following = 0
        for element in root.walk():
            parent = element.parent
            above = self.group.get(id(parent), 0) if parent is not None else 0
            opens = element.tag in _LISTS or (element.tag not in _ROW_LIKE and self._siblings(element, owned))
            if opens and self.count(element):
                following += 1
                self.group[id(element)] = following
            else:
                self.group[id(element)] = above

    def _siblings(self, element: Element, owned: set[int]) -> bool:
        """It holds two or more links that are not all below one heading of its own."""
        total = self.count(element)
        if total < 2:
            return False
        below = sum(self.count(child) for child in element.children if id(child) in owned)
        return total - below >= 2


def _shown_places(root: Element) -> list[int]:
    """Places of elements that show something themselves: own text, a link or an image; in document order."""
    return [
        element.place
        for element in root.walk()
        if element.tag in ("a", "img", "video", "iframe")
        or LISTED in element.attributes  # an empty list stands between a heading and what follows all the same
        or (element.tag not in SILENT and any(isinstance(node, str) and not node.isspace() for node in element.nodes))
    ]


def _until_list(element: Element) -> list[Element]:
    """The list item in which a nested list stands, if no other list or table lies between; else nothing."""
    for above in element.ancestors():
        if above.tag in ("li", "dd"):
            return [above] if above.tag == "li" else []
        if above.tag in ("ul", "ol", "dl", "table", "body", "html"):
            return []
    return []


def _text_before(container: Element, stop: Element) -> list[str]:
    """Visible strings of a container that stand before one of its descendants."""
    parts: list[str] = []
    stack: list[Element | str] = [container]
    while stack:
        node = stack.pop()
        if node is stop:
            break
        if isinstance(node, str):
            if node.strip():
                parts.append(node)
        elif node.tag not in ("script", "style"):
            stack.extend(reversed(node.nodes))
    return parts


def links_of(menus: Menus, zone_of: dict[int, Zone]) -> tuple[PageLink, ...]:
    """All links and headings of the page in document order, with parents, groups and zones."""
    used = {id(owner) for owner in menus.owner.values() if owner is not None}
    heads = [head for head in menus.heads.values() if id(head) in used]
    entries = sorted([*menus.anchors, *heads], key=lambda anchor: anchor.place)
    index = {id(anchor): number for number, anchor in enumerate(entries)}
    links: list[PageLink] = []
    for anchor in entries:
        element = anchor.element
        owner = menus.owner.get(id(element))
        if owner is anchor:
            owner = None
        links.append(
            PageLink(
                label=anchor.label,
                url=anchor.url,
                title=anchor.title,
                parent=index[id(owner)] if owner is not None and id(owner) in index else None,
                hidden=element.hidden,
                zone=zone_of.get(id(element), Zone.NAVIGATION),
                group=menus.group.get(id(element), 0),
                from_script=element.scripted,
            )
        )
    return tuple(links)
