"""Bordering: lists of other units that stand beside a column's own list, or below it while it is still empty."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from catalog.spelling import fold
from crawler.page.blocks import head_of
from crawler.page.listing import Listing
from crawler.page.menus import Menus
from crawler.page.region import Region
from crawler.page.tree import Element

_LISTS = frozenset(("ul", "ol", "dl", "table", "tbody"))
_PARTS = frozenset(("div", "section"))
_LIST_MARKS = re.compile(r"list|rows|data|content|con\b|lb\b|liebiao")
_NO_HEADING = frozenset(("script", "style", "a", "option", "title", "li"))


def bare_own_list(region: Region, menus: Menus, names: Collection[str]) -> Element | None:
    """The element for the column's list that stands right under the column's name and holds nothing.

    Args:
        names: folded names of the column.
    """
    heads: list[Element] = []
    # A part that shows nothing but the column's menu is taken for one, with the empty list in it.
    for element in region.root.order[region.start : region.end] if names else ():
        if element.hidden or element.tag in _NO_HEADING:
            continue
        if _is_bare_list(element, menus):
            if any(not _shown_between(menus, head.last, element.place) for head in heads):
                return element
        elif (
            element.last - element.place <= 4 and not menus.count(element) and fold("".join(element.pieces())) in names
        ):
            heads.append(element)
    return None


def _shown_between(menus: Menus, start: int, end: int) -> bool:
    return bisect_left(menus.shown, end) > bisect_right(menus.shown, start)


def _is_bare_list(element: Element, menus: Menus) -> bool:
    named = element.tag in _PARTS and bool(element.attributes) and _LIST_MARKS.search(element.marks) is not None
    if element.tag not in _LISTS and not named:
        return False
    return not menus.shows(element) and not any(child.tag in ("script", "iframe", "input") for child in element.walk())


def is_away(listing: Listing, url: str) -> bool:
    """Whether all rows lead to other hosts than the page's."""
    host = urlsplit(url).hostname
    return all(urlsplit(cell.anchor.url).hostname not in (host, None) for cell in listing.cells)


def of_others(
    dated: Sequence[Listing], region: Region, menus: Menus, names: Collection[str], url: str
) -> list[Listing]:
    """Lists under headings of their own that are not the column's.

    All on other hosts, beside other lists or below the column's own empty one; or the only list below that one.
    """
    own = bare_own_list(region, menus, names)
    found: list[Listing] = []
    before = region.start
    for listing in dated:
        head = head_of(listing, menus, before, region.start)
        before = listing.last
        if head is None or fold(head.label) in names:
            continue
        below = own is not None and own.place < head.place
        away = is_away(listing, url)
        if (away and (below or len(dated) > 1)) or (below and len(dated) == 1):
            found.append(listing)
    # Where all are of others and none is known to be the column's, nobody can tell.
    return found if own is not None or len(found) < len(dated) else []
