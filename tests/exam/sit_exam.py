"""The exam: many portals of every family, a whole night each, and a table of what was judged rightly and wrongly.

Usage: ./dev exam [--seeds N] [--first S] [--families a,b] [--processes 2] [--size small]
A row that is wrong is listed with family and seed; ``--families F --first S --seeds 1`` sits through that night alone.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rich.console import Console
from rich.table import Table

from exam.marking import Marks, by, is_walked, kind_of_error, marks
from exam.sitting import SMALL, USUAL, Sitting, Size, sit
from portals.families.shelf import FAMILIES


def sittings(
    families: Sequence[str], seeds: Sequence[int], processes: int, crashes: list[BaseException], size: Size = USUAL
) -> Iterator[Sitting]:
    """Every family with every seed, as they end; what a night raised is noted and the others go on."""
    both = list(itertools.product(seeds, families))
    if processes == 1:
        yield from (sit(family, seed, size) for seed, family in both)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        pending: list[Future[Sitting]] = [pool.submit(sit, family, seed, size) for seed, family in both]
        names = dict(zip(pending, both, strict=True))
        for done in as_completed(pending):
            if failure := done.exception():
                seed, family = names[done]
                print(f"CRASHED: {family} seed {seed}: {failure!r}", file=sys.stderr)
                crashes.append(failure)
                continue
            yield done.result()


def print_errors(console: Console, sitting: Sitting, *, details: bool) -> None:
    """Every row that is wrong, so that it can be repeated alone."""
    for row in sitting.rows:
        if error := kind_of_error(row):
            console.print(
                f"{error}: {sitting.family} seed {sitting.seed} {row.obligation_id} [{row.fault or 'healthy'}]: "
                f"truth {row.expected} {row.reason_expected}; found {row.found} {row.reason_found} {row.url}",
                markup=False,
                soft_wrap=True,
            )
            if details:
                console.print(f"    {row.detail}", markup=False, soft_wrap=True)


def _share(part: float) -> str:
    return f"{part:.2%}"


def _cells(some: Marks) -> list[str]:
    return [
        str(some.rows),
        str(some.gaps),
        str(some.false),
        str(some.missed),
        str(some.wrong),
        f"{some.named}/{some.refused}",
    ]


_HEADS = ("rows", "gaps", "false", "missed", "wrong", "refusals named")


def _over_least(some: Sequence[Sitting]) -> str:
    """Requests over the least possible; "-" where nights walked only some of the requirements that the least counts."""
    counted = [(one.figures.requests, one.figures.least) for one in some if one.figures.least]
    least = sum(one or 0 for _, one in counted)
    return f"{sum(requests for requests, _ in counted) / least:.2f}" if least else "-"


def family_table(done: Sequence[Sitting]) -> Table:
    """Marks and figures by family, and the total."""
    table = Table("family", "nights", *_HEADS, "requests/row", "over least", "browser", "gap s", "parallel", "s/night")
    names = sorted({one.family for one in done}, key=list(FAMILIES).index)
    for name, some in ((name, [one for one in done if one.family == name]) for name in names):
        table.add_row(name, str(len(some)), *_cells(marks(row for one in some for row in one.rows)), *_figures(some))
    table.add_row("all", str(len(done)), *_cells(marks(row for one in done for row in one.rows)), *_figures(done))
    return table


def _figures(some: Sequence[Sitting]) -> list[str]:
    requests = sum(one.figures.requests for one in some)
    return [
        f"{requests / max(1, sum(one.figures.walked for one in some)):.2f}",
        _over_least(some),
        str(sum(one.figures.rendered for one in some)),
        f"{min(one.figures.least_gap_seconds for one in some):.3f}",
        str(max(one.figures.parallel for one in some)),
        f"{sum(one.figures.seconds for one in some) / len(some):.1f}",
    ]


def fault_table(done: Sequence[Sitting]) -> Table:
    """Marks by what was planted."""
    table = Table("fault", *_HEADS)
    rows = [row for one in done for row in one.rows if is_walked(row)]
    for name, some in by(rows, lambda row: row.fault or "(healthy)").items():
        table.add_row(name, *_cells(some))
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Sit the exam and print the tables; 1 when anything was accused falsely."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2, help="so many seeds a family")
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--families", default=",".join(FAMILIES), help="names, separated by commas")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument(
        "--size", choices=("usual", "small"), default="usual", help="small: what CI walks of each family"
    )
    parser.add_argument("--details", action="store_true", help="what the night said of each wrong row, in Chinese")
    chosen = parser.parse_args(arguments)
    families = chosen.families.split(",")
    if unknown := sorted(set(families) - set(FAMILIES)):
        parser.error(f"no such family: {', '.join(unknown)}; there are {', '.join(FAMILIES)}")
    console = Console(highlight=False, width=180)
    began = time.monotonic()
    done: list[Sitting] = []
    crashes: list[BaseException] = []
    seeds = range(chosen.first, chosen.first + chosen.seeds)
    size = SMALL if chosen.size == "small" else USUAL
    for sitting in sittings(families, seeds, chosen.processes, crashes, size):
        done.append(sitting)
        print_errors(console, sitting, details=chosen.details)
    console.print(fault_table(done))
    console.print(family_table(done))
    total = marks(row for one in done for row in one.rows)
    console.print(
        f"{len(done)} nights, {len(crashes)} crashed, in {time.monotonic() - began:.0f} s: "
        f"false accusations {total.false}, gaps found {_share(total.gaps_found)}, "
        f"wrong standings {_share(total.wrong_share)}, refusals named {_share(total.named_share)}"
    )
    static = [one for one in done if one.figures.static]
    console.print(
        f"static portals: {len(static)} nights, {_over_least(static)} x the least possible requests "
        f"(without the look elsewhere), browser visits {sum(one.figures.rendered for one in static)}"
    )
    return int(total.false > 0 or bool(crashes))


if __name__ == "__main__":
    sys.exit(main())
