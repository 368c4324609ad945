"""Working days: known years by their 放假安排; an unknown year is said to be unknown."""

from __future__ import annotations

from datetime import date

import pytest

from checks.calendar import calendar_years, counts_as_working_day, is_working_day


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 11, 30), True),
        (date(2021, 11, 28), False),
        (date(2021, 10, 1), False),
        (date(2021, 10, 9), True),
        (date(2021, 9, 20), False),
        (date(2022, 12, 31), False),
        (date(2026, 2, 16), False),
        (date(2026, 2, 28), True),
        (date(2019, 6, 3), None),
        (date(2031, 6, 3), None),
    ],
)
def test_working_days(day, expected):
    assert is_working_day(day) is expected


def test_in_an_unknown_year_a_weekday_counts():
    assert counts_as_working_day(date(2031, 6, 3))
    assert not counts_as_working_day(date(2031, 6, 7))
    assert not counts_as_working_day(date(2021, 10, 1))


def test_each_year_is_plausible_and_names_its_source():
    for year, known in calendar_years().items():
        assert known.source
        assert {day.year for day in known.made_up} == {year}
        assert all(day.weekday() >= 5 for day in known.made_up)
        assert not known.made_up & known.holidays
        assert 11 <= len(known.holidays) <= 35
