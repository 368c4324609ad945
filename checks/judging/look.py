"""Judging a look: every obligation gets exactly one finding from what one look saw; pure."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from catalog.obligation import Obligation
from catalog.requirement import Scope
from checks.errors import ConservationError
from checks.judging.ranking import Claim, Ruled, claims_of, first
from checks.judging.sharing import Failure, share
from checks.owing import awaits_answer, nothing_due_yet
from checks.placing import PlaceSeen, Whereabouts
from checks.registry import Check, implied_checks, registered
from checks.ruling import Ruling, inconclusive, not_applicable
from checks.saying import day
from checks.seeing import Seen, see
from checks.sight import Sight, index
from ledger.observation import Observation
from ledger.reason import Reason
from ledger.standing import Dimension, DimensionResult, Standing
from ledger.verdict import Finding, Outcome, Verdict

_log = logging.getLogger(__name__)
_OTHER_CHANNELS = "其他渠道"
_ASKS_FOR_CONDITION = frozenset(
    {
        Standing.MISSING,
        Standing.PATH_DEVIATES,
        Standing.EMPTY,
        Standing.MISMATCHED,
        Standing.ITEM_MISSING,
        Standing.OVERDUE,
        Standing.STALE,
        Standing.COULD_NOT_VERIFY,
    }
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Judgement (单次核验结论): all verdicts of a look, and one finding an obligation, in the obligations' order."""

    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]


def judge_look(
    obligations: Sequence[Obligation], observations: Iterable[Observation], night: date, *, replayed: bool = False
) -> Judgement:
    """Judge what one look saw.

    Args:
        obligations: all that the look was to see; ids unique.
        observations: of this look only.
        night: the night's date, the only time that is read.
        replayed: the look was read from a recording: the control page counts whatever its date.

    Raises:
        ConservationError: when findings and obligations are not one to one.
    """
    doubled = [key for key, count in Counter(one.id for one in obligations).items() if count > 1]
    if doubled:
        raise ConservationError(f"obligation ids are not unique: {', '.join(doubled[:5])}")
    sight = index(observations, replayed=replayed)
    verdicts: list[Verdict] = []
    findings: list[Finding] = []
    failures: list[Failure] = []
    for obligation in obligations:
        seen = see(obligation, sight, night) if _why_not_walked(obligation) is None else None
        if seen is None:
            findings.append(_unwalked(obligation))
            continue
        rulings = tuple(_rule(one, obligation, seen, sight) for one in _due_checks(obligation, seen))
        verdicts.extend(_verdict(obligation, one) for one in rulings)
        finding = _find(obligation, seen, rulings)
        findings.append(finding)
        if failure := _failure(obligation, seen.place, finding):
            failures.append(failure)
    shared = share(findings, failures)
    if [one.obligation_id for one in shared] != [one.id for one in obligations]:
        raise ConservationError(f"{len(obligations)} obligations, {len(shared)} findings")
    return Judgement(tuple(verdicts), shared)


def _why_not_walked(obligation: Obligation) -> Finding | None:
    if obligation.mapping_required:
        return Finding(obligation.id, Standing.MAPPING_REQUIRED, obligation.mapping_required)
    if obligation.requirement.scope is Scope.MANUAL or obligation.path is None:
        return Finding(obligation.id, Standing.MANUAL, "该事项不在网页上查看，请人工核查。")
    return None


def _unwalked(obligation: Obligation) -> Finding:
    known = _why_not_walked(obligation)
    if known is not None:
        return known
    unverified = dict.fromkeys(Dimension, DimensionResult.UNVERIFIED)
    return Finding(obligation.id, Standing.NOT_OBSERVED, "本次核验没有访问该栏目。", dimensions=unverified)


@dataclass(frozen=True, slots=True)
class _Run:
    check: Check
    options: dict[str, object]


def _due_checks(obligation: Obligation, seen: Seen) -> tuple[_Run, ...]:
    runs = [_Run(one, {}) for one in implied_checks()]
    for expectation in obligation.requirement.expectations:
        one = registered()[expectation.check_id]
        if not one.implied:
            runs.append(_Run(one, dict(expectation.options)))
    return tuple(runs)


def _rule(run: _Run, obligation: Obligation, seen: Seen, sight: Sight) -> Ruled:
    try:
        ruling = run.check.run(obligation, seen, run.options)
    except Exception:  # noqa: BLE001  a fault of one check must not take the night with it; it is logged and said
        _log.exception("check crashed", extra={"check_id": run.check.id, "obligation_id": obligation.id})
        return Ruled(run.check.id, inconclusive(Reason.INTERNAL, "核验程序内部错误，本项未作结论。"))
    return Ruled(run.check.id, _owed(obligation, seen.night, _proven(ruling, sight)))


def _proven(ruling: Ruling, sight: Sight) -> Ruling:
    """A ruling that accuses or clears needs archived pages; one that accuses, a control page that worked."""
    if ruling.outcome not in (Outcome.SATISFIED, Outcome.VIOLATED):
        return ruling
    if not ruling.evidence:
        return inconclusive(Reason.INTERNAL, "没有存档页面可作佐证，本项未作结论。", ruling.witnesses, ruling.remarks)
    if ruling.outcome is Outcome.SATISFIED:
        return ruling
    for one in ruling.witnesses:
        fault = sight.control_fault(one.root, one.seen_at)
        if fault is not None:
            said = f"同一小时内未能确认网站首页可以正常访问（{fault.chinese}），本项不作结论。"
            return inconclusive(fault, said, ruling.witnesses, ruling.remarks)
    return ruling


