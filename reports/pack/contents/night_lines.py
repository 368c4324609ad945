"""Lines of what a night saw and judged: planned, looks, observations, verdicts, standings, gaps, snapshots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ledger.observation import (
    ArticleObservation,
    ColumnObservation,
    ListingObservation,
    Observation,
    PortalObservation,
    ResourceObservation,
    SectionObservation,
)
from ledger.standing import Dimension, DimensionResult
from ledger.verdict import Attempt, Verdict
from reports.pack.canonical import Canonical
from reports.pack.contents import shapes
from reports.pack.contents.plain import line_of, local_text, second_text, without_private
from reports.pack.contents.record import Records
from reports.pack.contents.selecting import checks_by_obligation, gaps_in_scope, observations_in_scope
from reports.pack.source import NightSource
from reports.view import Line, NightView

KINDS: Mapping[str, type[Observation]] = {
    "column": ColumnObservation,
    "listing": ListingObservation,
    "article": ArticleObservation,
    "resource": ResourceObservation,
    "section": SectionObservation,
    "portal": PortalObservation,
}
_KIND_NAMES = {kind: name for name, kind in KINDS.items()}

Plain = dict[str, Canonical]


def planned_lines(source: NightSource) -> Iterator[Plain]:
    """Every obligation in plan order."""
    for line in source.view.lines:
        yield line_of(shapes.PlannedLine(line.obligation.id, line.obligation.organ.id))


def look_lines(source: NightSource) -> Iterator[Plain]:
    """The night's looks in the order they began."""
    for one in source.looks:
        yield line_of(
            shapes.LookLine(
                one.id, one.ordinal, one.kind, one.started_at, one.finished_at, one.replayed, one.obligation_ids
            )
        )


def observation_lines(source: NightSource) -> Iterator[Plain]:
    """What was seen, word for word but for private numbers."""
    for look_id, seen in observations_in_scope(source):
        yield without_private({"look_id": look_id, "kind": _KIND_NAMES[type(seen)], **line_of(seen)})


def verdict_lines(source: NightSource) -> Iterator[Plain]:
    """CONTRACTS' export line of every obligation, with its checks and attempts."""
    checks = checks_by_obligation(source)
    for line in source.view.lines:
        yield without_private(line_of(_verdict(source.view, line, checks.get(line.obligation.id, ()))))


def standing_lines(source: NightSource) -> Iterator[Plain]:
    """The night's standings as the ledger holds them."""
    for line in source.view.lines:
        one = line.standing
        made = shapes.StandingLine(
            one.obligation_id,
            one.night,
            one.standing,
            one.detail,
            one.suspected,
            one.confirmed,
            one.reason,
            one.url,
            one.seen_at,
            one.match,
            one.caused_by,
            one.dimensions,
            one.evidence,
            _attempts(one.attempts),
            one.remarks,
        )
        yield without_private(line_of(made))


def gap_lines(source: NightSource) -> Iterator[Plain]:
    """Gaps with their dated history."""
    for gap in gaps_in_scope(source):
        made = shapes.GapLine(
            gap.id, gap.obligation_id, gap.state, gap.standing, gap.opened_on, gap.history, gap.affected
        )
        yield without_private(line_of(made))


def snapshot_lines(source: NightSource, records: Records) -> Iterator[Plain]:
    """Archived responses by time, with the digest of the archived record."""
    for one in sorted(source.snapshots, key=lambda snapshot: (snapshot.fetched_at, snapshot.id)):
        record = records.get(one.id)
        made = shapes.SnapshotLine(
            one.id,
            one.target_uri,
            one.status,
            one.content_type,
            one.fetched_at,
            local_text(one.fetched_at),
            one.payload_digest,
            record.digest if record else "",
            one.address,
        )
        yield without_private(line_of(made))


def failed_label(line: Line) -> str:
    """Label of the level at which the walk ended, or empty."""
    column, path = line.column, line.obligation.path
    if column is None or path is None or column.failed_step is None:
        return ""
    return path.labels[column.failed_step + 1]  # observed steps leave out the root


def _verdict(view: NightView, line: Line, checks: Sequence[tuple[int, Verdict]]) -> shapes.VerdictLine:
    owed, one = line.obligation, line.standing
    results = {str(d): one.dimensions.get(d, DimensionResult.UNVERIFIED) for d in Dimension}
    return shapes.VerdictLine(
        district=view.district.id,
        night=view.night.night,
        organ=owed.organ.name,
        requirement_id=owed.requirement.id,
        item=owed.requirement.item,
        path=str(owed.path) if owed.path else "",
        standing=one.standing,
        suspected=one.suspected or "",
        confirmed=one.confirmed,
        reason=one.reason or "",
        detail=one.detail,
        url=one.url,
        seen_at=second_text(one.seen_at),
        match=one.match or "",
        document_number=owed.directory.document_number,
        clause=owed.requirement.clause,
        caused_by=one.caused_by,
        dimensions=shapes.DimensionsLine(**results),
        evidence=one.evidence,
        obligation_id=owed.id,
        organ_id=owed.organ.id,
        title=owed.requirement.full_title,
        path_steps=owed.path.labels if owed.path else (),
        failed_step=failed_label(line),
        seen_at_local=local_text(one.seen_at),
        gap=line.gap.id if line.gap else "",
        attempts=_attempts(one.attempts),
        checks=tuple(_check(look_id, verdict) for look_id, verdict in checks),
        remarks=one.remarks,
    )


def _attempts(attempts: Sequence[Attempt]) -> tuple[shapes.AttemptLine, ...]:
    return tuple(
        shapes.AttemptLine(one.look_id, one.seen_at, local_text(one.seen_at), one.standing, one.by_day)
        for one in attempts
    )


def _check(look_id: int, one: Verdict) -> shapes.CheckLine:
    return shapes.CheckLine(
        look_id, one.check_id, one.outcome, one.standing, one.detail, one.reason, one.evidence, one.url, one.seen_at
    )
