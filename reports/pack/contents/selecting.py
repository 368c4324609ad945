"""What of a night belongs to a pack's scope (打包范围): a whole night keeps all, a part what bears on its lines."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.observation import Observation, PortalObservation, SectionObservation
from ledger.verdict import Gap, Verdict
from reports.pack.source import NightSource


def observations_in_scope(source: NightSource) -> Iterator[tuple[int, Observation]]:
    """Look id and observation, look by look in the order seen; the control pages always."""
    owed = [line.obligation for line in source.view.lines]
    places = {(root, one.path.labels[1:]) for one in owed if one.path for root in one.roots}
    roots = {root for root, _ in places}
    for look in source.looks:
        for seen in source.observations.get(look.id, ()):
            if source.scope.is_whole or _bears(seen, places, roots):
                yield look.id, seen


def _bears(seen: Observation, places: set[tuple[str, tuple[str, ...]]], roots: set[str]) -> bool:
    if isinstance(seen, PortalObservation):
        return True
    if isinstance(seen, SectionObservation):
        return seen.root in roots
    return (seen.root, seen.steps) in places


def checks_by_obligation(source: NightSource) -> dict[str, list[tuple[int, Verdict]]]:
    """Look id and verdict of one check, by obligation, look by look."""
    found: dict[str, list[tuple[int, Verdict]]] = {}
    for look in source.looks:
        for verdict in source.verdicts.get(look.id, ()):
            found.setdefault(verdict.obligation_id, []).append((look.id, verdict))
    return found


def gaps_in_scope(source: NightSource) -> tuple[Gap, ...]:
    """Gaps as they stood after the night, of the lines in scope; of a whole night all, closed ones too."""
    owed = {line.obligation.id for line in source.view.lines}
    return tuple(gap for gap in source.gaps if source.scope.is_whole or gap.obligation_id in owed)
