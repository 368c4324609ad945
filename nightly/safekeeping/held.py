"""What a rule may not remove: evidence of open gaps and open disputes, and nights that an open round assesses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ledger.assessment import fold_rounds
from ledger.custody import CustodyKind
from ledger.ledger import Ledger
from ledger.reply import fold_rechecks, fold_replies, open_disputes
from ledger.verdict import Gap, GapState


@dataclass(frozen=True, slots=True)
class Held:
    """Held evidence (暂不清理的证据) of one district, each with the Chinese reason."""

    snapshots: dict[str, str] = field(default_factory=dict)
    obligations: dict[str, str] = field(default_factory=dict)
    nights: dict[date, str] = field(default_factory=dict)


def held_of(ledger: Ledger, district_id: str) -> Held:
    """All that is held of one district."""
    held = Held()
    replies = fold_replies(ledger.custody(CustodyKind.REPLIED), district_id)
    disputed = open_disputes(replies, ledger.reviews(district_id))
    answered = {one.gap_id for one in replies}
    rechecks = fold_rechecks(ledger.custody(CustodyKind.RECHECKED), district_id)
    for gap in ledger.gaps(district_id):
        reason = _reason(gap, disputed=gap.id in disputed)
        if not reason:
            continue
        held.obligations[gap.obligation_id] = reason
        held.snapshots.update(dict.fromkeys(_evidence(ledger, district_id, gap), reason))
        for one in rechecks:
            if one.gap_id == gap.id and gap.id in answered:
                held.snapshots.update(dict.fromkeys((*one.before, *one.after), reason))
    _hold_rounds(ledger, district_id, held)
    return held


def _reason(gap: Gap, *, disputed: bool) -> str:
    if gap.state is not GapState.CLOSED:
        return f"问题 {gap.id} 尚未销号"
    return f"问题 {gap.id} 申诉待复核" if disputed else ""


def _evidence(ledger: Ledger, district_id: str, gap: Gap) -> Iterator[str]:
    """Responses on which the gap rests: on the nights of its history, and in the looks that confirmed it then."""
    for night in sorted({gap.opened_on, *(one.night for one in gap.history)}):
        found = ledger.night(district_id, night)
        if found is None:
            continue
        looks = {look.id for look in ledger.looks(found.id)}
        for standing in ledger.standings(found.id):
            if standing.obligation_id == gap.obligation_id:
                yield from standing.evidence
                looks |= {attempt.look_id for attempt in standing.attempts}
        for look_id in sorted(looks):
            said = [(one.obligation_id, one.evidence) for one in ledger.findings(look_id)]
            said += [(one.obligation_id, one.evidence) for one in ledger.verdicts(look_id)]
            for obligation_id, evidence in said:
                if obligation_id == gap.obligation_id:
                    yield from evidence


def _hold_rounds(ledger: Ledger, district_id: str, held: Held) -> None:
    packed = ledger.custody(CustodyKind.PACKED)
    for one in fold_rounds(ledger.custody(CustodyKind.ROUND)):
        if one.district_id != district_id or one.next_step is None:
            continue
        reason = f"评估轮次 {one.name} 尚未终评"
        if one.night is not None:
            held.nights[one.night] = reason
        else:
            # not frozen yet: the night that would be
            nights = [night.night for night in ledger.nights(district_id) if night.night <= one.cut_off]
            held.nights.update(dict.fromkeys(nights[-1:], reason))
        for event in packed:
            if event.facts.get("round") in (one.id, one.name) and event.facts.get("district") == district_id:
                held.nights[date.fromisoformat(event.facts["night"])] = reason
