"""Naughty strings and script payloads as every text of a night: what runs, loads, or becomes a formula, counted.

Writes the contents of a pack for an assessor and the reports of such a night (the office's, those of a unit that
answers for every string, those of units with payloads for names), opens the pages from the disk in headless Chromium,
and reads every workbook and table. Exit 1 when anything ran.

Usage: python tests/bench/hostile_titles.py [--duties 573] [--district FILE --data FOLDER --night DATE]
Without a data folder a small night is walked first.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from canary import browser, formulas, open_all
from hostile_night import PAYLOADS, hostile, naughty_strings
from night_source import records_of, source_of
from nights import run
from portals.demonstration import build
from portals.serving import serve
from reports.lead_report import lead_report
from reports.office_report import office_report
from reports.organ_report import organ_report
from reports.pack.contents.assessor import assessor_members
from reports.pack.contents.index_page import index_member
from reports.pack.contents.readme import readme_member
from reports.pack.contents.tables import data_members
from reports.pack.member import Member
from reports.pack.source import NightSource
from reports.review_sheet import write_review_sheet
from reports.spreadsheet import write_gap_sheet
from reports.view import NightView

AS_OF = date(2021, 11, 30)


def main() -> int:
    """Write, open, count, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--duties", type=int, default=0, help="assessor's pages to open; 0 for all")
    parser.add_argument("--district", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--night", type=date.fromisoformat, default=AS_OF)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="mingcha-hostile-"))
    base = source_of(chosen.district, chosen.data, chosen.night) if chosen.data else _walked(folder)
    strings = [*naughty_strings(), *PAYLOADS]
    write_contents(hostile(base, strings), folder / "pack")
    print(f"{len(strings)} strings ({len(PAYLOADS)} payloads) as every text of as many obligations", flush=True)
    return _report(folder / "pack", strings, chosen.duties)


def write_contents(source: NightSource, folder: Path) -> list[Member]:
    """All that a pack says of the night, as it lies after unpacking, and its reports."""
    source = replace(source, scope=replace(source.scope, for_assessor=True))
    records = records_of(list(source.snapshots), tuple(source.withheld))
    members = [*data_members(source, records), *assessor_members(source, records), readme_member(source)]
    members.append(index_member(source, members, records))
    for one in members:
        file = folder / one.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(one.body)
    _write_reports(source.view, folder / "reports")
    return members


def _write_reports(view: NightView, folder: Path) -> None:
    folder.mkdir()
    gathering = view.district.organs[0]
    named = (gathering, *view.district.organs[-len(PAYLOADS) :])
    texts = {f"organ{number}": organ_report(view, organ) for number, organ in enumerate(named)}
    texts |= {"lead": lead_report(view, gathering), "office": office_report(view, {o.id: "x" for o in view.organs}, [])}
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    write_gap_sheet(folder / "gaps.xlsx", view, view.lines)
    write_review_sheet(folder / "review.xlsx", view)


def _walked(folder: Path) -> NightSource:
    portal = build(departments=3, towns=1)
    with serve(portal) as served:
        district = portal.write_district(folder / "district", served.ports)
        run(district, folder / "data", "--as-of", AS_OF.isoformat(), "--confirm-now", "--no-pictures")
        return source_of(district, folder / "data", AS_OF)


def _report(folder: Path, strings: Sequence[str], duties: int) -> int:
    told = sorted((folder / "assessor").rglob("*.html"))
    pages = [folder / "index.html", *sorted((folder / "reports").rglob("*.html")), *told[-duties:]]
    with browser() as opened:
        seen = open_all(opened, pages)
    books = sorted(folder.rglob("*.xlsx"))
    counted = [formulas(one) for one in books]
    lines = [line for file in sorted(folder.rglob("*.jsonl")) for line in file.read_bytes().splitlines()]
    details = {json.loads(line)["detail"] for line in (folder / "data/verdicts.jsonl").read_bytes().splitlines()}
    lost = [text for text in strings if text not in details]
    for line in lines:
        json.loads(line)
    print(f"pages opened from the disk {seen.pages}: script runs {len(seen.runs)}, requests {len(seen.requests)},")
    print(f"  stray elements and attributes {len(seen.strays)}, most scripts in a page {seen.scripts}")
    print(f"workbooks {len(books)}: formula cells {sum(f for f, _ in counted)}, links {sum(n for _, n in counted)}")
    print(f"JSON lines {len(lines)}: all read again; strings not found word for word in verdicts.jsonl {len(lost)}")
    for one in [*seen.runs, *seen.requests, *seen.strays][:20]:
        print(f"  {one}")
    return int(bool(seen.runs or seen.requests or seen.strays or lost or any(f or n for f, n in counted)))


if __name__ == "__main__":
    sys.exit(main())
