"""Opening: the articles of a column that somebody wants to see, their attachments and the policy they explain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from catalog.series import kind_of
from catalog.spelling import fold
from crawler.page.page import Page, Unusable
from crawler.plan import Leaf
from crawler.walking.bearings import Bearings
from crawler.walking.counterpart import open_counterparts
from crawler.walking.landing import land
from crawler.walking.rendering import by_browser, is_careful_leaf
from crawler.walking.resources import ask_each, ask_resources
from crawler.walking.scheduling import Course
from crawler.walking.showing import article_of, is_file
from crawler.walking.streams import Asked, has_day, meets
from ledger.observation import (
    ArticleObservation,
    ColumnShape,
    Link,
    ListingObservation,
    Need,
    Observation,
    ResourceRole,
    Row,
)
from ledger.reason import Reason

SOUGHT = 10
_OF_ARTICLES = frozenset({Need.ARTICLE, Need.ATTACHMENTS, Need.COUNTERPART})
KINDS = 3
"""Articles of other kinds than the newest one that are opened while an element is lacking."""


def open_articles(
    bearings: Bearings, leaf: Leaf, page: Page, listing: ListingObservation, asked: Asked
) -> Course[list[Observation]]:
    """Open what the needs name: the newest article, rows that were sought, attachments, the explained policy."""
    found: list[Observation] = []
    if not asked.needs & _OF_ARTICLES and (Need.DATE not in asked.needs or _is_in_time(leaf, listing, asked)):
        return found
    newest = newest_row(listing.rows)
    shown: Page | None = None
    if newest is not None:
        article, shown = yield from _open(bearings, leaf, newest, "newest", listing)
        found.append(article)
        found.extend((yield from _attached(bearings, leaf, article, shown, listing, asked)))
    elif listing.shape is ColumnShape.ARTICLE:
        shown = page
        found.append(article_of(bearings, leaf, page, "newest", None))
    if newest is None and Need.ATTACHMENTS in asked.needs:
        found.extend((yield from ask_resources(bearings, leaf, page, page.url)))
    for row in _sought_rows(leaf, listing, asked, newest):
        article, sought = yield from _open(bearings, leaf, row, "sought", listing)
        found.append(article)
        found.extend((yield from _attached(bearings, leaf, article, sought, listing, asked)))
    found.extend((yield from _open_other_kinds(bearings, leaf, listing, found)))
    if Need.COUNTERPART in asked.needs and shown is not None:
        referrer = newest.url if newest is not None else shown.url
        found.extend((yield from open_counterparts(bearings, leaf, shown, listing, referrer)))
    return found


def _is_in_time(leaf: Leaf, listing: ListingObservation, asked: Asked) -> bool:
    """Whether the days that the list itself shows suffice: its newest row, and a row early enough for each seeker."""
    newest = newest_row(listing.rows)
    if newest is None or newest.published_on is None:
        return False
    since = leaf.wanted.since
    return (since is None or newest.published_on >= since) and all(has_day(one, listing.rows) for one in asked.seekers)


def _open_other_kinds(
    bearings: Bearings, leaf: Leaf, listing: ListingObservation, found: Sequence[Observation]
) -> Course[list[Observation]]:
    """The newest article of each other kind of rows, while an element that the column is to hold is in none."""
    read = [one for one in found if isinstance(one, ArticleObservation)]
    more: list[Observation] = []
    while read and len(more) < KINDS and _lacks(leaf.wanted.elements, listing, read):
        kinds = {kind_of(one.title) for one in read}
        opened = {one.url for one in read}
        row = newest_row([one for one in listing.rows if kind_of(one.title) not in kinds and one.url not in opened])
        if row is None:
            break
        article, _ = yield from _open(bearings, leaf, row, "sought", listing)
        more.append(article)
        read.append(article)
    return more


def _lacks(
    elements: Sequence[Sequence[str]], listing: ListingObservation, articles: Sequence[ArticleObservation]
) -> bool:
    """Whether an element stands nowhere in what was read."""
    tables = [*listing.tables, *(table for one in articles for table in one.tables)]
    cells = [cell for table in tables for row in (table.headers, *table.rows) for cell in row]
    told = fold(" ".join((listing.text, *(row.title for row in listing.rows), *(one.text for one in articles), *cells)))
    return any(not any(fold(spelling) in told for spelling in group) for group in elements)


def _attached(
    bearings: Bearings,
    leaf: Leaf,
    article: ArticleObservation,
    shown: Page | None,
    listing: ListingObservation,
    asked: Asked,
) -> Course[list[Observation]]:
    """Attachments of an article that was opened; a row that leads to a file is its own attachment."""
    if Need.ATTACHMENTS not in asked.needs:
        return []
    if shown is not None:
        return (yield from ask_resources(bearings, leaf, shown, article.url))
    files = [(link.url, ResourceRole.ATTACHMENT) for link in article.attachments]
    return (yield from ask_each(bearings, leaf, listing.url, files))


def newest_row(rows: Sequence[Row]) -> Row | None:
    """The row with the latest date shown, the first one of that date; the first row where none shows a date."""
    linked = [row for row in rows if row.url]
    dated = [row for row in linked if row.published_on is not None]
    if dated:
        return max(dated, key=lambda row: row.published_on or date.min)
    return linked[0] if linked else None


def _sought_rows(leaf: Leaf, listing: ListingObservation, asked: Asked, newest: Row | None) -> list[Row]:
    """Rows of those who share the column and want an article of their own."""
    shared = len({seeker.wanted.sought for seeker in leaf.seekers}) > 1
    rows: dict[str, Row] = {}
    for seeker in asked.seekers:
        if not seeker.wanted.needs & {Need.ARTICLE, Need.DATE} or not (shared or seeker.wanted.organ_names):
            continue
        for group in seeker.wanted.sought or ((),):
            row = newest_row([row for row in listing.rows if meets(row, group, seeker)])
            if row is not None and (newest is None or row.url != newest.url):
                rows.setdefault(row.url, row)
                break
    return list(rows.values())[:SOUGHT]


def _open(
    bearings: Bearings, leaf: Leaf, row: Row, role: str, listing: ListingObservation
) -> Course[tuple[ArticleObservation, Page | None]]:
    def without(reason: Reason | None, url: str, snapshot_id: str, **facts: tuple[Link, ...]) -> ArticleObservation:
        return ArticleObservation(
            bearings.root,
            leaf.labels,
            url,
            snapshot_id,
            listing.seen_at,
            role,
            row.title,
            row.published_on,
            reason=reason,
            referring_url=listing.url if not reason else "",
            attachments=facts.get("attachments", ()),
        )

    if not bearings.inside(row.url):
        return without(Reason.REDIRECT_OFFSITE, row.url, ""), None
    if is_file(row.url):
        # The row leads straight to a file: it is its own attachment, and the list is the page that shows it.
        snapshot_id = listing.snapshot_ids[0] if listing.snapshot_ids else ""
        return without(None, row.url, snapshot_id, attachments=(Link(row.title, row.url),)), None
    landing = yield from land(bearings, row.url, listing.url)
    if landing.page is None or landing.at_home or landing.offsite:
        reason = landing.refused.reason if landing.refused else Reason.SOFT_404
        reason = Reason.REDIRECT_OFFSITE if landing.offsite else reason
        return without(reason, row.url, landing.snapshot_id), None
    page = landing.page
    if page.scripted and is_careful_leaf(bearings, leaf):
        shown = yield from by_browser(bearings, page)
        if isinstance(shown, Unusable):
            return without(shown.reason, row.url, page.snapshot_id), None
        page = shown
    return article_of(bearings, leaf, page, role, row), page
