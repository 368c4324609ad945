"""Sectors of one shared column: told apart by sub-column, heading or row; else a person looks."""

from __future__ import annotations

import pytest
from seen_records import (
    NOT_APPLICABLE,
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

from ledger.observation import ColumnShape, Link, Reach
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
