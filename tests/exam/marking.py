"""Marks (评分) of sittings: false accusations, missed gaps, wrong standings, refusals named, by family and by fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ledger.standing import GAP_STANDINGS
from portals.compare_truth import Judged
from portals.refusing import REASONS

ALSO_RIGHT: dict[str, frozenset[str]] = {
    "http_5xx": frozenset({"http_5xx", "maintenance"}),
    "maintenance": frozenset({"maintenance", "http_5xx"}),
    "needs_browser": frozenset({"needs_browser", "render_disagree", "ambiguous"}),
    "ambiguous": frozenset({"ambiguous", "render_disagree"}),
    "connect": frozenset({"connect", "truncated"}),
    "truncated": frozenset({"truncated", "connect"}),
}
"""Reasons that name the same refusal as truly: a 503 page that says 维护 is both."""
_UNWALKED = frozenset({"manual", "mapping_required", "not_applicable"})


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks (评分) of some rows.

    Attributes:
        rows: obligations that are walked.
        refused: rows whose column or site refuses in truth.
        named: refused rows reported as could_not_verify with the reason of the refusal.
    """

    rows: int
    gaps: int
    false: int
    missed: int
    wrong: int
    refused: int
    named: int

    @property
    def gaps_found(self) -> float:
        """Share of the gaps in truth that were seen; 1 where there were none."""
        return 1 - self.missed / self.gaps if self.gaps else 1.0

    @property
    def wrong_share(self) -> float:
        """Share of rows with another standing than in truth."""
        return self.wrong / self.rows if self.rows else 0.0

    @property
    def named_share(self) -> float:
        """Share of refusals that were reported as such; 1 where there were none."""
        return self.named / self.refused if self.refused else 1.0


def marks(rows: Iterable[Judged]) -> Marks:
    """Count over all walked rows."""
    some = [one for one in rows if is_walked(one)]
    refused = [one for one in some if is_refused(one)]
    return Marks(
        rows=len(some),
        gaps=sum(one.expected in GAP_STANDINGS for one in some),
        false=sum(one.is_false_accusation for one in some),
        missed=sum(one.is_missed for one in some),
        wrong=sum(one.expected != one.found for one in some),
        refused=len(refused),
        named=sum(is_named(one) for one in refused),
    )


def is_walked(row: Judged) -> bool:
    """Whether a crawler has anything to say of it, in truth or as it was found."""
    return row.expected not in _UNWALKED or row.found != row.expected


def is_refused(row: Judged) -> bool:
    """Whether its column or site refuses in truth."""
    return row.expected == "could_not_verify" and row.fault in REASONS


def is_named(row: Judged) -> bool:
    """Whether a refusal was reported as the refusal that it is."""
    right = ALSO_RIGHT.get(row.reason_expected, frozenset({row.reason_expected}))
    return row.found == "could_not_verify" and row.reason_found in right


def kind_of_error(row: Judged) -> str:
    """What is wrong with a row, the worst first; empty where nothing is."""
    if not is_walked(row):
        return ""
    if row.is_false_accusation:
        return "FALSE ACCUSATION"
    if row.is_missed:
        return "missed gap"
    if row.expected != row.found:
        return "wrong standing"
    if is_refused(row) and not is_named(row):
        return "refusal misnamed"
    return ""


def by(rows: Sequence[Judged], key: Callable[[Judged], str]) -> dict[str, Marks]:
    """Marks of the rows of each key, keys in order."""
    keys = sorted({key(one) for one in rows})
    return {name: marks(one for one in rows if key(one) == name) for name in keys}