def _owed(obligation: Obligation, night: date, ruling: Ruling) -> Ruling:
    """Nothing is held against an organ before its day, nor a condition that nobody has confirmed."""
    if ruling.outcome not in (Outcome.VIOLATED, Outcome.INCONCLUSIVE):
        return ruling
    due = nothing_due_yet(obligation.requirement, night)
    if due is not None and due.on is not None:
        said = f"公开时限为{day(due.on)}（{due.source}），尚未届满。"
        return not_applicable(said, ruling.witnesses, Standing.NOT_DUE)
    standing = ruling.standing if ruling.outcome is Outcome.VIOLATED else Standing.COULD_NOT_VERIFY
    if awaits_answer(obligation) and standing in _ASKS_FOR_CONDITION:
        said = f"该事项以“{obligation.requirement.condition}”为前提，尚待确认。{ruling.detail}"
        return not_applicable(said, ruling.witnesses, Standing.DUE_UNKNOWN)
    return ruling


def _verdict(obligation: Obligation, one: Ruled) -> Verdict:
    ruling = one.ruling
    standing = ruling.standing if ruling.outcome in (Outcome.VIOLATED, Outcome.SATISFIED) else None
    return Verdict(
        obligation.id,
        one.check_id,
        ruling.outcome,
        ruling.detail,
        ruling.evidence,
        standing,
        ruling.reason,
        ruling.url,
        ruling.seen_at,
    )


def _find(obligation: Obligation, seen: Seen, rulings: Sequence[Ruled]) -> Finding:
    claim = first(claims_of(rulings))
    if claim is None:
        return Finding(obligation.id, Standing.COULD_NOT_VERIFY, "没有检查得出结论。", Reason.INTERNAL)
    if claim.standing.is_pass:
        claim = _most_telling(claim, rulings)
    ruling = claim.ruled.ruling
    column = seen.place.column
    detail = ruling.detail
    if claim.standing.is_gap and _OTHER_CHANNELS in obligation.requirement.channels:
        detail += "如已通过其他渠道公开，请在申诉理由中注明。"
    found = seen.whereabouts in (Whereabouts.FOUND, Whereabouts.OFFSITE)
    return Finding(
        obligation.id,
        claim.standing,
        detail,
        ruling.reason,
        (column.url if column and found and column.url else "") or ruling.url,
        ruling.seen_at or (column.seen_at if column else None),
        (column.match or column.leaf_match) if column and found else None,
        "",
        _dimensions(rulings),
        ruling.evidence,
        tuple(dict.fromkeys(remark for one in rulings for remark in one.ruling.remarks)),
    )


def _most_telling(claim: Claim, rulings: Sequence[Ruled]) -> Claim:
    """A pass rests on all pages that cleared it, and reads as the sentences of its checks."""
    cleared = [one for one in rulings if one.ruling.outcome is Outcome.SATISFIED]
    witnesses = tuple(dict.fromkeys(w for one in cleared for w in one.ruling.witnesses))
    if claim.standing is not Standing.PUBLISHED:
        return replace(claim, ruled=Ruled(claim.ruled.check_id, replace(claim.ruled.ruling, witnesses=witnesses)))
    said = "".join(one.ruling.detail for one in cleared if one.check_id not in _UNTOLD)
    return replace(
        claim, ruled=Ruled(claim.ruled.check_id, replace(claim.ruled.ruling, detail=said, witnesses=witnesses))
    )


_UNTOLD = ("column.on_path", "column.named_as_mandated")
_WORST = (DimensionResult.NO, DimensionResult.UNVERIFIED, DimensionResult.YES)
_RESULTS = {
    Outcome.VIOLATED: DimensionResult.NO,
    Outcome.INCONCLUSIVE: DimensionResult.UNVERIFIED,
    Outcome.MANUAL: DimensionResult.UNVERIFIED,
    Outcome.SATISFIED: DimensionResult.YES,
}


def _dimensions(rulings: Sequence[Ruled]) -> dict[Dimension, DimensionResult]:
    """Each dimension by the worst of its checks; what no check looked at does not apply."""
    found = {}
    for dimension in Dimension:
        own = [one for one in rulings if registered()[one.check_id].dimension is dimension]
        results = {_RESULTS[one.ruling.outcome] for one in own if one.ruling.outcome in _RESULTS}
        found[dimension] = next((one for one in _WORST if one in results), DimensionResult.NOT_APPLICABLE)
    return found


def _failure(obligation: Obligation, place: PlaceSeen, finding: Finding) -> Failure | None:
    column = place.column
    broken = finding.standing is Standing.BROKEN and place.whereabouts is Whereabouts.BROKEN
    if column is None or not (finding.standing is Standing.MISSING or broken):
        return None
    failed = column.failed_step if column.failed_step is not None else len(column.steps) - 1
    return Failure(obligation, place.root, column.steps[: failed + 1], finding.standing)
