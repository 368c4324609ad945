"""Deadlines: late, overdue, not due; a date before its own notice is only a remark."""

from __future__ import annotations

from datetime import date

import pytest
from seen_records import (
    NIGHT,
    NOT_APPLICABLE,
    SATISFIED,
    accused,
    article,
    column,
    due_on,
    expects,
    listing,
    obligation,
    outcome_of,
    requirement,
    row,
    rule,
    unsure,
)

from catalog.requirement import Due, DueKind
from checks.registry import wanted_of
from ledger.observation import ColumnShape, Link, Reach
from ledger.reason import Reason
from ledger.standing import Standing
from ledger.verdict import Outcome

CHECK = "timely.published_by"
DUE = due_on(date(2021, 10, 31))
EARLY = due_on(date(2021, 5, 31), earlier_than_notice=True)
NAMED = (expects("content.annual_instance", words=["报告"]), expects("content.named_document", words=["清单"]))
ANY, BY_NAME = requirement(due=(DUE,)), requirement(due=(DUE,), expectations=NAMED)
IN_TIME, LATE = date(2021, 10, 31), date(2021, 11, 1)
DOUBTED = unsure(Reason.AMBIGUOUS)
NOT_DUE = (Outcome.NOT_APPLICABLE, Standing.NOT_DUE, None)
PAGE = listing(shape=ColumnShape.ARTICLE, text="2020年报告")


@pytest.mark.parametrize(
    ("wanted", "held", "expected"),
    [
        (BY_NAME, [listing(row("2020年报告", IN_TIME))], SATISFIED),
        (BY_NAME, [listing(row("2020年报告", LATE))], accused(Standing.PUBLISHED_LATE)),
        (BY_NAME, [listing(row("2020年报告", LATE, url="u")), article(url="u", displayed_date=IN_TIME)], SATISFIED),
        (BY_NAME, [listing(row("2020年报告", LATE, url="u")), article(url="u", tag_date=IN_TIME)], DOUBTED),
        (BY_NAME, [listing(row("2020年报告", LATE, url="u")), article(url="u", address_date=IN_TIME)], DOUBTED),
        (
            BY_NAME,
            [listing(row("2020年报告", LATE, url="u")), article(url="u", address_date=LATE)],
            accused(Standing.PUBLISHED_LATE),
        ),
        (BY_NAME, [listing(row("2020年报告", None))], unsure(Reason.AMBIGUOUS)),
        (BY_NAME, [listing(row("2020年报告", LATE), row("2020年报告附表", None))], unsure(Reason.AMBIGUOUS)),
        (BY_NAME, [listing(row("其他", IN_TIME))], accused(Standing.OVERDUE)),
        (BY_NAME, [listing(row("其他", IN_TIME), whole=False)], unsure(Reason.BUDGET)),
        (BY_NAME, [listing(row("2021年无相关信息"))], (Outcome.SATISFIED, Standing.STATEMENT, None)),
        (BY_NAME, [PAGE, article("页", displayed_date=IN_TIME)], SATISFIED),
        (BY_NAME, [PAGE, article("页", displayed_date=LATE)], accused(Standing.PUBLISHED_LATE)),
        (BY_NAME, [PAGE, article("页")], unsure(Reason.AMBIGUOUS)),
        (ANY, [listing(row("甲", LATE), row("乙", IN_TIME))], SATISFIED),
        (ANY, [listing(row("甲", LATE))], accused(Standing.PUBLISHED_LATE)),
        (ANY, [listing(row("甲", LATE), whole=False)], unsure(Reason.BUDGET)),
        (ANY, [listing()], accused(Standing.OVERDUE)),
        (ANY, [listing(shape=ColumnShape.ARTICLE, attachments=(Link("附件", "a"),))], unsure(Reason.ATTACHMENT_UNREAD)),
        (ANY, [PAGE, article("页", displayed_date=IN_TIME)], SATISFIED),
        (requirement(due=(EARLY,)), [listing()], accused(Standing.ITEM_MISSING)),
        (requirement(due=(due_on(NIGHT),)), [listing()], NOT_DUE),
        (requirement(due=(due_on(NIGHT),)), [listing(row("甲", date(2021, 12, 8)))], SATISFIED),
        (requirement(), [listing()], NOT_APPLICABLE),
    ],
)
def test_deadlines(wanted, held, expected):
    assert outcome_of(rule(CHECK, obligation(wanted), column(), *held)) == expected


def test_lateness_against_a_day_before_its_notice_is_a_remark():
    ruling = rule(CHECK, obligation(requirement(due=(EARLY,))), column(), listing(row("甲", LATE)))
    assert outcome_of(ruling) == SATISFIED
    assert "晚于公开时限2021年5月31日" in ruling.remarks[0]


def test_of_several_days_the_last_that_has_passed_counts():
    wanted = requirement(due=(due_on(date(2021, 6, 30)), DUE, due_on(date(2021, 12, 10))))
    assert outcome_of(rule(CHECK, obligation(wanted), column(), listing(row("甲", IN_TIME)))) == SATISFIED


def test_a_leap_day_is_kept_in_common_years():
    wanted = requirement(due=(Due(DueKind.YEARLY, "某文件", month_day="02-29"),))
    assert "2021年2月28日" in rule(CHECK, obligation(wanted), column(), listing()).detail
    leap = rule(CHECK, obligation(wanted), column(), listing(), night=date(2020, 3, 1))
    assert "2020年2月29日" in leap.detail


def test_a_term_from_an_unseen_event_is_never_late():
    event = Due(DueKind.AFTER_EVENT, "预算法 第十四条", days=20, event="批准之日")
    ruling = rule(CHECK, obligation(requirement(due=(event,))), column(), listing())
    assert ruling.outcome is Outcome.NOT_APPLICABLE
    assert "批准之日" in ruling.detail


def test_the_walk_looks_for_the_named_documents():
    wanted = requirement(due=(DUE,), expectations=(*NAMED, expects(CHECK)))
    assert wanted_of(obligation(wanted), NIGHT).sought == (("报告", "2020"), ("清单",))


def test_nothing_is_said_of_a_column_not_there():
    assert outcome_of(rule(CHECK, obligation(ANY), column(Reach.ABSENT))) == NOT_APPLICABLE


def test_a_day_of_a_notice_that_has_ended_binds_nobody():
    ended = obligation(BY_NAME, by_basis_only=True)
    late = listing(row("2020年报告", LATE), row("清单", LATE))
    assert outcome_of(rule(CHECK, ended, column(), late)) == NOT_APPLICABLE
    assert outcome_of(rule(CHECK, ended, column(), listing(row("其他", LATE)))) == NOT_APPLICABLE


def test_a_title_without_its_year_is_no_absence():
    assert outcome_of(rule(CHECK, obligation(BY_NAME), column(), listing(row("年度报告", IN_TIME)))) == unsure(
        Reason.AMBIGUOUS
    )
