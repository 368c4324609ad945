"""Years of list rows that print only month and day: from the row's address or its dated neighbours, else none."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from crawler.page.dating import address_day, day_of, find_short, month_and_day
from ledger.observation import Row

_FAR = 60
"""Days that an address may lie from the day printed in the row and still tell its year."""


def with_years(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows with the year of each day that was printed without one, where page or address give ground for it.

    A list tells a year only between two dated neighbours in falling order that leave no other; titles tell nothing.
    """
    if all(row.published_on is not None or not row.date_text for row in rows):
        return tuple(rows)
    days = [row.published_on or _by_address(row) for row in rows]
    return tuple(
        replace(row, published_on=day or _between(row, days, number))
        if row.published_on is None and row.date_text
        else row
        for number, (row, day) in enumerate(zip(rows, days, strict=True))
    )


def _printed(row: Row) -> tuple[int, int] | None:
    shown = find_short(row.date_text)
    return month_and_day(shown.text) if shown is not None else None


def _by_address(row: Row) -> date | None:
    """The printed day in the year that brings it nearest to the day of the row's address."""
    printed, address = _printed(row), address_day(row.url)
    if printed is None or address is None or not row.date_text:
        return None
    years = (address.year - 1, address.year, address.year + 1)
    days = [day for year in years if (day := day_of(year, *printed)) is not None]
    nearest = min(days, key=lambda day: abs((day - address).days), default=None)
    return nearest if nearest is not None and abs((nearest - address).days) <= _FAR else None


def _between(row: Row, days: Sequence[date | None], number: int) -> date | None:
    """The one day between the nearest dated rows above and below, in a list that runs from new to old."""
    printed = _printed(row)
    above = next((day for day in reversed(days[:number]) if day is not None), None)
    below = next((day for day in days[number + 1 :] if day is not None), None)
    if printed is None or above is None or below is None or above < below or above.year - below.year > 3:
        return None
    known = [day for day in days if day is not None]
    if any(one < other for one, other in itertools.pairwise(known)):
        return None
    fitting = [
        day
        for year in range(below.year, above.year + 1)
        if (day := day_of(year, *printed)) is not None and below <= day <= above
    ]
    return fitting[0] if len(fitting) == 1 else None
