"""Workbooks that come back from outside (收回的表格): opened only when nothing in them can harm, read in bounds."""

from __future__ import annotations

import logging
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from reports.check_code import settled

_log = logging.getLogger(__name__)

LARGEST_BYTES = 5_000_000
LARGEST_ROWS = 20_000
LARGEST_COLUMNS = 64
_UNPACKED_BYTES = 40_000_000
_STYLE_BYTES = 2_000_000
_RATIO = 200
_ENTRIES = 500
_SMALL_BYTES = 100_000
_ACTIVE = re.compile(
    r"vbaproject|/externallinks/|/activex/|/embeddings/|/ctrlprops/|/macrosheets/|/dialogsheets/|xl/connections\.xml"
    r"|/querytables/|/model/|/webextensions/|customui",
    re.IGNORECASE,
)
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
RESAVE = "请在导出的表格中填写后另存为 XLSX 再导入"


class ReceivedFileError(Exception):
    """Raised when a file from outside cannot be taken, from reading it; names file, place and cure."""

    def __init__(self, file: Path, problem: str, cure: str = RESAVE, place: str = "") -> None:
        super().__init__(f"{file.name}{' ' + place if place else ''}：{problem}；{cure}")


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """Row of a received sheet (收回的一行).

    Attributes:
        number: as the spreadsheet program shows it, 1 for the header.
        cells: texts, without blank ones at the end.
        formulas: indices of the cells that hold a formula.
    """

    number: int
    cells: tuple[str, ...]
    formulas: tuple[int, ...] = ()


def received_tables(file: Path, wanted: Sequence[str]) -> dict[str, tuple[ReceivedRow, ...]]:
    """Rows of the wanted sheets that the file has; blank rows are left out.

    Raises:
        ReceivedFileError: no file, no workbook, too large, packed too tightly, or with active or outside parts.
    """
    if not file.is_file():
        raise ReceivedFileError(file, "文件不存在", "请核对文件名")
    if file.stat().st_size > LARGEST_BYTES:
        raise ReceivedFileError(file, f"文件超过 {LARGEST_BYTES // 1_000_000} MB")
    _refuse_hostile(file)
    try:
        book = load_workbook(file, read_only=True, keep_links=False)
        try:
            names = [name for name in wanted if name in book.sheetnames]
            return {name: tuple(_rows(file, name, book[name])) for name in names}
        finally:
            book.close()
    except ReceivedFileError:
        raise
    except Exception as error:  # a broken or hostile workbook makes the parser raise anything
        _log.info("workbook refused: %s", type(error).__name__)
        raise ReceivedFileError(file, "不是可读的 XLSX 文件") from error


def _rows(file: Path, name: str, sheet: object) -> Iterator[ReceivedRow]:
    # a file says itself how large its sheets are, and lies; the rows that are there count
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    for number, row in enumerate(sheet.iter_rows(), start=1):  # type: ignore[attr-defined]
        if number > LARGEST_ROWS:
            raise ReceivedFileError(file, f"工作表“{name}”超过 {LARGEST_ROWS} 行", "请删除表格末尾的空行")
        filled = [index for index, cell in enumerate(row) if cell.value is not None]
        if not filled:
            continue
        if filled[-1] >= LARGEST_COLUMNS:
            raise ReceivedFileError(file, f"第 {LARGEST_COLUMNS} 列以外有内容", "请勿增加列", f"{name} 第 {number} 行")
        cells = tuple(settled(cell.value) for cell in row[: filled[-1] + 1])
        yield ReceivedRow(number, cells, tuple(index for index in filled if row[index].data_type == "f"))


def _refuse_hostile(file: Path) -> None:
    """Nothing is parsed before this: bombs, entities, macros, links to other files.

    Sizes are what the archive declares; its reader never gives more than that, and a lie ends as a wrong checksum.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            members = packed.infolist()
            _refuse_sizes(file, members)
            for one in members:
                if _ACTIVE.search("/" + one.filename):
                    raise ReceivedFileError(file, f"含有宏、外部链接或嵌入对象（{one.filename[:80]}）")
                if one.filename.lower().endswith((".xml", ".rels")):
                    _refuse_text(file, one.filename, packed.read(one))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
        raise ReceivedFileError(file, "不是可读的 XLSX 文件") from error


def _refuse_sizes(file: Path, members: Sequence[zipfile.ZipInfo]) -> None:
    names = [one.filename for one in members]
    if len(members) > _ENTRIES or len(set(names)) < len(names):
        raise ReceivedFileError(file, "压缩包内文件过多或重名")
    for one in members:
        is_style = one.filename.lower().endswith("styles.xml")
        too_tight = one.file_size > _SMALL_BYTES and one.file_size > _RATIO * max(one.compress_size, 1)
        if too_tight or (is_style and one.file_size > _STYLE_BYTES):
            raise ReceivedFileError(file, f"压缩比异常（{one.filename[:80]}）")
    if sum(one.file_size for one in members) > _UNPACKED_BYTES:
        raise ReceivedFileError(file, f"解压后超过 {_UNPACKED_BYTES // 1_000_000} MB")


def _refuse_text(file: Path, name: str, body: bytes) -> None:
    if b"\x00" in body[:200]:
        raise ReceivedFileError(file, f"编码不是 UTF-8（{name[:80]}）")
    if _DOCTYPE.search(body):
        raise ReceivedFileError(file, f"含有实体定义（{name[:80]}）")
    if name == "[Content_Types].xml" and b"macroEnabled" in body:
        raise ReceivedFileError(file, "是启用宏的工作簿")
