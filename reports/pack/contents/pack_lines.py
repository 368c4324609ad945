"""Lines of what surrounds a night: its facts, catalogue, reviews, records, custody, chain, pictures, the withheld."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date

from catalog.obligation import Obligation
from reports.pack.contents import shapes
from reports.pack.contents.night_lines import Plain
from reports.pack.contents.pack_shapes import (
    ChainLine,
    CustodyLine,
    ExpectationLine,
    PathLine,
    PictureLine,
    RecordLine,
    RequirementLine,
    ReviewLine,
    WithheldLine,
)
from reports.pack.contents.plain import line_of, plain_of, without_private
from reports.pack.contents.record import EvidenceRecord, Records
from reports.pack.source import NightSource

_NO_RECORD = EvidenceRecord("", False)


def night_lines(source: NightSource) -> Iterator[Plain]:
    """The one line of the night."""
    view, scope = source.view, source.scope
    night, district = view.night, view.district
    made = shapes.NightLine(
        district=district.id,
        district_name=district.name,
        home=district.home,
        night=night.night,
        state=night.state,
        started_at=night.started_at,
        finished_at=night.finished_at,
        planned=len(view.lines),
        confirm_now=night.confirm_now,
        replayed=night.replayed,
        held_by_incident=view.held_by_incident,
        roster_complete=district.roster_complete,
        roster_source=district.roster_source,
        directories=tuple(f"{one.title}（{one.document_number}）" for one in view.directories),
        scope=shapes.ScopeLine(scope.organ_id, tuple(scope.gap_ids), scope.for_assessor, scope.round_id),
    )
    yield line_of(made)


def catalogue_lines(source: NightSource) -> Iterator[Plain]:
    """Requirements in scope with their citations, in catalogue order."""
    owed = {
        (line.obligation.directory.id, line.obligation.requirement.id): line.obligation for line in source.view.lines
    }
    for one in owed.values():
        yield line_of(_requirement(one))


def _requirement(owed: Obligation) -> RequirementLine:
    requirement, directory = owed.requirement, owed.directory
    return RequirementLine(
        directory=directory.id,
        directory_title=directory.title,
        document_number=directory.document_number,
        issuer=directory.issuer,
        issued_on=directory.issued_on,
        requirement_id=requirement.id,
        title=requirement.title,
        item=requirement.item,
        clause=requirement.clause,
        quote=requirement.quote,
        basis=requirement.basis,
        scope=requirement.scope,
        condition=requirement.condition,
        lead=requirement.lead,
        responsible=requirement.responsible,
        channels=requirement.channels,
        due=requirement.due,
        paths=tuple(PathLine(path.labels, path.origin, path.source) for path in requirement.paths),
        checks=tuple(ExpectationLine(one.check_id, options_text(one.options)) for one in requirement.expectations),
        checklist=requirement.checklist,
    )


def options_text(options: Mapping[str, object]) -> str:
    """Options of a check as JSON text: TOML values, dates as ISO text."""
    return json.dumps(dict(options), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_date_text)


def _date_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(plain_of(value))


def review_lines(source: NightSource) -> Iterator[Plain]:
    """What the office said of gaps, where it still counts."""
    for line in source.view.lines:
        said = line.review
        if said is not None:
            yield line_of(
                ReviewLine(
                    said.gap_id, line.obligation.id, said.conclusion, said.reviewer, said.opinion, said.reviewed_at
                )
            )


def record_lines(source: NightSource, records: Records) -> Iterator[Plain]:
    """Where each snapshot's record stands in the pack, by snapshot id."""
    for snapshot_id in sorted(one.id for one in source.snapshots):
        record = records.get(snapshot_id, _NO_RECORD)
        yield line_of(RecordLine(snapshot_id, record.digest, record.in_wacz, record.offset))


def custody_lines(source: NightSource) -> Iterator[Plain]:
    """Custody events, oldest first."""
    for one in source.custody:
        yield line_of(
            CustodyLine(one.number, one.kind, one.happened_at, one.actor, one.facts, one.previous, one.digest)
        )


def chain_lines(source: NightSource) -> Iterator[Plain]:
    """The district's sealed nights in the order of sealing."""
    for one in source.chain:
        night = date.fromisoformat(one.night)
        yield line_of(ChainLine(one.district_id, night, one.content, one.previous, one.root, one.tables))


def picture_lines(source: NightSource) -> Iterator[Plain]:
    """Pictures of the obligations in scope."""
    for one in source.pictures:
        yield line_of(PictureLine(one.obligation_id, one.kind, one.file, one.snapshot_ids, one.masked_count))


def withheld_lines(source: NightSource) -> Iterator[Plain]:
    """Records that stay out, with the reason and the place, never the value."""
    for one in source.withheld:
        made = WithheldLine(one.snapshot_id, one.target_uri, one.payload_digest, one.reason, one.places)
        yield without_private(line_of(made))
