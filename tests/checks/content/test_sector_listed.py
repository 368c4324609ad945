"""Sectors of one shared column: told apart by sub-column, heading or row; else a person looks."""

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

CHECK = "content.sector_listed"
SCHOOLS = requirement(id="schools", expectations=(expects(CHECK, sector="教育", words=["学校", "教育"]),))
BUSES = requirement(
    id="buses", expectations=(expects(CHECK, sector="交通", words=["公交"]), expects("column.not_empty"))
)
ODD = requirement(id="odd", expectations=(expects(CHECK, sector="其他", words="公交"),))
OWED = obligation(SCHOOLS, siblings=(BUSES, ODD))
OPTIONS = {"sector": "教育", "words": ["学校", "教育"]}
EDUCATION, TRAFFIC = Link("教育领域", "https://portal.test/e/"), Link("公交", "https://portal.test/t/")


def parted(education: ColumnShape | None, **changes):
    shapes = (("教育领域", education),) if education else ()
    held = {"shape": ColumnShape.SUBCOLUMNS, "children": (EDUCATION, TRAFFIC), "child_shapes": shapes, **changes}
    return listing(**held)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (listing(row("某某学校")), SATISFIED),
        (listing(row("名录", child="教育")), SATISFIED),
        (listing(shape=ColumnShape.ARTICLE, text="教育：某某学校"), SATISFIED),
        (parted(ColumnShape.LIST), SATISFIED),
        (parted(ColumnShape.EMPTY), accused(Standing.EMPTY)),
        (parted(None), unsure(Reason.AMBIGUOUS)),
        (parted(ColumnShape.EMPTY, whole=False), unsure(Reason.BUDGET)),
        (listing(row("公交线路")), accused(Standing.ITEM_MISSING)),
        (listing(row("线路", child="公交")), accused(Standing.ITEM_MISSING)),
        (listing(row("公交线路"), images=("a",)), unsure(Reason.ATTACHMENT_UNREAD)),
        (listing(row("公交线路"), row("某某实验一中")), (Outcome.MANUAL, None, None)),
        (listing(row("公交线路"), row("二〇二一年名单", child="公交")), accused(Standing.ITEM_MISSING)),
        (listing(row("单位名录")), (Outcome.MANUAL, None, None)),
        (listing(), NOT_APPLICABLE),
        (listing(row("学校关于本年度无相关信息的情况说明")), (Outcome.SATISFIED, Standing.STATEMENT, None)),
        (None, unsure(Reason.INTERNAL)),
    ],
)
def test_sectors(held, expected):
    observations = [column(), *([held] if held else [])]
    assert outcome_of(rule(CHECK, OWED, *observations, **OPTIONS)) == expected


def test_nothing_is_said_of_a_column_not_there():
    assert outcome_of(rule(CHECK, OWED, column(Reach.ABSENT), **OPTIONS)) == NOT_APPLICABLE


HEADERS = ("序号", "名称", "地址", "电话")
BUS_TABLE = Table(HEADERS, (("1", "第一公交公司", "滨江路1号", "023-58001234"),))
SCHOOL_TABLE = Table(HEADERS, (("1", "第一学校", "书院路1号", "023-58001234"),))
UNKNOWN_TABLE = Table(HEADERS, (("1", "某某实验一中", "书院路1号", "023-58001234"),))


@pytest.mark.parametrize(
    ("tables", "changes", "expected"),
    [
        ((BUS_TABLE, SCHOOL_TABLE), {}, SATISFIED),
        ((BUS_TABLE,), {}, accused(Standing.ITEM_MISSING)),
        ((BUS_TABLE,), {"text": "另附：学校名录"}, SATISFIED),
        ((BUS_TABLE, UNKNOWN_TABLE), {}, (Outcome.MANUAL, None, None)),
        ((BUS_TABLE,), {"attachments": (Link("附表", "a"),)}, unsure(Reason.ATTACHMENT_UNREAD)),
        ((UNKNOWN_TABLE,), {}, (Outcome.MANUAL, None, None)),
    ],
)
def test_the_tables_of_the_only_article_are_the_column_s(tables, changes, expected):
    held = [listing(row("一览表")), article("一览表", tables=tables, **changes)]
    assert outcome_of(rule(CHECK, OWED, column(), *held, **OPTIONS)) == expected
    two = [listing(row("一览表"), row("公交通知")), article("一览表", tables=(BUS_TABLE,))]
    assert outcome_of(rule(CHECK, OWED, column(), *two, **OPTIONS)) == (Outcome.MANUAL, None, None)


def test_the_people_s_government_is_no_civil_affairs():
    held = listing(row("万州区人民政府关于公交的通知"))
    ruling = rule(CHECK, OWED, column(), held, sector="民政", words=["民政"])
    assert outcome_of(ruling) == accused(Standing.ITEM_MISSING)
    own = listing(row("区民政局养老机构名录"))
    assert outcome_of(rule(CHECK, OWED, column(), own, sector="民政", words=["民政"])) == SATISFIED
