"""Spreadsheets (XLSX) in the two formats that departments know; no cell is ever a formula or an active link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter

from reports.check_code import SheetOrigin, row_code
from reports.view import Line, NightView
from reports.wording import shanghai

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no character for; halves of a surrogate pair come from names that a page cut."""
_CELL_LIMIT = 32_000  # Excel cuts at 32,767 without a word (TRUST fact 10)

ISSUES, RESULTS, GUIDE = "问题清单", "测评结果", "填写说明"
LINK, DISPUTE, NOTE, CODE = "整改链接", "申诉理由", "整改情况", "核对码"
GUIDE_DISTRICT, GUIDE_NIGHT, GUIDE_ORGAN = "区县", "批次", "单位"
TO_BE_FILLED = (LINK, DISPUTE, NOTE)
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
    LINK,
    DISPUTE,
    CODE,
)
RESULT_HEADER = ("测评指标", "失分原因", NOTE, "责任单位", "牵头单位", "依据", "编号", LINK, DISPUTE, CODE)
_ISSUE_WIDTHS = (5, 16, 24, 28, 46, 12, 14, 13, 14, 14, 24, 13, 22, 22, 10)
_RESULT_WIDTHS = (30, 56, 20, 14, 14, 28, 13, 24, 24, 10)
_HOW_TO_FILL = (
    ("可填写的栏", f"“{LINK}”“{DISPUTE}”“{NOTE}”；两张工作表填写一处即可"),
    (LINK, "整改后的网页地址（http 或 https，须为本网站），一项最多 3 个；填写后即时复核"),
    (DISPUTE, "对问题有异议的填写理由，由人工复核"),
    ("请勿改动", f"其他各栏、表头、编号、{CODE}；请勿增加行、列或填写公式，否则整份表格不予导入"),
)


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
        "",
    )


def fixed_cells(header: Sequence[str], row: Sequence[object]) -> tuple[str, ...]:
    """The cells of a row that nobody may change, in the order of the columns."""
    pairs = zip(header, row, strict=True)
    return tuple(str(value) for label, value in pairs if label not in (*TO_BE_FILLED, CODE))


def write_gap_sheet(file: Path, view: NightView, lines: Iterable[Line], *, organ_id: str = "", key: bytes = b"") -> int:
    """Write the sheet that is to be answered; confirmed gaps only (CONTRACTS: Reports of an organ).

    Args:
        organ_id: whose sheet it is; empty for the whole district's.
        key: makes the check codes by which a row that comes back is known; without it the sheet cannot come back.

    Returns:
        How many gaps stand in it.
    """
    gaps = [line for line in lines if line.is_confirmed_gap]
    origin = SheetOrigin(view.district.id, view.night.night, organ_id)
    issues = [issue_row(number, line) for number, line in enumerate(gaps, start=1)]
    guide = (
        (GUIDE_DISTRICT, origin.district_id),
        (GUIDE_NIGHT, origin.night.isoformat()),
        (GUIDE_ORGAN, origin.organ_id),
        *_HOW_TO_FILL,
    )
    write_tables(
        file,
        (
            (ISSUES, ISSUE_HEADER, _ISSUE_WIDTHS, _coded(key, origin, ISSUES, ISSUE_HEADER, issues)),
            (
                RESULTS,
                RESULT_HEADER,
                _RESULT_WIDTHS,
                _coded(key, origin, RESULTS, RESULT_HEADER, [result_row(line) for line in gaps]),
            ),
            (GUIDE, ("项目", "内容"), (16, 90), guide),
        ),
        created=datetime(view.night.night.year, view.night.night.month, view.night.night.day, tzinfo=UTC),
    )
    return len(gaps)


def _coded(
    key: bytes, origin: SheetOrigin, table: str, header: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> list[tuple[object, ...]]:
    """The rows with their check codes, over what the cells really hold, in the last column."""
    coded: list[tuple[object, ...]] = []
    for row in rows:
        held = fixed_cells(header, tuple(cell(value) for value in row))
        coded.append((*row[:-1], row_code(key, origin, table, held)))
    return coded


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


def write_tables(file: Path | BytesIO, tables: Iterable[SheetTable], *, created: datetime) -> None:
    """Write sheets with a frozen header and wrapped text.

    Args:
        file: where to write, or what to write into.
        tables: name, header, column widths in characters, rows.
        created: stamped into the file so that the same night gives the same bytes.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file if isinstance(file, BytesIO) else str(file), options) as book:
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
