"""The year's instance: there, stated to be none, not due, of an unseen event, absent, or not to be told."""

from __future__ import annotations

from datetime import date

import pytest
from seen_records import (
    FINANCE,
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

from catalog.requirement import Due, DueKind, Scope
from checks.registry import wanted_of
from ledger.observation import ColumnShape, Link, Need, Reach
from ledger.reason import Reason
from ledger.standing import Standing
from ledger.verdict import Outcome

CHECK = "content.annual_instance"
WORDS = ["年度报告"]
YEARLY = Due(DueKind.YEARLY, "条例 第四十九条", month_day="01-31")
EVENT = Due(DueKind.AFTER_EVENT, "预算法 第十四条", days=20, event="批准之日")
STATED = (Outcome.SATISFIED, Standing.STATEMENT, None)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (listing(row("2020年政府信息公开年度报告")), SATISFIED),
        (listing(row("二〇二〇年年度报告")), SATISFIED),
        (listing(row("二○二○年年度报告")), SATISFIED),
        (listing(row("年度报告", child="2020")), SATISFIED),
        (listing(row("二O二O年年度报告")), SATISFIED),
        (listing(row("二Ｏ二Ｏ年年度报告")), SATISFIED),
        (listing(row("二◯二◯年年度报告")), SATISFIED),
        (listing(row("政府信息公开年度报告", date(2021, 1, 20))), unsure(Reason.AMBIGUOUS)),
        (listing(row("上一年度年度报告", None)), unsure(Reason.AMBIGUOUS)),
        (listing(row("年度报告", date(2021, 1, 20), child="2021")), unsure(Reason.AMBIGUOUS)),
        (listing(row("政府信息公开年度报告", date(2019, 1, 20))), accused(Standing.ITEM_MISSING)),
        (listing(row("二〇一九年年度报告", date(2020, 1, 20))), accused(Standing.ITEM_MISSING)),
        (listing(shape=ColumnShape.ARTICLE, text="2020年政府信息公开年度报告"), SATISFIED),
        (listing(row("2020年政府信息公开工作总结")), unsure(Reason.AMBIGUOUS)),
        (listing(row("政府信息公开工作情况", child="2020年")), unsure(Reason.AMBIGUOUS)),
        (listing(row("2019年政府信息公开工作总结")), accused(Standing.ITEM_MISSING)),
        (listing(row("2019年年度报告")), accused(Standing.ITEM_MISSING)),
        (listing(), accused(Standing.ITEM_MISSING)),
        (listing(row("2019年年度报告"), whole=False), unsure(Reason.BUDGET)),
        (listing(row("2020年政府信息公开年…")), unsure(Reason.AMBIGUOUS)),
        (listing(row("机构职能…")), accused(Standing.ITEM_MISSING)),
        (
            listing(shape=ColumnShape.ARTICLE, text="见附件", attachments=(Link("附件", "a"),)),
            unsure(Reason.ATTACHMENT_UNREAD),
        ),
        (listing(row("关于2020年无相关信息的情况说明")), STATED),
        (listing(row("关于2018年无相关信息的情况说明", date(2018, 3, 1))), accused(Standing.ITEM_MISSING)),
        (listing(text="本单位2020年度无相关信息。"), STATED),
        (listing(text="本单位2018年度无相关信息。"), accused(Standing.ITEM_MISSING)),
    ],
)
def test_the_year_before_the_nights(held, expected):
    assert outcome_of(rule(CHECK, obligation(), column(), held, words=WORDS)) == expected


def test_an_opened_article_is_the_instance():
    held = (column(), listing(shape=ColumnShape.ARTICLE, text="正文"), article("2020年度报告"))
    assert outcome_of(rule(CHECK, obligation(), *held, words=["报告"])) == SATISFIED


@pytest.mark.parametrize(
    ("due", "night", "expected"),
    [
        (YEARLY, NIGHT, accused(Standing.OVERDUE)),
        (YEARLY, date(2021, 1, 31), (Outcome.NOT_APPLICABLE, Standing.NOT_DUE, None)),
        (YEARLY, date(2021, 2, 1), accused(Standing.OVERDUE)),
        (due_on(date(2021, 10, 31)), NIGHT, accused(Standing.OVERDUE)),
        (due_on(date(2021, 11, 30)), NIGHT, (Outcome.NOT_APPLICABLE, Standing.NOT_DUE, None)),
        (due_on(date(2021, 5, 31), earlier_than_notice=True), NIGHT, accused(Standing.ITEM_MISSING)),
        (EVENT, NIGHT, (Outcome.NOT_APPLICABLE, Standing.DUE_UNKNOWN, None)),
    ],
)
def test_absence_by_deadline(due, night, expected):
    owed = obligation(requirement(due=(due,)))
    assert outcome_of(rule(CHECK, owed, column(), listing(row("其他")), night=night, words=WORDS)) == expected


def test_in_a_central_list_only_the_organs_own_row_counts():
    owed = obligation(requirement(scope=Scope.CENTRAL_LIST), FINANCE, at_portal=True)
    other = listing(row("区民政局2020年年度报告"))
    own = listing(row("区民政局2020年年度报告"), row("万州区财政局2020年年度报告"))
    missed = rule(CHECK, owed, column(), other, words=WORDS)
    assert outcome_of(missed) == accused(Standing.ITEM_MISSING)
    assert "涉及万州区财政局的条目" in missed.detail
    assert outcome_of(rule(CHECK, owed, column(), own, words=WORDS)) == SATISFIED


def test_a_row_may_name_the_organ_by_another_of_its_names():
    owed = obligation(requirement(scope=Scope.CENTRAL_LIST), FINANCE, at_portal=True, organ_aliases=("万州财政局",))
    own = listing(row("重庆市万州财政局2020年年度报告"))
    assert outcome_of(rule(CHECK, owed, column(), own, words=WORDS)) == SATISFIED
    assert "万州财政局" in wanted_of(owed, NIGHT).organ_names


def test_the_walk_is_told_what_to_look_for():
    wanted = requirement(scope=Scope.CENTRAL_LIST, expectations=(expects(CHECK, words=WORDS, years_back=1),))
    want = wanted_of(obligation(wanted, FINANCE, at_portal=True), NIGHT)
    assert want.sought == (("年度报告", "2020"),)
    assert Need.SOUGHT_ROW in want.needs
    assert "万州区财政局" in want.organ_names


def test_nothing_is_said_of_a_column_not_there():
    assert outcome_of(rule(CHECK, obligation(), column(Reach.ABSENT), words=WORDS)) == NOT_APPLICABLE
