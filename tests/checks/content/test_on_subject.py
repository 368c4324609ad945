"""The subject: mismatched only when nothing at all, seen whole, is about it."""

from __future__ import annotations

import pytest
from seen_records import (
    FINANCE,
    NOT_APPLICABLE,
    SATISFIED,
    accused,
    article,
    column,
    listing,
    obligation,
    outcome_of,
    row,
    rule,
    unsure,
)

from ledger.observation import Reach
from ledger.reason import Reason
from ledger.standing import Standing
from ledger.verdict import Outcome

CHECK = "content.on_subject"
WORDS = ["预算", "决算"]
MISMATCHED = accused(Standing.MISMATCHED)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (listing(row("植树活动"), row("2021年预算")), SATISFIED),
        (listing(row("植树活动"), row("消防演练")), accused(Standing.MISMATCHED)),
        (listing(row("植树活动"), whole=False), unsure(Reason.BUDGET)),
        (listing(row("植树活动"), images=("a",)), unsure(Reason.ATTACHMENT_UNREAD)),
        (listing(row("关于本年度无相关信息的情况说明")), (Outcome.SATISFIED, Standing.STATEMENT, None)),
        (listing(), NOT_APPLICABLE),
    ],
)
def test_subject(held, expected):
    assert outcome_of(rule(CHECK, obligation(), column(), held, words=WORDS)) == expected


def test_nothing_is_said_of_a_column_not_there():
    assert outcome_of(rule(CHECK, obligation(), column(Reach.ABSENT), words=WORDS)) == NOT_APPLICABLE


@pytest.mark.parametrize(
    ("title", "child", "expected"),
    [
        ("区财政局", "", unsure(Reason.AMBIGUOUS)),
        ("万州区财政局2021年", "", unsure(Reason.AMBIGUOUS)),
        ("关于做好有关工作的通知", "区财政局", unsure(Reason.AMBIGUOUS)),
        ("区财政局2021年部门预算", "", SATISFIED),
        ("2021年部门预算", "区财政局", SATISFIED),
        ("区财政局组织植树活动", "", accused(Standing.MISMATCHED)),
    ],
)
def test_row_that_is_but_the_organ_s_name_in_a_shared_column(title, child, expected):
    owed = obligation(organ=FINANCE, at_portal=False)
    held = listing(row(title, child=child), row("区公安局消防演练"))
    assert outcome_of(rule(CHECK, owed, column(), held, words=WORDS)) == expected


FINANCE_WORDS = ["预算", "财政"]
BASKETBALL = row("万州区篮球协会举办友谊赛")


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (
            [listing(BASKETBALL), article("友谊赛", text="发布时间：2021-11-22 来源：万州区财政局 欢迎参加。")],
            MISMATCHED,
        ),
        ([listing(BASKETBALL, text="预算/决算\n万州区篮球协会举办友谊赛")], MISMATCHED),
        ([listing(row("万州区财政局篮球友谊赛"))], MISMATCHED),
        ([listing(BASKETBALL, text="来源：市财政局浏览量：3 欢迎参加")], MISMATCHED),
        ([listing(BASKETBALL, text="资金来源：财政拨款")], SATISFIED),
        ([listing(row("万州区财政局财政收支情况"))], SATISFIED),
        ([listing(BASKETBALL, row("万州区财政局2021年公开表"))], unsure(Reason.AMBIGUOUS)),
    ],
)
def test_the_organ_s_name_and_the_column_s_say_nothing_about_the_content(held, expected):
    owed = obligation(organ=FINANCE, at_portal=True)
    assert outcome_of(rule(CHECK, owed, column(), *held, words=FINANCE_WORDS)) == expected
