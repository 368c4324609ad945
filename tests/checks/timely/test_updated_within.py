"""Freshness: by the displayed date, by a period that somebody gave, never of what bears no date."""

from __future__ import annotations

from datetime import date

import pytest
from seen_records import (
    NOT_APPLICABLE,
    SATISFIED,
    accused,
    article,
    column,
    listing,
    obligation,
    outcome_of,
    requirement,
    row,
    rule,
    unsure,
)

from catalog.requirement import Due, DueKind
from ledger.observation import ColumnShape, Link, Reach
from ledger.reason import Reason
from ledger.standing import Standing
from ledger.verdict import Outcome

CHECK = "timely.updated_within"
NEW, OLD, OLDER = date(2021, 10, 1), date(2020, 1, 1), date(2019, 1, 1)
CHILD = (Link("甲", "https://portal.test/a/"),)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([listing(row("甲", NEW))], SATISFIED),
        ([listing(row("置顶", OLD), row("甲", NEW), whole=False)], SATISFIED),
        ([listing(row("甲", date(2020, 11, 30)))], SATISFIED),
        ([listing(row("甲", date(2020, 11, 29)))], accused(Standing.STALE)),
        ([listing(row("甲", OLD), row("乙", OLDER), whole=False)], accused(Standing.STALE)),
        ([listing(row("甲", OLDER), row("乙", OLD), whole=False)], unsure(Reason.BUDGET)),
        ([listing(row("甲", OLD), row("乙", OLD), whole=False)], unsure(Reason.BUDGET)),
        ([listing(row("甲", OLD), row("乙", OLD))], accused(Standing.STALE)),
        ([listing(row("甲", OLD), whole=False, children=CHILD)], unsure(Reason.BUDGET)),
        ([listing(row("甲", OLD), row("乙", None))], unsure(Reason.AMBIGUOUS)),
        ([listing(row("甲", None))], unsure(Reason.AMBIGUOUS)),
        ([listing(row("甲", OLD), row("本年度无相关信息的说明", date(2020, 1, 2)))], accused(Standing.STALE)),
        ([listing(row("甲", OLD), row("2021年无相关信息", OLD))], (Outcome.SATISFIED, Standing.STATEMENT, None)),
        ([listing()], NOT_APPLICABLE),
        ([listing(whole=False, reason=Reason.DNS)], unsure(Reason.DNS)),
        ([listing(shape=ColumnShape.ARTICLE, text="正文"), article(displayed_date=NEW)], SATISFIED),
        ([listing(shape=ColumnShape.ARTICLE, text="正文"), article(displayed_date=OLD)], accused(Standing.STALE)),
        ([listing(shape=ColumnShape.ARTICLE, text="正文"), article()], unsure(Reason.AMBIGUOUS)),
    ],
)
def test_the_default_profile(held, expected):
    assert outcome_of(rule(CHECK, obligation(), column(), *held)) == expected


def test_the_sentence_says_which_period_it_took():
    held = column(), listing(row("甲", OLD))
    assert "365天（文件未载明更新周期，按默认口径）" in rule(CHECK, obligation(), *held).detail
    assert "标准目录 万州府办发〔2021〕46号载明" in rule(CHECK, obligation(), *held, days=90).detail
    period = Due(DueKind.PERIOD, "某文件 三", days=180)
    assert "180天（某文件 三）" in rule(CHECK, obligation(requirement(due=(period,))), *held).detail


def test_dates_that_disagree_and_dates_to_come_are_remarks():
    apart = article(row_date=NEW, displayed_date=OLD)
    ruling = rule(CHECK, obligation(), column(), listing(row("甲", date(2021, 12, 5))), apart)
    assert len(ruling.remarks) == 2
    assert "不一致" in ruling.remarks[0]
    assert "晚于核验基准日" in ruling.remarks[1]


def test_nothing_is_said_of_a_column_not_there():
    assert outcome_of(rule(CHECK, obligation(), column(Reach.ABSENT))) == NOT_APPLICABLE
