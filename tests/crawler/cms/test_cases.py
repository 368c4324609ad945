"""Each folder in cases/ is a column of one family with the answers of its services, and what a walk sees of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from served_walk import HOME, Served, home_page, listing_of, walk_over

from ledger.observation import ListingObservation, Need

CASES = sorted(folder for folder in (Path(__file__).parent / "cases").iterdir() if folder.is_dir())

SHOWS: dict[str, Callable[[ListingObservation], Any]] = {
    "shape": lambda seen: seen.shape.value,
    "whole": lambda seen: seen.whole,
    "reason": lambda seen: seen.reason.value if seen.reason else None,
    "pages_read": lambda seen: seen.pages_read,
    "pages_offered": lambda seen: seen.pages_offered,
    "row_count": lambda seen: len(seen.rows),
    "first": lambda seen: [seen.rows[0].title, seen.rows[0].url, str(seen.rows[0].published_on)],
    "last": lambda seen: [seen.rows[-1].title, seen.rows[-1].url, str(seen.rows[-1].published_on)],
}


def served_of(folder: Path, case: dict[str, Any]) -> Served:
    answers = {f"GET {case['url']}": (folder / "page.html").read_bytes(), f"GET {HOME}": home_page(case["url"])}
    statuses = {}
    for name, held in case.get("answers", {}).items():
        if isinstance(held, int):
            statuses[name] = held
        else:
            answers[name] = (folder / held).read_bytes()
    return Served(answers, statuses)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_walk_sees_what_its_case_says(folder: Path) -> None:
    case = json.loads((folder / "shows.json").read_text(encoding="utf-8"))
    served = served_of(folder, case)
    seen = listing_of(walk_over(served, Need.WHOLE_LISTING))
    wanted = case["shows"]
    assert {name: SHOWS[name](seen) for name in wanted} == wanted
    asked = [name for name in served.asked if name not in (f"GET {HOME}", f"GET {case['url']}")]
    assert asked == case.get("asked", list(case.get("answers", {})))
