"""One line with its proof as a page shows it (事项与佐证); made for the index page and for the assessor alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ledger.observation import TrailStep
from reports.pack.contents.grouping import Group, group_of
from reports.pack.contents.proving import (
    Evidence,
    ShownCheck,
    ShownEvidence,
    ShownPicture,
    checks_of,
    dimensions_of,
    pictures_of,
    snapshots_of,
    trail_of,
)
from reports.rendering import path_steps
from reports.view import Line


@dataclass(frozen=True, slots=True)
class Proof:
    """One line with its proof, as shown (事项与佐证)."""

    line: Line
    anchor: str
    organs: str
    group: str
    tone: str
    kind: str
    name: str
    leaf: str
    gap_id: str
    cause: str
    steps: tuple[tuple[str, str], ...]
    dimensions: list[tuple[str, str, str]]
    checks: list[ShownCheck]
    shots: list[ShownPicture]
    trail: tuple[TrailStep, ...]
    evidence: list[ShownEvidence]


def anchor_of(number: int, line: Line) -> str:
    """Name of a line's place in the page: its gap's id, else its number."""
    return line.gap.id if line.gap else f"d-{number}"


def proof_of(line: Line, evidence: Evidence, anchors: Mapping[str, str], names: Mapping[str, str]) -> Proof:
    """One line with all that it rests on.

    Args:
        anchors: name of each organ's place in the page, by organ id.
        names: name of each line's place in the page, by obligation id.
    """
    owed, standing, group = line.obligation, line.standing, group_of(line)
    its_organs = dict.fromkeys((owed.organ, *owed.responsible))
    is_minor = group is Group.GAP and standing.standing.is_minor
    kind = standing.standing.chinese
    venue = f"（{owed.venue}）" if owed.venue else ""
    return Proof(
        line=line,
        anchor=names.get(owed.id, ""),
        organs=" ".join(anchors[organ.id] for organ in its_organs if organ.id in anchors),
        group=group.value,
        tone="minor" if is_minor else group.tone,
        kind=f"{kind}：{standing.suspected.chinese}" if standing.suspected else kind,
        name=owed.requirement.full_title + venue,
        leaf=owed.path.labels[-1] if owed.path else "",
        gap_id=line.gap.id if line.gap else "",
        cause=names.get(standing.caused_by, ""),
        steps=path_steps(line),
        dimensions=dimensions_of(line),
        checks=checks_of(evidence, line),
        shots=pictures_of(evidence, line),
        trail=trail_of(line),
        evidence=snapshots_of(evidence, line),
    )
