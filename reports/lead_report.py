"""A lead unit's inspection table (检查情况表): its requirements by responsible unit, in the notice's row order."""

from __future__ import annotations

from catalog.district import Organ
from catalog.requirement import Requirement
from reports.rendering import render
from reports.view import Line, NightView


def lead_report(view: NightView, organ: Organ) -> str:
    """One self-contained HTML page for the organ that checks (牵头单位)."""
    lines = view.of_lead(organ)
    return render(
        "lead.html",
        title=f"{organ.name}牵头事项检查情况表",
        view=view,
        lines=lines,
        by_requirement=_by_requirement(lines),
        pictures="../截图/",
    )


def _by_requirement(lines: tuple[Line, ...]) -> list[tuple[Requirement, list[Line]]]:
    grouped: dict[tuple[str, str], tuple[Requirement, list[Line]]] = {}
    for line in lines:
        requirement = line.obligation.requirement
        key = (line.obligation.directory.id, requirement.id)
        grouped.setdefault(key, (requirement, []))[1].append(line)
    return list(grouped.values())
