"""The table of obligations by requirement and kind of organ, as ``catalog check`` prints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.district import OrganKind
from catalog.obligation import Obligation

KIND_NAMES: Mapping[OrganKind, str] = {
    OrganKind.GOVERNMENT: "本级政府",
    OrganKind.DEPARTMENT: "政府部门",
    OrganKind.TOWN: "乡镇政府",
    OrganKind.SUBDISTRICT: "街道办事处",
    OrganKind.INSTITUTION: "事业单位",
    OrganKind.VERTICAL: "垂直管理",
    OrganKind.PARTY: "党委机构",
}
"""Chinese names of the kinds of organ, in the order of the table."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """Row of the table of obligations (义务统计行): one requirement.

    Attributes:
        counts: obligations by kind of the organ addressed; kinds without any are absent.
        walked: how many of them a crawler can see.
        mapping_required: how many of them nobody can yet be named for.
        unresolved: roles of the notice that no organ of the roster fits, each once.
        unfilled: kinds of organ that owe the requirement and of which the roster names none.
    """

    directory_id: str
    requirement_id: str
    item: str
    title: str
    scope: str
    counts: Mapping[OrganKind, int]
    walked: int
    mapping_required: int
    unresolved: tuple[str, ...]
    unfilled: tuple[OrganKind, ...] = ()

    @property
    def total(self) -> int:
        """All obligations of the requirement."""
        return sum(self.counts.values())


def count_by_kind(owing: Iterable[Obligation]) -> tuple[TableRow, ...]:
    """One row a requirement, in the order in which the obligations come."""
    grouped: dict[tuple[str, str], list[Obligation]] = {}
    for obligation in owing:
        grouped.setdefault((obligation.directory.id, obligation.requirement.id), []).append(obligation)
    return tuple(_row(group) for group in grouped.values())


def _row(group: list[Obligation]) -> TableRow:
    first = group[0]
    counts = Counter(obligation.organ.kind for obligation in group)
    return TableRow(
        directory_id=first.directory.id,
        requirement_id=first.requirement.id,
        item=first.requirement.item,
        title=first.requirement.title,
        scope=first.requirement.scope.value,
        counts={kind: counts[kind] for kind in KIND_NAMES if counts[kind]},
        walked=sum(obligation.is_walked for obligation in group),
        mapping_required=sum(bool(obligation.mapping_required) for obligation in group),
        unresolved=tuple(dict.fromkeys(role for obligation in group for role in obligation.unresolved)),
        unfilled=tuple(kind for kind in KIND_NAMES if kind in first.requirement.organ_kinds and not counts[kind]),
    )
