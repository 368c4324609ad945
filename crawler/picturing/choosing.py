"""Choosing: which obligations of a judged night get pictures; pure, the same night gives the same choice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from catalog.obligation import Obligation
from ledger.standing import Standing
from ledger.verdict import NightStanding

SAMPLE = 10
"""One pass in so many is pictured, and at least one of each organ that has any."""


def is_accused(standing: NightStanding) -> bool:
    """Whether a night holds or suspects a fault."""
    return standing.standing.is_gap or standing.standing is Standing.SUSPECT


def chosen(owed: Sequence[Obligation], standings: Iterable[NightStanding], night: date) -> tuple[str, ...]:
    """Obligation ids to be pictured: every accusation, every tenth pass, at least one pass an organ.

    The tenth is counted from another pass each night, so that over ten nights every pass is pictured once.

    Args:
        owed: in plan order, which is the order of what comes back.
    """
    by_id = {one.obligation_id: one for one in standings if one.evidence}
    known = [one for one in owed if one.id in by_id]
    accused = {one.id for one in known if is_accused(by_id[one.id])}
    passes = [one for one in known if by_id[one.id].standing.is_pass]
    sampled = {one.id for place, one in enumerate(passes, night.toordinal()) if place % SAMPLE == 0}
    shown = {one.organ.id for one in passes if one.id in sampled}
    for one in passes:
        if one.organ.id not in shown:
            shown.add(one.organ.id)
            sampled.add(one.id)
    return tuple(one.id for one in known if one.id in accused or one.id in sampled)
