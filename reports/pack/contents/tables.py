"""The tables of a pack (包内数据表): JSON Lines, a JSON Schema each, and the same once more as one spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.pack.canonical import canonical_json, canonical_lines
from reports.pack.contents import night_lines, pack_lines, pack_shapes, shapes
from reports.pack.contents.night_lines import KINDS, Plain
from reports.pack.contents.policy import policy_of, scoring_of
from reports.pack.contents.record import Records
from reports.pack.contents.schema import DIALECT, Schema, table_schema, variants_schema
from reports.pack.contents.workbook import workbook
from reports.pack.member import Member
from reports.pack.source import NightSource


class PartOfNightError(ValueError):
    """Raised when a night's root is asked of a part of the night, from ``whole_night_tables``."""


@dataclass(frozen=True, slots=True)
class Table:
    """Table (数据表): its name, its Chinese title, its lines and the schema of a line."""

    name: str
    title: str
    lines: tuple[Plain, ...]
    schema: Schema

    @property
    def body(self) -> bytes:
        """Its lines as the pack holds them."""
        return canonical_lines(list(self.lines))


@dataclass(frozen=True, slots=True)
class _Seen:
    """Head of an observation's line (观测): in which look it was seen."""

    look_id: int


def sealed_tables(source: NightSource, records: Records) -> list[Table]:
    """The tables that a night's root is computed over; nothing in them changes after the night."""
    observed = variants_schema("observations", "观测", _Seen, KINDS)
    return [
        _table("planned", "应核验事项", shapes.PlannedLine, night_lines.planned_lines(source)),
        _table("looks", "核验轮次", shapes.LookLine, night_lines.look_lines(source)),
        Table("observations", "观测", tuple(night_lines.observation_lines(source)), observed),
        _table("verdicts", "核验结论", shapes.VerdictLine, night_lines.verdict_lines(source)),
        _table("standings", "当晚结论", shapes.StandingLine, night_lines.standing_lines(source)),
        _table("gaps", "问题台账", shapes.GapLine, night_lines.gap_lines(source)),
        _table("snapshots", "网页快照", shapes.SnapshotLine, night_lines.snapshot_lines(source, records)),
    ]


def other_tables(source: NightSource, records: Records) -> list[Table]:
    """The tables that depend on the pack and on what happened since the night."""
    return [
        _table("night", "核验批次", shapes.NightLine, pack_lines.night_lines(source)),
        _table("catalogue", "公开事项及依据", pack_shapes.RequirementLine, pack_lines.catalogue_lines(source)),
        _table("reviews", "复核", pack_shapes.ReviewLine, pack_lines.review_lines(source)),
        _table("records", "存档记录", pack_shapes.RecordLine, pack_lines.record_lines(source, records)),
        _table("pictures", "截图", pack_shapes.PictureLine, pack_lines.picture_lines(source)),
        _table("withheld", "留存备查", pack_shapes.WithheldLine, pack_lines.withheld_lines(source)),
        _table("custody", "保管记录", pack_shapes.CustodyLine, pack_lines.custody_lines(source)),
        _table("chain", "批次链", pack_shapes.ChainLine, pack_lines.chain_lines(source)),
    ]


def whole_night_tables(source: NightSource, records: Records) -> dict[str, bytes]:
    """Bytes by table that the night's root is computed over: those of ``data/`` in a whole-night pack.

    Raises:
        PartOfNightError: when the source holds only a part of the night.
    """
    if not source.scope.is_whole:
        raise PartOfNightError(f"night {source.scope.night}: a part of a night has no root; give the whole night")
    tables = {table.name: table.body for table in sealed_tables(source, records)}
    return {**tables, "environment": environment_body(source)}


def environment_body(source: NightSource) -> bytes:
    """Facts of the night's environment as canonical JSON."""
    return canonical_json(dict(source.environment))


def data_members(source: NightSource, records: Records) -> list[Member]:
    """Everything below ``data/`` but the district file: tables, schemas, spreadsheet, policy, scoring."""
    night, *others = other_tables(source, records)
    tables = [night, *sealed_tables(source, records), *others]
    members = []
    for table in tables:
        members.append(Member(f"data/{table.name}.jsonl", table.body, len(table.lines)))
        members.append(Member(f"data/schema/{table.name}.schema.json", canonical_json(table.schema)))
    sheets = [(table.name, table.title, table.lines, table.schema) for table in tables]
    members += [
        Member("data/environment.json", environment_body(source)),
        Member("data/schema/environment.schema.json", canonical_json(_texts_schema("environment", "取证环境"))),
        Member("data/policy.json", canonical_json(policy_of(source))),
        Member("data/scoring.json", canonical_json(scoring_of(source))),
        Member("data/data.xlsx", workbook(sheets, source.scope.night)),
    ]
    return members


def _table(name: str, title: str, kind: type, lines: Iterable[Plain]) -> Table:
    return Table(name, title, tuple(lines), table_schema(name, title, kind))


def _texts_schema(name: str, title: str) -> Schema:
    """Facts with names of their own choosing, all of them text."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:mingcha:pack-1:{name}",
        "title": title,
        "type": "object",
        "propertyNames": {"minLength": 1},
        "additionalProperties": {"type": "string"},
    }
