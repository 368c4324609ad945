"""Streams: one list after the other is read, page by page, as far as somebody wants more of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from catalog.roles import holds_name
from catalog.spelling import fold
from crawler.page.page import Ask, Page
from crawler.plan import Seeker
from crawler.walking.asking import ask
from crawler.walking.bearings import Bearings, same_address
from crawler.walking.landing import land
from crawler.walking.rendering import why_untold, with_shown_list
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
        answers: archived answers of services that its pages were filled from.
        waiting: addresses, or what has to be asked, of pages not read yet.
        been: addresses read; put: what was asked of services.
        fault: why it is not whole, the first fault only.
    """

    child: str
    pages: list[Page]
    rows: list[Row] = field(default_factory=list)
    answers: tuple[str, ...] = ()
    waiting: list[str | Ask] = field(default_factory=list)
    been: list[str] = field(default_factory=list)
    put: list[Ask] = field(default_factory=list)
    fault: Reason | None = None
    failures: int = 0
    read: int = 1

    @property
    def snapshot_ids(self) -> tuple[str, ...]:
        """Archived answers that it was read from."""
        return (*(page.snapshot_id for page in self.pages), *self.answers)

    @property
    def is_whole(self) -> bool:
        """Whether every page was read, whole."""
        return self.fault is None and not self.waiting

    @property
    def is_newest_first(self) -> bool:
        """Whether the rows are sorted by the dates shown; a list without dates has no order to be in."""
        shown = [row.published_on for row in self.rows if row.published_on is not None]
        return shown == sorted(shown, reverse=True)


def stream_of(page: Page, child: str, asked: str = "", answers: tuple[str, ...] = ()) -> Stream:
    """A list from its first page.

    Args:
        asked: the address as linked.
        answers: archived answers of services that the page was filled from.
    """
    stream = Stream(child, [page], answers=answers, been=[page.url, *((asked,) if asked else ())])
    _take(stream, page)
    return stream


def _take(stream: Stream, page: Page) -> None:
    stream.rows.extend(replace(row, page=stream.read, child=stream.child or row.child) for row in page.rows)
    if not page.whole:
        stream.fault = stream.fault or Reason.TRUNCATED
    if page.list_by_script and not page.rows:
        stream.fault = stream.fault or why_untold(page)
    for url in page.pager.others:
        waiting = [one for one in stream.waiting if isinstance(one, str)]
        if not any(same_address(url, other) for other in (*stream.been, *waiting)):
            stream.waiting.append(url)
    missing = page.records is None or len(stream.rows) < page.records
    if len(stream.pages) == 1 or (missing and not stream.waiting):
        # A later answer counts as the first one did, or gives the way to the next.
        stream.waiting.extend(one for one in page.pager.asks if one not in stream.put)
    total = page.pager.total
    told = page.pager.others or page.pager.asks
    unseen = total is not None and total > 1 and not told and len(stream.pages) == 1
    # The first page told the others, or this is the last of them: what its pager does by script is not needed.
    known = bool(stream.waiting) or (total is not None and stream.read >= total)
    if (page.pager.by_script and not known) or unseen:
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

    def is_told(self, rows: Sequence[Row]) -> bool:
        """Whether no seeker needs an earlier row to see its words or its day: what is not in all rows is absent."""
        return all(_has_word(seeker, rows) and has_day(seeker, rows) for seeker in self.seekers)


def seeks(seeker: Seeker) -> bool:
    """Whether it looks for rows at all."""
    wanted = seeker.wanted
    return bool(wanted.sought or wanted.organ_names or wanted.any_of) or wanted.until is not None


def seeks_met(seeker: Seeker, rows: Sequence[Row]) -> bool:
    """Whether each group of sought words is met by one row, of the organ where its names count."""
    return all(any(meets(row, group, seeker) for row in rows) for group in _groups(seeker))


def meets(row: Row, group: Sequence[str], seeker: Seeker) -> bool:
    """Whether a row holds every word of a group and, where the organ's names count, one of them."""
    text = fold(f"{row.title} {row.child}")
    names = seeker.wanted.organ_names
    is_own = not names or any(holds_name(text, fold(name)) for name in names)
    return all(fold(word) in text for word in group) and is_own


def _has_word(seeker: Seeker, rows: Sequence[Row]) -> bool:
    words = seeker.wanted.any_of
    return not words or any(meets(row, (word,), seeker) for row in rows for word in words)


def has_day(seeker: Seeker, rows: Sequence[Row]) -> bool:
    """Whether one of its rows shows a day that is early enough, where one is wanted."""
    until = seeker.wanted.until
    groups = seeker.wanted.sought or ((),)
    return until is None or any(
        row.published_on is not None
        and row.published_on <= until
        and any(meets(row, group, seeker) for group in groups)
        for row in rows
    )


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
        if stream.is_whole and (stream.pages[0].records or 0) > len(stream.rows):
            # All that was offered is read, and the service counts more.
            stream.fault = Reason.AMBIGUOUS


def _wants_more(stream: Stream, streams: Sequence[Stream], asked: Asked) -> bool:
    if Need.WHOLE_LISTING in asked.needs:
        return True
    rows = [row for one in streams for row in one.rows]
    if not asked.is_met(rows) or not asked.is_told(rows):
        return True
    return Need.LISTING in asked.needs and not stream.child and not stream.is_newest_first


def _next_page(bearings: Bearings, stream: Stream) -> Course[None]:
    following = stream.waiting.pop(0)
    stream.read += 1
    page = yield from _further(bearings, stream, following)
    if isinstance(page, Reason):
        stream.failures += page is not Reason.REDIRECT_OFFSITE
        stream.fault = stream.fault or page
        return
    stream.failures = 0
    known = {(row.title, row.url) for row in stream.rows}
    if page.rows and all((row.title, row.url) in known for row in page.rows):
        # The same rows again: a paginator without end.
        stream.fault = stream.fault or Reason.TRAP
        stream.waiting.clear()
        return
    if not page.rows and not page.list_by_script:
        # A further page that shows nothing was not seen whole, whatever stands there instead.
        stream.fault = stream.fault or Reason.AMBIGUOUS
    stream.pages.append(page)
    _take(stream, page)


def _further(bearings: Bearings, stream: Stream, following: str | Ask) -> Course[Page | Reason]:
    """A further page of a list, or why it does not show."""
    if isinstance(following, Ask):
        stream.put.append(following)
        return (yield from ask(bearings, following, stream.pages[0].url))
    stream.been.append(following)
    if not bearings.inside(following):
        return Reason.REDIRECT_OFFSITE
    landing = yield from land(bearings, following, stream.pages[0].url)
    if landing.page is None or landing.at_home:
        return landing.refused.reason if landing.refused else Reason.SOFT_404
    return (yield from with_shown_list(bearings, landing.page))
