"""The night as readers see it: one line an obligation, from the one verdict table; every number comes from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog.district import District, Organ
from catalog.obligation import Obligation
from catalog.requirement import Directory
from ledger.night import Look, Night
from ledger.observation import ColumnObservation
from ledger.reply import Reply
from ledger.review import Review, ReviewConclusion
from ledger.standing import Standing
from ledger.verdict import Gap, GapState, NightStanding
from reports.review import fingerprint

NOT_OWED = frozenset(
    {
        Standing.MANUAL,
        Standing.MAPPING_REQUIRED,
        Standing.NOT_DUE,
        Standing.DUE_UNKNOWN,
        Standing.NOT_APPLICABLE,
    }
)
"""Standings that are not for a crawler to verify tonight; they count in no rate."""
UNVERIFIED = frozenset({Standing.COULD_NOT_VERIFY, Standing.NOT_OBSERVED})


class ReportError(Exception):
    """Raised when a report would not agree with the verdict table, from ``night_view``; no report leaves."""


@dataclass(frozen=True, slots=True)
class Line:
    """One obligation with all that a report says of it (报告行).

    Attributes:
        column: the walk's observation that the standing rests on; None where nothing was walked.
        review: the office's newest review if what was seen has not changed since; else None.
        picture: file name of the screenshot in the folder 截图, or empty.
        dispute: the organ's dispute (申诉) that waits for a person, or None.
    """

    obligation: Obligation
    standing: NightStanding
    gap: Gap | None = None
    column: ColumnObservation | None = None
    review: Review | None = None
    picture: str = ""
    dispute: Reply | None = None

    @property
    def is_confirmed_gap(self) -> bool:
        """A gap that may be sent: confirmed, its own cause, and not taken out by the office's review."""
        return self.is_gap and not self.is_held

    @property
    def is_gap(self) -> bool:
        """A confirmed gap of its own (not one that hangs below another)."""
        return self.standing.standing.is_gap and self.standing.confirmed and not self.standing.caused_by

    @property
    def is_affected(self) -> bool:
        """A confirmed fault that hangs below another gap (受影响事项)."""
        return self.standing.standing.is_gap and bool(self.standing.caused_by)

    @property
    def is_held(self) -> bool:
        """Whether the office's review keeps it out of the organ's copy."""
        return self.review is not None and self.review.conclusion is not ReviewConclusion.TRUE


@dataclass(frozen=True, slots=True)
class Rate:
    """Rate (核验率): verified of those to be verified; ``owed`` may be 0."""

    verified: int
    owed: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 1 where nothing is owed."""
        return self.verified / self.owed if self.owed else 1.0

    def __str__(self) -> str:
        return f"{self.verified}/{self.owed}"


@dataclass(frozen=True, slots=True)
class NightView:
    """The night (核验批次) as readers see it: lines in catalogue order and what surrounds them."""

    district: District
    night: Night
    looks: tuple[Look, ...]
    directories: tuple[Directory, ...]
    lines: tuple[Line, ...]
    held_by_incident: str = ""
    """Sentence of the incident that holds all that turned bad, or empty."""
    damaged: str = ""
    """Sentence on archived evidence that is damaged and not restored yet, or empty; for the office only."""

    @property
    def sampled(self) -> tuple[datetime, datetime] | None:
        """First and last true time of sampling (采样时间), UTC; None where nothing was fetched."""
        times = [line.standing.seen_at for line in self.lines if line.standing.seen_at]
        return (min(times), max(times)) if times else None

    @property
    def is_reviewed(self) -> bool:
        """Whether a person has looked at every confirmed gap."""
        gaps = [line for line in self.lines if line.is_gap]
        return bool(gaps) and all(line.review is not None for line in gaps)

    def of_organ(self, organ: Organ) -> tuple[Line, ...]:
        """All lines for which this organ is responsible."""
        return tuple(line for line in self.lines if organ in (line.obligation.organ, *line.obligation.responsible))

    def of_lead(self, organ: Organ) -> tuple[Line, ...]:
        """All lines that this organ checks (牵头单位), in the notice's row order."""
        return tuple(line for line in self.lines if organ in line.obligation.lead)

    @property
    def organs(self) -> tuple[Organ, ...]:
        """Organs that are responsible for anything, in the roster's order."""
        named = {organ.id for line in self.lines for organ in (line.obligation.organ, *line.obligation.responsible)}
        rest = [line.obligation.organ for line in self.lines if line.obligation.organ not in self.district.organs]
        known = [organ for organ in (*self.district.organs, *dict.fromkeys(rest)) if organ.id in named]
        return tuple(known)

    @property
    def leads(self) -> tuple[Organ, ...]:
        """Organs that check anything."""
        named = {organ.id for line in self.lines for organ in line.obligation.lead}
        return tuple(organ for organ in self.district.organs if organ.id in named)

    def affected_by(self, line: Line) -> tuple[Line, ...]:
        """Lines that hang below a gap (受影响事项)."""
        cause = line.obligation.id
        return tuple(other for other in self.lines if other.standing.caused_by == cause)


def rate(lines: Iterable[Line]) -> Rate:
    """已核验/应核验 of some lines."""
    owed = [line for line in lines if line.standing.standing not in NOT_OWED]
    return Rate(sum(line.standing.standing not in UNVERIFIED for line in owed), len(owed))


def counts(lines: Iterable[Line]) -> dict[Standing, int]:
    """How many lines have each standing, in the order of the vocabulary; zeros left out."""
    seen = [line.standing.standing for line in lines]
    return {standing: seen.count(standing) for standing in Standing if standing in seen}


def night_view(
    *,
    district: District,
    night: Night,
    looks: Sequence[Look],
    directories: Sequence[Directory],
    obligations: Sequence[Obligation],
    standings: Sequence[NightStanding],
    gaps: Sequence[Gap],
    columns: Mapping[str, ColumnObservation],
    reviews: Sequence[Review] = (),
    pictures: Mapping[str, str] | None = None,
    disputes: Mapping[str, Reply] | None = None,
    held_by_incident: str = "",
) -> NightView:
    """Join the verdict table with the catalogue.

    Args:
        columns: the observation a standing rests on, by obligation id.
        reviews: oldest first; the newest of a gap counts, and only while what was seen is unchanged.
        pictures: screenshot file name by obligation id.
        disputes: disputes that wait for a person, by gap id.

    Raises:
        ReportError: when an obligation has no standing or a standing no obligation (conservation).
    """
    by_obligation = {standing.obligation_id: standing for standing in standings}
    planned = {obligation.id for obligation in obligations}
    if planned != set(by_obligation) or len(standings) != len(planned):
        odd = sorted(planned ^ set(by_obligation))[:3]
        raise ReportError(f"{len(planned)} obligations, {len(standings)} standings; first that differ: {odd}")
    gap_of = {gap.obligation_id: gap for gap in gaps if gap.state is not GapState.CLOSED}
    newest = {review.gap_id: review for review in reviews}
    lines = []
    for obligation in obligations:
        standing, gap = by_obligation[obligation.id], gap_of.get(obligation.id)
        review = newest.get(gap.id) if gap else None
        if review is not None and review.seen != fingerprint(standing):
            review = None
        picture = (pictures or {}).get(obligation.id, "")
        dispute = (disputes or {}).get(gap.id) if gap else None
        lines.append(Line(obligation, standing, gap, columns.get(obligation.id), review, picture, dispute))
    return NightView(district, night, tuple(looks), tuple(directories), tuple(lines), held_by_incident)
