"""Calendar (工作日历): which days are working days, from the yearly 放假安排; an unknown year is said to be unknown."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources

_FILE = "holidays.toml"
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """Calendar year (年度放假安排): days off and made-up working days (调休) of one year, with their source."""

    holidays: frozenset[date]
    made_up: frozenset[date]
    source: str


@functools.cache
def calendar_years() -> dict[int, CalendarYear]:
    """The years whose 放假安排 is known here."""
    text = resources.files("checks").joinpath(_FILE).read_text(encoding="utf-8")
    return {
        entry["year"]: CalendarYear(
            frozenset(day for first, last in entry["holidays"] for day in _span(first, last)),
            frozenset(entry["made_up"]),
            entry["source"],
        )
        for entry in tomllib.loads(text)["year"]
    }


def _span(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=offset) for offset in range((last - first).days + 1))


def is_working_day(day: date) -> bool | None:
    """Whether it is a working day (工作日); None for a year whose 放假安排 is not known here."""
    known = calendar_years().get(day.year)
    if known is None:
        return None
    if day in known.made_up:
        return True
    return day not in known.holidays and day.weekday() < _SATURDAY


def counts_as_working_day(day: date) -> bool:
    """Working day for the rule of looks by day; in an unknown year a weekday counts (CONTRACTS: confirmation)."""
    known = is_working_day(day)
    return day.weekday() < _SATURDAY if known is None else known
