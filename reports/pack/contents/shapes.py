"""Shapes of the lines of a pack's tables (包内数据表): frozen records whose hints are also the JSON Schemas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal, TypeAlias

from ledger.night import LookKind, NightState
from ledger.observation import MatchKind
from ledger.reason import Reason
from ledger.standing import Dimension, DimensionResult, Standing
from ledger.verdict import GapEvent, GapState, Outcome

Digest: TypeAlias = Annotated[str, "^[0-9a-f]{64}$"]
MaybeDigest: TypeAlias = Annotated[str, "^([0-9a-f]{64})?$"]
PayloadDigest: TypeAlias = Annotated[str, "^sha256:[0-9a-f]{64}$"]
Second: TypeAlias = Annotated[str, r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?$"]
"""UTC to the second, as in CONTRACTS' export line; empty for never."""
Local: TypeAlias = Annotated[str, r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00)?$"]
"""The same moment as people there read it."""


@dataclass(frozen=True, slots=True)
class ScopeLine:
    """Scope of the pack (打包范围)."""

    organ: str
    gaps: tuple[str, ...]
    for_assessor: bool
    round: str


@dataclass(frozen=True, slots=True)
class NightLine:
    """Night (核验批次)."""

    district: str
    district_name: str
    home: str
    night: date
    state: NightState
    started_at: datetime
    finished_at: datetime | None
    planned: int
    confirm_now: bool
    replayed: bool
    held_by_incident: str
    roster_complete: bool
    roster_source: str
    directories: tuple[str, ...]
    scope: ScopeLine


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """Planned obligation (应核验事项)."""

    obligation_id: str
    organ_id: str


@dataclass(frozen=True, slots=True)
class LookLine:
    """Look (核验轮次); ``obligation_ids`` is empty for all."""

    look_id: int
    ordinal: int
    kind: LookKind
    started_at: datetime
    finished_at: datetime | None
    replayed: bool
    obligation_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """Attempt (核验时间)."""

    look_id: int
    seen_at: datetime
    seen_at_local: Local
    standing: Standing
    by_day: bool


@dataclass(frozen=True, slots=True)
class CheckLine:
    """Verdict of one check (检查结论) in one look."""

    look_id: int
    check_id: str
    outcome: Outcome
    standing: Standing | None
    detail: str
    reason: Reason | None
    evidence: tuple[str, ...]
    url: str
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class DimensionsLine:
    """The five dimensions (五维度)."""

    exists: DimensionResult
    has_content: DimensionResult
    complete: DimensionResult
    timely: DimensionResult
    on_path: DimensionResult


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """One obligation of the night (核验结论): CONTRACTS' export line first, then what it rests on."""

    district: str
    night: date
    organ: str
    requirement_id: str
    item: str
    path: str
    standing: Standing
    suspected: Standing | Literal[""]
    confirmed: bool
    reason: Reason | Literal[""]
    detail: str
    url: str
    seen_at: Second
    match: MatchKind | Literal[""]
    document_number: str
    clause: str
    caused_by: str
    dimensions: DimensionsLine
    evidence: tuple[str, ...]
    obligation_id: str
    organ_id: str
    title: str
    path_steps: tuple[str, ...]
    failed_step: str
    seen_at_local: Local
    gap: str
    attempts: tuple[AttemptLine, ...]
    checks: tuple[CheckLine, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandingLine:
    """Standing of a night (当晚核验结论), as the ledger holds it."""

    obligation_id: str
    night: date
    standing: Standing
    detail: str
    suspected: Standing | None
    confirmed: bool
    reason: Reason | None
    url: str
    seen_at: datetime | None
    match: MatchKind | None
    caused_by: str
    dimensions: Mapping[Dimension, DimensionResult]
    evidence: tuple[str, ...]
    attempts: tuple[AttemptLine, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapLine:
    """Gap with its dated history (问题及其台账)."""

    id: Annotated[str, "^G[A-Z2-7]{10}$"]
    obligation_id: str
    state: GapState
    standing: Standing
    opened_on: date
    history: tuple[GapEvent, ...]
    affected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    """Snapshot (网页快照): only what never changes, so that the night's root can be computed again."""

    id: str
    url: str
    status: int
    content_type: str
    fetched_at: datetime
    fetched_at_local: Local
    payload_digest: PayloadDigest
    record_digest: MaybeDigest
    address: str
