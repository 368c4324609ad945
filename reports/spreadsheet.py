"""Spreadsheets (XLSX) in the two formats that departments know; no cell is ever a formula or an active link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from reports.view import Line, NightView
from reports.wording import shanghai

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CELL_LIMIT = 32_000  # Excel cuts at 32,767 without a word (TRUST fact 10)

ISSUE_HEADER = (
    "序号",
    "栏目名称",
    "栏目URL",
    "路径",
    "问题描述",
    "问题发现时间",
    "截图",
    "问题类型",
    "责任单位",
    "牵头单位",
    "依据",
    "编号",
    "整改链接",
    "申诉理由",
)
RESULT_HEADER = ("测评指标", "失分原因", "整改情况", "责任单位", "牵头单位", "依据", "编号", "整改链接", "申诉理由")
_ISSUE_WIDTHS = (5, 16, 24, 28, 46, 12, 14, 13, 14, 14, 24, 13, 22, 22)
_RESULT_WIDTHS = (30, 56, 20, 14, 14, 28, 13, 24, 24)


def cell(text: object) -> str:
    """Text as a cell can hold it: no control characters, cut with a mark before Excel would cut it silently."""
    clean = _CONTROL.sub("", str(text))
    return clean if len(clean) <= _CELL_LIMIT else clean[:_CELL_LIMIT] + "……（内容过长，已截断）"


def column_name(line: Line) -> str:
    """栏目名称: the last label of the path with the sector, or the title of a duty without a path."""
    requirement, path = line.obligation.requirement, line.obligation.path
    name = path.labels[-1] if path else requirement.title
    return f"{name}（{requirement.item}）" if requirement.item else name


def organ_names(line: Line) -> str:
    """责任单位, joined."""
    return "、".join(organ.short or organ.name for organ in (line.obligation.responsible or (line.obligation.organ,)))


def lead_names(line: Line) -> str:
    """牵头单位, joined."""
    return "、".join(organ.short or organ.name for organ in line.obligation.lead)


def basis(line: Line) -> str:
    """依据: all citations, the standing basis first once the notice's own term has ended."""
    return "；".join(line.obligation.citations)


def issue_row(number: int, line: Line) -> tuple[object, ...]:
    """One row of 问题清单, in the order of ``ISSUE_HEADER``; the last two are blank, to be filled in."""
    return (
        number,
        column_name(line),
        line.standing.url,
        str(line.obligation.path or ""),
        line.standing.detail,
        shanghai(line.standing.seen_at),
        f"截图/{line.picture}" if line.picture else "未截图",
        line.standing.standing.chinese,
        organ_names(line),
        lead_names(line),
        basis(line),
        line.gap.id if line.gap else "",
        "",
        "",
    )


def result_row(line: Line) -> tuple[object, ...]:
    """One row of 测评结果, in the order of ``RESULT_HEADER``."""
    return (
        f"{line.obligation.requirement.title}—{column_name(line)}",
        f"{line.standing.standing.chinese}：{line.standing.detail}",
        "",
        organ_names(line),
        lead_names(line),
        basis(line),
        line.gap.id if line.gap else "",
        "",
        "",
    )


def write_gap_sheet(file: Path, view: NightView, lines: Iterable[Line]) -> int:
    """Write the sheet that is to be answered; confirmed gaps only (CONTRACTS: Reports of an organ).

    Returns:
        How many gaps stand in it.
    """
    gaps = [line for line in lines if line.is_confirmed_gap]
    issues = [issue_row(number, line) for number, line in enumerate(gaps, start=1)]
    write_tables(
        file,
        (
            ("问题清单", ISSUE_HEADER, _ISSUE_WIDTHS, issues),
            ("测评结果", RESULT_HEADER, _RESULT_WIDTHS, [result_row(g) for g in gaps]),
        ),
        created=datetime(view.night.night.year, view.night.night.month, view.night.night.day, tzinfo=UTC),
    )
    return len(gaps)


_LINE_POINTS = 15
_TALLEST_POINTS = 409  # Excel's limit of a row


def row_height(row: Sequence[object], widths: Sequence[float]) -> float:
    """Height in points at which the wrapped text of a row can be read; not every program fits rows by itself."""
    lines = max((_lines(str(value), width) for value, width in zip(row, widths, strict=False)), default=1)
    return min(lines * _LINE_POINTS + 3, _TALLEST_POINTS)


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column; a Chinese character is two columns wide."""
    paragraphs = text.split("\n")
    return sum(1 + int(sum(1 + (ord(sign) > 0x2E7F) for sign in part) / (width - 1)) for part in paragraphs)


SheetTable = tuple[str, Sequence[str], Sequence[float], Sequence[Sequence[object]]]


def write_tables(file: Path, tables: Iterable[SheetTable], *, created: datetime) -> None:
    """Write sheets with a frozen header and wrapped text.

    Args:
        tables: name, header, column widths in characters, rows.
        created: stamped into the file so that the same night gives the same bytes.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(file), options) as book:
        book.set_properties({"title": "政务公开核验", "created": created.replace(tzinfo=None)})
        head = book.add_format(
            {"bold": True, "bg_color": "#E8EDF2", "border": 1, "valign": "vcenter", "text_wrap": True}
        )
        body = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
        for name, header, widths, rows in tables:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
            for index, width in enumerate(widths):
                sheet.set_column(index, index, width)
            sheet.set_row(0, 24)
            for index, label in enumerate(header):
                sheet.write_string(0, index, label, head)
            for number, row in enumerate(rows, start=1):
                sheet.set_row(number, row_height(row, widths))
                for index, value in enumerate(row):
                    if isinstance(value, int):
                        sheet.write_number(number, index, value, body)
                    else:
                        sheet.write_string(number, index, cell(value), body)
            sheet.autofilter(0, 0, max(len(rows), 1), len(header) - 1)
