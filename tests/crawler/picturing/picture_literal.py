"""Literal duties, standings and observations for the tests of pictures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from catalog.district import Organ, OrganKind
from catalog.obligation import Obligation
from catalog.path import DisclosurePath, PathOrigin, Step
from catalog.requirement import Directory, Requirement, Scope
from crawler.picturing.order import Caption, Source, StepState
from ledger.exchange import ArchivedResponse, Headers
from ledger.observation import ColumnObservation, MatchKind, Reach, TrailStep
from ledger.standing import Standing
from ledger.verdict import NightStanding

NIGHT = date(2021, 11, 30)
SEEN = datetime(2021, 11, 29, 18, 15, 9, tzinfo=UTC)
HTML: Headers = (("Content-Type", "text/html; charset=utf-8"),)
HOME = "http://www.wz.gov.cn/"
DIRECTORY = Directory("notice", "工作要点", "云川府办发〔2021〕1号", NIGHT, NIGHT, ())
LABELS = ("政府网站", "政府信息公开", "预算/决算", "部门预算")


def organ(key: str) -> Organ:
    return Organ(key, f"云川区{key}局", OrganKind.DEPARTMENT)


def owed(key: str, whose: Organ, title: str = "财政预决算信息") -> Obligation:
    path = DisclosurePath(tuple(Step(label) for label in LABELS), PathOrigin.PRINTED)
    what = Requirement(key, title, "一（三）1", "及时公开", Scope.ORGANS, paths=(path,))
    return Obligation(f"notice/{key}/1@{whose.id}", "yunchuan", DIRECTORY, what, whose, path, 1)


def standing_of(duty: Obligation, kind: Standing, **more: object) -> NightStanding:
    facts: dict[str, object] = {
        "detail": "截至核验时",
        "confirmed": kind.is_gap,
        "evidence": ("page",),
        "seen_at": SEEN,
    }
    return NightStanding(duty.id, NIGHT, kind, **{**facts, **more})  # type: ignore[arg-type]


def column_of(reach: Reach, failed_step: int | None, **more: object) -> ColumnObservation:
    trail = (TrailStep("政府信息公开", HOME, "home", MatchKind.EXACT, "信息公开"),)
    facts: dict[str, object] = {"offered": ("机关简介", "规划信息"), "trail": trail}
    return ColumnObservation("portal", LABELS[1:], reach, HOME, "page", SEEN, failed_step, **{**facts, **more})  # type: ignore[arg-type]


def caption(**more: object) -> Caption:
    facts: dict[str, object] = {
        "organ": "云川区财政局",
        "title": "财政预决算信息",
        "citations": ("云川府办发〔2021〕1号 一（三）1",),
        "path": (("政府网站", StepState.PASSED), ("预算/决算", StepState.FAILED), ("部门预算", StepState.BEYOND)),
        "standing": "未发现栏目（已确认）",
        "detail": "页面列有“机关简介”，未发现“预算/决算”。",
        "is_fault": True,
    }
    return Caption(**{**facts, **more})  # type: ignore[arg-type]


def source(snapshot_id: str = "page", **more: object) -> Source:
    facts: dict[str, object] = {
        "snapshot_id": snapshot_id,
        "url": HOME,
        "fetched_at": SEEN,
        "status": 200,
        "payload_digest": "sha256:" + "ab" * 32,
        "record_digest": "cd" * 32,
    }
    return Source(**{**facts, **more})  # type: ignore[arg-type]


def archived(body: str, snapshot_id: str = "page", **more: object) -> ArchivedResponse:
    facts: dict[str, object] = {
        "snapshot_id": snapshot_id,
        "url": HOME,
        "status": 200,
        "headers": HTML,
        "body": body.encode(),
        "fetched_at": SEEN,
    }
    return ArchivedResponse(**{**facts, **more})  # type: ignore[arg-type]


class Pages:
    """Archived responses by snapshot id, as a ledger gives them."""

    def __init__(self, pages: Mapping[str, ArchivedResponse]) -> None:
        self._pages = pages

    def read_snapshot(self, snapshot_id: str) -> ArchivedResponse:
        return self._pages[snapshot_id]


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
