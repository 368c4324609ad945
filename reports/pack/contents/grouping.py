"""Groups of lines as a reader asks for them (结论分组): each line is in exactly one, the worst first."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from ledger.standing import Standing
from reports.view import NOT_OWED, UNVERIFIED, Line


class Group(StrEnum):
    """Group of lines (结论分组), in the order shown."""

    GAP = "g-gap"
    AFFECTED = "g-affected"
    HELD = "g-held"
    SUSPECT = "g-suspect"
    UNVERIFIED = "g-unverified"
    WAITING = "g-waiting"
    PASSED = "g-passed"

    @property
    def chinese(self) -> str:
        """The words of the page."""
        return _CHINESE[self]

    @property
    def tone(self) -> str:
        """Class of its colour in the style sheet; the word stands beside it always."""
        return _TONES.get(self, "")


_CHINESE = {
    Group.GAP: "已确认问题",
    Group.AFFECTED: "受影响事项",
    Group.HELD: "复核暂不列入",
    Group.SUSPECT: "待复核线索",
    Group.UNVERIFIED: "未能核验",
    Group.WAITING: "待人工核查等",
    Group.PASSED: "已核验无问题",
}
_TONES = {
    Group.GAP: "bad",
    Group.AFFECTED: "minor",
    Group.SUSPECT: "warn",
    Group.UNVERIFIED: "warn",
    Group.PASSED: "good",
}


def group_of(line: Line) -> Group:
    """The group of one line; reviews of the office count."""
    standing = line.standing.standing
    if line.is_gap:
        return Group.HELD if line.is_held else Group.GAP
    if line.is_affected:
        return Group.AFFECTED
    if standing is Standing.SUSPECT:
        return Group.SUSPECT
    if standing in UNVERIFIED:
        return Group.UNVERIFIED
    return Group.WAITING if standing in NOT_OWED else Group.PASSED


def grouped(lines: Iterable[Line]) -> dict[Group, list[Line]]:
    """Lines by group, every group there."""
    found: dict[Group, list[Line]] = {group: [] for group in Group}
    for line in lines:
        found[group_of(line)].append(line)
    return found
