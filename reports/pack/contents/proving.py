"""Proof of one line (佐证): path, checks, pictures, snapshots and where they stand in the pack, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from checks.registry import Check, registered
from ledger.observation import TrailStep
from ledger.picture import Picture, PictureKind
from ledger.snapshot import Snapshot
from ledger.standing import Dimension, DimensionResult
from ledger.verdict import Outcome, Verdict
from reports.pack.contents.record import Records
from reports.pack.contents.selecting import checks_by_obligation
from reports.pack.source import NightSource, Withheld
from reports.view import Line
from reports.wording import DIMENSION_NAMES, RESULT_MARKS

WACZ_ARCHIVE = "archive/evidence.warc.gz"
PICTURE_WORDS = {PictureKind.PAGE: "页面截图", PictureKind.CARD: "点击路径图"}
OUTCOME_WORDS = {
    Outcome.SATISFIED: "符合",
    Outcome.VIOLATED: "不符",
    Outcome.INCONCLUSIVE: "未能判定",
    Outcome.NOT_APPLICABLE: "不适用",
    Outcome.MANUAL: "待人工核查",
}


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """Check as shown (检查项): its words, what was said of it, and in which looks."""

    title: str
    ordinals: str
    outcome: str
    detail: str


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """Picture as shown (截图). ``href`` is relative to the page that shows it, ``file`` its name in ``pictures``."""

    file: str
    href: str
    words: str
    alt: str
    masked_count: int


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """Snapshot as shown (网页快照): its digests, and in words where its record stands."""

    id: str
    url: str
    status: int
    fetched_at: datetime | None
    payload_digest: str
    record_digest: str
    place: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All proof of a night, by what it belongs to (佐证索引)."""

    checks: Mapping[str, list[tuple[int, Verdict]]]
    ordinals: Mapping[int, int]
    pictures: Mapping[str, list[Picture]]
    snapshots: Mapping[str, Snapshot]
    withheld: Mapping[str, Withheld]
    records: Records
    rules: Mapping[str, Check]


def evidence_of(source: NightSource, records: Records) -> Evidence:
    """Index a source's proof once, for all lines."""
    pictures: dict[str, list[Picture]] = {}
    for picture in source.pictures:
        pictures.setdefault(picture.obligation_id, []).append(picture)
    return Evidence(
        checks=checks_by_obligation(source),
        ordinals={look.id: look.ordinal for look in source.looks},
        pictures=pictures,
        snapshots={one.id: one for one in source.snapshots},
        withheld={one.snapshot_id: one for one in source.withheld},
        records=records,
        rules=registered(),
    )


def checks_of(evidence: Evidence, line: Line) -> list[ShownCheck]:
    """What each check said; looks that said the same share a row."""
    said: dict[tuple[str, Outcome, str], list[int]] = {}
    for look_id, verdict in evidence.checks.get(line.obligation.id, ()):
        key = (verdict.check_id, verdict.outcome, verdict.detail)
        said.setdefault(key, []).append(evidence.ordinals.get(look_id, 0))
    shown = []
    for (check_id, outcome, detail), ordinals in said.items():
        rule = evidence.rules.get(check_id)
        looks = "、".join(str(one) for one in ordinals)
        shown.append(ShownCheck(rule.title if rule else check_id, looks, OUTCOME_WORDS[outcome], detail))
    return shown


def pictures_of(evidence: Evidence, line: Line) -> list[ShownPicture]:
    """Pictures of the line, pages first."""
    pictures = sorted(evidence.pictures.get(line.obligation.id, ()), key=lambda one: one.kind is PictureKind.CARD)
    alt = line.standing.detail or line.standing.standing.chinese
    return [
        ShownPicture(one.file, f"pictures/{one.file}", PICTURE_WORDS[one.kind], alt, one.masked_count)
        for one in pictures
    ]


def trail_of(line: Line) -> tuple[TrailStep, ...]:
    """Stops of the walk, from the home page on."""
    return line.column.trail if line.column else ()


def snapshots_of(evidence: Evidence, line: Line) -> list[ShownEvidence]:
    """Snapshots that the line rests on, those of the walk behind them, no one twice."""
    walked = (stop.snapshot_id for stop in trail_of(line) if stop.snapshot_id)
    return [_shown(evidence, one) for one in dict.fromkeys((*line.standing.evidence, *walked))]


def dimensions_of(line: Line) -> list[tuple[str, str, str]]:
    """Name, result and its mark of each dimension; empty where nothing was judged."""
    judged = line.standing.dimensions
    if not judged:
        return []
    results = [(one, judged.get(one, DimensionResult.UNVERIFIED)) for one in Dimension]
    return [(DIMENSION_NAMES[one], result.value, RESULT_MARKS[result]) for one, result in results]


def _shown(evidence: Evidence, snapshot_id: str) -> ShownEvidence:
    record, snapshot = evidence.records.get(snapshot_id), evidence.snapshots.get(snapshot_id)
    digest = record.digest if record else ""
    place = _place(evidence, snapshot_id)
    if snapshot is None:
        return ShownEvidence(snapshot_id, "", 0, None, "", digest, place)
    return ShownEvidence(
        snapshot.id,
        snapshot.target_uri,
        snapshot.status,
        snapshot.fetched_at,
        snapshot.payload_digest,
        digest,
        place,
    )


def _place(evidence: Evidence, snapshot_id: str) -> str:
    if withheld := evidence.withheld.get(snapshot_id):
        return withheld.reason
    record = evidence.records.get(snapshot_id)
    if record is None or not record.in_wacz:
        return "未收入本包"
    if record.offset is None:
        return WACZ_ARCHIVE
    return f"{WACZ_ARCHIVE} 第 {record.offset} 字节起"
