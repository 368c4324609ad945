"""Sharing (同因归并): one missing level, or one fault in five organs, is one gap; the others name its cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from catalog.obligation import Obligation
from ledger.standing import Standing
from ledger.verdict import Finding

ORGANS_FOR_ONE_FAULT = 5


@dataclass(frozen=True, slots=True)
class Failure:
    """Failure (缺失层级): where the walk of an obligation ended.

    ``level`` holds the steps down to the one that failed.
    """

    obligation: Obligation
    root: str
    level: tuple[str, ...]
    standing: Standing

    @property
    def owns_level(self) -> bool:
        """The level that failed is the obligation's own column."""
        return self.obligation.path is not None and self.obligation.path.labels[1:] == self.level


def share(findings: Sequence[Finding], failures: Sequence[Failure]) -> tuple[Finding, ...]:
    """Name the cause of each failure that another obligation carries; ``failures`` in the obligations' order."""
    causes: dict[str, str] = {}
    for group in _grouped(failures, lambda one: (one.root, one.level, one.standing)).values():
        _carry(group, next((one for one in group if one.owns_level), group[0]), causes)
    missing = [one for one in failures if one.standing is Standing.MISSING]
    for group in _grouped(missing, _fault).values():
        own = [one for one in group if one.obligation.id not in causes]
        if len({one.obligation.organ.id for one in own}) >= ORGANS_FOR_ONE_FAULT:
            _carry(own, own[0], causes)
    return tuple(replace(one, caused_by=_origin(one.obligation_id, causes)) for one in findings)


def _fault(one: Failure) -> Hashable:
    """The same fault in another organ: directory, requirement, path and the level that failed."""
    obligation = one.obligation
    return (obligation.directory.id, obligation.requirement.id, obligation.path_number, one.level)


def _grouped(failures: Sequence[Failure], key: Callable[[Failure], Hashable]) -> dict[Hashable, list[Failure]]:
    groups: defaultdict[Hashable, list[Failure]] = defaultdict(list)
    for one in failures:
        groups[key(one)].append(one)
    return groups


def _carry(group: Sequence[Failure], cause: Failure, causes: dict[str, str]) -> None:
    for one in group:
        if one.obligation.id != cause.obligation.id and one.obligation.id not in causes:
            causes[one.obligation.id] = cause.obligation.id


def _origin(obligation_id: str, causes: Mapping[str, str]) -> str:
    """The obligation at the end of the chain; empty for one that has no cause."""
    current, seen = causes.get(obligation_id, ""), {obligation_id}
    while current in causes and current not in seen:
        seen.add(current)
        current = causes[current]
    return current
