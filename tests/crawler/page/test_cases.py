"""Each folder in cases/ is a page in the style of a real trait and what reading must show of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.page.page import Page
from crawler.page.reading import read_page
from ledger.work import Arrival, Visit

CASES = sorted(folder for folder in (Path(__file__).parent / "cases").iterdir() if folder.is_dir())


def day(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None


def links_of(page: Page) -> list[list[Any]]:
    shown = []
    for link in page.links:
        parent = page.links[link.parent].label if link.parent is not None else None
        marks = ["hidden"] * link.hidden + ["script"] * link.from_script
        shown.append([link.label, link.url, parent, *marks])
    return shown


SHOWS: dict[str, Callable[[Page], Any]] = {
    "links": links_of,
    "rows": lambda page: [[row.title, row.url, day(row.published_on)] for row in page.rows],
    "dates": lambda page: [day(row.published_on) for row in page.rows],
    "crumb": lambda page: [entry.label for entry in page.breadcrumb],
    "shape": lambda page: page.shape.value,
    "pager": lambda page: [page.pager.total, list(page.pager.others), page.pager.by_script],
    "blocks": lambda page: [[block.label, block.url, len(block.rows)] for block in page.blocks],
    "second_rows": lambda page: page.second_row_count,
    "adapter": lambda page: page.adapter,
    "redirect_to": lambda page: page.redirect_to,
    "list_by_script": lambda page: page.list_by_script,
    "menu_by_script": lambda page: page.menu_by_script,
    "empty_notice": lambda page: page.empty_notice,
    "heading": lambda page: page.heading,
    "column": lambda page: page.column,
    "tag_date": lambda page: day(page.tag_date),
    "displayed_date": lambda page: day(page.displayed_date),
    "address_date": lambda page: day(page.address_date),
    "index": lambda page: dict(page.index_fields),
    "attachments": lambda page: [link.url for link in page.attachments],
    "images": lambda page: list(page.images),
    "media": lambda page: list(page.media),
    "frames": lambda page: list(page.frames),
    "menu_asks": lambda page: [ask.url for ask in page.menu_asks],
    "tables": lambda page: [[list(table.headers), len(table.rows)] for table in page.tables],
}


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_page_shows_what_its_case_says(folder: Path) -> None:
    case = json.loads((folder / "shows.json").read_text(encoding="utf-8"))
    url = case["url"]
    body = (folder / "page.html").read_bytes()
    came = Arrival(
        Visit(url, url), url, 200, (("Content-Type", "text/html"),), body, "s1", datetime(2026, 7, 22, tzinfo=UTC)
    )
    page = read_page(came)
    wanted = dict(case["shows"])
    for label in wanted.pop("no_labels", ()):
        assert all(link.label != label for link in page.links)
    for link in wanted.pop("has_links", ()):
        assert link in links_of(page)
    if "link" in wanted:
        assert wanted.pop("link") in links_of(page)
    if "text_has" in wanted:
        assert wanted.pop("text_has") in page.text
    for words in wanted.pop("text_lacks", ()):
        assert words not in page.text
    if "body_link" in wanted:
        assert wanted.pop("body_link") in [link.label for link in page.body_links]
    assert {name: SHOWS[name](page) for name in wanted} == wanted
