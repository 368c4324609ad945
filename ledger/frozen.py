"""The ledger as it stood when an assessment round was frozen (冻结台账); read only, nothing later shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Self

from ledger.archive.page_archive import Kept
from ledger.assessment import AssessmentRound
from ledger.custody import CustodyEvent, CustodyKind
from ledger.errors import LedgerError
from ledger.ledger import Ledger
from ledger.night import Look, Night
from ledger.review import Review
from ledger.verdict import Finding, Gap, NightStanding, Verdict


class FrozenLedger(Ledger):
    """Frozen ledger (冻结台账): shares database and archive with the one it is made from, and is not closed itself."""

    _moment: datetime
    _judgement: int
    _round: AssessmentRound

    @classmethod
    def at(cls, ledger: Ledger, frozen: AssessmentRound) -> Self:
        """The ledger at the moment and the judgement at which a round was frozen.

        Raises:
            LedgerError: the round is not frozen.
        """
        if frozen.frozen_at is None:
            raise LedgerError(f"round {frozen.id} is not frozen; there is nothing to read it by")
        made = cls(ledger._engine, ledger._archive)
        made._moment, made._judgement, made._round = frozen.frozen_at, frozen.judgement, frozen
        return made

    def close(self) -> None:
        """Nothing of its own is open."""

    def night(self, district_id: str, night: date) -> Night | None:
        """The night; the frozen one with the end it had then."""
        found = super().night(district_id, night)
        if found is None or (district_id, night) != (self._round.district_id, self._round.night):
            return found
        return replace(found, finished_at=self._round.night_ended_at)

    def looks(self, night_id: int) -> tuple[Look, ...]:
        """Looks that had ended."""
        return tuple(one for one in super().looks(night_id) if one.finished_at and one.finished_at <= self._moment)

    def kept_of(self, district_id: str, night: date) -> tuple[Kept, ...]:
        """What had been archived."""
        return tuple(one for one in super().kept_of(district_id, night) if one.snapshot.fetched_at <= self._moment)

    def verdicts(self, look_id: int, until: int = 0) -> tuple[Verdict, ...]:
        """Verdicts as judged then."""
        return super().verdicts(look_id, until or self._judgement)

    def findings(self, look_id: int, until: int = 0) -> tuple[Finding, ...]:
        """Findings as judged then."""
        return super().findings(look_id, until or self._judgement)

    def standings(self, night_id: int, until: int = 0) -> tuple[NightStanding, ...]:
        """Standings as judged then."""
        return super().standings(night_id, until or self._judgement)

    def gaps(self, district_id: str, night: date | None = None, until: int = 0) -> tuple[Gap, ...]:
        """Gaps as judged then."""
        return super().gaps(district_id, night, until or self._judgement)

    def reviews(self, district_id: str) -> tuple[Review, ...]:
        """Reviews that had been given."""
        return tuple(one for one in super().reviews(district_id) if one.reviewed_at <= self._moment)

    def custody(self, kind: CustodyKind | None = None) -> tuple[CustodyEvent, ...]:
        """Events that had happened."""
        return tuple(one for one in super().custody(kind) if one.happened_at <= self._moment)

    def events(self, kind: str | None = None) -> tuple[tuple[str, datetime | None, dict[str, str]], ...]:
        """Events that had happened, and those of which no moment is known."""
        return tuple(one for one in super().events(kind) if one[1] is None or one[1] <= self._moment)
