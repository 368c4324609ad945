"""The office's review sheet goes out and comes back; anything odd is refused with its row."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import literal
import pytest
from openpyxl import load_workbook

from ledger.reply import Reply
from ledger.review import ReviewConclusion
from reports.received import ReceivedFileError
from reports.review_sheet import HEADER, SHEET, ReviewSheetError, read_review_sheet, write_review_sheet

AT = datetime(2021, 11, 30, 3, tzinfo=UTC)


def _filled(folder: Path, **cells: str) -> Path:
    file = folder / "review.xlsx"
    assert write_review_sheet(file, literal.view()) == 1
    book = load_workbook(file)
    for label, text in cells.items():
        book[SHEET].cell(2, HEADER.index(label) + 1).value = text
    book.save(file)
    return file


def test_a_filled_row_comes_back_as_a_review(tmp_path: Path) -> None:
    file = _filled(tmp_path, 复核结论="误报", 复核人="某某", 意见="已在他处公开")
    (review,) = read_review_sheet(file, known={"GTESTGAP001"}, reviewed_at=AT)
    assert (review.gap_id, review.conclusion, review.opinion) == (
        "GTESTGAP001",
        ReviewConclusion.FALSE_ALARM,
        "已在他处公开",
    )
    held = literal.view(reviews=(review,))
    assert [line.is_confirmed_gap for line in held.lines if line.is_gap] == [False]


def test_a_row_without_conclusion_is_passed_over(tmp_path: Path) -> None:
    assert read_review_sheet(_filled(tmp_path), known={"GTESTGAP001"}, reviewed_at=AT) == ()


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"复核结论": "大概"}, "第 2 行：复核结论“大概”无法识别"),
        ({"复核结论": "属实"}, "没有填写复核人"),
        ({"复核结论": "属实", "复核人": "某某", "编号": "GNOSUCH"}, "编号“GNOSUCH”不存在"),
    ],
)
def test_odd_rows_are_refused_with_row_and_cure(tmp_path: Path, cells: dict[str, str], words: str) -> None:
    with pytest.raises(ReviewSheetError, match=words):
        read_review_sheet(_filled(tmp_path, **cells), known={"GTESTGAP001"}, reviewed_at=AT)


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "review.xlsx"
    with pytest.raises(ReceivedFileError, match="文件不存在"):
        read_review_sheet(file, known=set(), reviewed_at=AT)
    file.write_bytes(b"no workbook")
    with pytest.raises(ReceivedFileError, match="不是可读的 XLSX"):
        read_review_sheet(file, known=set(), reviewed_at=AT)


def test_a_changed_header_is_refused(tmp_path: Path) -> None:
    file = _filled(tmp_path)
    book = load_workbook(file)
    book[SHEET].cell(1, 1).value = "号"
    book.save(file)
    with pytest.raises(ReviewSheetError, match="表头"):
        read_review_sheet(file, known=set(), reviewed_at=AT)


def test_a_dispute_is_shown_and_asks_for_a_new_conclusion(tmp_path: Path) -> None:
    (review,) = read_review_sheet(
        _filled(tmp_path, 复核结论="属实", 复核人="某某"), known={"GTESTGAP001"}, reviewed_at=AT
    )
    dispute = Reply("yunchuan", literal.NIGHT, "finance", "GTESTGAP001", (), "已在他处公开", "", "", AT)
    for disputes, conclusion, words in (({}, "属实", None), ({"GTESTGAP001": dispute}, None, "已在他处公开")):
        write_review_sheet(tmp_path / "again.xlsx", literal.view(reviews=(review,), disputes=disputes))
        row = dict(
            zip(HEADER, next(load_workbook(tmp_path / "again.xlsx")[SHEET].iter_rows(2, values_only=True)), strict=True)
        )
        assert (row["复核结论"] or None, row["申诉理由"] or None) == (conclusion, words)


def test_a_formula_is_no_conclusion(tmp_path: Path) -> None:
    with pytest.raises(ReviewSheetError, match="第 2 行：含有公式"):
        read_review_sheet(_filled(tmp_path, 意见="=1+1"), known={"GTESTGAP001"}, reviewed_at=AT)
