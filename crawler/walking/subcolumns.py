"""Sub-columns (下级栏目): their lists are read, one level down, and deeper where an organ's folder is sought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.page.page import Page
from crawler.walking.asking import Filled, fill_list
from crawler.walking.bearings import Bearings, same_address
from crawler.walking.folders import below_of, folders_on, unmet_names
from crawler.walking.landing import land
from crawler.walking.rendering import why_untold, with_shown_list
from crawler.walking.scheduling import Course, look
from crawler.walking.streams import LIST_PAGES, Asked, Stream, stream_of
from ledger.observation import ColumnShape, Link
from ledger.reason import Reason

FRAMES = 2
MENU_LINKS = 3
HOLDING = (ColumnShape.LIST, ColumnShape.ARTICLE, ColumnShape.TABLE)
MOST_BELOW = 12
"""Sub-columns of sub-columns (部门预决算 > 2021年) that are read for an organ whose rows were not seen."""


@dataclass(frozen=True, slots=True)
class Child:
    """Child (下级栏目) as read: its label, shape and list; ``stream`` is None when it could not be read."""

    label: str
    shape: ColumnShape
    stream: Stream | None = None
    fault: Reason | None = None


def shown_of(bearings: Bearings, page: Page) -> Course[Filled]:
    """The page with the list that its services give, or the frame that holds what the page itself does not show."""
    filled = yield from fill_list(bearings, page)
    if filled.page.list_by_script and not filled.page.rows:
        shown = yield from with_shown_list(bearings, replace(filled.page, list_asks=()))
        if shown.seen_by:
            return Filled(shown, None, filled.answers)
    if filled.page.shape in (*HOLDING, ColumnShape.SUBCOLUMNS) or filled.page.rows or not page.frames:
        return filled
    fault = filled.fault
    read: list[Filled] = []
    for address in page.frames[:FRAMES]:
        if not bearings.inside(address):
            continue
        seen = yield from look(bearings.page(address, page.url))
        if not isinstance(seen.page, Page):
            fault = fault or (seen.page.reason if seen.page else Reason.INTERNAL)
            continue
        framed = yield from fill_list(bearings, seen.page)
        if framed.page.shape in HOLDING:
            return framed
        read.append(framed)
        fault = fault or framed.fault
    empty = _empty_frame(page, read) if fault is None else None
    return empty or replace(filled, fault=fault)


def _empty_frame(page: Page, read: Sequence[Filled]) -> Filled | None:
    """What is empty where every frame was read and none shows or hides a list: one frame, or the page beside menus."""
    empty = [one for one in read if one.page.shape is ColumnShape.EMPTY]
    others = [one.page for one in read if one.page.shape is not ColumnShape.EMPTY]
    if len(read) < len(page.frames) or len(empty) > 1 or page.list_by_script or not page.whole:
        return None
    told = all(
        one.shape is ColumnShape.UNKNOWN and one.whole and not one.rows and not one.list_by_script and not one.frames
        for one in others
    )
    if not told or empty:
        return empty[0] if told else None
    menus = page.empty_beside_frames and all(len(one.links) >= MENU_LINKS for one in others)
    return Filled(replace(page, shape=ColumnShape.EMPTY), None, ()) if menus else None


def shape_of(page: Page, has_children: bool, fault: Reason | None) -> tuple[ColumnShape, Reason | None]:
    """Shape of the column, and why it is unknown; empty is only a whole page that both parsers see empty."""
    shape = page.shape
    if page.list_by_script and not page.rows:
        return ColumnShape.UNKNOWN, fault or why_untold(page)
    if page.disagrees and not page.rows:
        return ColumnShape.UNKNOWN, Reason.RENDER_DISAGREE
    if shape in (ColumnShape.EMPTY, ColumnShape.UNKNOWN):
        if fault is not None:
            return ColumnShape.UNKNOWN, fault
        if not page.whole:
            return ColumnShape.UNKNOWN, Reason.TRUNCATED
        if has_children:
            return ColumnShape.SUBCOLUMNS, None
        if page.second_row_count:
            return ColumnShape.UNKNOWN, Reason.PARSER_DISAGREE
        if page.replaced:
            return ColumnShape.UNKNOWN, Reason.ENCODING
    return shape, Reason.AMBIGUOUS if shape is ColumnShape.UNKNOWN else None


def read_children(bearings: Bearings, page: Page, own: Stream, children: Sequence[Link]) -> Course[list[Child]]:
    """The first page of each sub-column."""
    read = []
    for number, child in enumerate(children):
        if not child.url:
            block = next((block for block in page.blocks if block.label == child.label), None)
            shape = ColumnShape.LIST if block and block.rows else ColumnShape.UNKNOWN
            read.append(Child(child.label, shape, None, None if block else Reason.NEEDS_BROWSER))
        elif same_address(child.url, page.url):
            # The column's own link leads to its first child: the list at hand is the child's.
            own.child = child.label
            own.rows[:] = [replace(row, child=child.label) for row in own.rows]
            read.append(Child(child.label, shape_of(page, False, None)[0]))
        elif number >= LIST_PAGES:
            read.append(Child(child.label, ColumnShape.UNKNOWN, None, Reason.BUDGET))
        else:
            read.append((yield from read_child(bearings, page, child)))
    return read


def read_folders(
    bearings: Bearings, page: Page, own: Stream, read: Sequence[Child], children: Sequence[Link], asked: Asked
) -> Course[dict[Link, Child]]:
    """Folders of organs whose rows are looked for and were not seen: below the column, or below its sub-columns.

    Of levels in between (部门预决算 > 2021年) at most twelve are opened; more of them leave the column not whole.
    """
    found: dict[Link, Child] = {}
    streams = [own, *(child.stream for child in read if child.stream is not None)]
    known = [page.url, *(url for stream in streams for url in _ways(stream))]
    shelves = [(stream.child, stream.pages[0], _ways(stream)) for stream in streams]
    below = list(children)
    while shelves:
        for label, shown, ways in shelves:
            for folder in folders_on(bearings, shown, _unmet(asked, streams), known, ways, label):
                known.append(folder.url)
                found[folder] = yield from read_child(bearings, shown, folder)
                streams += [stream for stream in (found[folder].stream,) if stream is not None]
        if not _unmet(asked, streams):
            return found
        below += [link for label, shown, ways in shelves if label for link in below_of(shown, label, ways)]
        below = [link for link in below if link.url and not any(same_address(link.url, other) for other in known)]
        shelves = []
        for link in below[:MOST_BELOW]:
            if len(found) >= MOST_BELOW or any(same_address(link.url, other) for other in known):
                continue
            known.append(link.url)
            found[link] = yield from read_child(bearings, page, link)
            stream = found[link].stream
            if stream is not None:
                streams.append(stream)
                shelves.append((link.label, stream.pages[0], _ways(stream)))
    unread = [link for link in below if not any(same_address(link.url, other) for other in known)]
    if unread:
        found[unread[0]] = Child(unread[0].label, ColumnShape.UNKNOWN, None, Reason.BUDGET)
    return found


def _ways(stream: Stream) -> tuple[str, ...]:
    return tuple(way for way in stream.been if isinstance(way, str))


def _unmet(asked: Asked, streams: Sequence[Stream]) -> frozenset[str]:
    return unmet_names(asked, [row for stream in streams for row in stream.rows if row.published_on is not None])


def read_child(bearings: Bearings, page: Page, child: Link) -> Course[Child]:
    if not bearings.inside(child.url):
        return Child(child.label, ColumnShape.UNKNOWN, None, Reason.REDIRECT_OFFSITE)
    landing = yield from land(bearings, child.url, page.url)
    if landing.page is None or landing.at_home or landing.offsite:
        fault = landing.refused.reason if landing.refused else Reason.SOFT_404
        return Child(child.label, ColumnShape.UNKNOWN, None, fault)
    filled = yield from shown_of(bearings, landing.page)
    shown = filled.page
    has_more = bool(below_of(shown, child.label, (child.url, shown.url)))
    shape, reason = shape_of(shown, has_more, filled.fault)
    stream = stream_of(shown, child.label, child.url, filled.answers)
    add_blocks(shown, stream, set())
    return Child(child.label, shape, stream, reason)


def add_blocks(page: Page, stream: Stream, read: set[str]) -> None:
    """Rows of the page's blocks, except of those whose own pages were read."""
    known = {(row.title, row.url) for row in stream.rows}
    for block in page.blocks:
        if block.label in read:
            continue
        child = stream.child or block.label
        rows = [replace(row, child=child) for row in block.rows if (row.title, row.url) not in known]
        stream.rows.extend(rows)
        known |= {(row.title, row.url) for row in rows}
