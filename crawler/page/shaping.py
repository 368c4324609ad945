"""The shape of the column that a page shows, by what its tree, its programs and services say together."""

from __future__ import annotations

from crawler.page.material import Material, is_part
from crawler.page.shape import QUIET, Evidence, is_empty_beside, shape_of
from crawler.page.sight import bare_length, subcolumns_of
from crawler.page.source import is_record
from ledger.observation import ColumnShape


def shape_seen(material: Material, links: int, tables: int, notice: str) -> ColumnShape:
    """Shape of the column that a page shows.

    Args:
        links: number of links, and ``tables`` of tables in the body.
        notice: the words by which the page says that the column holds nothing.
    """
    sight = material.sight
    if sight.tagged and not sight.article:
        return ColumnShape.UNKNOWN
    if is_part(material.arrival) or is_record(material.arrival.body):
        return _shape_of_answer(material)
    if material.source.unfolded.records == 0 and sight.listed and not tables and _is_sound(material, links, notice):
        return ColumnShape.EMPTY
    if sight.article and tables and not sight.tagged and _mostly_tables(material):
        return ColumnShape.TABLE
    return shape_of(_evidence(material, links, tables), sight.region, sight.menus, notice)


def empty_beside_frames(material: Material, links: int, tables: int, notice: str) -> bool:
    """The page would be empty but for what its frames show; arguments as of ``shape_seen``."""
    sight, frames = material.sight, material.frame_elements()
    if not frames or is_part(material.arrival) or sight.tagged or sight.listed:
        return False
    return is_empty_beside(_evidence(material, links, tables), sight.region, sight.menus, notice, frames)


def _evidence(material: Material, links: int, tables: int) -> Evidence:
    sight = material.sight
    return Evidence(
        closed=material.whole and material.source.closed,
        links=links,
        crumb=sight.entries,
        rows=len(sight.main.cells) if sight.main is not None else 0,
        blocks=len(sight.blocks),
        subcolumns=len(subcolumns_of(sight, material.arrival.url)),
        tables=tables,
        article=sight.article,
        scripted_list=material.scripted.list,
        asks=material.scripted.asks,
        pager_total=material.pager.total,
        pager_more=bool(material.pager.others or material.pager.asks) or material.pager.by_script,
        frames=len(material.frames()),
        replaced=material.replaced,
    )


def _is_sound(material: Material, links: int, notice: str) -> bool:
    """The page is whole, closed, offers other things and says little else, as one must that is called empty."""
    whole = material.whole and material.source.closed and links >= 5 and not material.replaced and not material.frames()
    return whole and bare_length(material.sight) <= QUIET + len(notice)


def _shape_of_answer(material: Material) -> ColumnShape:
    """Of what a service gave: empty only where the service itself counts no entries."""
    if material.sight.main is not None:
        return ColumnShape.LIST
    none = material.source.unfolded.records == 0 and material.whole and not material.replaced
    return ColumnShape.EMPTY if none else ColumnShape.UNKNOWN


def _mostly_tables(material: Material) -> bool:
    holder = material.sight.holder
    if holder is None:
        return False
    tabled = sum(len(table.text()) for table in holder.walk() if table.tag == "table")
    return tabled >= 0.6 * max(len(holder.text()), 1)
