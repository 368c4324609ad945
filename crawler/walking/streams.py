"""Streams: one list after the other is read, page by page, as far as somebody wants more of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from catalog.spelling import fold
from crawler.page.page import Page
from crawler.plan import Seeker
from crawler.walking.bearings import Bearings, same_address
from crawler.walking.landing import land
from crawler.walking.scheduling import Course
from ledger.observation import Need, Row
from ledger.reason import Reason

LIST_PAGES = 30
_FAILURES = 2


@dataclass(slots=True)
class Stream:
    """Stream (列表) of rows: the column's own list or one sub-column's.

    Attributes:
        child: label of the sub-column; empty for the column's own list.
        waiting: addresses of pages not read yet.
        fault: why it is not whole, the first fault only.
    """

    child: str
    pages: list[Page]
    rows: list[Row] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    been: list[str] = field(default_factory=list)
    fault: Reason | None = None
    failures: int = 0
    read: int = 1

    @property
    def is_whole(self) -> bool:
        """Whether every page was read, whole."""
        return self.fault is None and not self.waiting

    @property
    def is_newest_first(self) -> bool:
        """Whether the rows are sorted by the dates shown; a list without dates has no order to be in."""
        shown = [row.published_on for row in self.rows if row.published_on is not None]
        return shown == sorted(shown, reverse=True)


def stream_of(page: Page, child: str, asked: str = "") -> Stream:
    """A list from its first page."""
    stream = Stream(child, [page], been=[page.url, *((asked,) if asked else ())])
    _take(stream, page)
    return stream


def _take(stream: Stream, page: Page) -> None:
    stream.rows.extend(replace(row, page=stream.read, child=stream.child or row.child) for row in page.rows)
    if not page.whole:
        stream.fault = stream.fault or Reason.TRUNCATED
    if page.list_by_script and not page.rows:
        stream.fault = stream.fault or Reason.NEEDS_BROWSER
    for url in page.pager.others:
        if not any(same_address(url, other) for other in (*stream.been, *stream.waiting)):
            stream.waiting.append(url)
    total = page.pager.total
    unseen = total is not None and total > 1 and not page.pager.others and len(stream.pages) == 1
    if page.pager.by_script or unseen:
        stream.fault = stream.fault or Reason.NEEDS_BROWSER


@dataclass(frozen=True, slots=True)
class Asked:
    """Asked (查看要求): how far the lists of one column are to be read.

    Attributes:
        seekers: whose rows are looked for; those whose column was found at their first root are left out.
    """

    needs: frozenset[Need]
    seekers: tuple[Seeker, ...] = ()

    def is_met(self, rows: Sequence[Row]) -> bool:
        """Whether every row that is looked for has been seen."""
        return all(seeks_met(seeker, rows) for seeker in self.seekers)


def seeks_met(seeker: Seeker, rows: Sequence[Row]) -> bool:
    """Whether each group of sought words is met by one row, of the organ where its names count."""
    return all(any(meets(row, group, seeker) for row in rows) for group in _groups(seeker))


def meets(row: Row, group: Sequence[str], seeker: Seeker) -> bool:
    """Whether a row holds every word of a group and, where the organ's names count, one of them."""
    text = fold(f"{row.title} {row.child}")
    names = seeker.wanted.organ_names
    return all(fold(word) in text for word in group) and (not names or any(fold(name) in text for name in names))


def _groups(seeker: Seeker) -> tuple[tuple[str, ...], ...]:
    return seeker.wanted.sought or (((),) if seeker.wanted.organ_names else ())


def read_on(bearings: Bearings, streams: Sequence[Stream], asked: Asked) -> Course[None]:
    """Read further pages while somebody wants more, at most thirty list pages a column."""
    for stream in streams:
        while stream.waiting and stream.failures < _FAILURES and _wants_more(stream, streams, asked):
            if sum(one.read for one in streams) >= LIST_PAGES:
                stream.fault = stream.fault or Reason.BUDGET
                break
            yield from _next_page(bearings, stream)


def _wants_more(stream: Stream, streams: Sequence[Stream], asked: Asked) -> bool:
    if Need.WHOLE_LISTING in asked.needs:
        return True
    if not asked.is_met([row for one in streams for row in one.rows]):
        return True
    return Need.LISTING in asked.needs and not stream.child and not stream.is_newest_first


def _next_page(bearings: Bearings, stream: Stream) -> Course[None]:
    url = stream.waiting.pop(0)
    stream.been.append(url)
    stream.read += 1
    if not bearings.inside(url):
        stream.fault = stream.fault or Reason.REDIRECT_OFFSITE
        return
    landing = yield from land(bearings, url, stream.pages[0].url)
    page = landing.page
    if page is None or landing.at_home:
        stream.failures += 1
        stream.fault = stream.fault or (landing.refused.reason if landing.refused else Reason.SOFT_404)
        return
    stream.failures = 0
    known = {(row.title, row.url) for row in stream.rows}
    if page.rows and all((row.title, row.url) in known for row in page.rows):
        # The same rows again: a paginator without end.
        stream.fault = stream.fault or Reason.TRAP
        stream.waiting.clear()
        return
    stream.pages.append(page)
    _take(stream, page)
