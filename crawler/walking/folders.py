"""Folders (单位文件夹): sub-columns of a shared column that bear an organ's name, at whatever depth they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from catalog.spelling import fold
from crawler.page.page import Page, Zone
from crawler.page.paging import is_paging
from crawler.walking.bearings import Bearings, same_address
from crawler.walking.indexing import menu_index
from crawler.walking.places import is_one_organ, own_entries
from crawler.walking.streams import Asked
from ledger.observation import Link, Row

MOST_FOLDERS = 60
"""No district has more organs that share a column."""

_BEYOND = 8
"""A folder's label holds the organ's name and little else (区财政局预决算公开)."""


def unmet_names(asked: Asked, rows: Sequence[Row]) -> frozenset[str]:
    """Folded names of the organs that share the column and of which no row was seen yet."""
    open_seekers = (
        one for one in asked.seekers if one.wanted.organ_names and not Asked(asked.needs, (one,)).is_met(rows)
    )
    return frozenset(fold(name) for one in open_seekers for name in one.wanted.organ_names if len(fold(name)) >= 2)


def folders_on(
    bearings: Bearings, page: Page, names: frozenset[str], known: Iterable[str], ways: Sequence[str], label: str
) -> list[Link]:
    """Links of a column's page that are an organ's folder: below it in its menu, or rows without a date.

    A list of departments beside the column (部门链接) leads to their own pages, not to what they put into the column.

    Args:
        names: folded names of the organs whose folders matter.
        known: addresses that were read already.
        ways: addresses by which the page was reached, and ``label`` the column's name on it.
    """
    if not names:
        return []
    rows = {row.url: row.published_on for row in page.rows}
    shelves = {block.url for block in page.blocks}
    below = menu_index(page.links).below(own_entries(page, (label,) if label else (), tuple(ways)))
    read = tuple(known)
    found: dict[str, Link] = {}
    for index, link in enumerate(page.links):
        if not link.url or rows.get(link.url) is not None or link.zone in (Zone.BREADCRUMB, Zone.FOOTER):
            continue
        if index not in below and link.url not in rows and link.url not in shelves:
            continue
        if not _is_folder(fold(link.label), names) or bearings.is_frame(page.url, link.url):
            continue
        if link.url in found or any(same_address(link.url, other) for other in read):
            continue
        found[link.url] = Link(link.label, link.url)
    return list(found.values())[:MOST_FOLDERS]


def _is_folder(label: str, names: frozenset[str]) -> bool:
    return any(name in label and len(label) <= len(name) + _BEYOND for name in names)


def below_of(page: Page, label: str, ways: Iterable[str]) -> list[Link]:
    """Sub-columns that a sub-column's own page offers below it, in page order.

    Left out are folders of single organs, and the buttons of a pager, which may stand below the list's heading.
    """
    entries = own_entries(page, (label,), tuple(ways))
    rows = {row.url for row in page.rows}
    offered = [page.links[index] for index in menu_index(page.links).below(entries)]
    found = {link.url: Link(link.label, link.url) for link in offered if link.url and link.url not in rows}
    found |= {block.url: Link(block.label, block.url) for block in page.blocks if block.url}
    return [link for link in found.values() if not is_one_organ(fold(link.label)) and not is_paging(link.label)]
