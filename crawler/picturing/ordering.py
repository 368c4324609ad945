"""Ordering: from what a night saw of an obligation to what its pictures show; pure, no pages are read here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from catalog.obligation import Obligation
from crawler.picturing.choosing import is_accused
from crawler.picturing.order import (
    UNMARKED,
    Caption,
    CardOrder,
    Frame,
    Mark,
    MarkKind,
    PageOrder,
    Shot,
    StepState,
    Tone,
)
from ledger.observation import (
    ColumnObservation,
    Elsewhere,
    ListingObservation,
    Reach,
    ResourceObservation,
    Row,
    SectionObservation,
    TrailStep,
)
from ledger.standing import Standing
from ledger.verdict import NightStanding

_SHOWABLE = re.compile(r"text/|application/(?:xhtml|xml|json)|^$", re.IGNORECASE)
_OF_ROWS = frozenset(
    {
        Standing.STALE,
        Standing.OVERDUE,
        Standing.PUBLISHED_LATE,
        Standing.ITEM_MISSING,
        Standing.MISMATCHED,
        Standing.PUBLISHED,
        Standing.PUBLISHED_UNDER_ALIAS,
        Standing.STATEMENT,
    }
)
"""Standings for which the newest row of the list is the thing to look at."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Subject (截图对象): an obligation with what the night saw of it.

    Attributes:
        section: how the organ's own page was reached, for a column on it.
        resources: attachments, images and media of the column that do not answer.
        kinds: content type by snapshot id, of all snapshots named here.
    """

    obligation: Obligation
    standing: NightStanding
    column: ColumnObservation | None = None
    listing: ListingObservation | None = None
    section: SectionObservation | None = None
    resources: Sequence[ResourceObservation] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)

    @property
    def judged(self) -> Standing:
        """The standing, or what is suspected."""
        return self.standing.suspected or self.standing.standing


def snapshots_of(subject: Subject) -> tuple[str, ...]:
    """Ids of all archived responses that a subject names, without repeats."""
    stops = [*(subject.column.trail if subject.column else ()), *(subject.section.trail if subject.section else ())]
    ids = [*subject.standing.evidence, *(stop.snapshot_id for stop in stops)]
    if subject.column:
        ids += [subject.column.snapshot_id, *(found.snapshot_id for found in subject.column.elsewhere[:1])]
    ids += subject.listing.snapshot_ids if subject.listing else ()
    return tuple(filter(None, dict.fromkeys(ids)))


def caption_of(subject: Subject) -> Caption:
    """The words below the picture."""
    owed, standing = subject.obligation, subject.standing
    word = standing.standing.chinese
    if standing.suspected is not None:
        word += f"（线索：{standing.suspected.chinese}，未经确认）"
    elif standing.standing.is_gap and standing.confirmed:
        word += "（已确认）"
    venue = f"（{owed.venue}）" if owed.venue else ""
    return Caption(
        organ=owed.organ.name,
        title=owed.requirement.full_title + venue,
        citations=owed.citations,
        path=_fared(subject),
        standing=word,
        detail=standing.detail,
        is_fault=is_accused(standing),
    )


def page_order(subject: Subject, snapshot_of: Callable[[str], str]) -> PageOrder | None:
    """The picture of the page that the standing rests on; None where nothing archived can be shown.

    Args:
        snapshot_of: snapshot id of an address of the night, or empty.
    """
    wanted, mark, said = _focus(subject, snapshot_of)
    column = subject.column
    others = [*subject.standing.evidence, column.snapshot_id if column else ""]
    others += [stop.snapshot_id for stop in reversed(column.trail)] if column else []
    shown = _first_showable((wanted, *others), subject.kinds)
    if not shown:
        return None
    if shown != wanted:
        mark, said = UNMARKED, ""
    return PageOrder(subject.obligation.id, Shot(shown, mark), caption_of(subject), said, _said_if_folded(mark, said))


def card_order(subject: Subject) -> CardOrder | None:
    """The click path of an accusation; None where no path was walked."""
    column = subject.column
    if column is None or not column.snapshot_id:
        return None
    frames = [*_to_section(subject.section)]
    frames += [_way(stop, "点击", (stop.spelling or stop.label,)) for stop in column.trail]
    frames.append(_last(subject, column))
    if subject.judged is Standing.PATH_DEVIATES:
        frames += [_elsewhere(one) for one in column.elsewhere[:1]]
    kept = tuple(frame for frame in frames if _SHOWABLE.search(subject.kinds.get(frame.shot.snapshot_id, "none/")))
    return CardOrder(subject.obligation.id, kept, caption_of(subject)) if kept else None


def _first_showable(ids: Iterable[str], kinds: Mapping[str, str]) -> str:
    return next((one for one in ids if one in kinds and _SHOWABLE.search(kinds[one])), "")


def _fared(subject: Subject) -> tuple[tuple[str, StepState], ...]:
    path, column = subject.obligation.path, subject.column
    if path is None:
        return ()
    failed = column.failed_step if column else None
    if failed is None:
        return tuple((label, StepState.PASSED) for label in path.labels)
    broken = failed + 1  # the observation's steps begin behind 政府网站
    return tuple(
        (label, StepState.PASSED if at < broken else StepState.FAILED if at == broken else StepState.BEYOND)
        for at, label in enumerate(path.labels)
    )


def _focus(subject: Subject, snapshot_of: Callable[[str], str]) -> tuple[str, Mark, str]:
    """Which page, what of it is framed, and what that shows."""
    column, kind = subject.column, subject.judged
    if column is None:
        return "", UNMARKED, ""
    tone = Tone.FAULT if is_accused(subject.standing) else Tone.GOOD
    if column.failed_step is not None and column.failed_step < len(column.steps):
        return _focus_of_break(column, tone)
    broken = next((one for one in subject.resources if one.broken), None)
    if kind is Standing.BROKEN and broken is not None:
        mark = Mark(MarkKind.LINK, tone, (), broken.url)
        return snapshot_of(broken.referring_url), mark, f"红框处的链接（{broken.url}）不能正常打开。"
    if kind in _OF_ROWS and subject.listing is not None:
        newest = _newest(subject.listing)
        if newest is not None:
            ids = subject.listing.snapshot_ids
            page = ids[min(newest.page, len(ids)) - 1] if ids else ""
            mark = Mark(MarkKind.ROW, tone, (newest.title,), newest.url, newest.date_text)
            return page, mark, _said_of_row(newest, tone)
    return next(iter(subject.standing.evidence), column.snapshot_id), UNMARKED, ""


def _focus_of_break(column: ColumnObservation, tone: Tone) -> tuple[str, Mark, str]:
    label = column.steps[column.failed_step or 0]
    if column.reach is Reach.BROKEN and column.trail:
        stop = column.trail[-1]
        mark = Mark(MarkKind.LINK, tone, (stop.spelling, stop.label))
        return stop.snapshot_id, mark, f"红框处的“{stop.spelling or label}”链接不能正常打开。"
    mark = Mark(MarkKind.MENU, tone, column.offered)
    count = len(column.offered)
    return column.snapshot_id, mark, f"红框内为该处列出的栏目（读取到 {count} 项），其中未见“{label}”。"


def _said_if_folded(mark: Mark, said: str) -> str:
    if mark.kind is not MarkKind.MENU:
        return said.replace("红框处的", "其中的")
    return said.replace("红框内为该处列出的栏目", "存档页面在该处列有栏目")


def _newest(listing: ListingObservation) -> Row | None:
    """The row with the newest date; the first row where none shows a date."""
    own = [row for row in listing.rows if not row.child] or list(listing.rows)
    return max(own, key=lambda row: row.published_on or date.min, default=None)


def _said_of_row(row: Row, tone: Tone) -> str:
    colour = "红框" if tone is Tone.FAULT else "绿框"
    if row.published_on is None:
        return f"{colour}内为列表首条，未显示日期。"
    return f"{colour}内为列表中日期最新的一条（{row.published_on.isoformat()}）。"


def _way(stop: TrailStep, verb: str, names: Sequence[str]) -> Frame:
    labels = tuple(dict.fromkeys(name for name in (*names, stop.label) if name))
    return Frame(Shot(stop.snapshot_id, Mark(MarkKind.LINK, Tone.WAY, labels), whole=False), f"{verb}“{labels[0]}”")


def _to_section(section: SectionObservation | None) -> list[Frame]:
    """From the home page to the organ's own page: stops before the last name the page they show."""
    stops = section.trail if section else ()
    frames = []
    for here, following in pairwise(stops):
        if here.snapshot_id != following.snapshot_id:
            frames.append(_way(here, "点击", (following.spelling or following.label,)))
        elif following is stops[-1]:
            frames.append(_way(following, "进入专属网页", (following.spelling or following.label,)))
    return frames


def _elsewhere(found: Elsewhere) -> Frame:
    mark = Mark(MarkKind.LINK, Tone.GOOD, (found.spelling, *found.labels[-1:]), found.url)
    return Frame(Shot(found.snapshot_id, mark, whole=False), f"他处发现“{found.spelling}”")


def _last(subject: Subject, column: ColumnObservation) -> Frame:
    accused = is_accused(subject.standing)
    if column.failed_step is None or column.failed_step >= len(column.steps):
        return Frame(Shot(column.snapshot_id, whole=False), f"到达“{column.spelling or column.steps[-1]}”", False)
    label = column.steps[column.failed_step]
    if column.reach is Reach.BROKEN:
        return Frame(Shot(column.snapshot_id, whole=False), f"“{label}”不能正常打开", accused)
    mark = Mark(MarkKind.MENU, Tone.FAULT, column.offered)
    return Frame(Shot(column.snapshot_id, mark, whole=False), f"此处未见“{label}”", accused)
