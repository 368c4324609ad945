"""Holding a leaf: what a column that was found holds, as far as its obligations want it seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.spelling import fold
from crawler.page.page import Page
from crawler.page.paging import is_paging
from crawler.plan import PORTAL, Leaf
from crawler.walking.asking import Filled
from crawler.walking.bearings import Bearings, same_address
from crawler.walking.landing import land
from crawler.walking.opening import open_articles
from crawler.walking.places import Place, nested
from crawler.walking.rendering import by_browser, is_careful_leaf
from crawler.walking.scheduling import Course
from crawler.walking.searching import Outcome
from crawler.walking.streams import Asked, Stream, read_on, seeks, stream_of
from crawler.walking.subcolumns import Child, add_blocks, read_children, read_folders, shape_of, shown_of
from ledger.observation import ColumnShape, Link, ListingObservation, Need, Observation
from ledger.reason import Reason

TEXT = 20_000
SHARED_MARK = "window._CONFIG"
"""Mark of an application that shows every column at one address (gkmlpt)."""


def hold_leaf(
    bearings: Bearings, leaf: Leaf, outcome: Outcome, found_in: frozenset[str]
) -> Course[tuple[Observation, ...]]:
    """Observations of a leaf's content: its listing, the articles that are wanted and their attachments.

    Args:
        found_in: roots at which the same column was found; obligations whose first choice is one of them do not want
            this list read deeper.
    """
    place = outcome.places[0]
    filled = yield from _shown(bearings, place)
    page, fault = filled.page, filled.fault
    children = _children(outcome, page)
    shape, reason = shape_of(page, bool(children), fault)
    asked = _asked(bearings, leaf, found_in)
    if _wants_browser(bearings, leaf, page, shape, asked):
        shown = yield from by_browser(bearings, page)
        if isinstance(shown, Page):
            page = shown
            children = _children(outcome, page)
            shape, reason = shape_of(page, bool(children), None)
        elif shape is not ColumnShape.UNKNOWN and is_careful_leaf(bearings, leaf):
            shape, reason = ColumnShape.UNKNOWN, shown.reason
    own = stream_of(page, "", answers=filled.answers)
    read: list[Child] = []
    if children and (Need.SUBCOLUMNS in asked.needs or shape is ColumnShape.SUBCOLUMNS):
        read = yield from read_children(bearings, page, own, children)
    beside = tuple(link for link in outcome.candidates if link.url)
    folders = yield from read_folders(bearings, page, own, read, (*children, *beside), asked)
    read = [*read, *folders.values()]
    children = tuple(dict.fromkeys((*children, *folders)))
    streams = [own, *(child.stream for child in read if child.stream is not None)]
    add_blocks(page, own, {child.label for child in read if child.stream is not None})
    yield from read_on(bearings, streams, asked)
    listing = _observe(bearings, leaf, page, shape, reason, children, read, streams)
    articles = yield from open_articles(bearings, leaf, page, listing, asked)
    return (listing, *articles)


def _wants_browser(bearings: Bearings, leaf: Leaf, page: Page, shape: ColumnShape, asked: Asked) -> bool:
    """Whether a browser is to look at the column's page: what it holds cannot be told, or an accusation hangs on it."""
    if page.seen_by or not bearings.browser:
        return False
    further = page.pager.by_script and not (page.pager.others or page.pager.asks)
    if further and Need.WHOLE_LISTING in asked.needs:
        return True
    return page.scripted and (shape is ColumnShape.UNKNOWN or is_careful_leaf(bearings, leaf))


def _shown(bearings: Bearings, place: Place) -> Course[Filled]:
    """The column's page; where all columns share one page (``#`` and a number), the list that its tree names."""
    page = place.page
    if SHARED_MARK not in page.adapter_mark or page.shape is ColumnShape.ARTICLE:
        return (yield from shown_of(bearings, page))
    # What that page lists, once scripts ran, is its first column, whichever was asked for.
    bare = replace(page, rows=(), blocks=(), scripted=False, shape=ColumnShape.UNKNOWN, list_by_script=True)
    entries = [page.links[index] for index in place.entries]
    urls = {link.url for link in entries if link.from_script and link.url and not same_address(link.url, page.url)}
    if len(urls) == 1 and bearings.inside(min(urls)):
        landing = yield from land(bearings, min(urls), page.url)
        if landing.page is not None and not landing.offsite and not landing.at_home:
            return Filled(landing.page, answers=(page.snapshot_id,))
        return Filled(bare, landing.refused.reason if landing.refused else Reason.SOFT_404)
    if nested(page, place.entries):
        return Filled(replace(bare, shape=ColumnShape.SUBCOLUMNS, list_by_script=False))
    return Filled(bare, Reason.NEEDS_BROWSER)


def _asked(bearings: Bearings, leaf: Leaf, found_in: frozenset[str]) -> Asked:
    seekers = tuple(seeker for seeker in leaf.seekers if seeks(seeker) and seeker.unless_found not in found_in)
    if bearings.root != PORTAL:
        # On an organ's own page everything is the organ's.
        seekers = tuple(replace(one, wanted=replace(one.wanted, organ_names=())) for one in seekers)
    return Asked(leaf.wanted.needs, seekers)


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
        is_column = link.label and link.url not in rows and not is_paging(link.label)
        if depth == 0 and is_column and link.label not in found:
            found[link.label] = Link(link.label, link.url)
    return found


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
    return ListingObservation(
        root=bearings.root,
        steps=leaf.labels,
        url=page.url,
        snapshot_ids=tuple(dict.fromkeys(snapshot for stream in streams for snapshot in stream.snapshot_ids)),
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
        seen_by=page.seen_by,
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
