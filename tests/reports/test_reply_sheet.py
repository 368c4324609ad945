"""The sheet to be answered comes back with links and disputes; any other change is refused, and the file with it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import literal
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.check_code import SheetOrigin, settled
from reports.received import ReceivedFileError
from reports.reply_sheet import ReplySheet, ReplySheetError, read_origin, read_reply_sheet
from reports.spreadsheet import GUIDE, ISSUE_HEADER, ISSUES, RESULT_HEADER, RESULTS, write_gap_sheet
from reports.view import NightView
from shared_data import SHARED, needs_shared

KEY = b"k" * 32
KNOWN = {"GTESTGAP001": {"finance"}, "GTESTGAP002": {"town"}}
FIXED = [label for label in ISSUE_HEADER if label not in ("整改链接", "申诉理由")]


def _exported(folder: Path, view: NightView | None = None) -> Path:
    file = folder / "区财政局_问题反馈表.xlsx"
    view = view or literal.view()
    assert write_gap_sheet(file, view, view.of_organ(literal.FINANCE), organ_id="finance", key=KEY) == 1
    return file


def _edited(folder: Path, edit: Callable[[Worksheet], object], name: str = ISSUES) -> Path:
    file = _exported(folder)
    book = load_workbook(file)
    edit(book[name])
    book.save(file)
    return file


def _set(label: str, text: object, row: int = 2, header: tuple[str, ...] = ISSUE_HEADER) -> Callable[[Worksheet], None]:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(row, header.index(label) + 1).value = text  # type: ignore[assignment]

    return edit


def _read(file: Path, refuse_link: Callable[[str], str] = lambda url: "") -> ReplySheet:
    return read_reply_sheet(file, key=KEY, known=KNOWN, refuse_link=refuse_link)


def test_what_was_filled_in_comes_back_with_night_and_organ(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        _set("整改链接", "http://127.0.0.1:9100/a/\nhttp://127.0.0.1:9100/b/；http://127.0.0.1:9100/a/")(sheet)
        _set("申诉理由", " 已在政务公开栏公开\r\n请复核 ")(sheet)

    file = _edited(tmp_path, fill)
    sheet = _read(file)
    assert read_origin(file) == sheet.origin == SheetOrigin("yunchuan", date(2021, 11, 30), "finance")
    (one,) = sheet.answers
    assert one.links == ("http://127.0.0.1:9100/a/", "http://127.0.0.1:9100/b/")
    assert (one.gap_id, one.dispute, one.place) == ("GTESTGAP001", "已在政务公开栏公开\n请复核", "问题清单 第 2 行")


def test_an_untouched_sheet_says_nothing(tmp_path: Path) -> None:
    assert _read(_exported(tmp_path)).answers == ()


def test_the_second_sheet_may_be_answered_instead(tmp_path: Path) -> None:
    file = _edited(tmp_path, _set("整改情况", "已补充", header=RESULT_HEADER), RESULTS)
    assert [one.note for one in _read(file).answers] == ["已补充"]


def test_a_whole_number_that_was_saved_as_another_kind_is_the_same(tmp_path: Path) -> None:
    assert _read(_edited(tmp_path, _set("序号", 1.0))).answers == ()
    assert settled(3.0) == settled(3) == "3"


@pytest.mark.parametrize("label", [label for label in FIXED if label != "编号"])
def test_any_other_cell_that_differs_is_refused(tmp_path: Path, label: str) -> None:
    with pytest.raises(ReplySheetError, match=r"问题清单 第 2 行（编号 GTESTGAP001）：.*与发出时不一致"):
        _read(_edited(tmp_path, _set(label, "改动")))


def _add_row(sheet: Worksheet) -> None:
    sheet.append(["", "多出一行"])


def _double(sheet: Worksheet) -> None:
    sheet.append([cell.value for cell in sheet[2]])


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (_set("编号", "GNOSUCH"), "第 2 行.*编号不存在"),
        (_set("编号", "GTESTGAP002"), "第 2 行.*不属于本表的责任单位"),
        (_set("编号", None), "第 2 行.*没有编号"),
        (_add_row, "第 3 行.*没有编号"),
        (_double, "第 3 行.*与第 2 行重复"),
        (_set("申诉理由", '=HYPERLINK("http://x")'), "第 2 行.*“申诉理由”中是公式"),
        (_set("问题描述", "=1+1"), "第 2 行.*“问题描述”中是公式"),
        (lambda sheet: sheet.__setitem__("R2", "旁注"), "第 2 行.*表头以外"),
        (_set("整改链接", " ".join(f"http://a/{n}" for n in range(4))), "第 2 行.*链接超过 3 个"),
        (_set("申诉理由", "长" * 6000), "第 2 行.*文字超过"),
    ],
)
def test_odd_rows_are_refused_with_row_and_reason(
    tmp_path: Path, edit: Callable[[Worksheet], object], words: str
) -> None:
    with pytest.raises(ReplySheetError, match=words):
        _read(_edited(tmp_path, edit))


def test_a_link_that_is_refused_takes_the_sheet_with_it(tmp_path: Path) -> None:
    file = _edited(tmp_path, _set("整改链接", "ftp://127.0.0.1/a"))
    with pytest.raises(ReplySheetError, match=r"ftp://127\.0\.0\.1/a：不是网页地址"):
        _read(file, lambda url: "" if url.startswith("http") else "不是网页地址")


def test_a_sheet_of_another_night_or_organ_or_installation_is_refused(tmp_path: Path) -> None:
    for row, text in ((3, "2021-11-29"), (4, "town")):
        file = _edited(tmp_path, lambda sheet, row=row, text=text: sheet.__setitem__(f"B{row}", text), GUIDE)
        with pytest.raises(ReplySheetError, match=r"第 2 行"):
            _read(file)
    with pytest.raises(ReplySheetError, match="与发出时不一致"):
        read_reply_sheet(_exported(tmp_path), key=b"other", known=KNOWN, refuse_link=lambda url: "")
    with pytest.raises(ReplySheetError, match="与发出时不一致"):
        read_reply_sheet(_exported(tmp_path), key=b"", known=KNOWN, refuse_link=lambda url: "")


@pytest.mark.parametrize(
    "edit", [_set("整改链接", "链接", row=1), lambda s: s.insert_cols(3), lambda s: s.delete_rows(1)]
)
def test_a_changed_header_is_refused(tmp_path: Path, edit: Callable[[Worksheet], object]) -> None:
    with pytest.raises(ReceivedFileError, match="问题清单 第 1 行：表头"):
        _read(_edited(tmp_path, edit))


def test_a_workbook_of_somebody_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.xlsx"
    Workbook().save(file)
    with pytest.raises(ReceivedFileError, match="没有区县和批次"):
        read_origin(file)
    with pytest.raises(ReceivedFileError, match="文件不存在"):
        read_origin(tmp_path / "none.xlsx")


def _packed(file: Path, **members: bytes) -> Path:
    """The same workbook with members added, or replaced where they bear the name of one."""
    with zipfile.ZipFile(file) as old:
        held = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, body in {**held, **members}.items():
            new.writestr(name, body)
    return file


_HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'
WIDE = _HEAD + b'<sheetData><row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
TALL = _HEAD + b'<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>'
LYING = _HEAD + b'<dimension ref="A1:A1"/><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"xl/vbaProject.bin": b"x"}, "含有宏"),
        ({"xl/externalLinks/externalLink1.xml": b"<a/>"}, "外部链接"),
        ({"xl/embeddings/oleObject1.bin": b"x"}, "嵌入对象"),
        ({SHEET: LAUGHS}, "实体定义"),
        ({SHEET: LAUGHS.decode().encode("utf-16")}, "编码不是 UTF-8"),
        ({"xl/media/zeros.bin": b"\0" * 30_000_000}, "压缩比异常"),
        ({SHEET: WIDE}, "第 64 列以外"),
        ({SHEET: TALL}, "超过 20000 行"),
        ({SHEET: b"<worksheet"}, "不是可读的"),
        ({SHEET: LYING + b"</sheetData></worksheet>"}, "表头"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_hostile_workbooks_are_refused(tmp_path: Path, members: dict[str, bytes], words: str) -> None:
    with pytest.raises(ReceivedFileError, match=words):
        _read(_packed(_exported(tmp_path), **members))


def test_a_torn_file_is_refused_wherever_it_is_torn(tmp_path: Path) -> None:
    whole = _exported(tmp_path).read_bytes()
    torn = tmp_path / "torn.xlsx"
    for size in range(0, len(whole), 397):
        torn.write_bytes(whole[:size])
        with pytest.raises(ReceivedFileError):
            read_origin(torn)


def test_a_file_too_large_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "large.xlsx"
    file.write_bytes(b"PK" + b"\0" * 6_000_000)
    with pytest.raises(ReceivedFileError, match="超过 5 MB"):
        read_origin(file)


@needs_shared
def test_rows_with_naughty_strings_come_back_as_they_were_sent(tmp_path: Path) -> None:
    strings = json.loads((SHARED / "suites" / "blns.json").read_text(encoding="utf-8"))
    whole = literal.view()
    line = next(one for one in whole.lines if one.is_confirmed_gap)
    for start in range(0, len(strings), 40):
        detail = "\n".join(["字", *strings[start : start + 40], "字"])
        shown = replace(line, standing=replace(line.standing, detail=detail))
        file = _exported(tmp_path, replace(whole, lines=(shown,)))
        book = load_workbook(file)
        book.save(file)
        assert _read(file).answers == ()
