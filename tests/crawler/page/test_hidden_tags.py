"""The bounds of reading real pages whose own tags are hidden; the table beside three peers is made by tests/bench."""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from recorded_pages import recorded

from shared_data import needs_shared

sys.path.append(str(Path(__file__).resolve().parents[2] / "bench"))

from hidden_tags import Kind, hide, questions_of

from crawler.page.reading import read_page

pytestmark = [needs_shared, pytest.mark.shared]

NAMES = ("shenyang_housing_bureau", "daozhen_hr_bureau", "single_pages")


@cache
def tally() -> Counter[tuple[Kind, str]]:
    found: Counter[tuple[Kind, str]] = Counter()
    for name in NAMES:
        for arrival in recorded(name):
            asked = [question for question in questions_of(arrival) if not question.apart]
            page = read_page(asked[0].stripped) if asked else None
            for question in asked:
                assert page is not None
                day = page.displayed_date
                shown = {Kind.TITLE: page.heading, Kind.DATE: day.isoformat() if day else "", Kind.COLUMN: page.column}
                found[question.kind, question.judge(shown[question.kind])] += 1
    return found


def test_titles_are_read_from_the_visible_page() -> None:
    assert tally()[Kind.TITLE, "right"] >= 60
    assert tally()[Kind.TITLE, "wrong"] + tally()[Kind.TITLE, "missed"] <= 1


def test_no_day_is_wrong_and_at_most_one_is_missed() -> None:
    assert tally()[Kind.DATE, "right"] >= 50
    assert tally()[Kind.DATE, "wrong"] == 0
    assert tally()[Kind.DATE, "missed"] <= 1


def test_columns_are_read_from_breadcrumb_or_menu() -> None:
    right = tally()[Kind.COLUMN, "right"]
    asked = sum(tally()[Kind.COLUMN, outcome] for outcome in ("right", "wrong", "missed"))
    assert asked >= 60
    assert right >= 0.95 * asked


def test_hiding_takes_away_the_three_tags_alone() -> None:
    page = (
        b'<meta content="a > b" name="ArticleTitle"><META NAME=PubDate CONTENT=2021-04-11>'
        b'<meta name="ColumnName" content=""/><meta name="SiteName" content="x"><title>t</title>'
    )
    assert hide(page) == b'<meta name="SiteName" content="x"><title>t</title>'
