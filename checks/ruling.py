"""Rulings: what one check says of one obligation, with the pages it rests on; no ledger types but words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from ledger.reason import Reason
from ledger.standing import Standing
from ledger.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Witness:
    """Witness (佐证页面): one archived page that a ruling rests on, and when it was seen."""

    root: str
    url: str
    snapshot_id: str
    seen_at: datetime | None


class _Observed(Protocol):
    @property
    def root(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def seen_at(self) -> datetime | None: ...


def witness(observation: _Observed) -> Witness:
    """The page behind an observation; of a listing its first page."""
    ids = getattr(observation, "snapshot_ids", None)
    snapshot_id = (ids[0] if ids else "") if ids is not None else getattr(observation, "snapshot_id", "")
    return Witness(observation.root, observation.url, snapshot_id, observation.seen_at)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Ruling (检查意见): outcome, Chinese sentence and witnesses of one check, before it becomes a verdict.

    Attributes:
        standing: for a violation the standing it stands for; for SATISFIED ``OFFSITE``, ``STATEMENT`` or
            ``PUBLISHED_UNDER_ALIAS`` where that is how the duty is met; for NOT_APPLICABLE ``NOT_DUE``,
            ``DUE_UNKNOWN`` or ``NOT_APPLICABLE`` where that is what the night says; else None.
        remarks: Chinese sentences that are no gap.
    """

    outcome: Outcome
    detail: str
    witnesses: tuple[Witness, ...] = ()
    standing: Standing | None = None
    reason: Reason | None = None
    remarks: tuple[str, ...] = ()

    @property
    def evidence(self) -> tuple[str, ...]:
        """Snapshot ids, without repeats."""
        return tuple(dict.fromkeys(w.snapshot_id for w in self.witnesses if w.snapshot_id))

    @property
    def url(self) -> str:
        """Address of the first witness, or empty."""
        return self.witnesses[0].url if self.witnesses else ""

    @property
    def seen_at(self) -> datetime | None:
        """Time of the first witness."""
        return self.witnesses[0].seen_at if self.witnesses else None

    def noting(self, *remarks: str) -> Ruling:
        """The same ruling with more remarks."""
        return replace(self, remarks=(*self.remarks, *remarks))


def satisfied(
    detail: str, witnesses: Sequence[Witness], standing: Standing | None = None, remarks: Sequence[str] = ()
) -> Ruling:
    """What is asked for was seen."""
    return Ruling(Outcome.SATISFIED, detail, tuple(witnesses), standing, None, tuple(remarks))


def violated(standing: Standing, detail: str, witnesses: Sequence[Witness], remarks: Sequence[str] = ()) -> Ruling:
    """What is asked for is not there, on pages that were seen whole."""
    return Ruling(Outcome.VIOLATED, detail, tuple(witnesses), standing, None, tuple(remarks))


def inconclusive(reason: Reason, detail: str, witnesses: Sequence[Witness] = (), remarks: Sequence[str] = ()) -> Ruling:
    """Nothing can be said, and why."""
    return Ruling(Outcome.INCONCLUSIVE, detail, tuple(witnesses), None, reason, tuple(remarks))


def not_applicable(detail: str, witnesses: Sequence[Witness] = (), standing: Standing | None = None) -> Ruling:
    """The check has nothing to say here, or nothing is owed (yet) where ``standing`` says so."""
    return Ruling(Outcome.NOT_APPLICABLE, detail, tuple(witnesses), standing)


def manual(detail: str, witnesses: Sequence[Witness] = ()) -> Ruling:
    """A person must look."""
    return Ruling(Outcome.MANUAL, detail, tuple(witnesses))
