"""Requirements (公开事项) and the directories (标准目录) that hold them; facts read from TOML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from catalog.path import DisclosurePath


class Scope(StrEnum):
    """Scope (公开位置): who keeps the column, beside who is printed as responsible."""

    PORTAL = "portal"
    ORGANS = "organs"
    PORTAL_AND_ORGANS = "portal+organs"
    CENTRAL_LIST = "central_list"
    """One instance an organ, gathered in one column of the portal."""
    MANUAL = "manual"
    """A real duty that no crawler sees (待人工核查)."""


class Root(StrEnum):
    """Root (起点): where a path starts for a named organ."""

    PORTAL = "portal"
    SECTION = "section"
    """The organ's own page on the portal (专属网页)."""
    EITHER = "either"


class DueKind(StrEnum):
    """Kind of a deadline (公开时限)."""

    ON = "on"
    """On or before one date."""
    YEARLY = "yearly"
    """Every year on or before a month and day, for the year before."""
    PERIOD = "period"
    """Renewed at least every so many days."""
    AFTER_EVENT = "after_event"
    """So many days after an event that the page does not show: due_unknown, never late."""


@dataclass(frozen=True, slots=True)
class Due:
    """Deadline (公开时限), with the source that gives it.

    Attributes:
        on: the last day, for ``ON``.
        month_day: ``"MM-DD"``, for ``YEARLY``.
        days: length of a ``PERIOD`` or of an ``AFTER_EVENT`` term.
        working_days: the term counts 工作日 instead of calendar days.
        event: the day from which a term runs, as printed (批准之日).
        source: 文号 and clause.
        earlier_than_notice: the date lies before its own notice, so lateness is a remark and never a gap.
    """

    kind: DueKind
    source: str
    on: date | None = None
    month_day: str = ""
    days: int | None = None
    working_days: bool = False
    event: str = ""
    earlier_than_notice: bool = False


@dataclass(frozen=True, slots=True)
class Expectation:
    """Expectation (检查要求): a check and its options, bound to a requirement by the data."""

    check_id: str
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """Citation (依据): 文号 and 条款 of a notice."""

    document_number: str
    clause: str

    def __str__(self) -> str:
        return f"{self.document_number} {self.clause}".strip()


@dataclass(frozen=True, slots=True)
class Requirement:
    """Requirement (公开事项): one duty of a notice.

    Attributes:
        id: made by hand, never changes, unique in its directory.
        clause: as printed; numbers restart in each cell of a table, so it is no key.
        quote: a short piece of the notice that proves the duty.
        item: the sector (公共企事业单位的领域) or empty.
        basis: standing basis beside the notice (条例 第二十条); without one the duty ends with ``valid_to``.
        root: where a named organ's path starts.
        condition: the words of a conditional duty (有条件的 ...); empty for an unconditional one.
        confirm_organs: for organs the duty stands only once a person has confirmed it; the organs' obligations are
            ``mapping_required`` until then (履职依据 of 本部门).
        container: the column only gathers sub-columns or other organs' documents (归集).
        checklist: what an inspector looks for at a venue, for manual duties.
        venues: kinds of venue (政务服务中心, 档案馆) with a manual duty each; empty for one manual obligation.
    """

    id: str
    title: str
    clause: str
    quote: str
    scope: Scope
    organ_kinds: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    item: str = ""
    root: Root = Root.EITHER
    condition: str = ""
    confirm_organs: bool = False
    container: bool = False
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    due: tuple[Due, ...] = ()
    paths: tuple[DisclosurePath, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    checklist: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    valid_to_source: str = ""
    note: str = ""

    @property
    def full_title(self) -> str:
        """Title with the sector behind it, unless the title names it already."""
        return f"{self.title}（{self.item}）" if self.item and self.item not in self.title else self.title


@dataclass(frozen=True, slots=True)
class NoDuty:
    """A numbered sentence that binds nobody to publish (非公开义务), with the reason why it is no requirement."""

    clause: str
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class Directory:
    """Standard directory (标准目录): one notice or one published catalogue.

    Attributes:
        carries: ids of notices it passes on; adopting one adopts the other, nothing twice.
    """

    id: str
    title: str
    document_number: str
    issued_on: date
    valid_from: date
    requirements: tuple[Requirement, ...]
    no_duty: tuple[NoDuty, ...] = ()
    carries: tuple[str, ...] = ()
    issuer: str = ""
    jurisdiction: str = ""
    """Place whose organs it may be cited against (重庆市, 临渭区); empty for the whole country."""
    task_ends_on: date | None = None
    """Last day of the notice's own task (任务分工完成情况 reported); afterwards a duty stands on its basis alone."""
    notice: str = ""
    """Words that identify its text among the source notices (its 文号 as printed there)."""
