"""Holding a leaf: what a column that was found holds, as far as its obligations want it seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.spelling import fold
from crawler.page.page import Page
from crawler.plan import PORTAL, Leaf
from crawler.walking.bearings import Bearings, same_address
from crawler.walking.landing import land
from crawler.walking.opening import open_articles
from crawler.walking.places import Place, nested
from crawler.walking.scheduling import Course, look
from crawler.walking.searching import Outcome
from crawler.walking.streams import LIST_PAGES, Asked, Stream, read_on, stream_of
from ledger.observation import ColumnShape, Link, ListingObservation, Need, Observation
from ledger.reason import Reason

TEXT = 20_000
FRAMES = 2
_HOLDING = (ColumnShape.LIST, ColumnShape.ARTICLE, ColumnShape.TABLE)


@dataclass(frozen=True, slots=True)
class Child:
    """Child (下级栏目) as read: its label, shape and list; ``stream`` is None when it could not be read."""

    label: str
    shape: ColumnShape
    stream: Stream | None = None
    fault: Reason | None = None


def hold_leaf(
    bearings: Bearings, leaf: Leaf, outcome: Outcome, found_in: frozenset[str]
) -> Course[tuple[Observation, ...]]:
    """Observations of a leaf's content: its listing, the articles that are wanted and their attachments.

    Args:
        found_in: roots at which the same column was found; obligations whose first choice is one of them do not want
            this list read deeper.
    """
    place = outcome.places[0]
    page, fault = yield from _with_frames(bearings, place.page)
    children = _children(outcome, page)
    shape, reason = _shape(page, bool(children), fault)
    asked = _asked(bearings, leaf, found_in)
    own = stream_of(page, "")
    read: list[Child] = []
    if children and (Need.SUBCOLUMNS in asked.needs or shape is ColumnShape.SUBCOLUMNS):
        read = yield from _read_children(bearings, page, own, children)
    streams = [own, *(child.stream for child in read if child.stream is not None)]
    _add_blocks(page, own, {child.label for child in read if child.stream is not None})
    yield from read_on(bearings, streams, asked)
    listing = _observe(bearings, leaf, page, shape, reason, children, read, streams)
    articles = yield from open_articles(bearings, leaf, page, listing, asked)
    return (listing, *articles)


def _asked(bearings: Bearings, leaf: Leaf, found_in: frozenset[str]) -> Asked:
    seekers = tuple(
        seeker
        for seeker in leaf.seekers
        if (seeker.wanted.sought or seeker.wanted.organ_names) and seeker.unless_found not in found_in
    )
    if bearings.root != PORTAL:
        # On an organ's own page everything is the organ's.
        seekers = tuple(replace(one, wanted=replace(one.wanted, organ_names=())) for one in seekers)
    return Asked(leaf.wanted.needs, seekers)


def _with_frames(bearings: Bearings, page: Page) -> Course[tuple[Page, Reason | None]]:
    """The page, or the frame that holds what the page itself does not show."""
    if page.shape in (*_HOLDING, ColumnShape.SUBCOLUMNS) or page.rows or not page.frames:
        return page, None
    fault = None
    for address in page.frames[:FRAMES]:
        if not bearings.inside(address):
            continue
        seen = yield from look(bearings.page(address, page.url))
        if not isinstance(seen.page, Page):
            fault = fault or (seen.page.reason if seen.page else Reason.INTERNAL)
        elif seen.page.shape in _HOLDING:
            return seen.page, None
    return page, fault


def _children(outcome: Outcome, page: Page) -> tuple[Link, ...]:
    """Sub-columns: entries directly below the leaf in a menu, else the page's blocks."""
    found: dict[str, Link] = {}
    for place in (outcome.places[0], outcome.menu):
        if place is not None and not found:
            found = _below(place)
    for block in page.blocks:
        if block.label and not any(fold(block.label) == fold(label) for label in found):
            found[block.label] = Link(block.label, block.url)
    return tuple(found.values())


