"""Hostile and broken bytes: nothing raises, nothing takes long, and nothing cut is ever called empty."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.page.page import Page
from crawler.page.reading import read_page
from crawler.refusal.classifier import read_or_refuse
from crawler.refusal.fingerprint import HostFingerprints
from ledger.observation import ColumnShape
from ledger.work import Arrival, Visit, VisitKind

URL = "http://www.example.gov.cn/zwgk/ghxx/"
CASES = sorted(folder for folder in (Path(__file__).parent / "cases").iterdir() if folder.is_dir())
CUTS = 50


def arrived(body: bytes) -> Arrival:
    return Arrival(Visit(URL, URL), URL, 200, (), body, "s1", datetime(2026, 7, 22, tzinfo=UTC))


def read(body: bytes) -> Page:
    return read_page(arrived(body))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_cut_page_is_never_believed(folder: Path) -> None:
    """Cut at fifty points: either the page is not whole, or all that the whole one shows is still there."""
    body = (folder / "page.html").read_bytes()
    entire = read(body)
    chance = random.Random(folder.name)
    end = body.rfind(b"</body")
    for _ in range(CUTS):
        cut = chance.randrange(1, len(body))
        page = read_or_refuse(arrived(body[:cut]), HostFingerprints())
        if isinstance(page, Page):
            shown = (page.shape, page.links, page.rows, page.text)
            assert not page.whole or shown == (entire.shape, entire.links, entire.rows, entire.text)
            # behind the end of the body only the document's own closing tags are missing
            assert page.shape is not ColumnShape.EMPTY or cut > end > 0


def test_cuts_of_a_page_that_is_no_whole_document_are_seen() -> None:
    records = b"<datastore><nextgroup></nextgroup><recordset><record>" + b"<a href='/x/1.html'>x</a>" * 3
    assert not read(records).whole
    assert read(records + b"</record></recordset></datastore>").whole
    assert not read(b"<ul><li><a href='/a/'>a</a></li>").whole
    assert read(b"<SCRIPT>document.location.href='./lxbltj/';</SCRIPT>").whole


def asked_for(name: str, kind: str, body: str) -> Page:
    """A part of a page, as a service or a program file gives it."""
    visit = Visit(f"ask {name}", URL + name, VisitKind.ASK, referrer=URL)
    headers = (("Content-Type", f"{kind}; charset=utf-8"),)
    return read_page(Arrival(visit, visit.url, 200, headers, body.encode(), "s1", datetime(2026, 7, 22, tzinfo=UTC)))


def test_a_program_file_that_was_cut_is_not_whole() -> None:
    entries = "".join(f"document.writeln('<li><a href=\"/c{n}/\">栏目{n}</a></li>');\n" for n in range(9))
    program = f"document.writeln('<div><ul>');\n{entries}document.writeln('<\\/ul></div>');\n"
    assert asked_for("nav.js", "application/javascript", program).whole
    chance = random.Random(9)
    for _ in range(CUTS):
        cut = chance.randrange(1, program.rfind("document"))
        assert not asked_for("nav.js", "application/javascript", program[:cut]).whole


def test_markup_inside_a_record_does_not_cut_it() -> None:
    row = '{"title":"规划公开","url":"/a/1.html","publishTime":"2021-11-01","content":"<div>a < b<\\/div><div>"}'
    assert asked_for("list.json", "application/json", f'{{"total":1,"rows":[{row}]}}').whole
    cut = asked_for("list.json", "application/json", f'{{"total":0,"rows":[{row}')
    assert (cut.rows, cut.records) == ((), None)


def test_a_program_that_writes_a_document_does_not_end_the_page() -> None:
    program = b"<script>function p(w){w.document.write('<html><body></body></html>')}</script>"
    links = b"<ul>" + b"<li><a href='/x/'>x</a></li>" * 6 + b"</ul>"
    assert not read(b"<html><head>" + program + b"</head><body>" + links).whole
    assert read(b"<html><head>" + program + b"</head><body>" + links + b"</body></html>").whole


def test_a_document_included_at_the_top_does_not_end_the_page() -> None:
    included = b"<html><body><div>top</div></body></html>"
    links = b"<ul>" + b"<li><a href='/x/'>x</a></li>" * 6 + b"</ul>"
    assert not read(b"<html><body>" + included + links).whole
    assert read(b"<html><body>" + included + links + b"</body></html><script>count()</script>").whole


@settings(deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_survived(body: bytes) -> None:
    assert read(body).shape is not ColumnShape.EMPTY
    assert read(b"<html><body>" + body).url


PARTS = (
    *("<ul>", "</ul>", "<li>", "<a href='x'>", "</a>", "<table>", "<tr>", "<td rowspan=99999 colspan=9>", "<script>"),
    *(
        "document.write('<li>');",
        "</script>",
        "<!--",
        "-->",
        "<dl><dt>",
        "<dd>",
        "当前位置：",
        "2020-01-02",
        "\0",
        "<h1>",
    ),
    *(
        "更多",
        "createPageHTML(9,1,'index','html')",
        "<base href='//'>",
        "<meta http-equiv=refresh content='0;url=a'>",
        "&",
    ),
)
MARKUP = st.lists(st.sampled_from(PARTS), max_size=60)


@settings(deadline=None)
@given(MARKUP)
def test_any_markup_is_survived(parts: list[str]) -> None:
    assert read("".join(parts).encode()).url


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<html><body>" + b"<div>" * 20_000 + b"<a href='/x/'>x</a>", id="deep"),
        pytest.param(b"<html><body><ul>" + b"<ul><li><a href='/x/'>x</a>" * 3_000, id="deep lists"),
        pytest.param(b"<html><body>" + b"<a href='/x/1.html'>title of a row</a>" * 1_000_000, id="million links"),
        pytest.param(b"<html><body><script>" + b"document.write('<li>');" * 50_000, id="writes"),
        pytest.param(b"<html><body><table>" + b"<tr><td rowspan=200 colspan=200>x" * 300, id="spans"),
        pytest.param(b"<!--" * 400_000, id="comments"),
        pytest.param(b"<" * 2_000_000, id="brackets"),
        pytest.param(b"<p " + b"a=1 " * 400_000 + b">", id="attributes"),
        pytest.param(b"2020-01-02 " * 300_000 + b"<p>", id="dates"),
        pytest.param(b"<html><script>" + b"{id:1,pId:" * 100_000, id="nodes"),
        pytest.param(b"<html><script>createPageHTML(99999999, 0, 'index', 'html')</script>", id="pages"),
    ],
)
def test_hostile_pages_end_and_stay_small(body: bytes) -> None:
    """How long it takes is measured in tests/bench; here the runner's own time-out stands behind."""
    page = read(body)
    assert len(page.links) <= 40_000
    assert page.shape is not ColumnShape.EMPTY


def test_what_lies_below_256_levels_is_read() -> None:
    body = "<html><body>" + "<div>" * 400 + "<a href='/ghxx/'>规划信息</a>" + "</div>" * 400 + "</body></html>"
    page = read(body.encode())
    assert [link.label for link in page.links] == ["规划信息"]
    assert page.second_labels == {"规划信息"}
