"""The office's overview (区政府办公室总览): numbers, organs, shared faults, gaps, suspects, the unverified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.district import Organ
from ledger.standing import Standing
from reports.organ_report import WAITING
from reports.rendering import render
from reports.view import UNVERIFIED, Line, NightView, Rate, rate

RANKED_FROM = 0.9
"""Organs of which less was verified are not ranked (FAIRNESS: three readers)."""
SHARED_BY = 5
"""The same fault in so many organs is one finding to the site's keeper (FAIRNESS: what is not a gap)."""


@dataclass(frozen=True, slots=True)
class OrganEntry:
    """One organ in the overview (单位情况)."""

    organ: Organ
    lines: tuple[Line, ...]
    file: str

    @property
    def rate(self) -> Rate:
        """已核验/应核验."""
        return rate(self.lines)

    @property
    def gap_count(self) -> int:
        """Confirmed gaps of which the organ is the addressee."""
        return sum(line.is_confirmed_gap for line in self.lines)

    @property
    def suspect_count(self) -> int:
        """Suspects, not counted as gaps."""
        return sum(line.standing.standing is Standing.SUSPECT for line in self.lines)

    @property
    def unverified_count(self) -> int:
        """未能核验."""
        return sum(line.standing.standing in UNVERIFIED for line in self.lines)

    @property
    def manual_count(self) -> int:
        """待人工核查 and what waits for a person or a date."""
        return sum(line.standing.standing in WAITING for line in self.lines)


@dataclass(frozen=True, slots=True)
class SharedFault:
    """The same fault in several organs (共性问题), addressed to the keeper of the site."""

    lines: tuple[Line, ...]
    kind: Standing
    keeper: str


def office_report(view: NightView, organ_files: Mapping[str, str], lead_files: Sequence[tuple[Organ, str]]) -> str:
    """One self-contained HTML page for the district office.

    Args:
        organ_files: file name of each organ's report, by organ id.
        lead_files: file name of each lead unit's table.
    """
    entries = [OrganEntry(organ, view.of_organ(organ), organ_files[organ.id]) for organ in view.organs]
    ranked = [entry for entry in entries if entry.rate.owed and entry.rate.share >= RANKED_FROM]
    unverified = [line for line in view.lines if line.standing.standing in UNVERIFIED]
    return render(
        "office.html",
        title=f"{view.district.name}政务公开核验总览",
        view=view,
        ranked=sorted(ranked, key=lambda entry: (-entry.gap_count, entry.organ.name)),
        unranked=[entry for entry in entries if entry not in ranked],
        systemic=shared_faults(view),
        gaps=[line for line in view.lines if line.is_confirmed_gap],
        held=[line for line in view.lines if line.is_gap and line.is_held],
        disputed=[line for line in view.lines if line.dispute is not None],
        suspects=[line for line in view.lines if line.standing.standing is Standing.SUSPECT],
        passes=sum(line.standing.standing.is_pass for line in view.lines),
        unverified=unverified,
        unverified_by_reason=_by_reason(unverified),
        next_look=next_look(view),
        lead_files=lead_files,
        pictures="截图/",
    )


def next_look(view: NightView) -> str:
    """When suspects are looked at again, one Chinese sentence."""
    if view.night.replayed:
        return "本批次取自存档，线索须在实际访问网站时复核。"
    return "将在下一个工作日 10:30 及下一夜间批次再次查看；至少三次、跨两日、其中一次在工作时间结果一致后方列为问题。"


def shared_faults(view: NightView) -> list[SharedFault]:
    """Faults of one requirement, path and kind that five or more organs share."""
    grouped: dict[tuple[str, str, int, Standing], list[Line]] = {}
    for line in view.lines:
        if line.standing.standing.is_gap and line.standing.confirmed and not line.obligation.at_portal:
            owed = line.obligation
            key = (owed.directory.id, owed.requirement.id, owed.path_number, line.standing.standing)
            grouped.setdefault(key, []).append(line)
    keeper = site_keeper(view)
    return [SharedFault(tuple(lines), key[3], keeper) for key, lines in grouped.items() if len(lines) >= SHARED_BY]


def site_keeper(view: NightView) -> str:
    """The unit that keeps the site (区党政信息中心), else the government's office."""
    for organ in view.district.organs:
        if "信息中心" in organ.name:
            return organ.name
    return f"{view.district.name}人民政府办公室"


def _by_reason(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    grouped: dict[str, list[Line]] = {}
    for line in lines:
        reason = line.standing.reason.chinese if line.standing.reason else line.standing.standing.chinese
        grouped.setdefault(reason, []).append(line)
    return sorted(grouped.items(), key=lambda entry: -len(entry[1]))
