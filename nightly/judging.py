"""From observations in the ledger to standings and gaps in the ledger; the judgement itself lives in checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from checks.judging.gaps import fold_gaps
from checks.judging.incident import Incident
from checks.judging.look import judge_look
from checks.judging.standing import JudgedLook, stand
from ledger.ledger import Ledger
from ledger.night import Look, Night, NightState
from ledger.standing import Standing
from ledger.verdict import Gap, NightStanding
from nightly.errors import Exit, NightError
from nightly.preparing import Prepared


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
        judgement = judge_look(owed, ledger.observations(look.id), look.night, replayed=look.replayed)
        ledger.add_judgement(look.id, judgement.verdicts, judgement.findings)


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
    outcome = stand(
        prepared.obligations,
        judged,
        night.night,
        confirm_now=night.confirm_now,
        before=ledger.standings(before.id) if before else (),
    )
    _refuse_red(ledger, night, outcome.standings, now)
    gaps = fold_gaps(ledger.gaps_before(night.district_id, night.night), outcome.standings, night.night)
    ledger.add_standings(night.id, outcome.standings)
    ledger.add_gaps(night.id, gaps)
    if outcome.incident is not None:
        ledger.add_event("incident", {"night": str(night.night), "sentence": outcome.incident.sentence}, now)
    ledger.end_night(night.id, NightState.FINISHED, now)
    return Judged(night, outcome.standings, gaps, outcome.incident)


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
