"""Assessment rounds (评估轮次): a cut-off day that freezes what is assessed, and five steps in their order; a fold."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from ledger.custody import CustodyEvent, CustodyKind
from ledger.encoding import moment_of
from ledger.errors import LedgerError


class RoundStep(StrEnum):
    """Step of an assessment round (评估环节), in their order."""

    FIRST = "初评"
    FEEDBACK = "反馈"
    APPEAL = "申诉"
    REVIEW = "复核"
    FINAL = "终评"


class RoundAction(StrEnum):
    """What an event of a round says (轮次事件)."""

    OPENED = "opened"
    FROZEN = "frozen"
    STEPPED = "stepped"


@dataclass(frozen=True, slots=True)
class StepTaken:
    """Step taken (已进行的环节): when, by whom, and what was noted."""

    step: RoundStep
    taken_at: datetime
    actor: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentRound:
    """Assessment round (评估轮次) of one district.

    Attributes:
        id: "R" and the first 8 base32 characters of SHA-256 of district and name.
        cut_off: 采样截止日; what is published later does not alter the round.
        until: last day of the round, or None.
        night: the night that is assessed, the newest that was finished at or before the cut-off; None until frozen.
        judgement: id of the newest judgement of that night when it was frozen; a later one does not alter the round.
        night_ended_at: when that night had ended, UTC; judged again it ends again.
        frozen_at: UTC; what was fetched, replied or reviewed later is no part of the round.
        steps: taken so far, in order.
    """

    id: str
    district_id: str
    name: str
    cut_off: date
    until: date | None
    opened_at: datetime
    night: date | None = None
    judgement: int = 0
    night_ended_at: datetime | None = None
    frozen_at: datetime | None = None
    steps: tuple[StepTaken, ...] = ()

    @property
    def next_step(self) -> RoundStep | None:
        """The step that comes next; None when the round has ended."""
        order = tuple(RoundStep)
        return order[len(self.steps)] if len(self.steps) < len(order) else None


def round_id(district_id: str, name: str) -> str:
    """One round a district and name."""
    digest = hashlib.sha256(f"{district_id}\n{name}".encode()).digest()
    return "R" + base64.b32encode(digest).decode()[:8]


def fold_rounds(events: Iterable[CustodyEvent]) -> tuple[AssessmentRound, ...]:
    """All rounds in the order opened; events of other kinds are passed over.

    Raises:
        LedgerError: an event of a round that was not opened, or a step out of its order.
    """
    rounds: dict[str, AssessmentRound] = {}
    for event in events:
        if event.kind is not CustodyKind.ROUND:
            continue
        key, action = event.facts["round"], RoundAction(event.facts["action"])
        if action is RoundAction.OPENED:
            rounds.setdefault(key, _opened(event))
        elif key not in rounds:
            raise LedgerError(f"custody event {event.number}: round {key} was never opened")
        elif action is RoundAction.FROZEN:
            rounds[key] = _frozen(rounds[key], event)
        else:
            rounds[key] = _stepped(rounds[key], event)
    return tuple(rounds.values())


def _opened(event: CustodyEvent) -> AssessmentRound:
    facts = event.facts
    until = date.fromisoformat(facts["until"]) if facts["until"] else None
    cut_off = date.fromisoformat(facts["cut_off"])
    return AssessmentRound(facts["round"], facts["district"], facts["name"], cut_off, until, event.happened_at)


def _frozen(before: AssessmentRound, event: CustodyEvent) -> AssessmentRound:
    """Frozen once; a second event of the same says nothing new."""
    if before.night is not None:
        return before
    facts = event.facts
    return replace(
        before,
        night=date.fromisoformat(facts["night"]),
        judgement=int(facts["judgement"]),
        night_ended_at=moment_of(facts["night_ended_at"]),
        frozen_at=event.happened_at,
    )


def _stepped(before: AssessmentRound, event: CustodyEvent) -> AssessmentRound:
    step = RoundStep(event.facts["step"])
    if step is not before.next_step:
        raise LedgerError(
            f"custody event {event.number}: round {before.id} takes {step} after {len(before.steps)} steps"
        )
    return replace(before, steps=(*before.steps, StepTaken(step, event.happened_at, event.actor, event.facts["note"])))
