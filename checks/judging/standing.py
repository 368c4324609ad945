"""Standings of a night: the fold of this and earlier nights' looks, confirmation and the incident rule; pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from catalog.obligation import Obligation
from checks.calendar import counts_as_working_day
from checks.errors import ConservationError
from checks.judging.incident import INCIDENT_SHARE, Incident, held_back, turned_bad
from ledger.night import SHANGHAI, Look, LookKind, is_by_day
from ledger.standing import Dimension, DimensionResult, Standing
from ledger.verdict import Attempt, Finding, NightStanding

LOOKS_TO_CONFIRM = 3
DATES_TO_CONFIRM = 2
APART = timedelta(minutes=30)
_PASSES_OF_CONFIRM_NOW = frozenset({LookKind.FIRST, LookKind.COMPLETE_AGAIN})


@dataclass(frozen=True, slots=True)
class JudgedLook:
    """Judged look (一轮核验及其结论): a look and its findings."""

    look: Look
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class NightOutcome:
    """Outcome of a night (当晚核验结果): one standing an obligation, in their order, and any incident."""

    standings: tuple[NightStanding, ...]
    incident: Incident | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    look: Look
    finding: Finding


def stand(
    obligations: Sequence[Obligation],
    looked: Sequence[JudgedLook],
    night: date,
    *,
    before: Sequence[NightStanding] = (),
    confirm_now: bool = False,
    held: Collection[str] = (),
) -> NightOutcome:
    """Fold looks to the standings of one night.

    Args:
        looked: looks of this and earlier nights, oldest first; later nights are left out.
        before: standings of the night before, empty on a first night (which is never an incident).
        confirm_now: two complete passes in this night confirm.
        held: obligations that a person or an open incident holds: never confirmed.

    Raises:
        ConservationError: when a look has two findings of one obligation.
    """
    entries: defaultdict[str, list[_Entry]] = defaultdict(list)
    for one in looked:
        if one.look.night > night:
            continue
        doubled = [key for key, n in Counter(f.obligation_id for f in one.findings).items() if n > 1]
        if doubled:
            raise ConservationError(f"look {one.look.id} has two findings of {doubled[0]}")
        for finding in one.findings:
            entries[finding.obligation_id].append(_Entry(one.look, finding))
    standings = tuple(_stand_one(one.id, entries[one.id], night, confirm_now, one.id in held) for one in obligations)
    turned = turned_bad(standings, before)
    walked_count = sum(one.is_walked for one in obligations)
    if not turned or len(turned) <= INCIDENT_SHARE * walked_count:
        return NightOutcome(standings)
    kept = frozenset(turned)
    calmed = tuple(held_back(one) if one.obligation_id in kept else one for one in standings)
    return NightOutcome(calmed, Incident(night, turned, walked_count))


def _stand_one(
    obligation_id: str, entries: Sequence[_Entry], night: date, confirm_now: bool, is_held: bool
) -> NightStanding:
    tonight = [one for one in entries if one.look.night == night]
    if not tonight:
        return _not_observed(obligation_id, night)
    entry = _deciding(tonight)
    finding = entry.finding
    if not finding.standing.is_gap:
        attempts = tuple(_attempt(one) for one in tonight if one.finding.standing is finding.standing)
        return _from_finding(finding, night, finding.standing, attempts)
    run = _accusing_run(entries)
    attempts = tuple(_attempt(one) for one in run)
    confirmed = not is_held and _is_confirmed(run, tonight, confirm_now)
    if confirmed:
        return replace(_from_finding(finding, night, finding.standing, attempts), confirmed=True)
    return replace(_from_finding(finding, night, Standing.SUSPECT, attempts), suspected=finding.standing)


def _deciding(tonight: Sequence[_Entry]) -> _Entry:
    """A pass seen in any look of the night wins, then the latest accusation, then the latest finding that says most."""
    passes = [one for one in tonight if one.finding.standing.is_pass]
    accusing = [one for one in tonight if one.finding.standing.is_gap]
    observed = [one for one in tonight if one.finding.standing is not Standing.NOT_OBSERVED]
    return (passes or accusing or observed or list(tonight))[-1]


def _accusing_run(entries: Sequence[_Entry]) -> list[_Entry]:
    """The unbroken run of accusing looks up to now; a night with a pass breaks it, silence neither adds nor breaks."""
    passed = {one.look.night for one in entries if one.finding.standing.is_pass}
    last = max(passed, default=date.min)
    return [one for one in entries if one.finding.standing.is_gap and one.look.night > last]


def _attempt(entry: _Entry) -> Attempt:
    seen_at = entry.finding.seen_at or entry.look.started_at
    local = seen_at.astimezone(SHANGHAI).date()
    by_day = is_by_day(seen_at, counts_as_working_day(local))
    return Attempt(entry.look.id, seen_at, entry.finding.standing, by_day)


def _is_confirmed(run: Sequence[_Entry], tonight: Sequence[_Entry], confirm_now: bool) -> bool:
    """3 looks at least half an hour apart, over 2 nights and dates, one by day; or two complete passes of this night.

    Looks of a recording see the same record again and confirm nothing; a recheck may clear and confirms nothing.
    """
    live = [one for one in run if not one.look.replayed and one.look.kind is not LookKind.RECHECK]
    if any(one.look.replayed for one in tonight):
        return False
    if confirm_now:
        kinds = {one.look.kind for one in live if one.look in {entry.look for entry in tonight}}
        if kinds >= _PASSES_OF_CONFIRM_NOW:
            return True
    spaced = _spaced([(_attempt(one), one.look.night) for one in live])
    dates = {attempt.seen_at.astimezone(SHANGHAI).date() for attempt, _ in spaced}
    nights = {night for _, night in spaced}
    enough = len(spaced) >= LOOKS_TO_CONFIRM and min(len(dates), len(nights)) >= DATES_TO_CONFIRM
    return enough and any(attempt.by_day for attempt, _ in spaced)


def _spaced(attempts: Sequence[tuple[Attempt, date]]) -> list[tuple[Attempt, date]]:
    """Attempts at least half an hour apart; of two that are nearer the one by day is kept, else the first."""
    kept: list[tuple[Attempt, date]] = []
    for one in sorted(attempts, key=lambda pair: pair[0].seen_at):
        if not kept or one[0].seen_at - kept[-1][0].seen_at >= APART:
            kept.append(one)
    return kept


def _from_finding(finding: Finding, night: date, standing: Standing, attempts: tuple[Attempt, ...]) -> NightStanding:
    return NightStanding(
        finding.obligation_id,
        night,
        standing,
        finding.detail,
        reason=finding.reason,
        url=finding.url,
        seen_at=finding.seen_at,
        match=finding.match,
        caused_by=finding.caused_by,
        dimensions=finding.dimensions,
        evidence=finding.evidence,
        attempts=attempts,
        remarks=finding.remarks,
    )


def _not_observed(obligation_id: str, night: date) -> NightStanding:
    unverified = dict.fromkeys(Dimension, DimensionResult.UNVERIFIED)
    return NightStanding(obligation_id, night, Standing.NOT_OBSERVED, "本次核验没有访问该栏目。", dimensions=unverified)
