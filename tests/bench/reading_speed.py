"""Milliseconds that reading takes a page, and the share of each part, over recorded pages or the cases.

Usage: python tests/bench/reading_speed.py [--against FOLDER] [--every N]

``--against`` names another checkout (``git archive COMMIT | tar -x -C FOLDER``), whose reading is measured in the same
run over the same pages, one after the other, so that the ratio says something on a busy machine.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "crawler" / "page"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, os.environ.get("MINGCHA_MEASURED", str(Path(__file__).resolve().parents[2])))

from recorded_pages import recorded_in

from crawler.page.reading import read_page
from ledger.work import Arrival, Visit
from shared_data import SHARED

MEASURED = "MINGCHA_MEASURED"
"""Names, in a process of its own, the checkout to measure."""
HERE = Path(__file__).resolve()
CASES = HERE.parents[1] / "crawler" / "page" / "cases"
PARTS = {
    "decoding": ("decoding.py", "decode"),
    "adapters": ("source.py", "prepare"),
    "first tree": ("growing.py", "grow_lexbor"),
    "second tree": ("growing.py", "grow_lxml"),
    "programs": ("program.py", "run"),
    "look": ("sight.py", "look"),
    "second opinion": ("second_opinion.py", "second_opinion"),
    "composing": ("composing.py", "compose"),
}
TURNS = 2


def arrivals(every: int) -> list[Arrival]:
    """Recorded pages beside the checkout, or the pages of the cases."""
    recordings = sorted((SHARED / "real").glob("*.warc.gz"))
    if recordings:
        return [arrival for recording in recordings for arrival in recorded_in(recording)][::every]
    at, url = datetime(2026, 1, 5, tzinfo=UTC), "http://www.example.gov.cn/zwgk/"
    pages = sorted(CASES.glob("*/page.html"))
    return [Arrival(Visit(url, url), url, 200, (), page.read_bytes(), page.parent.name, at) for page in pages[::every]]


def measure(every: int) -> dict[str, float]:
    """Processor time a page of this checkout, the least of several turns, and shares of the parts."""
    pages = arrivals(every)
    least = float("inf")
    for _ in range(TURNS):
        start = time.process_time()
        for page in pages:
            read_page(page)
        least = min(least, time.process_time() - start)
    profile = cProfile.Profile()
    profile.enable()
    for page in pages:
        read_page(page)
    profile.disable()
    return {"pages": len(pages), "ms": 1000 * least / len(pages), **_shares(pstats.Stats(profile))}


def _shares(stats: pstats.Stats) -> dict[str, float]:
    found = {}
    total: float = stats.total_tt  # type: ignore[attr-defined]
    for part, (file, function) in PARTS.items():
        for (path, _, name), (_, _, _, spent, _) in stats.stats.items():  # type: ignore[attr-defined]
            if name == function and Path(path).name == file and Path(path).parent.name == "page":
                found[part] = spent / total
    return found


def measured(checkout: Path, every: int) -> dict[str, float]:
    """What a process of its own measures of a checkout."""
    command = [sys.executable, str(HERE), "--every", str(every)]
    named = {**os.environ, MEASURED: str(checkout)}
    answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=checkout, env=named)
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def main() -> int:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--every", type=int, default=4)
    options = parser.parse_args()
    if MEASURED in os.environ:
        print(json.dumps(measure(options.every)))
        return 0
    here = measured(HERE.parents[2], options.every)
    print(f"{here['ms']:.1f} ms a page ({here['pages']:.0f} pages, least of {TURNS} turns)")
    for part in PARTS:
        if part in here:
            print(f"  {part:16} {here[part]:6.1%}")
    if options.against:
        other = measured(options.against.resolve(), options.every)
        print(f"{other['ms']:.1f} ms a page there; ratio {here['ms'] / other['ms']:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
