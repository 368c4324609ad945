"""Spreadsheets: the two known formats, confirmed gaps only, no formula cell from page text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import literal
from openpyxl import load_workbook

from ledger.standing import Standing
from reports.spreadsheet import ISSUE_HEADER, RESULT_HEADER, cell, row_height, write_gap_sheet, write_tables
from shared_data import SHARED, needs_shared


def test_the_sheet_holds_confirmed_gaps_in_both_formats(tmp_path: Path) -> None:
    view = literal.view()
    assert write_gap_sheet(tmp_path / "gaps.xlsx", view, view.lines) == 1
    book = load_workbook(tmp_path / "gaps.xlsx")
    issues = list(book["问题清单"].iter_rows(values_only=True))
    assert issues[0] == ISSUE_HEADER
    assert issues[0][:7] == ("序号", "栏目名称", "栏目URL", "路径", "问题描述", "问题发现时间", "截图")
    assert len(issues) == 2
    row = dict(zip(issues[0], issues[1], strict=True))
    assert (row["编号"], row["责任单位"], row["牵头单位"]) == ("GTESTGAP001", "区财政局", "区财政局")
    assert row["整改链接"] in (None, "")
    assert row["问题发现时间"] == "2021-11-30 02:15:09"
    results = list(book["测评结果"].iter_rows(values_only=True))
    assert results[0] == RESULT_HEADER
    assert results[0][:3] == ("测评指标", "失分原因", "整改情况")


def test_the_same_night_gives_the_same_bytes(tmp_path: Path) -> None:
    view = literal.view()
    for name in ("a.xlsx", "b.xlsx"):
        write_gap_sheet(tmp_path / name, view, view.lines)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_cell_is_cut_with_a_mark_and_has_no_control_characters() -> None:
    assert cell("预\x00算") == "预算"
    assert cell("长" * 40_000).endswith("已截断）")
    assert len(cell("长" * 40_000)) < 32_767


@needs_shared
def test_none_of_the_naughty_strings_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    strings = json.loads((SHARED / "suites" / "blns.json").read_text(encoding="utf-8"))
    hostile = [*strings, '=HYPERLINK("http://x")', "=1+1", "@SUM(1)", "http://example.com/"]
    rows = [(text,) for text in hostile]
    file = tmp_path / "naughty.xlsx"
    write_tables(file, (("表", ("文本",), (40,), rows),), created=datetime(2021, 11, 30, tzinfo=UTC))
    sheet = load_workbook(file)["表"]
    cells = [sheet.cell(row, 1) for row in range(2, len(hostile) + 2)]
    assert [c.coordinate for c in cells if c.data_type == "f" or c.hyperlink] == []
    assert len(hostile) >= 515


def test_a_standing_is_written_in_chinese(tmp_path: Path) -> None:
    view = literal.view()
    write_gap_sheet(tmp_path / "gaps.xlsx", view, view.lines)
    sheet = load_workbook(tmp_path / "gaps.xlsx")["问题清单"]
    assert sheet.cell(2, ISSUE_HEADER.index("问题类型") + 1).value == Standing.MISSING.chinese


def test_a_row_is_as_high_as_its_longest_cell() -> None:
    assert row_height(("短", "短"), (10, 10)) == 18
    assert row_height(("字" * 40, "短"), (21, 10)) == 15 * 5 + 3
    assert row_height(("字" * 9_000,), (10,)) == 409
