"""Passages of workbooks and documents (xlsx, docx): read as text, within bounds, nothing in them is run or followed."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator

from ledger.privacy import masked
from reports.pack.passages import Passage, of_markup

ENTRIES = 5000
UNPACKED = 200 * 1024 * 1024
"""Bytes of all members together; what says it holds more, or holds more than it says, is not looked into."""
_SHEET = re.compile(r"(?:.*/)?worksheets/sheet(\d+)\.xml")
_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml|docProps/\w+\.xml")
_STRING = re.compile(r"<(?:\w+:)?si\b[^<>]*>(.*?)</(?:\w+:)?si>", re.DOTALL)
_SAID = re.compile(r"<(?:\w+:)?t\b[^<>]*>([^<]*)<")
_CELL = re.compile(r"<(?:\w+:)?row\b([^<>]*)>|<(?:\w+:)?c\b([^<>]*[^<>/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(r"<(?:\w+:)?v\b[^<>]*>([^<]*)<")
_NAMED = re.compile(r"<(?:\w+:)?sheet\b[^<>]*?\bname=\"([^\"]*)\"")


class UnreadableError(Exception):
    """Raised when a zipped document is damaged, locked or too big, from ``of_office``."""


def of_office(body: bytes) -> Iterator[Passage]:
    """Passages of a workbook (sheet and row) or of a document (table and row, or paragraph).

    Raises:
        UnreadableError: damaged, locked, too big, or neither of both.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            names = [one.filename for one in packed.infolist()]
            if len(names) > ENTRIES or sum(one.file_size for one in packed.infolist()) > UNPACKED:
                raise UnreadableError("文件过大")
            if any(_SHEET.fullmatch(name) for name in names):
                yield from _of_workbook(packed, names)
            elif "word/document.xml" in names:
                for name in filter(_PARTS.fullmatch, names):
                    yield from of_markup(_read(packed, name))
            else:
                raise UnreadableError("压缩包")
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError) as error:
        raise UnreadableError("文件损坏或加密") from error


def _of_workbook(packed: zipfile.ZipFile, names: list[str]) -> Iterator[Passage]:
    shared: list[str] = []
    for name in names:
        if name.endswith("sharedStrings.xml"):
            shared = [_words(one[1]) for one in _STRING.finditer(_read(packed, name))]
    book = next((name for name in names if name.endswith("workbook.xml")), "")
    titles = [html.unescape(one) for one in _NAMED.findall(_read(packed, book))] if book else []
    for name in sorted(filter(_SHEET.fullmatch, names), key=_number):
        place = f"第 {_number(name)} 张工作表"
        if _number(name) <= len(titles):
            place += f"“{masked(titles[_number(name) - 1])[:40]}”"
        yield from _of_sheet(_read(packed, name), shared, place)
    for name in names:
        if "/comments" in name:
            yield Passage("工作表批注", _words(_read(packed, name)))


def _of_sheet(markup: str, shared: list[str], place: str) -> Iterator[Passage]:
    row = 0
    for cell in _CELL.finditer(markup):
        if cell[1] is not None:
            numbered = re.search(r"\br=\"(\d+)\"", cell[1])
            row = int(numbered[1]) if numbered else row + 1
            continue
        value = _VALUE.search(cell[3])
        text = _words(cell[3]) or (html.unescape(value[1]) if value else "")
        if 't="s"' in cell[2] and value and value[1].strip().isdigit() and int(value[1]) < len(shared):
            text = shared[int(value[1])]
        yield Passage(f"{place}第 {row} 行", text)


def _words(markup: str) -> str:
    return "".join(html.unescape(one) for one in _SAID.findall(markup))


def _number(name: str) -> int:
    match = _SHEET.fullmatch(name)
    return int(match[1]) if match else 0


def _read(packed: zipfile.ZipFile, name: str) -> str:
    with packed.open(name) as stream:
        told = stream.read(UNPACKED + 1)
    if len(told) > UNPACKED:
        raise UnreadableError("文件过大")
    return told.decode("utf-8", "replace")
