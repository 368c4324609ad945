"""Emptiness: only a page seen whole is empty; containers are judged by their sub-columns."""

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
    requirement,
    row,
    rule,
    unsure,
)

from catalog.requirement import Scope
from ledger.observation import ColumnShape, Link, Reach, Table
from ledger.reason import Reason
from ledger.standing import Standing
from ledger.verdict import Outcome

CHECK = "column.not_empty"
CHILDREN = (Link("专项规划", "https://portal.test/a/"), Link("区域规划", "https://portal.test/b/"))
STATED = (Outcome.SATISFIED, Standing.STATEMENT, None)
EMPTY, LIST, SUB, UNKNOWN = ColumnShape.EMPTY, ColumnShape.LIST, ColumnShape.SUBCOLUMNS, ColumnShape.UNKNOWN


def children(*shapes: ColumnShape, **changes):
    names = [child.label for child in CHILDREN]
    return listing(shape=SUB, children=CHILDREN, child_shapes=tuple(zip(names, shapes, strict=False)), **changes)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (listing(row("2021年预算")), SATISFIED),
        (listing(shape=ColumnShape.ARTICLE, text="地址"), SATISFIED),
        (listing(shape=ColumnShape.TABLE, tables=(Table(("名称",), (("甲",),)),)), SATISFIED),
        (listing(shape=ColumnShape.TABLE, tables=(Table(("名称",), ((" ",),)),)), unsure(Reason.AMBIGUOUS)),
        (listing(), accused(Standing.EMPTY)),
        (listing(text="暂无信息"), accused(Standing.EMPTY)),
        (listing(whole=False, reason=Reason.TIMEOUT), unsure(Reason.TIMEOUT)),
        (listing(shape=UNKNOWN, reason=Reason.NEEDS_BROWSER), unsure(Reason.NEEDS_BROWSER)),
        (listing(shape=UNKNOWN), unsure(Reason.AMBIGUOUS)),
        (listing(images=("a.jpg",)), unsure(Reason.ATTACHMENT_UNREAD)),
        (listing(row("关于2021年度无相关信息的情况说明")), STATED),
        (listing(row("2021年部门预算情况说明")), SATISFIED),
        (listing(row("情况说明"), row("2021年预算")), SATISFIED),
        (listing(text="我单位本年度无相关信息。"), STATED),
        (children(EMPTY, EMPTY), accused(Standing.EMPTY)),
        (children(EMPTY), unsure(Reason.AMBIGUOUS)),
        (children(EMPTY, UNKNOWN, reason=Reason.DNS), unsure(Reason.DNS)),
        (children(EMPTY, LIST), SATISFIED),
        (children(EMPTY, EMPTY, whole=False), unsure(Reason.BUDGET)),
        (listing(shape=SUB), unsure(Reason.AMBIGUOUS)),
        (None, unsure(Reason.INTERNAL)),
    ],
)
def test_what_a_column_holds(held, expected):
    observations = [column(), *([held] if held else [])]
    assert outcome_of(rule(CHECK, obligation(), *observations)) == expected


def test_a_column_of_repealed_documents_may_be_empty():
    labels = ("政府网站", "规范性文件", "失效/废止")
    ruling = rule(CHECK, obligation(labels=labels), column(labels=labels), listing(labels=labels))
    assert outcome_of(ruling) == SATISFIED


def test_an_article_that_was_opened_fills_its_column():
    held = listing(shape=ColumnShape.ARTICLE)
    assert outcome_of(rule(CHECK, obligation(), column(), held, article())) == SATISFIED


def test_a_central_list_is_full_where_it_lists_others():
    owed = obligation(requirement(scope=Scope.CENTRAL_LIST), FINANCE, at_portal=True)
    assert outcome_of(rule(CHECK, owed, column(), listing(row("区民政局2020年年报")))) == SATISFIED


def test_nothing_is_said_of_a_column_not_there():
    assert outcome_of(rule(CHECK, obligation(), column(Reach.ABSENT))) == NOT_APPLICABLE


def test_the_sentence_names_the_empty_sub_columns():
    ruling = rule(CHECK, obligation(), column(), children(EMPTY, EMPTY))
    assert "下级栏目列有“专项规划”、“区域规划”，均没有条目" in ruling.detail
