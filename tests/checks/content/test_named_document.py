"""A named document: all words, and one of the alternatives."""

from __future__ import annotations

import pytest
from seen_records import (
    NIGHT,
    SATISFIED,
    accused,
    column,
    expects,
    listing,
    obligation,
    outcome_of,
    requirement,
    row,
    rule,
    unsure,
)

from checks.registry import wanted_of
from ledger.observation import ColumnShape, Table
from ledger.reason import Reason
from ledger.standing import Standing

CHECK = "content.named_document"
OPTIONS = {"words": ["负面清单"], "any_of": ["2020年版", "2021年版"]}


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (listing(row("市场准入负面清单（2020年版）")), SATISFIED),
        (listing(row("市场准入负面清单")), accused(Standing.ITEM_MISSING)),
        (listing(row("负面清单2020…")), unsure(Reason.AMBIGUOUS)),
        (listing(shape=ColumnShape.TABLE, tables=(Table(("负面清单",), (("2021年版",),)),)), SATISFIED),
    ],
)
def test_words_and_alternatives(held, expected):
    assert outcome_of(rule(CHECK, obligation(), column(), held, **OPTIONS)) == expected


def test_the_sentence_names_what_was_sought():
    ruling = rule(CHECK, obligation(), column(), listing(row("甲")), **OPTIONS)
    assert (
        ruling.detail
        == "截至2021-11-30 10:00，栏目已完整查看，页面列有“甲”，未发现负面清单（2020年版或2021年版）的内容。"
    )


def test_the_walk_looks_for_each_alternative():
    wanted = requirement(expectations=(expects(CHECK, **OPTIONS),))
    assert wanted_of(obligation(wanted), NIGHT).sought == (("负面清单", "2020年版"), ("负面清单", "2021年版"))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("市场准入负面清单（2020年版）", SATISFIED),
        ("市场准入负面清单（二○二○年版）", SATISFIED),
        ("关于印发市场准入负面清单的通知", unsure(Reason.AMBIGUOUS)),
        ("市场准入负面清单（2018年版）", accused(Standing.ITEM_MISSING)),
    ],
)
def test_an_edition_may_be_printed_otherwise_or_not_at_all(title, expected):
    assert outcome_of(rule(CHECK, obligation(), column(), listing(row(title)), words=["负面清单", "2020"])) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("某区国民经济和社会发展规划纲要", unsure(Reason.AMBIGUOUS)),
        ("某区水利发展专项规划", unsure(Reason.AMBIGUOUS)),
        ("某区“十三五”水利发展规划", accused(Standing.ITEM_MISSING)),
        ("某区第十三个五年规划纲要", accused(Standing.ITEM_MISSING)),
        ("某区水利发展规划（2016-2020年）", accused(Standing.ITEM_MISSING)),
        ("植树活动", accused(Standing.ITEM_MISSING)),
        ("某区“十四五”水利发展规划", SATISFIED),
    ],
)
def test_a_plan_that_names_no_period_may_be_of_the_period(title, expected):
    periods = ["十四五", "第十四个五年", "2021-2025"]
    assert outcome_of(rule(CHECK, obligation(), column(), listing(row(title)), any_of=periods)) == expected
