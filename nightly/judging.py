"""From observations in the ledger to standings and gaps in the ledger; the judgement itself lives in checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog.obligation import Obligation
from checks.judging.gaps import fold_gaps
from checks.judging.incident import Incident
from checks.judging.look import judge_look
from checks.judging.standing import JudgedLook, NightOutcome, stand
from crawler.plan import PORTAL
from ledger.ledger import Ledger
from ledger.night import Look, LookKind, Night, NightState
from ledger.observation import ColumnObservation, Observation, SectionObservation
from ledger.standing import Standing
from ledger.verdict import Finding, Gap, GapState, NightStanding
from nightly.errors import Exit, NightError
from nightly.preparing import Prepared

_CONFIRMED = frozenset({GapState.CONFIRMED, GapState.REOPENED})


@dataclass(frozen=True, slots=True)
class Judged:
    """Outcome of judging a night (判断结果)."""

    night: Night
    standings: tuple[NightStanding, ...]
    gaps: tuple[Gap, ...]
    incident: Incident | None


def judge_looks(prepared: Prepared, ledger: Ledger, looks: Sequence[Look]) -> None:
    """Judge each finished look anew from its observations, and append the judgements."""
    for look in looks:
        if look.finished_at is None:
            continue
        owed = prepared.only(look.obligation_ids)
        seen = ledger.observations(look.id)
        if look.kind is LookKind.RECHECK:
            seen = (*_surroundings(ledger, look, owed), *seen)
        judgement = judge_look(owed, seen, look.night, replayed=look.replayed)
        ledger.add_judgement(look.id, judgement.verdicts, judgement.findings)


def _surroundings(ledger: Ledger, look: Look, owed: Sequence[Obligation]) -> tuple[Observation, ...]:
    """What the night's last whole look knows of the portal's own tree and of the organs' pages, but for what is owed.

    Whether a walk strayed into the portal's tree, or into another organ's page, is told from these; a recheck walks too
    little to know them itself, and must not clear what a whole night would not.
    """
    whole = [one for one in ledger.looks(look.night_id) if not one.obligation_ids and one.finished_at is not None]
    if not whole:
        return ()
    own = {(root, one.path.labels[1:]) for one in owed if one.path is not None for root in one.roots}
    return tuple(
        seen
        for seen in ledger.observations(whole[-1].id)
        if isinstance(seen, SectionObservation)
        or (isinstance(seen, ColumnObservation) and seen.root == PORTAL and (seen.root, seen.steps) not in own)
    )


def accused(ledger: Ledger, look: Look) -> tuple[str, ...]:
    """Obligations that a judged look would accuse, in plan order."""
    return tuple(finding.obligation_id for finding in ledger.findings(look.id) if finding.standing.is_gap)


def judge_night(prepared: Prepared, ledger: Ledger, night: Night, now: datetime) -> Judged:
    """Judge a night's looks, fold them with earlier nights, and note standings, gaps and the night's end.

    Raises:
        NightError: a red night: planned differs from the sum of standings (exit code 3).
    """
    judge_looks(prepared, ledger, ledger.looks(night.id))
    judged = tuple(
        JudgedLook(look, ledger.findings(look.id))
        for look in ledger.looks_of(night.district_id)
        if look.finished_at is not None and look.night <= night.night
    )
    before = _night_before(ledger, night)
    earlier = ledger.standings(before.id) if before else ()

    def stood(looked: Sequence[JudgedLook]) -> NightOutcome:
        return stand(prepared.obligations, looked, night.night, confirm_now=night.confirm_now, before=earlier)

    outcome = stood(judged)
    _refuse_red(ledger, night, outcome.standings, now)
    rechecked = {key for one in judged if _is_recheck(one.look, night) for key in one.look.obligation_ids}
    gaps = ledger.gaps_before(night.district_id, night.night)
    if rechecked:  # what the night found comes first: a gap that it opened and a recheck closed keeps its history
        gaps = fold_gaps(
            gaps, stood([one for one in judged if not _is_recheck(one.look, night)]).standings, night.night
        )
        gaps = fold_gaps(gaps, [one for one in outcome.standings if one.obligation_id in rechecked], night.night)
    else:
        gaps = fold_gaps(gaps, outcome.standings, night.night)
    ledger.add_standings(night.id, outcome.standings)
    ledger.add_gaps(night.id, gaps)
    if outcome.incident is not None:
        ledger.add_event("incident", {"night": str(night.night), "sentence": outcome.incident.sentence}, now)
    ledger.end_night(night.id, NightState.FINISHED, now)
    return Judged(night, outcome.standings, gaps, outcome.incident)


def judge_recheck(prepared: Prepared, ledger: Ledger, night: Night, look: Look) -> tuple[Gap, ...]:
    """Judge a finished recheck, and append standings and gaps that differ from the night's only in what it looked at.

    Nothing new is confirmed by it: an accusation that was none before stays a suspicion.

    Returns:
        The gaps of the night as they stand now.
    """
    judge_looks(prepared, ledger, (look,))
    looks = {one.id: one for one in ledger.looks_of(night.district_id) if one.finished_at is not None}
    findings: defaultdict[int, list[Finding]] = defaultdict(list)
    for look_id, finding in ledger.findings_of(night.district_id, night.night, look.obligation_ids):
        findings[look_id].append(finding)
    gaps = ledger.gaps(night.district_id, night.night)
    known = {gap.obligation_id for gap in gaps if gap.state in _CONFIRMED}
    again = stand(
        prepared.only(look.obligation_ids),
        [JudgedLook(one, tuple(findings[one.id])) for one in looks.values()],
        night.night,
        confirm_now=night.confirm_now,
        held=set(look.obligation_ids) - known,
    ).standings
    changed = {one.obligation_id: one for one in again}
    gaps = fold_gaps(gaps, again, night.night)
    ledger.add_standings(night.id, [changed.get(one.obligation_id, one) for one in ledger.standings(night.id)])
    ledger.add_gaps(night.id, gaps)
    return gaps


def _is_recheck(look: Look, night: Night) -> bool:
    return look.kind is LookKind.RECHECK and look.night_id == night.id


def _night_before(ledger: Ledger, night: Night) -> Night | None:
    earlier = [one for one in ledger.nights(night.district_id) if one.night < night.night]
    return earlier[-1] if earlier else None


def _refuse_red(ledger: Ledger, night: Night, standings: Sequence[NightStanding], now: datetime) -> None:
    planned = sorted(ledger.planned(night.id))
    stood = sorted(standing.obligation_id for standing in standings)
    if planned == stood:
        return
    ledger.end_night(night.id, NightState.RED, now)
    odd = sorted(set(planned) ^ set(stood))[:3]
    raise NightError(
        f"night {night.night} of {night.district_id} is red: {len(planned)} obligations planned, {len(stood)} judged; "
        f"first that differ: {odd}; no report is written. If the catalogue or the district file changed since the "
        "crawl, judge the night with the files it was crawled with",
        Exit.RED_NIGHT,
    )


def suspects(standings: Sequence[NightStanding]) -> tuple[str, ...]:
    """Obligations that are under suspicion, for the second look by day."""
    return tuple(one.obligation_id for one in standings if one.standing is Standing.SUSPECT)
