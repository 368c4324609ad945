"""Nights (核验批次) and looks (核验轮次): when the walk was made and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class LookKind(StrEnum):
    """Kind of a look (核验轮次类别)."""

    FIRST = "first"
    """The night's walk over all obligations."""
    AGAIN = "again"
    """The night's second look at all it would accuse, at least 30 minutes later."""
    COMPLETE_AGAIN = "complete_again"
    """The second complete pass of ``--confirm-now``."""
    DAY = "day"
    """The second look by day, suspects only (10:30, Monday to Friday)."""
    RECHECK = "recheck"
    """A look at single gaps after an organ said that they are mended; it may close them and never confirms anything."""


class NightState(StrEnum):
    """State of a night (批次状态)."""

    RUNNING = "running"
    FINISHED = "finished"
    RED = "red"
    """Planned differs from the sum of standings: no report leaves."""


@dataclass(frozen=True, slots=True)
class Night:
    """Night (核验批次): one a district and date.

    ``night`` is ``--as-of``, else the date in Asia/Shanghai when the crawl started. ``confirm_now``: two complete
    passes in one night confirm.
    """

    id: int
    district_id: str
    night: date
    state: NightState
    started_at: datetime
    finished_at: datetime | None = None
    planned_count: int = 0
    confirm_now: bool = False
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """Look (核验轮次): one walk of a night, over all obligations or only the suspects.

    ``obligation_ids`` is empty for all. ``finished_at`` is None while it runs or after a kill.
    """

    id: int
    night_id: int
    night: date
    ordinal: int
    kind: LookKind
    started_at: datetime
    finished_at: datetime | None = None
    obligation_ids: tuple[str, ...] = ()
    replayed: bool = False


def is_by_day(moment: datetime, is_working_day: bool) -> bool:
    """Whether a moment lies in 09:00-18:00 (+08:00) of a working day (FAIRNESS: how it is said)."""
    local = moment.astimezone(SHANGHAI).time()
    return is_working_day and time(9) <= local < time(18)
