"""Owing (公开时限): what is already owed on a night, from the deadlines of a requirement; dates only, no pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from catalog.obligation import Obligation
from catalog.requirement import Due, DueKind, Requirement


@dataclass(frozen=True, slots=True)
class Deadline:
    """Deadline (截止日): one day from one source, and the year whose instance it is for."""

    on: date
    source: str
    lateness_counts: bool = True
    """False where the date lies before its own notice: lateness is a remark, never a gap."""


def yearly_on(due: Due, year: int) -> date:
    """The day in one year; 02-29 becomes 02-28 in a common year."""
    month, day_of_month = (int(part) for part in due.month_day.split("-"))
    if (month, day_of_month) == (2, 29) and (year % 4 or (year % 100 == 0 and year % 400)):
        day_of_month = 28
    return date(year, month, day_of_month)


def as_owed(obligation: Obligation) -> Requirement:
    """The requirement with the dates that still bind: once the notice's own term has ended its single days bind nobody.

    What is left then rests on a standing basis (条例 第二十条), which gives periods and yearly days of its own.
    """
    requirement = obligation.requirement
    if not obligation.by_basis_only:
        return requirement
    return replace(requirement, due=tuple(due for due in requirement.due if due.kind is not DueKind.ON))


def deadline_of(requirement: Requirement, night: date) -> Deadline | None:
    """The latest day that has a source: a passed one if there is any, else the nearest to come.

    A duty with several dates is held to the last that has passed, which is the milder reading.
    """
    days = [
        Deadline(d.on, d.source, not d.earlier_than_notice) for d in requirement.due if d.kind is DueKind.ON and d.on
    ]
    days += [Deadline(yearly_on(d, night.year), d.source) for d in requirement.due if d.kind is DueKind.YEARLY]
    if not days:
        return None
    passed = [one for one in days if one.on < night]
    return max(passed, key=lambda one: one.on) if passed else min(days, key=lambda one: one.on)


def nothing_due_yet(requirement: Requirement, night: date) -> Due | None:
    """The first day to come when every deadline is a date and none has passed; None when something is owed."""
    if not requirement.due or any(due.kind is not DueKind.ON or due.on is None for due in requirement.due):
        return None
    if any(due.on is not None and due.on < night for due in requirement.due):
        return None
    return min(requirement.due, key=lambda due: due.on or night)


def runs_from_unseen_event(requirement: Requirement) -> Due | None:
    """The term that runs from an event no page shows, where no other date is given; else None."""
    if any(due.kind in (DueKind.ON, DueKind.YEARLY) for due in requirement.due):
        return None
    return next((due for due in requirement.due if due.kind is DueKind.AFTER_EVENT), None)


def awaits_answer(obligation: Obligation) -> bool:
    """Whether the duty is conditional and no person has yet confirmed that its condition holds for the organ."""
    requirement = obligation.requirement
    return bool(requirement.condition) and requirement.id not in obligation.organ.confirmed
