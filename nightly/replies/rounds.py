"""Assessment rounds (评估轮次): opened with a cut-off day, frozen to one judged night, stepped in order; all events."""

from __future__ import annotations

from datetime import date, datetime

from ledger.assessment import AssessmentRound, RoundAction, RoundStep, fold_rounds, round_id
from ledger.custody import CustodyKind
from ledger.encoding import moment_text
from ledger.ledger import Ledger
from ledger.night import Night, NightState
from nightly.clock import tonight
from nightly.errors import NightError
from nightly.operating import operator


def rounds(ledger: Ledger, district_id: str = "") -> tuple[AssessmentRound, ...]:
    """All rounds in the order opened; of one district if it is named."""
    found = fold_rounds(ledger.custody(CustodyKind.ROUND))
    return tuple(one for one in found if district_id in ("", one.district_id))


def round_of(ledger: Ledger, key: str) -> AssessmentRound:
    """The round of an id, or of a name that only one round bears.

    Raises:
        NightError: there is none, or several districts have one of this name.
    """
    found = [one for one in rounds(ledger) if key in (one.id, one.name)]
    if len(found) != 1:
        raise NightError(f"round {key}: {'several bear this name' if found else 'none'}; see: mingcha round list")
    return found[0]


def frozen_round(ledger: Ledger, key: str) -> AssessmentRound:
    """The round, frozen: its night and the judgement that it assesses are known.

    Raises:
        NightError: its cut-off day has not ended, or it was not frozen since.
    """
    found = round_of(ledger, key)
    if found.night is None:
        raise NightError(
            f"round {found.id} {found.name} is not frozen; after {found.cut_off}: mingcha round step {found.id} 初评"
        )
    return found


def open_round(
    ledger: Ledger, district_id: str, name: str, cut_off: date, until: date | None, now: datetime
) -> AssessmentRound:
    """Open a round; one whose cut-off day has ended is frozen at once.

    Raises:
        NightError: the name is taken with other days, the end lies before the cut-off, or no night can be assessed.
    """
    if until is not None and until < cut_off:
        raise NightError(f"--until {until} lies before --cut-off {cut_off}")
    if not name.strip():
        raise NightError("a round needs a name: --name 2026年第三季度")
    key = round_id(district_id, name)
    before = [one for one in rounds(ledger, district_id) if one.id == key]
    if before and (before[0].cut_off, before[0].until) != (cut_off, until):
        raise NightError(f"round {name} was opened with cut-off {before[0].cut_off}; choose another name")
    ended = tonight(now) > cut_off
    if ended:
        _assessable(ledger, district_id, cut_off)  # before anything is noted
    if not before:
        facts = {"action": RoundAction.OPENED.value, "district": district_id, "name": name, "cut_off": str(cut_off)}
        _note(ledger, key, {**facts, "until": str(until or "")}, now)
    if ended and (not before or before[0].night is None):
        _freeze(ledger, round_of(ledger, key), now)
    return round_of(ledger, key)


def step_round(ledger: Ledger, key: str, step: RoundStep, note: str, now: datetime) -> AssessmentRound:
    """Take the next step; the first one freezes the round if that was not done before.

    Raises:
        NightError: another step comes next, the round has ended, or its cut-off day has not.
    """
    found = round_of(ledger, key)
    if found.next_step is None:
        raise NightError(f"round {found.id} {found.name} has ended with {RoundStep.FINAL}")
    if step is not found.next_step:
        raise NightError(f"round {found.id} {found.name}: {found.next_step} comes next, not {step}")
    if found.night is None:
        if tonight(now) <= found.cut_off:
            raise NightError(f"round {found.id} {found.name}: its cut-off day {found.cut_off} has not ended")
        _freeze(ledger, found, now)
    _note(ledger, found.id, {"action": RoundAction.STEPPED.value, "step": step.value, "note": note}, now)
    return round_of(ledger, found.id)


def _freeze(ledger: Ledger, found: AssessmentRound, now: datetime) -> None:
    """The newest finished night at or before the cut-off, as it is judged now."""
    night = _assessable(ledger, found.district_id, found.cut_off)
    facts = {
        "action": RoundAction.FROZEN.value,
        "night": night.night.isoformat(),
        "night_ended_at": moment_text(night.finished_at or now),
        "judgement": str(ledger.newest_judgement(night.id)),
    }
    _note(ledger, found.id, facts, now)


def _assessable(ledger: Ledger, district_id: str, cut_off: date) -> Night:
    """The night to be assessed."""
    fit = [
        one
        for one in ledger.nights(district_id)
        if one.night <= cut_off and one.state is NightState.FINISHED and not one.replayed
    ]
    if not fit:
        raise NightError(f"{district_id} has no finished night at or before {cut_off}; nothing can be assessed")
    return fit[-1]


def _note(ledger: Ledger, key: str, facts: dict[str, str], now: datetime) -> None:
    ledger.add_custody(CustodyKind.ROUND, {"round": key, **facts}, actor=operator(), now=now)
