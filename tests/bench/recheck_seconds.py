"""How long one gap takes to be looked at again at the politeness of a real host: seconds and requests, by kind of gap.

The night itself runs without a delay; each recheck runs as a process of its own with two seconds between requests.
"""

from __future__ import annotations

import argparse
import re
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

import nights
from ledger.verdict import Gap, GapState
from portals.demonstration import build
from portals.serving import serve

MINUTE = 60.0


def chosen(gaps: Sequence[Gap], each: int) -> list[Gap]:
    """The first confirmed gaps of every kind."""
    found: dict[str, list[Gap]] = {}
    for gap in gaps:
        if gap.state is GapState.CONFIRMED:
            found.setdefault(gap.standing, []).append(gap)
    return [gap for some in found.values() for gap in some[:each]]


def _used() -> float:
    """Processor seconds of all commands run so far; on a machine that others use the clock says little."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def main() -> int:
    """Print one line a gap and the slowest; fails where one takes over a minute."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--departments", type=int, default=4)
    parser.add_argument("--towns", type=int, default=2)
    parser.add_argument("--delay", type=float, default=2)
    parser.add_argument("--each", type=int, default=1, help="gaps of each kind")
    parser.add_argument("--no-browser", action="store_true")
    given = parser.parse_args()
    portal = build(departments=given.departments, towns=given.towns)
    browser = ("--no-browser",) if given.no_browser else ()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder, serve(portal) as served:
        district, data = portal.write_district(Path(folder) / "district", served.ports), Path(folder) / "data"
        nights.run(
            district, data, "--as-of", portal.as_of.isoformat(), "--confirm-now", "--no-pictures", "--no-browser"
        )
        with nights.opened(data) as ledger:
            gaps = chosen(ledger.gaps("yunchuan"), given.each)
        text = district.read_text(encoding="utf-8")
        district.write_text(re.sub(r"delay_seconds = \S+", f"delay_seconds = {given.delay}", text), encoding="utf-8")
        for gap in gaps:
            before, began, used = len(served.log.settled()), time.monotonic(), _used()
            nights.run(district, data, gap.id, *browser, verb="recheck")
            seconds, used = time.monotonic() - began, _used() - used
            asked = served.log.settled()[before:]
            slowest = max(slowest, seconds)
            said = f"{len(asked):3} requests {seconds:5.1f} s, of them {used:4.1f} s of processor"
            print(f"{gap.standing:16} {said}  {gap.obligation_id}", flush=True)
    print(f"slowest: {slowest:.1f} s over {len(gaps)} gaps at {given.delay} s between requests")
    return 0 if slowest < MINUTE else 1


if __name__ == "__main__":
    raise SystemExit(main())
