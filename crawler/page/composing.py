"""Composing: the page of facts put together from what was seen."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.page.attaching import attachments_of, images_of, media_of, tables_of
from crawler.page.belonging import column_of, headed
from crawler.page.dating import address_day, parse_day
from crawler.page.face import Face, face_of, notes_of
from crawler.page.linking import Anchor
from crawler.page.listing import rows_of
from crawler.page.material import Material
from crawler.page.menus import links_of
from crawler.page.page import Page, Zone
from crawler.page.redirecting import redirect_of
from crawler.page.region import lines_of
from crawler.page.scripting import programs
from crawler.page.seeking import search_form
from crawler.page.shape import is_of_notice, notice_of
from crawler.page.shaping import empty_beside_frames, shape_seen
from crawler.page.titling import Setting, bare, heading_of
from crawler.page.tree import Element
from crawler.page.yearing import with_years
from crawler.page.zoning import with_blocks, zones_of
from ledger.observation import ColumnShape, Link

_RELATED = re.compile(r"相关|解读|原文|文件链接|延伸")


def compose(material: Material, labels: frozenset[str], second_rows: int, charset: str) -> Page:
    """The page of facts; ``labels`` are names of links as the second parser sees them, ``second_rows`` its rows."""
    sight, arrival = material.sight, material.arrival
    zones = zones_of(sight)
    face = _face(material)
    links = with_blocks(links_of(sight.menus, zones), sight.blocks)
    notice = notice_of(sight.region)
    tables = tables_of(sight.holder.walk() if sight.article and sight.holder else sight.region.elements())
    shape = shape_seen(material, len(links), len(tables), notice)
    rows = with_years(rows_of(sight.main)) if sight.main is not None else ()
    inside = [anchor for anchor in sight.menus.anchors if zones.get(id(anchor.element)) is Zone.MAIN]
    body = _body(material)
    pictured = [one for one in body if one.tag != "img" or not notice or not is_of_notice(one)]
    redirect = redirect_of(sight.root, arrival.url, sight.base, material.shown, len(links))
    list_unread = material.scripted.list and not rows and not sight.article and not sight.blocks
    return Page(
        url=arrival.url,
        snapshot_id=arrival.snapshot_id,
        seen_at=arrival.fetched_at,
        title=material.title,
        heading=face.title,
        tags=sight.tags,
        links=links,
        breadcrumb=sight.entries,
        redirect_to=redirect,
        frames=material.frames(),
        empty_beside_frames=not redirect and empty_beside_frames(material, len(links), len(tables), notice),
        shape=ColumnShape.UNKNOWN if redirect else shape,
        rows=rows,
        blocks=tuple(replace(block, rows=with_years(block.rows)) for block in sight.blocks),
        pager=material.pager,
        empty_notice=notice,
        text=_text(material),
        tables=tables,
        body_links=_body_links(material, inside),
        attachments=_attachments(material, inside) if not rows else (),
        images=images_of(pictured, sight.base, [cell.element for cell in sight.main.cells] if sight.main else ()),
        media=media_of(body, sight.root, sight.base),
        displayed_date=face.day,
        tag_date=parse_day(sight.tags.get("PubDate", "")),
        address_date=address_day(arrival.url),
        column=_column(material, face),
        index_fields=face.fields,
        menu_by_script=material.scripted.menu and not redirect,
        list_by_script=list_unread and not redirect,
        records=material.source.unfolded.records,
        list_asks=material.asks(material.source.unfolded.list_asks),
        menu_asks=material.asks(material.source.unfolded.menu_asks) or material.menu_files(),
        redirect_asks=() if redirect else material.asks(material.source.unfolded.redirect_asks),
        second_labels=labels,
        second_row_count=second_rows,
        charset=charset,
        replaced=material.replaced,
        whole=material.whole,
        adapter=material.source.adapter,
        adapter_mark=material.source.mark,
        search=search_form(material.sight.root, material.sight.base, charset),
    )


def _body(material: Material) -> list[Element]:
    sight = material.sight
    if sight.article and sight.holder is not None:
        return list(sight.holder.walk())
    return sight.region.elements() if sight.region.anchored else []


def _face(material: Material) -> Face:
    sight, region = material.sight, material.sight.region
    if not sight.article and not sight.tagged:
        return Face(heading_of(sight.root, region.start, material.title))
    site = sight.tags.get("SiteName", "")
    names = {entry.label for entry in sight.entries if not material.title.startswith(entry.label)} | {site}
    holder = sight.holder if sight.article else None
    tagged = sight.tags.get("ArticleTitle", "")
    setting = Setting(region.start, holder, material.title, frozenset(map(bare, names)), tagged)
    lines, days = notes_of(sight.root, region.start, region.end, holder, sight.listings)
    return face_of(sight.root, setting, lines, days)


def _column(material: Material, face: Face) -> str:
    sight, site = material.sight, material.sight.tags.get("SiteName", "")
    title = face.title if sight.article or sight.tagged else ""
    found = column_of(sight.entries, sight.menus.anchors, material.arrival.url, title)
    if found or not (sight.article or sight.tagged):
        return found
    return headed(sight.root, sight.region.start, face.place, frozenset((bare(site), bare(material.title))))


def _text(material: Material) -> str:
    sight = material.sight
    if sight.article and sight.holder is not None:
        return lines_of("".join(sight.holder.pieces()))
    cells = tuple(cell.element for listing in sight.others for cell in listing.cells)
    region = sight.region
    return replace(region, left_out=(*region.left_out, *cells)).text() if cells else region.text()


def _body_links(material: Material, inside: list[Anchor]) -> tuple[Link, ...]:
    sight = material.sight
    rows = {id(cell.anchor) for cell in sight.main.cells} if sight.main is not None else set()
    if sight.article and sight.holder is not None:
        holder = sight.holder
        inside = [anchor for anchor in inside if holder.holds(anchor.element) or _related(material, anchor)]
    return tuple(Link(anchor.label, anchor.url) for anchor in inside if anchor.url and id(anchor) not in rows)


def _related(material: Material, anchor: Anchor) -> bool:
    owner = material.sight.menus.owner.get(id(anchor.element))
    return owner is not None and bool(_RELATED.search(owner.label))


def _attachments(material: Material, inside: list[Anchor]) -> tuple[Link, ...]:
    sight = material.sight
    sources = programs(sight.root) if sight.article else ()
    return attachments_of(_hanging(material, inside), sight.root.order, sight.base, sources, sight.region.start)


def _hanging(material: Material, inside: list[Anchor]) -> list[Anchor]:
    """Anchors that may be attachments: of the whole page but for footers and menus where it is an article."""
    if not material.sight.article:
        return inside
    feet = material.sight.feet
    return [anchor for anchor in material.sight.menus.anchors if not any(foot.holds(anchor.element) for foot in feet)]
