"""Verdicts (检查结论), findings of a look and standings of a night: what was judged of what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from ledger.observation import MatchKind
from ledger.reason import Reason
from ledger.standing import Dimension, DimensionResult, Standing


class Outcome(StrEnum):
    """Outcome (检查结果) of one check."""

    SATISFIED = "satisfied"
    VIOLATED = "violated"
    INCONCLUSIVE = "inconclusive"
    NOT_APPLICABLE = "not_applicable"
    MANUAL = "manual"


class VerdictWithoutEvidenceError(ValueError):
    """Raised when a verdict accuses or clears without an archived response, from ``Verdict``."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Verdict (检查结论): what one check says of one obligation in one look.

    Attributes:
        standing: the standing that a violation stands for; None otherwise.
        detail: the Chinese sentence: where we looked and what was offered there.
        evidence: snapshot ids; never empty when the outcome is SATISFIED or VIOLATED (invariant 1).

    Raises:
        VerdictWithoutEvidenceError: when it accuses or clears without evidence.
    """

    obligation_id: str
    check_id: str
    outcome: Outcome
    detail: str
    evidence: tuple[str, ...] = ()
    standing: Standing | None = None
    reason: Reason | None = None
    url: str = ""
    seen_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.outcome in (Outcome.SATISFIED, Outcome.VIOLATED) and not self.evidence:
            raise VerdictWithoutEvidenceError(f"{self.check_id} of {self.obligation_id} has no evidence")


@dataclass(frozen=True, slots=True)
class Finding:
    """Finding (单次核验结果): what one look says of one obligation, before any confirmation.

    ``standing`` is never ``suspect``. ``caused_by`` is the id of the obligation that carries the gap of a shared
    missing level, or empty.
    """

    obligation_id: str
    standing: Standing
    detail: str
    reason: Reason | None = None
    url: str = ""
    seen_at: datetime | None = None
    match: MatchKind | None = None
    caused_by: str = ""
    dimensions: Mapping[Dimension, DimensionResult] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    """Chinese sentences that are no gap (an inner label is an alias; dates differ)."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Attempt (核验时间): one look that bears on a standing. ``by_day`` is 09:00-18:00 of a working day, +08:00."""

    look_id: int
    seen_at: datetime
    standing: Standing
    by_day: bool


@dataclass(frozen=True, slots=True)
class NightStanding:
    """Standing of a night (当晚核验结论): the fold of this and earlier nights' looks, one an obligation and night.

    Attributes:
        standing: a gap standing only when confirmed; an unconfirmed accusation is ``suspect`` with ``suspected``.
        attempts: the looks that support it, oldest first.
        finding: the look's finding it rests on; None for ``not_observed``.
    """

    obligation_id: str
    night: date
    standing: Standing
    detail: str
    suspected: Standing | None = None
    confirmed: bool = False
    reason: Reason | None = None
    url: str = ""
    seen_at: datetime | None = None
    match: MatchKind | None = None
    caused_by: str = ""
    dimensions: Mapping[Dimension, DimensionResult] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    remarks: tuple[str, ...] = ()


class GapState(StrEnum):
    """State of a gap (问题状态): 新增、已确认、已销号、反弹."""

    NEW = "new"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    REOPENED = "reopened"

    @property
    def chinese(self) -> str:
        """The word of every report."""
        return {"new": "新增", "confirmed": "已确认", "closed": "已销号", "reopened": "反弹"}[self.value]


@dataclass(frozen=True, slots=True)
class GapEvent:
    """One dated entry in a gap's history (问题台账记录)."""

    night: date
    state: GapState
    standing: Standing
    detail: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Gap (公开缺口): one an obligation; the kind of fault is its dated history.

    ``id`` is "G" and the first 10 base32 characters of SHA-256 of the obligation id.
    """

    id: str
    obligation_id: str
    state: GapState
    standing: Standing
    opened_on: date
    history: tuple[GapEvent, ...]
    affected: tuple[str, ...] = ()
    """Obligation ids that hang below it (受影响事项)."""
