"""Sub-columns: each name, in one of its spellings, among those offered."""

from __future__ import annotations

import pytest
from seen_records import NOT_APPLICABLE, SATISFIED, accused, column, listing, obligation, outcome_of, row, rule, unsure

from ledger.observation import ColumnShape, Link, Reach, Table
from ledger.reason import Reason
from ledger.standing import Standing

CHECK = "column.subcolumns_present"
MARKED = Table(("标题", "形式"), (("甲", "视频"), ("乙", "图片"), ("丙", "文字")))
TITLED = Table(("标题", "日期"), (("关于视频、图片和文字解读工作的通知", "2021-06-03"),))
NAMES = ["视频|动漫", "图片", "文字"]


def offering(*labels: str, **changes):
    children = tuple(Link(label, f"https://portal.test/{label}") for label in labels)
    return listing(**{"shape": ColumnShape.SUBCOLUMNS, "children": children, **changes})


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (offering("动漫解读", "图片解读", "文字解读"), SATISFIED),
        (offering("图片解读", "文字解读"), accused(Standing.INCOMPLETE)),
        (offering("图片解读", "文字解读", whole=False), accused(Standing.INCOMPLETE)),
        (offering("图片解读", whole=False, reason=Reason.TIMEOUT), unsure(Reason.TIMEOUT)),
        (offering(shape=ColumnShape.UNKNOWN), unsure(Reason.AMBIGUOUS)),
        (listing(row("甲", child="视频"), row("乙", child="图片"), row("丙", child="文字")), SATISFIED),
        (listing(row("甲"), tables=(MARKED,)), unsure(Reason.AMBIGUOUS)),
        (listing(row("甲"), tables=(TITLED,)), accused(Standing.INCOMPLETE)),
        (listing(row("甲"), text="政策解读\n视频解读 更多>>\n甲\n图片\n文字解读\n"), unsure(Reason.AMBIGUOUS)),
        (listing(row("甲"), text="关于视频、图片和文字解读工作的通知"), accused(Standing.INCOMPLETE)),
        (None, unsure(Reason.AMBIGUOUS)),
    ],
)
def test_names_among_those_offered(held, expected):
    observations = [column(), *([held] if held else [])]
    assert outcome_of(rule(CHECK, obligation(), *observations, names=NAMES)) == expected


def test_the_sentence_names_what_is_lacking():
    ruling = rule(CHECK, obligation(), column(), offering("图片解读"), names=NAMES)
    assert ruling.detail.endswith("栏目页面列有“图片解读”，未发现下级栏目“视频”、“文字”。")


def test_nothing_is_said_of_a_column_not_there():
    assert outcome_of(rule(CHECK, obligation(), column(Reach.BROKEN), names=NAMES)) == NOT_APPLICABLE
