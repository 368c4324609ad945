"""Records with private data are known by where it stands, in words; the data itself is never repeated."""

from __future__ import annotations

import io
import json
import time
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.exchange import ArchivedResponse
from reports.pack.privacy import SHOWN, private_places, unexamined

ONE, TWO = "11010519491231002X", "440524188001010014"
CARD = "6228480402564890018"


def kept(body: str | bytes, content_type: str = "text/html; charset=utf-8") -> ArchivedResponse:
    data = body.encode() if isinstance(body, str) else body
    moment = datetime(2021, 11, 30, tzinfo=UTC)
    return ArchivedResponse("id", "http://a/", 200, (("Content-Type", content_type),), data, moment)


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "低保名单"
    for row in rows:
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def document(inner: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", f'<w:document xmlns:w="w"><w:body>{inner}</w:body></w:document>')
    return held.getvalue()


@pytest.mark.parametrize(
    "body, places",
    [
        (
            f"<table><tr><td>姓名</td></tr><tr><td>张某</td><td>{ONE}</td></tr></table>",
            ["第 1 张表第 2 行（身份证号）"],
        ),
        (f"<p>一</p><p>二 {ONE}</p>", ["正文第 2 段（身份证号）"]),
        (f"<p>{ONE[:6]}<b>{ONE[6:14]}</b><span>{ONE[14:]}</span></p>", ["正文第 1 段（身份证号）"]),
        (f"<p><span>{ONE}</span><span>{TWO}</span></p>", ["正文第 1 段（身份证号）"]),
        (f"<p>一</p><script>var a = '{ONE}'</script>", ["网页第 1 段脚本或样式（身份证号）"]),
        (f"<!-- {ONE} --><p>一</p>", ["网页注释（身份证号）"]),
        (f"<p title='{ONE}'>一</p>", ["正文第 1 段的元素属性（身份证号）"]),
        ("<p>" + "".join(f"&#{ord(one)};" for one in ONE) + "</p>", ["正文第 1 段（身份证号）"]),
        (f"<table><tr><td><table><tr><td>{ONE}</td></tr></table></td></tr></table>", ["第 2 张表第 1 行（身份证号）"]),
        (f"<p>银行卡号 {CARD}</p>", ["正文第 1 段（银行卡号）"]),
        ("<p>联系人：李某 13812345678，电话 023-58123456，信用代码 12500101008642123A</p>", []),
        ("<p>11*************02X</p>", []),
    ],
)
def test_pages_are_read_by_table_paragraph_script_comment_and_attribute(body: str, places: list[str]) -> None:
    assert list(private_places(kept(body))) == places


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
def test_the_encoding_does_not_matter(encoding: str) -> None:
    page = kept(f"<p>身份證 {ONE}</p><p>銀行卡號：卡号 {CARD}</p>".encode(encoding, "ignore"), "text/html")
    assert private_places(page)[0] == "正文第 1 段（身份证号）"


def test_json_is_read_by_field_and_text_by_line() -> None:
    told = {"rows": [{"name": "张某"}, {"idcard": ONE, "money": 320}], ONE: 1, "number": int(TWO)}
    found = private_places(kept(json.dumps(told), "application/json"))
    assert found == (
        "数据字段 （最外层） 的字段名（身份证号）",
        "数据字段 “rows[1].idcard”（身份证号）",
        "数据字段 “number”（身份证号）",
    )
    assert private_places(kept(f"back({json.dumps(told)});", "text/javascript")) == found
    assert private_places(kept(f"姓名,证件\n张某,{ONE}\n", "text/csv")) == ("第 2 行（身份证号）",)


def test_a_redirect_that_names_a_person_is_found_in_its_header() -> None:
    moved = replace(kept(""), headers=(("Location", f"/find%3Fid%3D{ONE}"), ("Content-Type", "text/html")), status=302)
    assert private_places(moved) == ("响应头 Location（身份证号）",)


def test_workbooks_and_documents_are_read_by_sheet_table_and_row() -> None:
    sheet = workbook(("姓名", "身份证号"), ("张某", ONE), ("李某", "11*************02X"), ("王某", TWO))
    assert private_places(kept(sheet, "application/octet-stream")) == (
        "第 1 张工作表“低保名单”第 2 行（身份证号）",
        "第 1 张工作表“低保名单”第 4 行（身份证号）",
    )
    split = f"<w:p><w:r><w:t>证件 {ONE[:8]}</w:t></w:r><w:r><w:t>{ONE[8:]}</w:t></w:r></w:p>"
    rows = f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{TWO}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    assert private_places(kept(document(split + rows))) == ("正文第 1 段（身份证号）", "第 1 张表第 1 行（身份证号）")


@pytest.mark.parametrize("body", [b"%PDF-1.7 " + ONE.encode(), b"\xd0\xcf\x11\xe0", b"PK\x03\x04broken", b"\x89PNG"])
def test_what_cannot_be_looked_into_is_said(body: bytes) -> None:
    assert private_places(kept(body, "application/octet-stream")) == ()
    assert unexamined(kept(body, "application/octet-stream"))
    assert unexamined(kept(f"<p>{ONE}</p>")) == ""
    assert unexamined(replace(kept("x"), body=workbook(("a",)))) == ""


def test_a_bomb_is_not_unpacked() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * (201 * 1024 * 1024))
    assert private_places(kept(held.getvalue())) == ()
    assert unexamined(kept(held.getvalue())) == "文件过大"


@given(st.text(alphabet="<>/!-'\" =tdrpscib0123456789X&#;身份证", max_size=300))
def test_any_markup_is_read_and_no_value_is_repeated(noise: str) -> None:
    for place in private_places(kept(f"{noise}<p>{ONE}</p>")):
        assert ONE not in place


def test_hostile_markup_takes_no_longer_than_its_length() -> None:
    for piece in ("<a ", "<!--", "<script>", "<table>", "<", "</", "<a href='"):
        began = time.perf_counter()
        private_places(kept("&#49;" + piece * 100_000))
        assert time.perf_counter() - began < 5


def test_many_places_are_counted() -> None:
    rows = "".join(f"<tr><td>{ONE}</td></tr>" for _ in range(200))
    places = private_places(kept(f"<table>{rows}</table>"))
    assert (len(places), places[-1]) == (SHOWN + 1, "等共 200 处")
