"""Reading of real pages with their own tags hidden, beside trafilatura, htmldate and gne; every miss with its cause.

Usage: python tests/bench/reading_pages.py [--misses-only] [RECORDING.warc.gz ...]
Without an argument the recordings of ../shared/real are read. Exit code 1 when a bound of the issue is broken.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

sys.path.extend(str(Path(__file__).resolve().parents[1] / part) for part in ("bench", ".", "crawler/page"))

from hidden_tags import Kind, Question, questions_of
from peers import PEERS
from recorded_pages import recorded_in

from crawler.page.reading import read_page
from ledger.work import Arrival
from shared_data import SHARED

OURS = "mingcha"
WRONG_TITLES, WRONG_DATES, MISSED_DATES, RIGHT_COLUMNS = 1, 0, 1, 0.95


def answers_of(stripped: Arrival) -> dict[Kind, str]:
    """What our reader finds in the page without its tags."""
    page = read_page(stripped)
    day = page.displayed_date
    return {
        Kind.TITLE: page.heading,
        Kind.DATE: day.isoformat() if day is not None else "",
        Kind.COLUMN: page.column,
    }


def cause_of(question: Question, found: str) -> str:
    """Why an answer is no hit, as far as the page itself tells."""
    if not found:
        return "nothing found"
    if question.kind is Kind.TITLE and question.shown_as_column:
        return "the tag holds a name of the page's own breadcrumb, not of the article"
    if question.kind is Kind.DATE:
        return "another day of the page was taken"
    return "another text of the page was taken"


def ask(questions: Iterable[Question]) -> tuple[Counter[tuple[str, Kind, str]], list[str]]:
    """Put every question to all readers; the tally by reader, kind and outcome, and our misses."""
    tally: Counter[tuple[str, Kind, str]] = Counter()
    misses: list[str] = []
    answered: dict[str, dict[str, dict[Kind, str]]] = {}
    for question in questions:
        page = question.stripped
        if page.snapshot_id not in answered:
            answered[page.snapshot_id] = {
                OURS: answers_of(page),
                **{name: peer(question.source, page.url) for name, peer in PEERS.items()},
            }
        for name, found in answered[page.snapshot_id].items():
            if question.kind not in found:
                continue
            outcome = question.judge(found[question.kind])
            tally[name, question.kind, outcome] += 1
            if name == OURS and outcome != "right":
                value = found[question.kind]
                misses.append(
                    f"{outcome} {question.kind}: {page.url}\n    tag   {question.value}\n    found {value}\n"
                    f"    cause {cause_of(question, value)}"
                )
    return tally, misses


def table_of(tally: Counter[tuple[str, Kind, str]]) -> str:
    """Right, wrong and missed by reader and kind."""
    lines = [f"{'':14}{'kind':8}{'asked':>7}{'right':>7}{'wrong':>7}{'missed':>8}{'share':>9}"]
    for kind in Kind:
        for name in (OURS, *PEERS):
            right, wrong, missed = (tally[name, kind, outcome] for outcome in ("right", "wrong", "missed"))
            asked = right + wrong + missed
            if asked:
                lines.append(f"{name:14}{kind:8}{asked:7}{right:7}{wrong:7}{missed:8}{100 * right / asked:8.1f} %")
    return "\n".join(lines)


def broken_bounds(tally: Counter[tuple[str, Kind, str]]) -> list[str]:
    """The issue's bounds that our reader does not keep."""
    columns = [tally[OURS, Kind.COLUMN, outcome] for outcome in ("right", "wrong", "missed")]
    missed_titles = tally[OURS, Kind.TITLE, "wrong"] + tally[OURS, Kind.TITLE, "missed"]
    broken = []
    if missed_titles > WRONG_TITLES:
        broken.append(f"titles wrong or missed: {missed_titles}, at most {WRONG_TITLES}")
    if tally[OURS, Kind.DATE, "wrong"] > WRONG_DATES:
        broken.append(f"dates wrong: {tally[OURS, Kind.DATE, 'wrong']}, at most {WRONG_DATES}")
    if tally[OURS, Kind.DATE, "missed"] > MISSED_DATES:
        broken.append(f"dates missed: {tally[OURS, Kind.DATE, 'missed']}, at most {MISSED_DATES}")
    if sum(columns) and columns[0] < RIGHT_COLUMNS * sum(columns):
        broken.append(f"columns right: {columns[0]} of {sum(columns)}, at least {RIGHT_COLUMNS:.0%}")
    return broken


def main() -> int:
    """Read all pages, print the tables, and say whether the bounds are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses-only", action="store_true", help="leave out the values that are listed apart")
    parser.add_argument("recordings", nargs="*", type=Path)
    chosen = parser.parse_args()
    paths = chosen.recordings or sorted((SHARED / "real").glob("*.warc.gz"))
    asked: list[Question] = []
    apart: list[Question] = []
    pages = 0
    for path in paths:
        for arrival in recorded_in(path):
            pages += 1
            for question in questions_of(arrival):
                (apart if question.apart else asked).append(question)
    tally, misses = ask(asked)
    print(f"{pages} responses of {len(paths)} recordings; {len(asked)} values counted, {len(apart)} listed apart\n")
    print(table_of(tally))
    print("\nours, not right:" if misses else "\nours: all right")
    print("\n".join(misses))
    if not chosen.misses_only:
        print("\nlisted apart (the tag's value, and what our reader found):")
        for question in apart:
            found = answers_of(question.stripped)[question.kind]
            print(f"{question.kind} ({question.apart}): {question.stripped.url}")
            print(f"    tag   {question.value}\n    found {found}")
    broken = broken_bounds(tally)
    print("\nbounds kept" if not broken else "\nbounds broken: " + "; ".join(broken))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
