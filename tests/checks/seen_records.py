"""Literal records for the checks' tests: short ways to write obligations and observations."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from catalog.district import Organ, OrganKind
from catalog.obligation import Obligation
from catalog.path import DisclosurePath, PathOrigin, Step
from catalog.requirement import Directory, Due, DueKind, Expectation, Requirement, Scope
from checks.registry import registered
from checks.ruling import Ruling
from checks.seeing import Seen, see
from checks.sight import index
from ledger.observation import (
    ArticleObservation,
    ColumnObservation,
    ColumnShape,
    ListingObservation,
    MatchKind,
    Observation,
    PortalObservation,
    Reach,
    ResourceObservation,
    ResourceRole,
    Row,
    SectionObservation,
)
from ledger.reason import Reason
from ledger.standing import Standing
from ledger.verdict import Outcome

NIGHT = date(2021, 11, 30)
AT = datetime(2021, 11, 30, 2, 0, tzinfo=UTC)
"""10:00 of a Tuesday in Shanghai."""
FINANCE = Organ("finance", "万州区财政局", OrganKind.DEPARTMENT, "区财政局")
GOVERNMENT = Organ("government", "万州区人民政府", OrganKind.GOVERNMENT, "区政府")
LABELS = ("政府网站", "政府信息公开", "法定主动公开内容", "预算/决算")
SECTION = "organ:finance"
PORTAL = "portal"


def requirement(**changes: Any) -> Requirement:
    """A requirement of every department."""
    return replace(
        Requirement("budget", "财政预决算信息", "一（三）1", "及时公开", Scope.ORGANS, ("department",)), **changes
    )


def expects(check_id: str, **options: Any) -> Expectation:
    """One expectation as the catalogue reads it."""
    return Expectation(check_id, options)


def directory(*requirements: Requirement) -> Directory:
    """A directory with these requirements."""
    return Directory(
        "wanzhou_2021_46",
        "政务公开工作要点",
        "万州府办发〔2021〕46号",
        date(2021, 6, 3),
        date(2021, 6, 3),
        requirements,
    )


def path(*labels: str, origin: PathOrigin = PathOrigin.PRINTED) -> DisclosurePath:
    """A path of these labels."""
    return DisclosurePath(tuple(Step(label) for label in labels or LABELS), origin)


def obligation(
    wanted: Requirement | None = None,
    organ: Organ = GOVERNMENT,
    labels: tuple[str, ...] = LABELS,
    *,
    origin: PathOrigin = PathOrigin.PRINTED,
    at_portal: bool | None = None,
    siblings: tuple[Requirement, ...] = (),
    **changes: Any,
) -> Obligation:
    """An obligation of an organ; of the government in the portal's tree unless another organ is given."""
    wanted = wanted or requirement()
    portal = organ.kind == "government" if at_portal is None else at_portal
    made = Obligation(
        f"wanzhou_2021_46/{wanted.id}/1@{organ.id}",
        "wanzhou",
        directory(wanted, *siblings),
        wanted,
        organ,
        path(*labels, origin=origin),
        1,
        (organ,),
        at_portal=portal,
    )
    return replace(made, **changes)


def column(reach: Reach = Reach.FOUND, root: str = PORTAL, labels: tuple[str, ...] = LABELS, **changes: Any) -> Any:
    """A column observation; found exactly as mandated unless told otherwise."""
    found = reach in (Reach.FOUND, Reach.OFFSITE, Reach.BROKEN)
    made = ColumnObservation(
        root,
        labels[1:],
        reach,
        "https://portal.test/column/" if root == PORTAL else f"https://portal.test/{root.partition(':')[2]}/column/",
        f"column-{root}",
        AT,
        failed_step=None if found else len(labels) - 2,
        match=MatchKind.EXACT if found else None,
        leaf_match=MatchKind.EXACT if found else None,
        spelling=labels[-1] if found else "",
        offered=("机关简介", "规划信息"),
        reason=Reason.TIMEOUT if reach is Reach.UNREACHED else None,
    )
    return replace(made, **changes)


def row(title: str, on: date | None = date(2021, 11, 1), child: str = "", url: str = "") -> Row:
    """A row of a list."""
    return Row(title, url or f"https://portal.test/{title}", on, child=child)


def listing(
    *rows: Row,
    shape: ColumnShape | None = None,
    root: str = PORTAL,
    labels: tuple[str, ...] = LABELS,
    whole: bool = True,
    **changes: Any,
) -> ListingObservation:
    """A listing; a list where it has rows, else an empty frame."""
    made = ListingObservation(
        root,
        labels[1:],
        "https://portal.test/column/",
        (f"listing-{root}",),
        AT,
        shape or (ColumnShape.LIST if rows else ColumnShape.EMPTY),
        rows,
        whole,
    )
    return replace(made, **changes)


def article(title: str = "2021年部门预算", *, root: str = PORTAL, role: str = "newest", **changes: Any) -> Any:
    """An opened article."""
    made = ArticleObservation(
        root, LABELS[1:], f"https://portal.test/{title}", f"article-{title}", AT, role, title, text="正文"
    )
    return replace(made, **changes)


def resource(broken: bool = False, *, root: str = PORTAL, **changes: Any) -> ResourceObservation:
    """An attachment that answers, unless broken."""
    made = ResourceObservation(
        root,
        LABELS[1:],
        "https://portal.test/P1.pdf",
        "https://portal.test/column/",
        ResourceRole.ATTACHMENT,
        "resource",
        AT,
        404 if broken else 200,
        "application/pdf",
        0 if broken else 100,
        broken,
    )
    return replace(made, **changes)


def section(reach: Reach = Reach.FOUND, **changes: Any) -> SectionObservation:
    """The organ's own page."""
    made = SectionObservation(SECTION, reach, "https://portal.test/bm/", "section", AT, "区财政局")
    return replace(made, **changes)


def control(works: bool = True, minutes: int = 5, **changes: Any) -> PortalObservation:
    """A control page so many minutes after ``AT``."""
    made = PortalObservation(
        PORTAL, "hour", "https://portal.test/", "control", AT + timedelta(minutes=minutes), works, 50
    )
    return replace(made, **changes)


def seen_by(owed: Obligation, *observations: Observation, night: date = NIGHT) -> Seen:
    """What these observations show of the obligation; they must show something."""
    seen = see(owed, index(observations), night)
    assert seen is not None
    return seen


def rule(check_id: str, owed: Obligation, *observations: Observation, night: date = NIGHT, **options: Any) -> Ruling:
    """The ruling of one check on these observations."""
    return registered()[check_id].run(owed, seen_by(owed, *observations, night=night), options)


def outcome_of(ruling: Ruling) -> tuple[Outcome, Standing | None, Reason | None]:
    """What a table row of expected rulings holds."""
    return ruling.outcome, ruling.standing, ruling.reason


def due_on(on: date, **changes: Any) -> Due:
    """A deadline on one day."""
    return replace(Due(DueKind.ON, "万州府办发〔2021〕46号 一（三）1", on=on), **changes)


SATISFIED = (Outcome.SATISFIED, None, None)
NOT_APPLICABLE = (Outcome.NOT_APPLICABLE, None, None)


def accused(standing: Standing) -> tuple[Outcome, Standing, None]:
    """A violation that stands for this."""
    return Outcome.VIOLATED, standing, None


def unsure(reason: Reason) -> tuple[Outcome, None, Reason]:
    """Nothing can be said for this reason."""
    return Outcome.INCONCLUSIVE, None, reason
