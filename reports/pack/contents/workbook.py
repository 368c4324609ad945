"""The tables as one spreadsheet (XLSX): the same lines, for people; no formula, no link, no clock of ours in it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime

import xlsxwriter

from reports.pack.canonical import Canonical, canonical_json
from reports.pack.contents.schema import Schema
from reports.spreadsheet import cell

Sheet = tuple[str, str, Sequence[dict[str, Canonical]], Schema]
"""Table name, Chinese title, lines, schema of a line."""

_WIDTH = 22
_WIDE = 48
_WIDE_FIELDS = frozenset({"detail", "url", "path", "text", "quote", "checks", "trail", "rows", "title", "target_uri"})
_LARGEST_INT = 2**53
"""From here on a cell's number is no longer the same number (IEEE 754)."""


def workbook(sheets: Sequence[Sheet], night: date) -> bytes:
    """XLSX with a sheet a table, and one in front that says what the columns mean.

    Nested values stand as JSON text. Cells longer than Excel's limit are cut with a note
    (``reports.spreadsheet.cell``); the JSON Lines beside hold them whole.

    Args:
        night: stamped into the file, so that the same night gives the same bytes.
    """
    buffer = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        created = datetime(night.year, night.month, night.day, tzinfo=UTC).replace(tzinfo=None)
        book.set_properties({"title": "佐证包数据表", "created": created})
        head = book.add_format({"bold": True, "bg_color": "#E8EDF2", "border": 1, "text_wrap": True, "valign": "top"})
        _guide(book, head, sheets)
        for _, title, lines, schema in sheets:
            _sheet(book, head, title, lines, schema)
    return buffer.getvalue()


def columns_of(schema: Schema) -> list[tuple[str, str]]:
    """Field and Chinese title of every column, in the order of the line's definition; all variants together."""
    variants = schema.get("oneOf")
    shapes = variants if isinstance(variants, list) else [schema]
    found: dict[str, str] = {}
    for shape in shapes:
        properties = shape.get("properties") if isinstance(shape, dict) else None
        if isinstance(properties, dict):
            for name, field in properties.items():
                found.setdefault(name, str(field.get("title", "")) if isinstance(field, dict) else "")
    return list(found.items())


def value_text(value: Canonical) -> str:
    """A value as a cell shows it: text as it is, lists of text joined, anything deeper as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n".join(str(one) for one in value)
    if isinstance(value, list | dict):
        return canonical_json(value).decode("utf-8")
    return str(value)


def _guide(book: xlsxwriter.Workbook, head: object, sheets: Sequence[Sheet]) -> None:
    sheet = book.add_worksheet("说明")
    sheet.freeze_panes(1, 0)
    for column, (label, width) in enumerate((("工作表", 16), ("字段", 24), ("含义", 28), ("行数", 10), ("文件", 32))):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, head)
    row = 1
    for name, title, lines, schema in sheets:
        for field, meaning in columns_of(schema):
            for column, text in enumerate((title, field, meaning)):
                sheet.write_string(row, column, text)
            sheet.write_number(row, 3, len(lines))
            sheet.write_string(row, 4, f"data/{name}.jsonl")
            row += 1


def _sheet(
    book: xlsxwriter.Workbook, head: object, title: str, lines: Sequence[dict[str, Canonical]], schema: Schema
) -> None:
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    columns = columns_of(schema)
    for index, (field, meaning) in enumerate(columns):
        sheet.set_column(index, index, _WIDE if field in _WIDE_FIELDS else _WIDTH)
        sheet.write_string(0, index, f"{meaning}\n{field}", head)
    sheet.set_row(0, 32)
    for number, line in enumerate(lines, start=1):
        sheet.set_row(number, 15)  # one line each: a cell opens when it is chosen
        for index, (field, _) in enumerate(columns):
            value = line.get(field)
            if type(value) is int and abs(value) < _LARGEST_INT:
                sheet.write_number(number, index, value)
            elif text := value_text(value):
                sheet.write_string(number, index, cell(text))
    if columns:
        sheet.autofilter(0, 0, max(len(lines), 1), len(columns) - 1)
