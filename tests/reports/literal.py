"""A small literal night for the tests of the reports: three organs, one gap of each sort that a report tells apart."""

from __future__ import annotations

from datetime import UTC, date, datetime

from catalog.district import District, Organ, OrganKind
from catalog.obligation import Obligation
from catalog.path import DisclosurePath, PathOrigin, Step
from catalog.requirement import Directory, Requirement, Scope
from ledger.night import Look, LookKind, Night, NightState
from ledger.observation import ColumnObservation, Elsewhere, MatchKind, Reach
from ledger.reason import Reason
from ledger.standing import Standing
from ledger.verdict import Attempt, Gap, GapEvent, GapState, NightStanding
from reports.view import NightView, night_view

NIGHT = date(2021, 11, 30)
SEEN = datetime(2021, 11, 29, 18, 15, 9, tzinfo=UTC)

OFFICE = Organ("office", "云川区人民政府办公室", OrganKind.DEPARTMENT, "区政府办公室")
FINANCE = Organ("finance", "云川区财政局", OrganKind.DEPARTMENT, "区财政局")
TOWN = Organ("town", "云川区龙池镇人民政府", OrganKind.TOWN, "龙池镇")
ORGANS = (OFFICE, FINANCE, TOWN)
DISTRICT = District("yunchuan", "云川区", "http://127.0.0.1:9100/", ("notice",), ORGANS)


def path(*labels: str) -> DisclosurePath:
    """A printed path of these labels below 政府网站."""
    return DisclosurePath(tuple(Step(label) for label in ("政府网站", *labels)), PathOrigin.PRINTED)


def requirement(key: str, title: str, *labels: str, **more: object) -> Requirement:
    """A requirement with one path, or none."""
    paths = (path(*labels),) if labels else ()
    scope = Scope.ORGANS if labels else Scope.MANUAL
    return Requirement(key, title, "一（三）1", "及时公开财政预决算信息", scope, paths=paths, **more)  # type: ignore[arg-type]


BUDGET = requirement(
    "budget", "财政预决算信息", "政府信息公开", "法定主动公开内容", "预算/决算", channels=("政府网站", "其他渠道")
)
CONTACT = requirement("contact", "对外联系电话", "政府信息公开", "机关简介", "联系我们")
ZONE = requirement("zone", "政务公开专区", checklist=("自助查询设备",))
DIRECTORY = Directory(
    "notice", "云川区工作要点", "云川府办发〔2021〕1号", date(2021, 6, 3), date(2021, 6, 3), (BUDGET, CONTACT, ZONE)
)


def owed(what: Requirement, organ: Organ) -> Obligation:
    """One obligation of one organ, led by 区财政局."""
    number = 1 if what.paths else 0
    return Obligation(
        f"notice/{what.id}/{number}@{organ.id}",
        DISTRICT.id,
        DIRECTORY,
        what,
        organ,
        what.paths[0] if what.paths else None,
        number,
        (organ,),
        (FINANCE,),
        at_portal=False,
    )


def standing(obligation: Obligation, kind: Standing, **more: object) -> NightStanding:
    """A standing seen at ``SEEN``; gap standings are confirmed unless told otherwise."""
    facts: dict[str, object] = {
        "detail": f"截至 2021-11-30 02:15，沿{obligation.path}访问，{kind.chinese}",
        "confirmed": kind.is_gap,
        "url": "http://127.0.0.1:9100/zwgk/",
        "seen_at": SEEN,
        "attempts": (Attempt(1, SEEN, kind, False),),
        "evidence": ("snapshot-1",),
    }
    return NightStanding(obligation.id, NIGHT, kind, **{**facts, **more})  # type: ignore[arg-type]


def column(obligation: Obligation, failed_step: int | None) -> ColumnObservation:
    """The walk along the obligation's path, failed at one step or found."""
    assert obligation.path is not None
    elsewhere = (
        Elsewhere("http://127.0.0.1:9100/x/", "预决算公开", MatchKind.ALIAS, ("首页", "财政"), "site_map", "s2"),
    )
    return ColumnObservation(
        f"organ:{obligation.organ.id}",
        obligation.path.labels[1:],
        Reach.FOUND if failed_step is None else Reach.ABSENT,
        "http://127.0.0.1:9100/zwgk/",
        "snapshot-1",
        SEEN,
        failed_step,
        offered=("机关简介", "规划信息"),
        elsewhere=elsewhere if failed_step is not None else (),
    )


def gap_of(number: int, obligation: Obligation, kind: Standing, state: GapState = GapState.CONFIRMED) -> Gap:
    """A gap opened tonight."""
    return Gap(f"GTESTGAP{number:03}", obligation.id, state, kind, NIGHT, (GapEvent(NIGHT, state, kind, "发现"),))


GAP, CAUSED, PASS = owed(BUDGET, FINANCE), owed(CONTACT, FINANCE), owed(CONTACT, TOWN)
SUSPECT, UNREACHED, MANUAL = owed(BUDGET, TOWN), owed(BUDGET, OFFICE), owed(ZONE, OFFICE)
OBLIGATIONS = (GAP, CAUSED, PASS, SUSPECT, UNREACHED, MANUAL)


def view(**more: object) -> NightView:
    """The whole literal night; keyword arguments replace what ``night_view`` is given."""
    facts: dict[str, object] = {
        "district": DISTRICT,
        "night": Night(1, DISTRICT.id, NIGHT, NightState.FINISHED, SEEN, SEEN, len(OBLIGATIONS), confirm_now=True),
        "looks": (Look(1, 1, NIGHT, 1, LookKind.FIRST, SEEN, SEEN),),
        "directories": (DIRECTORY,),
        "obligations": OBLIGATIONS,
        "standings": (
            standing(GAP, Standing.MISSING),
            standing(CAUSED, Standing.MISSING, caused_by=GAP.id),
            standing(PASS, Standing.PUBLISHED_UNDER_ALIAS, remarks=("上级栏目使用别名",)),
            standing(SUSPECT, Standing.SUSPECT, suspected=Standing.EMPTY, detail="疑似空白栏目"),
            standing(UNREACHED, Standing.COULD_NOT_VERIFY, reason=Reason.WAF_CHALLENGE, detail="返回 412"),
            standing(MANUAL, Standing.MANUAL, detail="线下专区", url="", seen_at=None, attempts=(), evidence=()),
        ),
        "gaps": (gap_of(1, GAP, Standing.MISSING), gap_of(2, SUSPECT, Standing.EMPTY, GapState.NEW)),
        "columns": {GAP.id: column(GAP, 1), PASS.id: column(PASS, None)},
    }
    return night_view(**{**facts, **more})  # type: ignore[arg-type]
