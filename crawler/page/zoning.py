"""Zones: in which part of a page a link stands."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.spelling import fold
from crawler.page.page import Block, PageLink, Zone
from crawler.page.sight import Sight


def zones_of(sight: Sight) -> dict[int, Zone]:
    """Zone of each link, by ``id`` of its element; those of none stand in menus."""
    zones: dict[int, Zone] = {}
    for anchor in sight.menus.anchors:
        element = anchor.element
        if sight.crumb is not None and sight.crumb.holds(element):
            zones[id(element)] = Zone.BREADCRUMB
        elif any(foot.holds(element) for foot in sight.feet):
            zones[id(element)] = Zone.FOOTER
        elif sight.region.anchored and sight.region.holds(element):
            zones[id(element)] = Zone.MAIN
    held = [cell.anchor.element for cell in sight.main.cells] if sight.main is not None else []
    if sight.article and sight.holder is not None:
        held += [anchor.element for anchor in sight.menus.within(sight.holder)]
    zones.update({id(element): Zone.MAIN for element in held})
    return zones


def with_blocks(links: tuple[PageLink, ...], blocks: Sequence[Block]) -> tuple[PageLink, ...]:
    """The links, and the sub-columns that only a heading beside 更多 names: an empty one has no list below it."""
    known = {fold(link.label) for link in links}
    group = max((link.group for link in links), default=0) + 1
    unnamed = [block for block in blocks if block.url and fold(block.label) not in known]
    return links + tuple(PageLink(block.label, block.url, zone=Zone.MAIN, group=group) for block in unnamed)
