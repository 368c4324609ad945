"""What is owed on a night: dates with their sources, terms of unseen events, conditions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from seen_records import FINANCE, NIGHT, due_on, obligation, requirement

from catalog.requirement import Due, DueKind
from checks.owing import as_owed, awaits_answer, deadline_of, nothing_due_yet, runs_from_unseen_event

EVENT = Due(DueKind.AFTER_EVENT, "预算法", days=20, event="批准之日")
YEARLY = Due(DueKind.YEARLY, "条例", month_day="01-31")
PERIOD = Due(DueKind.PERIOD, "某文件", days=90)


@pytest.mark.parametrize(
    ("dues", "expected"),
    [
        ((), None),
        ((PERIOD, EVENT), None),
        ((YEARLY,), date(2021, 1, 31)),
        ((due_on(date(2021, 6, 30)), due_on(date(2021, 10, 31))), date(2021, 10, 31)),
        ((due_on(date(2021, 6, 30)), due_on(date(2021, 12, 10))), date(2021, 6, 30)),
        ((due_on(date(2022, 1, 15)), due_on(date(2021, 12, 10))), date(2021, 12, 10)),
    ],
)
def test_the_latest_day_that_has_passed_else_the_nearest(dues, expected):
    found = deadline_of(requirement(due=dues), NIGHT)
    assert (found.on if found else None) == expected


def test_a_day_before_its_notice_is_no_lateness():
    assert not deadline_of(
        requirement(due=(due_on(date(2021, 5, 31), earlier_than_notice=True),)), NIGHT
    ).lateness_counts


@pytest.mark.parametrize(
    ("dues", "is_early"),
    [
        ((), False),
        ((due_on(NIGHT),), True),
        ((due_on(date(2021, 11, 29)),), False),
        ((due_on(date(2021, 12, 1)), due_on(date(2021, 11, 1))), False),
        ((due_on(date(2021, 12, 1)), PERIOD), False),
        ((YEARLY,), False),
    ],
)
def test_nothing_is_due_before_the_first_day_has_passed(dues, is_early):
    assert (nothing_due_yet(requirement(due=dues), NIGHT) is not None) is is_early


def test_a_term_of_an_unseen_event_where_no_date_is_given():
    assert runs_from_unseen_event(requirement(due=(PERIOD, EVENT))) == EVENT
    assert runs_from_unseen_event(requirement(due=(EVENT, YEARLY))) is None


def test_a_condition_waits_for_a_person():
    conditional = requirement(condition="有条件的")
    assert awaits_answer(obligation(conditional, FINANCE))
    assert not awaits_answer(obligation(conditional, replace(FINANCE, confirmed=(conditional.id,))))
    assert not awaits_answer(obligation(requirement()))


def test_after_the_notices_term_only_its_single_days_are_gone():
    dues = (due_on(date(2021, 6, 30)), YEARLY, PERIOD)
    assert as_owed(obligation(requirement(due=dues))).due == dues
    assert as_owed(obligation(requirement(due=dues), by_basis_only=True)).due == (YEARLY, PERIOD)
