"""Gaps (公开缺口): a fold over nights of standings; one gap an obligation, the kind of fault is its dated history."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from checks.errors import ConservationError
from ledger.standing import Standing
from ledger.verdict import Gap, GapEvent, GapState, NightStanding

_OPEN = frozenset({GapState.NEW, GapState.CONFIRMED, GapState.REOPENED})


def gap_id(obligation_id: str) -> str:
    """ "G" and the first 10 base32 characters of SHA-256 of the obligation id (CONTRACTS)."""
    return "G" + base64.b32encode(hashlib.sha256(obligation_id.encode()).digest()).decode()[:10]


def fold_gaps(previous: Sequence[Gap], standings: Iterable[NightStanding], night: date) -> tuple[Gap, ...]:
    """Fold one night into the gaps.

    Args:
        previous: gaps as of the night before; empty before the first night. Never those of this very night: judging a
            night again starts from the same ``previous``.
        standings: of one night, one an obligation.
        night: that night; a standing of another is a fault of the caller.

    Returns:
        All gaps ever opened, the earlier ones first, each once.

    Raises:
        ConservationError: when a standing is of another night.
    """
    gaps = {gap.obligation_id: gap for gap in previous}
    affected: defaultdict[str, list[str]] = defaultdict(list)
    for one in standings:
        if one.night != night:
            raise ConservationError(f"{one.obligation_id} stands for {one.night}, not for {night}")
        if one.caused_by and _is_accusing(one):
            affected[one.caused_by].append(one.obligation_id)
            continue
        folded = _fold_one(gaps.get(one.obligation_id), one)
        if folded is not None:
            gaps[one.obligation_id] = folded
    return tuple(
        replace(gap, affected=tuple(affected[key])) if affected.get(key) else _cleared(gap) for key, gap in gaps.items()
    )


def fold_nights(nights: Iterable[tuple[date, Sequence[NightStanding]]]) -> tuple[Gap, ...]:
    """Fold all nights, oldest first."""
    gaps: tuple[Gap, ...] = ()
    for night, standings in nights:
        gaps = fold_gaps(gaps, standings, night)
    return gaps


def _is_accusing(one: NightStanding) -> bool:
    return one.standing is Standing.SUSPECT or one.standing.is_gap


def _cleared(gap: Gap) -> Gap:
    """A closed gap holds nothing below it; an open one keeps what was last seen below it."""
    return replace(gap, affected=()) if gap.state is GapState.CLOSED and gap.affected else gap


def _fold_one(gap: Gap | None, one: NightStanding) -> Gap | None:
    if one.standing.is_pass:
        return _enter(gap, one, GapState.CLOSED, gap.standing) if gap and gap.state in _OPEN else gap
    if not _is_accusing(one):
        return gap
    fault = one.suspected or one.standing
    if gap is None:
        opened = Gap(gap_id(one.obligation_id), one.obligation_id, GapState.NEW, fault, one.night, ())
        opened = _enter(opened, one, GapState.NEW, fault)
        return _enter(opened, one, GapState.CONFIRMED, fault) if one.confirmed else opened
    if gap.state is GapState.CLOSED:
        return _enter(gap, one, GapState.REOPENED, fault) if one.confirmed else gap
    state = GapState.CONFIRMED if gap.state is GapState.NEW and one.confirmed else gap.state
    if state is gap.state and fault is gap.standing:
        return gap
    return _enter(gap, one, state, fault)


def _enter(gap: Gap, one: NightStanding, state: GapState, fault: Standing) -> Gap:
    event = GapEvent(one.night, state, fault, one.detail)
    return replace(gap, state=state, standing=fault, history=(*gap.history, event))
