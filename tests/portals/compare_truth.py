"""The demonstration night against its truth: false accusations, missed gaps, wrong standings.

Usage: python tests/portals/compare_truth.py --data DIR --district FILE --truth FILE [--as-of DATE]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rich.console import Console
from rich.table import Table

import nights
from ledger.standing import GAP_STANDINGS


@dataclass(frozen=True, slots=True)
class Judged:
    """One obligation as the night judged it (核验结果) and as the portal was built (真值)."""

    obligation_id: str
    expected: str
    found: str
    reason_expected: str
    reason_found: str
    caused_by_expected: str
    caused_by_found: str
    fault: str
    url: str = ""
    detail: str = ""

    @property
    def is_false_accusation(self) -> bool:
        """A gap or suspicion of what is no gap in truth."""
        return _accuses(self.found) and not _accuses(self.expected)

    @property
    def is_missed(self) -> bool:
        """A gap in truth that the night does not see."""
        return _accuses(self.expected) and not _accuses(self.found)

    @property
    def is_wrong(self) -> bool:
        """Another standing, reason or cause than in truth."""
        named = (self.found, self.reason_found, self.caused_by_found)
        return named != (self.expected, self.reason_expected, self.caused_by_expected)


def _accuses(standing: str) -> bool:
    return standing in GAP_STANDINGS or standing == "suspect"


def compare(truth: Sequence[Mapping[str, str]], rows: Sequence[tuple[object, ...]]) -> list[Judged]:
    """Join truth and table by obligation; an obligation that only one of them has stands with an empty other side."""
    found = {str(row[0]): dict(zip(nights.ROW_FIELDS, row, strict=True)) for row in rows}
    expected = {str(entry["obligation_id"]): entry for entry in truth}
    nothing: Mapping[str, str] = {}
    return [
        Judged(
            key,
            str(expected.get(key, nothing).get("standing", "")),
            str(found.get(key, nothing).get("standing", "")),
            str(expected.get(key, nothing).get("reason", "")),
            str(found.get(key, nothing).get("reason", "")),
            str(expected.get(key, nothing).get("caused_by", "")),
            str(found.get(key, nothing).get("caused_by", "")),
            str(expected.get(key, nothing).get("fault", "")),
        )
        for key in sorted(set(found) | set(expected))
    ]


def report(judged: Sequence[Judged], console: Console) -> None:
    """Print the table by standing, then every row that differs."""
    table = Table("standing", "in truth", "found", "right", title="demonstration night against its truth")
    expected, found = Counter(one.expected for one in judged), Counter(one.found for one in judged)
    right = Counter(one.found for one in judged if one.found == one.expected)
    for standing in sorted(set(expected) | set(found)):
        table.add_row(standing or "(none)", str(expected[standing]), str(found[standing]), str(right[standing]))
    table.add_row("total", str(len(judged)), str(len(judged)), str(sum(right.values())), style="bold")
    console.print(table)
    for one in judged:
        if one.is_wrong:
            kind = "FALSE ACCUSATION" if one.is_false_accusation else "missed" if one.is_missed else "differs"
            console.print(
                f"{kind}: {one.obligation_id} [{one.fault}]: truth {one.expected} {one.reason_expected} "
                f"{one.caused_by_expected}; found {one.found} {one.reason_found} {one.caused_by_found}",
                markup=False,
                soft_wrap=True,
            )
    gaps = sum(_accuses(one.expected) for one in judged)
    missed = sum(one.is_missed for one in judged)
    console.print(
        f"false accusations {sum(one.is_false_accusation for one in judged)}, gaps in truth {gaps}, missed {missed}, "
        f"wrong standings {sum(one.expected != one.found for one in judged)}, "
        f"wrong reasons or causes {sum(one.is_wrong and one.expected == one.found for one in judged)}"
    )


def main() -> int:
    """Compare and print; exit 1 when anything was accused falsely or missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--district", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2021, 11, 30))
    chosen = parser.parse_args()
    truth = [json.loads(line) for line in chosen.truth.read_text(encoding="utf-8").splitlines()]
    table = nights.table(chosen.district, chosen.data, chosen.as_of)
    judged = compare(truth, table.rows)
    report(judged, Console(highlight=False, width=160))
    return int(any(one.is_false_accusation or one.is_missed for one in judged))


if __name__ == "__main__":
    sys.exit(main())
