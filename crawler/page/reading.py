"""Reading: bytes of one arrival in, a ``Page`` out; two parsers, no fetching, no opinion about duties."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from catalog.spelling import fold
from crawler.cms import ADAPTERS, Adapter
from crawler.page.addressing import absolute
from crawler.page.attaching import attachments_of, images_of, media_of, tables_of
from crawler.page.belonging import column_of, headed
from crawler.page.dating import address_day, parse_day
from crawler.page.decoding import decode
from crawler.page.face import Face, face_of, notes_of
from crawler.page.growing import grow_lexbor
from crawler.page.inserting import (
    PROGRAM_FILE,
    fragment_frames,
    is_program_file,
    is_told,
    loaded_parts,
    menu_files,
    wrapped,
)
from crawler.page.linking import Anchor
from crawler.page.listing import rows_of
from crawler.page.menus import links_of
from crawler.page.page import Ask, Block, Page, PageLink, Pager, Zone
from crawler.page.paging import pager_of
from crawler.page.redirecting import redirect_of
from crawler.page.region import lines_of
from crawler.page.scripting import expand, programs
from crawler.page.second_opinion import second_opinion
from crawler.page.seeking import search_form
from crawler.page.shape import QUIET, Evidence, is_empty_beside, notice_of, shape_of
from crawler.page.sight import Sight, bare_length, look, subcolumns_of
from crawler.page.source import Source, is_markup, is_record, prepare, program_ends_within
from crawler.page.tags import title_of
from crawler.page.templating import Scripted, scripted_parts
from crawler.page.titling import Setting, bare, heading_of
from crawler.page.tree import Element
from crawler.page.yearing import with_years
from ledger.observation import ColumnShape, Link
from ledger.work import Arrival, VisitKind

_WIDGETS = re.compile(
    r"weather|tianqi|login|visit|count|hits|share|search|jiucuo|conac|webwidget|qrcode", re.IGNORECASE
)
_RELATED = re.compile(r"相关|解读|原文|文件链接|延伸")


def read_page(arrival: Arrival, adapters: Sequence[Adapter] = ADAPTERS) -> Page:
    """Read an archived answer; hostile bytes give a poor page, never an exception.

    Args:
        arrival: the answer as archived.
        adapters: those that may take the page by a mark in it.
    """
    if is_part(arrival) and is_program_file(arrival.url, arrival.header("Content-Type")):
        return _read_program(arrival)
    if not is_markup(arrival.body) and not is_record(arrival.body):
        return _unread(arrival)
    decoded = decode(arrival.body, arrival.header("Content-Type"))
    source = prepare(decoded.text, arrival.visit.url if is_part(arrival) else arrival.url, adapters, arrival.visit.body)
    if not source.adapter and is_record(arrival.body):
        return _unread(arrival)
    # What a service gives stands in the page that asked for it: its addresses are written for that page.
    url = arrival.visit.referrer if is_part(arrival) and arrival.visit.referrer else arrival.url
    root, complete = grow_lexbor(source.unfolded.source)
    expand(root, grow_lexbor)
    sight = look(root, url)
    labels, second_rows = second_opinion(source.unfolded.source, url, sight)
    whole = complete and not source.cut
    return _Composer(arrival, source, sight, whole).page(labels, second_rows, decoded.charset, decoded.replaced)


def _read_program(arrival: Arrival) -> Page:
    """What a program file writes into the page that names it."""
    text = decode(arrival.body, arrival.header("Content-Type")).text
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    page = replace(arrival, url=f"{arrival.url}.html", headers=headers, body=wrapped(text).encode("utf-8", "replace"))
    read = read_page(page, ())
    whole, told = not program_ends_within(text), is_told(text)
    return replace(
        read, url=arrival.url, whole=whole, menu_by_script=not told, list_by_script=False, adapter=PROGRAM_FILE
    )


def _unread(arrival: Arrival) -> Page:
    return Page(arrival.url, arrival.snapshot_id, arrival.fetched_at, address_date=address_day(arrival.url))


def is_part(arrival: Arrival) -> bool:
    """Whether an answer is a part of the page that asked a service for it."""
    return arrival.visit.kind is VisitKind.ASK


def _with_blocks(links: tuple[PageLink, ...], blocks: Sequence[Block]) -> tuple[PageLink, ...]:
    """The links, and the sub-columns that only a heading beside 更多 names: an empty one has no list below it."""
    known = {fold(link.label) for link in links}
    group = max((link.group for link in links), default=0) + 1
    unnamed = [block for block in blocks if block.url and fold(block.label) not in known]
    return links + tuple(PageLink(block.label, block.url, zone=Zone.MAIN, group=group) for block in unnamed)


class _Composer:
    """Puts together the page from what the first parser saw."""

    def __init__(self, arrival: Arrival, source: Source, sight: Sight, whole: bool) -> None:
        self.arrival = arrival
        self.source = source
        self.sight = sight
        self.whole = whole
        self.shown = sight.root.text()
        self.title = title_of(sight.root)
        self.loaded = loaded_parts(sight.root, sight.base, arrival.url)
        self.scripted = self._scripted()
        self.pager = self._pager()

    def _scripted(self) -> Scripted:
        sight = self.sight
        start = sight.region.start
        parts = scripted_parts(sight.root, sight.menus, len(self.shown), start, frozenset(self.loaded[0]))
        unfolded = self.source.unfolded
        menu = (parts.menu and not unfolded.menu_whole) or unfolded.menu_unread
        return Scripted(menu, parts.list or unfolded.list_unread, parts.asks, parts.shell)

    def _pager(self) -> Pager:
        unfolded = self.source.unfolded
        shown = "" if self.sight.article else self.shown
        generic = pager_of(self.sight.menus, self.arrival.url, shown, self.sight.choices)
        asks = self._asks(unfolded.page_asks)
        if unfolded.total is None and not unfolded.pages_unknown and not asks:
            return generic
        pages = tuple(address for page in unfolded.pages if (address := absolute(self.sight.base, page)))
        # Where the number of pages is known there are none but those told: a program may write a link beyond the last.
        told = bool(asks) or (unfolded.total is not None and not unfolded.pages_unknown)
        known = pages or (() if told else generic.others)
        return Pager(unfolded.total or generic.total, known, unfolded.pages_unknown and not known and not asks, asks)

    def _asks(self, asks: Sequence[Ask]) -> tuple[Ask, ...]:
        base = self.sight.base
        return tuple(Ask(url, ask.method, ask.body) for ask in asks if (url := absolute(base, ask.url)))

    def page(self, labels: frozenset[str], second_rows: int, charset: str, replaced: bool) -> Page:
        """The page of facts."""
        sight, arrival = self.sight, self.arrival
        zones = self._zones()
        face = self._face()
        links = _with_blocks(links_of(sight.menus, zones), sight.blocks)
        notice = notice_of(sight.region)
        tables = tables_of(sight.holder.walk() if sight.article and sight.holder else sight.region.elements())
        shape = self._shape(len(links), len(tables), notice, replaced)
        rows = with_years(rows_of(sight.main)) if sight.main is not None else ()
        inside = [anchor for anchor in sight.menus.anchors if zones.get(id(anchor.element)) is Zone.MAIN]
        body = self._body()
        redirect = redirect_of(sight.root, arrival.url, sight.base, self.shown, len(links))
        list_unread = self.scripted.list and not rows and not sight.article and not sight.blocks
        return Page(
            url=arrival.url,
            snapshot_id=arrival.snapshot_id,
            seen_at=arrival.fetched_at,
            title=self.title,
            heading=face.title,
            tags=sight.tags,
            links=links,
            breadcrumb=sight.entries,
            redirect_to=redirect,
            frames=self._frames(),
            empty_beside_frames=not redirect and self._empty_beside_frames(len(links), len(tables), notice, replaced),
            shape=ColumnShape.UNKNOWN if redirect else shape,
            rows=rows,
            blocks=tuple(replace(block, rows=with_years(block.rows)) for block in sight.blocks),
            pager=self.pager,
            empty_notice=notice,
            text=self._text(),
            tables=tables,
            body_links=self._body_links(inside),
            attachments=self._attachments(inside) if not rows else (),
            images=images_of(body, sight.base, [cell.element for cell in sight.main.cells] if sight.main else ()),
            media=media_of(body, sight.root, sight.base),
            displayed_date=face.day,
            tag_date=parse_day(sight.tags.get("PubDate", "")),
            address_date=address_day(arrival.url),
            column=self._column(face),
            index_fields=face.fields,
            menu_by_script=self.scripted.menu and not redirect,
            list_by_script=list_unread and not redirect,
            records=self.source.unfolded.records,
            list_asks=self._asks(self.source.unfolded.list_asks),
            menu_asks=self._asks(self.source.unfolded.menu_asks) or self._menu_files(),
            redirect_asks=() if redirect else self._asks(self.source.unfolded.redirect_asks),
            second_labels=labels,
            second_row_count=second_rows,
            charset=charset,
            replaced=replaced,
            whole=self.whole,
            adapter=self.source.adapter,
            adapter_mark=self.source.mark,
            search=search_form(self.sight.root, self.sight.base, charset),
        )

    def _shape(self, links: int, tables: int, notice: str, replaced: bool) -> ColumnShape:
        sight = self.sight
        if sight.tagged and not sight.article:
            return ColumnShape.UNKNOWN
        if is_part(self.arrival) or is_record(self.arrival.body):
            return self._shape_of_answer(replaced)
        if (
            self.source.unfolded.records == 0
            and sight.listed
            and not tables
            and self._is_sound(links, notice, replaced)
        ):
            return ColumnShape.EMPTY
        if sight.article and tables and not sight.tagged and self._mostly_tables():
            return ColumnShape.TABLE
        return shape_of(self._evidence(links, tables, replaced), sight.region, sight.menus, notice)

    def _evidence(self, links: int, tables: int, replaced: bool) -> Evidence:
        sight = self.sight
        return Evidence(
            closed=self.whole and self.source.closed,
            links=links,
            crumb=sight.entries,
            rows=len(sight.main.cells) if sight.main is not None else 0,
            blocks=len(sight.blocks),
            subcolumns=len(subcolumns_of(sight, self.arrival.url)),
            tables=tables,
            article=sight.article,
            scripted_list=self.scripted.list,
            asks=self.scripted.asks,
            pager_total=self.pager.total,
            pager_more=bool(self.pager.others or self.pager.asks) or self.pager.by_script,
            frames=len(self._frames()),
            replaced=replaced,
        )

    def _empty_beside_frames(self, links: int, tables: int, notice: str, replaced: bool) -> bool:
        sight, frames = self.sight, self._frame_elements()
        if not frames or is_part(self.arrival) or sight.tagged or sight.listed:
            return False
        return is_empty_beside(self._evidence(links, tables, replaced), sight.region, sight.menus, notice, frames)

    def _is_sound(self, links: int, notice: str, replaced: bool) -> bool:
        """The page is whole, closed, offers other things and says little else, as one must that is called empty."""
        whole = self.whole and self.source.closed and links >= 5 and not replaced and not self._frames()
        return whole and bare_length(self.sight) <= QUIET + len(notice)

    def _shape_of_answer(self, replaced: bool) -> ColumnShape:
        """Of what a service gave: empty only where the service itself counts no entries."""
        if self.sight.main is not None:
            return ColumnShape.LIST
        none = self.source.unfolded.records == 0 and self.whole and not replaced
        return ColumnShape.EMPTY if none else ColumnShape.UNKNOWN

    def _mostly_tables(self) -> bool:
        holder = self.sight.holder
        if holder is None:
            return False
        tabled = sum(len(table.text()) for table in holder.walk() if table.tag == "table")
        return tabled >= 0.6 * max(len(holder.text()), 1)

    def _zones(self) -> dict[int, Zone]:
        sight = self.sight
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

    def _body(self) -> list[Element]:
        sight = self.sight
        if sight.article and sight.holder is not None:
            return list(sight.holder.walk())
        return sight.region.elements() if sight.region.anchored else []

    def _face(self) -> Face:
        sight, region = self.sight, self.sight.region
        if not sight.article and not sight.tagged:
            return Face(heading_of(sight.root, region.start, self.title))
        site = sight.tags.get("SiteName", "")
        names = {entry.label for entry in sight.entries if not self.title.startswith(entry.label)} | {site}
        holder = sight.holder if sight.article else None
        tagged = sight.tags.get("ArticleTitle", "")
        setting = Setting(region.start, holder, self.title, frozenset(map(bare, names)), tagged)
        lines, days = notes_of(sight.root, region.start, region.end, holder, sight.listings)
        return face_of(sight.root, setting, lines, days)

    def _column(self, face: Face) -> str:
        sight, site = self.sight, self.sight.tags.get("SiteName", "")
        title = face.title if sight.article or sight.tagged else ""
        found = column_of(sight.entries, sight.menus.anchors, self.arrival.url, title)
        if found or not (sight.article or sight.tagged):
            return found
        return headed(sight.root, sight.region.start, face.place, frozenset((bare(site), bare(self.title))))

    def _text(self) -> str:
        sight = self.sight
        if sight.article and sight.holder is not None:
            return lines_of("".join(sight.holder.pieces()))
        cells = tuple(cell.element for listing in sight.others for cell in listing.cells)
        region = sight.region
        return replace(region, left_out=(*region.left_out, *cells)).text() if cells else region.text()

    def _body_links(self, inside: list[Anchor]) -> tuple[Link, ...]:
        sight = self.sight
        rows = {id(cell.anchor) for cell in sight.main.cells} if sight.main is not None else set()
        if sight.article and sight.holder is not None:
            holder = sight.holder
            inside = [anchor for anchor in inside if holder.holds(anchor.element) or self._related(anchor)]
        return tuple(Link(anchor.label, anchor.url) for anchor in inside if anchor.url and id(anchor) not in rows)

    def _related(self, anchor: Anchor) -> bool:
        owner = self.sight.menus.owner.get(id(anchor.element))
        return owner is not None and bool(_RELATED.search(owner.label))

    def _attachments(self, inside: list[Anchor]) -> tuple[Link, ...]:
        sight = self.sight
        sources = programs(sight.root) if sight.article else ()
        return attachments_of(self._hanging(inside), sight.root.order, sight.base, sources, sight.region.start)

    def _hanging(self, inside: list[Anchor]) -> list[Anchor]:
        """Anchors that may be attachments: of the whole page but for footers and menus where it is an article."""
        if not self.sight.article:
            return inside
        feet = self.sight.feet
        return [anchor for anchor in self.sight.menus.anchors if not any(foot.holds(anchor.element) for foot in feet)]

    def _frame_elements(self) -> list[Element]:
        sight = self.sight
        return [
            element
            for element in sight.root.order
            if element.tag in ("iframe", "frame")
            and not element.hidden
            and not any(foot.holds(element) for foot in sight.feet)
            and (address := absolute(sight.base, element.get("src")))
            and not _WIDGETS.search(address)
        ]

    def _frames(self) -> tuple[str, ...]:
        sight = self.sight
        framed = tuple(absolute(sight.base, element.get("src")) for element in self._frame_elements())
        beside = (*fragment_frames(sight.root, sight.base), *self.loaded[1])
        return framed + tuple(one for one in dict.fromkeys(beside) if one not in framed and not _WIDGETS.search(one))

    def _menu_files(self) -> tuple[Ask, ...]:
        """Files that write or hold a menu, where nothing else that a browser would run makes it."""
        if self.scripted.menu and not self.scripted.shell:
            return ()
        files = menu_files(self.sight.root, self.sight.base, self.arrival.url)
        return tuple(Ask(address) for address in dict.fromkeys((*self.loaded[0].values(), *files)))