def _below(place: Place) -> dict[str, Link]:
    links = place.page.links
    rows = {row.url for row in place.page.rows}
    found: dict[str, Link] = {}
    for index, depth in nested(place.page, place.entries).items():
        link = links[index]
        if depth == 0 and link.label and link.url not in rows and link.label not in found:
            found[link.label] = Link(link.label, link.url)
    return found


def _shape(page: Page, has_children: bool, fault: Reason | None) -> tuple[ColumnShape, Reason | None]:
    """Shape of the column, and why it is unknown; empty is only a whole page that both parsers see empty."""
    shape = page.shape
    if page.list_by_script and not page.rows:
        return ColumnShape.UNKNOWN, Reason.NEEDS_BROWSER
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


def _read_children(bearings: Bearings, page: Page, own: Stream, children: Sequence[Link]) -> Course[list[Child]]:
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
            read.append(Child(child.label, _shape(page, False, None)[0]))
        elif number >= LIST_PAGES:
            read.append(Child(child.label, ColumnShape.UNKNOWN, None, Reason.BUDGET))
        else:
            read.append((yield from _read_child(bearings, page, child)))
    return read


def _read_child(bearings: Bearings, page: Page, child: Link) -> Course[Child]:
    if not bearings.inside(child.url):
        return Child(child.label, ColumnShape.UNKNOWN, None, Reason.REDIRECT_OFFSITE)
    landing = yield from land(bearings, child.url, page.url)
    if landing.page is None or landing.at_home or landing.offsite:
        fault = landing.refused.reason if landing.refused else Reason.SOFT_404
        return Child(child.label, ColumnShape.UNKNOWN, None, fault)
    shown, fault_or_none = yield from _with_frames(bearings, landing.page)
    shape, reason = _shape(shown, False, fault_or_none)
    stream = stream_of(shown, child.label, child.url)
    _add_blocks(shown, stream, set())
    return Child(child.label, shape, stream, reason)


def _add_blocks(page: Page, stream: Stream, read: set[str]) -> None:
    """Rows of the page's blocks, except of those whose own pages were read."""
    known = {(row.title, row.url) for row in stream.rows}
    for block in page.blocks:
        if block.label in read:
            continue
        child = stream.child or block.label
        rows = [replace(row, child=child) for row in block.rows if (row.title, row.url) not in known]
        stream.rows.extend(rows)
        known |= {(row.title, row.url) for row in rows}


def _observe(
    bearings: Bearings,
    leaf: Leaf,
    page: Page,
    shape: ColumnShape,
    reason: Reason | None,
    children: Sequence[Link],
    read: Sequence[Child],
    streams: Sequence[Stream],
) -> ListingObservation:
    labels = {child.label for child in read}
    unread_blocks = any(block.url and block.label not in labels for block in page.blocks)
    faults = [reason, *(stream.fault for stream in streams), *(child.fault for child in read)]
    first = next((fault for fault in faults if fault is not None), None)
    whole = first is None and all(stream.is_whole for stream in streams) and not unread_blocks
    pages = [one for stream in streams for one in stream.pages]
    return ListingObservation(
        root=bearings.root,
        steps=leaf.labels,
        url=page.url,
        snapshot_ids=tuple(dict.fromkeys(one.snapshot_id for one in pages)),
        seen_at=page.seen_at,
        shape=shape,
        rows=tuple(row for stream in streams for row in stream.rows),
        whole=whole and shape is not ColumnShape.UNKNOWN,
        pages_read=sum(len(stream.pages) for stream in streams),
        pages_offered=page.pager.total,
        children=tuple(children),
        child_shapes=tuple((child.label, child.shape) for child in read),
        text=page.text[:TEXT],
        tables=page.tables,
        attachments=page.attachments,
        images=page.images,
        media=page.media,
        reason=first,
    )


def listing_failed(bearings: Bearings, leaf: Leaf, outcome: Outcome) -> tuple[Observation, ...]:
    """What stands in a column's place when reading it failed by our own fault."""
    page = outcome.places[0].page
    return (
        ListingObservation(
            bearings.root,
            leaf.labels,
            page.url,
            (page.snapshot_id,),
            page.seen_at,
            ColumnShape.UNKNOWN,
            reason=Reason.INTERNAL,
        ),
    )
