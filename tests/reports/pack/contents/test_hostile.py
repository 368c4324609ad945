"""Hostile titles run nowhere: not in the index from the disk, not in reports, workbooks or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from canary import browser, formulas, open_all
from crawler.browsing.launching import is_browser_here
from hostile_night import PAYLOADS, hostile, naughty_strings
from night_source import records_of
from reports.lead_report import lead_report
from reports.office_report import office_report
from reports.organ_report import organ_report
from reports.pack.contents.assessor import assessor_members
from reports.pack.contents.index_page import index_member
from reports.pack.contents.tables import data_members
from reports.pack.source import NightSource
from reports.review_sheet import write_review_sheet
from reports.spreadsheet import write_gap_sheet
from shared_data import needs_shared

pytestmark = [needs_shared, pytest.mark.shared]


@pytest.fixture(scope="module")
def strings() -> list[str]:
    found = naughty_strings()
    assert len(found) >= 515
    return [*found, *PAYLOADS]


@pytest.fixture(scope="module")
def night(judged: NightSource, strings: list[str]) -> NightSource:
    source = hostile(judged, strings)
    return replace(source, scope=replace(source.scope, for_assessor=True))


@pytest.fixture(scope="module")
def opened() -> Iterator[Browser]:
    if not is_browser_here():
        pytest.skip("no Chromium here")
    with browser() as found:
        yield found


def test_the_watch_sees_a_script_that_runs(tmp_path: Path, opened: Browser) -> None:
    page = tmp_path / "bad.html"
    page.write_text(
        "<p onclick='x()'><img src=x onerror=canary()><a href=' javascript:x()'>x</a><script>alert(1)</script>"
        "<img src='http://127.0.0.1:9/x.png'><svg></svg>"
    )
    seen = open_all(opened, [page])
    assert sorted(seen.runs) == ["bad.html: alert", "bad.html: canary"]
    assert len(seen.strays) == 4
    assert seen.requests == ["http://127.0.0.1:9/x.png"]


@pytest.mark.browser
def test_no_page_runs_or_loads_anything(night: NightSource, tmp_path: Path, opened: Browser) -> None:
    view, gathering = night.view, night.view.district.organs[0]
    records = records_of(list(night.snapshots), tuple(night.withheld))
    pages = {
        "index.html": index_member(night, (), records).body,
        "office.html": office_report(view, {organ.id: "x.html" for organ in view.organs}, []).encode(),
        "organ.html": organ_report(view, gathering).encode(),
        "lead.html": lead_report(view, gathering).encode(),
        "named.html": organ_report(view, view.district.organs[-20]).encode(),
    }
    duties = [one for one in assessor_members(night, records) if one.path.endswith(".html")]
    pages |= {f"duty{number}.html": one.body for number, one in enumerate(duties[-len(PAYLOADS) :])}
    for name, body in pages.items():
        (tmp_path / name).write_bytes(body)
    seen = open_all(opened, sorted(tmp_path.iterdir()))
    assert seen.pages == len(pages) > 50
    assert (seen.runs, seen.strays, seen.requests) == ([], [], [])
    assert (seen.scripts, seen.styles) == (1, 1)


@pytest.mark.browser
def test_the_filter_of_the_index_works_on_hostile_words(night: NightSource, tmp_path: Path, opened: Browser) -> None:
    file = tmp_path / "index.html"
    file.write_bytes(index_member(night, (), {}).body)
    page = opened.new_page()
    page.goto(file.as_uri())
    count = len(night.view.lines)
    assert page.inner_text("#told") == f"显示 {count} / {count} 项"
    page.fill("#by-words", "ontoggle=canary()")
    shown = page.locator("details.duty:not([hidden])")
    expect(shown).to_have_count(1)
    assert "<details open ontoggle=canary()>" in (shown.text_content() or "")
    page.fill("#by-words", "")
    page.select_option("#by-standing", "g-gap")
    gaps = sum(line.is_confirmed_gap for line in night.view.lines)
    expect(shown).to_have_count(gaps)
    page.select_option("#by-organ", "o-2")
    assert shown.count() <= 1
    page.close()


@pytest.mark.browser
def test_the_index_holds_everything_without_its_script(night: NightSource, tmp_path: Path, opened: Browser) -> None:
    file = tmp_path / "index.html"
    file.write_bytes(index_member(night, (), {}).body)
    context = opened.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    duties = page.locator("details.duty")
    assert duties.count() == len(night.view.lines)
    assert page.locator("#bar").is_hidden()
    duties.first.locator("summary").first.click()
    assert duties.first.locator("dl.pairs").is_visible()
    context.close()


def test_no_workbook_has_a_formula_or_a_link(night: NightSource, tmp_path: Path) -> None:
    records = records_of(list(night.snapshots))
    books = [*data_members(night, records), *assessor_members(night, records)]
    for one in books:
        if one.path.endswith(".xlsx"):
            (tmp_path / one.path.rpartition("/")[2]).write_bytes(one.body)
    assert write_gap_sheet(tmp_path / "gaps.xlsx", night.view, night.view.lines) > 50
    write_review_sheet(tmp_path / "review.xlsx", night.view)
    found = sorted(tmp_path.glob("*.xlsx"))
    assert len(found) == 4
    assert [formulas(book) for book in found] == [(0, 0)] * 4


def test_every_string_is_in_the_tables_word_for_word(night: NightSource, strings: list[str]) -> None:
    made = {one.path: one.body for one in data_members(night, records_of(list(night.snapshots)))}
    rows = [json.loads(line) for line in made["data/verdicts.jsonl"].splitlines()]
    assert [row["detail"] for row in rows] == strings
    assert [row["title"] for row in rows] == strings
    articles = [json.loads(line) for line in made["data/observations.jsonl"].splitlines()]
    assert [one["title"] for one in articles] == strings
