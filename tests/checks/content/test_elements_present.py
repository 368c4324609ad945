"""Elements: in the text, a table or the newest article; never lacking while something was not read."""

from __future__ import annotations

import pytest
from seen_records import (
    NOT_APPLICABLE,
    SATISFIED,
    accused,
    article,
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

from ledger.observation import ColumnShape, Link, Reach, Table
from ledger.reason import Reason
from ledger.standing import Standing
from ledger.verdict import Outcome

CHECK = "content.elements_present"
OPTIONS = {"elements": ["限额", "余额", "利率"], "synonyms": {"利率": ["年息"]}}
ONE = listing(row("2021年部门预算"))
SERIES = listing(row("2021年政府债务"), row("二〇二〇年度政府债务"), row("2019年政府债务（第二批）"))
MIXED = listing(row("2021年政府债务"), row("2021年债券发行情况"))
FULL = article(text="限额 余额 利率")
HALF = article(text="限额 余额")


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([ONE, FULL], SATISFIED),
        ([ONE, article(text="限额 余额 年息")], SATISFIED),
        ([ONE, article(text="", tables=(Table(("限额", "余额", "利率"), ()),))], SATISFIED),
        ([ONE, HALF], accused(Standing.INCOMPLETE)),
        ([SERIES, article("2021年政府债务", text="限额 余额")], accused(Standing.INCOMPLETE)),
        ([MIXED, article("2021年政府债务", text="限额 余额")], unsure(Reason.AMBIGUOUS)),
        (
            [
                MIXED,
                article("2021年政府债务", text="限额"),
                article("2021年债券发行情况", text="余额", role="sought"),
            ],
            accused(Standing.INCOMPLETE),
        ),
        (
            [
                MIXED,
                article("2021年政府债务", text="限额"),
                article("2021年债券发行情况", text="余额 利率", role="sought"),
            ],
            SATISFIED,
        ),
        ([ONE, article(text="限额", attachments=(Link("附件", "a"),))], unsure(Reason.ATTACHMENT_UNREAD)),
        ([ONE, article(text="限额", images=("a.jpg",))], unsure(Reason.ATTACHMENT_UNREAD)),
        ([ONE, article(text="", reason=Reason.TIMEOUT)], unsure(Reason.TIMEOUT)),
        ([ONE, article(text="限" * 20_000)], unsure(Reason.TOO_LARGE)),
        ([ONE], unsure(Reason.AMBIGUOUS)),
        ([listing(shape=ColumnShape.ARTICLE, text="限额")], accused(Standing.INCOMPLETE)),
        ([listing(shape=ColumnShape.ARTICLE, text="限额", whole=False)], unsure(Reason.BUDGET)),
        ([listing(shape=ColumnShape.ARTICLE, text="限额", images=("a",))], unsure(Reason.ATTACHMENT_UNREAD)),
        ([listing(shape=ColumnShape.UNKNOWN, reason=Reason.ENCODING)], unsure(Reason.ENCODING)),
        (
            [listing(shape=ColumnShape.UNKNOWN, reason=Reason.AMBIGUOUS, attachments=(Link("指南.pdf", "a"),))],
            unsure(Reason.ATTACHMENT_UNREAD),
        ),
        ([listing()], NOT_APPLICABLE),
        ([listing(text="本单位2021年度无相关信息")], (Outcome.SATISFIED, Standing.STATEMENT, None)),
        ([], unsure(Reason.AMBIGUOUS)),
    ],
)
def test_elements(held, expected):
    assert outcome_of(rule(CHECK, obligation(), column(), *held, **OPTIONS)) == expected


def test_the_sentence_names_what_is_lacking_and_where_we_read():
    ruling = rule(CHECK, obligation(), column(), ONE, HALF, **OPTIONS)
    assert ruling.detail == "截至2021-11-30 10:00，在栏目页面和最新一篇《2021年部门预算》中，未发现要素“利率”。"
    assert ruling.evidence == ("listing-portal", "article-2021年部门预算")


def test_the_sentence_tells_how_many_articles_were_read():
    held = [
        MIXED,
        article("2021年政府债务", text="限额"),
        article("2021年债券发行情况", text="余额", role="sought"),
    ]
    ruling = rule(CHECK, obligation(), column(), *held, **OPTIONS)
    assert ruling.detail == "截至2021-11-30 10:00，在栏目页面和《2021年政府债务》等2篇文章中，未发现要素“利率”。"


def test_a_sector_is_judged_by_its_own_rows():
    sector = expects("content.sector_listed", sector="教育", words=["学校"])
    owed = obligation(requirement(expectations=(sector,)))
    school, bus = row("学校名录", url="s"), row("公交名录", url="b")
    other = article(text="限额 余额 利率", url="b")
    own = article(text="限额 余额", url="s", role="sought")
    assert outcome_of(rule(CHECK, owed, column(), listing(school, bus), other, own, **OPTIONS)) == accused(
        Standing.INCOMPLETE
    )
    assert outcome_of(rule(CHECK, owed, column(), listing(school, bus), other, **OPTIONS)) == unsure(Reason.AMBIGUOUS)


SCHOOLS = obligation(
    requirement(expectations=(expects("content.sector_listed", sector="教育", words=["学校", "教育"]),))
)


@pytest.mark.parametrize(
    ("tables", "changes", "expected"),
    [
        ((Table(("名称", "限额", "余额", "利率"), (("第一学校", "1", "2", "3"),)),), {}, SATISFIED),
        ((Table(("名称", "限额", "余额"), (("第一学校", "1", "2"),)),), {}, accused(Standing.INCOMPLETE)),
        ((Table(("名称", "限额", "余额"), (("第一学校", "1", "2"),)),), {"text": "利率均为三厘"}, SATISFIED),
        (
            (Table(("名称", "限额"), (("第一学校", "1"),)), Table(("名称", "余额", "利率"), (("公交", "1", "2"),))),
            {"text": "名称\n余额\n利率"},
            accused(Standing.INCOMPLETE),
        ),
        (
            (Table(("名称", "限额"), (("第一学校", "1"),)),),
            {"attachments": (Link("附件", "a"),)},
            unsure(Reason.ATTACHMENT_UNREAD),
        ),
    ],
)
def test_a_sector_is_judged_by_its_rows_in_the_tables_of_the_only_article(tables, changes, expected):
    held = [listing(row("一览表")), article("一览表", tables=tables, **changes)]
    assert outcome_of(rule(CHECK, SCHOOLS, column(), *held, **OPTIONS)) == expected


def test_a_catalogue_of_articles_is_no_table_of_facts():
    catalogue = Table(
        ("序号", "信息名称", "文号", "发布日期"), (("1", "通知一 发布机构：区教育局", "〔2021〕1号", "2021年11月1日"),)
    )
    held = [listing(row("通知一"), row("通知二"), tables=(catalogue,)), article("通知一", text="各部门")]
    assert outcome_of(rule(CHECK, SCHOOLS, column(), *held, **OPTIONS)) == NOT_APPLICABLE
    text = "通知一 发布机构：区教育局"
    held = [listing(row("通知一"), row("通知二"), tables=(catalogue,), text=text), article("通知一", text="各部门")]
    assert outcome_of(rule(CHECK, SCHOOLS, column(), *held, **OPTIONS)) == unsure(Reason.AMBIGUOUS)


def test_nothing_is_said_of_a_column_not_there():
    assert outcome_of(rule(CHECK, obligation(), column(Reach.ABSENT), **OPTIONS)) == NOT_APPLICABLE
