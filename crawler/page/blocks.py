"""Blocks (分栏): headings with a few rows and often a 更多 link, several on one page."""

from __future__ import annotations

import re

from crawler.page.linking import Anchor, is_more
from crawler.page.listing import Listing, rows_of
from crawler.page.menus import Menus
from crawler.page.page import Block
from crawler.page.region import Region
from crawler.page.tree import Element, squeeze

_ASIDE = re.compile(r"相关|热门|热点|推荐|排行|点击|猜你|延伸阅读|最新|图片新闻|友情链接|附件|上一篇|下一篇")


def is_aside(label: str) -> bool:
    """The heading names something beside the column: related, popular, recommended."""
    return bool(_ASIDE.search(label))


def head_of(listing: Listing, menus: Menus, before: int, region_start: int) -> Anchor | None:
    """The heading over a list: the entry above it in the page's structure, else the short text just before it.

    Args:
        before: place of the end of what precedes; the heading is not sought further up.
        region_start: place where the main part begins; a tab's heading may stand before the lists of other tabs.
    """
    own = _row_over(listing, menus, before)
    if own is not None:
        return own
    element: Element | None = listing.container
    for _ in range(3):
        if element is None:
            break
        owner = menus.owner.get(id(element))
        if owner is not None and id(element) in menus.panels and region_start < owner.place:
            return owner
        if owner is not None and before < owner.place <= listing.cells[0].anchor.place:
            return owner
        found = menus.heading_before(element, before)
        if found is not None:
            return found
        element = element.parent
    return None


def _row_over(listing: Listing, menus: Menus, before: int) -> Anchor | None:
    """The heading that stands with 更多 in the table's own row above the first of the list."""
    row = listing.cells[0].element
    above = next((one for one in row.elder() if menus.shows(one)), None) if row.tag == "tr" else None
    if above is None or above.tag != "tr" or not any(is_more(anchor) and anchor.url for anchor in menus.within(above)):
        return None
    return menus.heading_before(row, before)


def more_of(listing: Listing, head: Anchor | None, menus: Menus, until: int) -> str:
    """Address of 更多: in the heading, in the list, or right after it before anything else begins."""
    start = head.place if head is not None else listing.cells[0].anchor.place
    for anchor in menus.anchors:
        if start <= anchor.place <= until and is_more(anchor) and anchor.url:
            return anchor.url
    return ""


def blocks_of(listings: list[Listing], region: Region, menus: Menus) -> tuple[Block, ...]:
    """Lists of the main region that stand under headings of their own; asides are none."""
    inside = [listing for listing in listings if region.holds(listing.cells[0].anchor.element)]
    blocks: list[tuple[int, Block]] = []
    before = region.start
    for number, listing in enumerate(inside):
        until = inside[number + 1].cells[0].anchor.place - 1 if number + 1 < len(inside) else region.end
        head = head_of(listing, menus, before, region.start)
        following = head_of(inside[number + 1], menus, listing.last, region.start) if number + 1 < len(inside) else None
        if following is not None and following.place > listing.last:
            until = min(until, following.place - 1)
        before = listing.last
        if head is None or is_aside(head.label):
            continue
        label = squeeze(head.label)
        url = more_of(listing, head, menus, until) or head.url
        blocks.append((head.place, Block(label, url, rows_of(listing, label))))
    known = {block.url for _, block in blocks}
    blocks += [pair for pair in _bare_blocks(region, menus) if pair[1].url not in known]
    return tuple(block for _, block in sorted(blocks, key=lambda pair: pair[0]))


def _bare_blocks(region: Region, menus: Menus) -> list[tuple[int, Block]]:
    """Headings with 更多 and no rows between them: sub-columns that show nothing here."""
    found: list[tuple[int, Block]] = []
    for anchor in menus.anchors:
        if not anchor.url or not is_more(anchor) or not region.holds(anchor.element):
            continue
        element: Element | None = anchor.element
        for _ in range(3):
            if element is None:
                break
            head = _head_over(element, menus, region.start)
            if head is not None and not is_aside(head.label):
                found.append((head.place, Block(squeeze(head.label), anchor.url, ())))
                break
            element = element.parent
    return found


def _head_over(element: Element, menus: Menus, after: int) -> Anchor | None:
    """Heading before an element, looking past one empty list between them."""
    before = next((one for one in element.elder() if menus.shows(one)), None)
    if before is None or before.place <= after or before.tag in ("ul", "ol", "table"):
        return None
    return menus.heading_before(element, after)
