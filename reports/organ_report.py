"""An organ's gap report (责任单位报告): all its duties, gaps first; suspects stay with the office."""

from __future__ import annotations

from catalog.district import Organ
from ledger.standing import Standing
from reports.rendering import render
from reports.view import UNVERIFIED, Line, NightView

ANSWER_DAYS = 10
"""Working days to answer, printed in the foot; a district office may print its own covering letter."""
WAITING = frozenset(
    {
        Standing.MANUAL,
        Standing.MAPPING_REQUIRED,
        Standing.NOT_DUE,
        Standing.DUE_UNKNOWN,
        Standing.NOT_APPLICABLE,
    }
)


def office_name(view: NightView) -> str:
    """Who receives answers: the district's government office if the roster has one."""
    for organ in view.district.organs:
        if organ.name.endswith("政府办公室") or organ.short.endswith("政府办公室"):
            return organ.name
    return f"{view.district.name}人民政府办公室"


def organ_report(view: NightView, organ: Organ) -> str:
    """One self-contained HTML page in the order of CONTRACTS: 已确认问题, 未能核验, 待人工核查, 已核验无问题.

    Every duty of the organ stands in exactly one part; suspects and gaps under review are only counted.
    """
    lines = view.of_organ(organ)
    return render(
        "organ.html",
        title=f"{organ.name}政务公开核验报告",
        view=view,
        organ=organ,
        lines=lines,
        gaps=[line for line in lines if line.is_confirmed_gap],
        affected=[line for line in lines if line.is_affected],
        unverified=[line for line in lines if line.standing.standing in UNVERIFIED],
        manual=[line for line in lines if line.standing.standing in WAITING],
        passes=[line for line in lines if line.standing.standing.is_pass],
        under_review=sum(is_under_review(line) for line in lines),
        answer_days=ANSWER_DAYS,
        office=office_name(view),
        pictures="../截图/",
    )


def is_under_review(line: Line) -> bool:
    """Whether a line is left out of the organ's copy for now: a suspect, or a gap that the office holds."""
    return line.standing.standing is Standing.SUSPECT or (line.is_gap and line.is_held)
