"""Counts over the truth: the least possible requests (CONTRACTS, "Numbers") and the pages of a full crawl."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from catalog.obligation import Obligation
from portals.branches import Grove, Site, steps_of
from portals.columns import Column, Door, Shape
from portals.publishing import Address, Answer
from portals.rendering import block_of
from portals.scenery import index_path

_NEEDS_ARTICLE = {
    "content.elements_present",
    "content.telephone_present",
    "media.resources_answer",
    "interpretation.linked_both_ways",
}


def full_crawl(pages: Mapping[Address, Answer]) -> int:
    """Pages that a crawl of all HTML answers would fetch, each once."""
    return sum(
        1
        for (_, path), answer in pages.items()
        if not path.endswith("index.html") and any(value.startswith("text/html") for _, value in answer.headers)
    )


def least_requests(duties: Iterable[Obligation], grove: Grove) -> int:
    """Distinct addresses that no crawler can do without.

    Step pages on the way, each organs' index once, each organ's entry once, page 1 of each column, for an expectation
    on articles the newest one and its counterpart or attachment, robots.txt once a host.
    """
    wanted: set[Address] = {(0, "/"), (0, "/robots.txt")}
    for duty in duties:
        if not duty.is_walked:
            continue
        site = grove.sites[duty.roots[0]]
        wanted |= _entry(site, grove)
        if site.refusal or site.door == "unlisted":
            continue
        place = (site.root, steps_of(duty))
        wanted |= {(site.host, path) for path in _way(site, grove.chains[place])}
        column = grove.chains[place][-1]
        if all(one.door is Door.OPEN for one in grove.chains[place]):
            wanted |= {(site.host, path) for path in _inside(duty, column)}
    return len(wanted)


def _entry(site: Site, grove: Grove) -> set[Address]:
    if site.root == "portal":
        return set()
    index = index_path(grove, "部门" if site.seat.organ.kind in ("department", "institution") else "镇街")
    if site.door == "unlisted":
        return {(0, index)}
    entry: set[Address] = {(0, index), (site.host, site.front)}
    return entry | ({(site.host, "/robots.txt")} if site.host else set())


def _way(site: Site, chain: Sequence[Column]) -> list[str]:
    """Pages to be fetched from the start page to the last column that its door lets reach."""
    fetched: list[str] = []
    shown_depth = site.menu_depth if site.root != "portal" else 2
    for number, column in enumerate(chain, start=1):
        if column.door in (Door.NOT_OFFERED, Door.OFFSITE) or column.refusal == "robots":
            break
        if number == len(chain) or _depth(column) >= shown_depth:
            fetched += _landing(column)
            shown_depth = max(shown_depth, _depth(block_of(column)) + 3)
    return fetched


def _depth(column: Column) -> int:
    depth = 0
    at = column
    while at.parent is not None:
        depth += 1
        at = at.parent
    return depth


def _landing(column: Column) -> list[str]:
    """Addresses that a visitor of the column's link goes through; 法定主动公开内容 is linked to its first child."""
    if column.shape is not Shape.MENU:
        return [column.folder]
    return [column.entry.folder] if column.label == "法定主动公开内容" else [column.folder, column.entry.folder]


def _inside(duty: Obligation, column: Column) -> list[str]:
    """Pages within a column that its expectations need beside its first."""
    checks = {one.check_id for one in duty.requirement.expectations}
    if column.shape is Shape.BLOCKS:
        return [child.folder for child in column.children if child.door is Door.OPEN and not child.articles]
    newest = column.newest
    if newest is None or column.shape is not Shape.LIST or not checks & _NEEDS_ARTICLE:
        return []
    paths = [newest.path]
    if "interpretation.linked_both_ways" in checks:
        paths += [policy.path for _, policy in newest.related]
    if "media.resources_answer" in checks:
        paths += [one.path for one in newest.resources]
    return paths
