"""Tables of a pack: strict schemas, canonical lines, the same bytes again, private numbers nowhere."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from ledger.custody import CustodyEvent, CustodyKind, custody_digest
from ledger.observation import ArticleObservation, Table
from ledger.picture import Picture, PictureKind
from ledger.review import Review, ReviewConclusion
from night_source import records_of
from reports.pack.canonical import canonical_json
from reports.pack.contents.index_page import index_member
from reports.pack.contents.readme import readme_member
from reports.pack.contents.tables import PartOfNightError, data_members, whole_night_tables
from reports.pack.member import Member, Scope
from reports.pack.source import NightRoot, NightSource, Withheld
from reports.verdict_lines import verdict_record

SEALED = ("planned", "looks", "observations", "verdicts", "standings", "gaps", "snapshots", "environment")
NOW = datetime(2021, 12, 1, 3, 4, 5, tzinfo=UTC)


def full(judged: NightSource) -> NightSource:
    """The night with a line in every table."""
    first = CustodyEvent(1, CustodyKind.NIGHT_SEALED, NOW, "mingcha", {"night": "2021-11-30"})
    gap = next(line for line in judged.view.lines if line.gap)
    assert gap.gap is not None
    said = Review(gap.gap.id, ReviewConclusion.TRUE, "张三", "属实", "", NOW)
    lines = tuple(replace(line, review=said) if line is gap else line for line in judged.view.lines)
    shot = judged.snapshots[0]
    return replace(
        judged,
        view=replace(judged.view, lines=lines),
        custody=(replace(first, digest=custody_digest(first)),),
        chain=(NightRoot("yunchuan", "2021-11-30", "a" * 64, "0" * 64, "b" * 64, dict.fromkeys(SEALED, "c" * 64)),),
        pictures=(Picture(gap.obligation.id, PictureKind.PAGE, "d" * 64 + ".png", (shot.id,), 1),),
        withheld=(Withheld(shot.id, shot.target_uri, shot.payload_digest, "涉个人信息，留存备查", ("第 3 张表",)),),
    )


def members(source: NightSource) -> dict[str, Member]:
    return {one.path: one for one in data_members(source, records_of(list(source.snapshots), tuple(source.withheld)))}


def test_every_line_fits_its_strict_schema(judged: NightSource) -> None:
    made = members(full(judged))
    tables = [path for path in made if path.endswith(".jsonl")]
    assert len(tables) == 15
    for path in tables:
        name = path.removeprefix("data/").removesuffix(".jsonl")
        schema = json.loads(made[f"data/schema/{name}.schema.json"].body)
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        lines = made[path].body.splitlines()
        assert lines, path
        assert made[path].records == len(lines)
        for line in lines:
            assert [error.message for error in validator.iter_errors(json.loads(line))] == [], path
            assert canonical_json(json.loads(line)) == line
            assert not validator.is_valid({**json.loads(line), "stray": 1})
            assert not validator.is_valid(dict(list(json.loads(line).items())[1:]))


def test_an_unknown_word_of_a_vocabulary_is_refused(judged: NightSource) -> None:
    made = members(judged)
    line = json.loads(made["data/verdicts.jsonl"].body.splitlines()[0])
    validator = Draft202012Validator(json.loads(made["data/schema/verdicts.schema.json"].body))
    assert validator.is_valid(line)
    assert not validator.is_valid({**line, "standing": "guilty"})
    assert not validator.is_valid({**line, "dimensions": {**line["dimensions"], "on_path": "perhaps"}})


def test_the_verdict_line_is_that_of_the_export(judged: NightSource) -> None:
    rows = [json.loads(line) for line in members(judged)["data/verdicts.jsonl"].body.splitlines()]
    for row, line in zip(rows, judged.view.lines, strict=True):
        exported = json.loads(json.dumps(verdict_record(judged.view, line)))
        assert {name: row[name] for name in exported} == exported
        assert row["obligation_id"] == line.obligation.id
    assert any(row["checks"] and row["attempts"] for row in rows)
    assert any(row["failed_step"] for row in rows)


def test_the_sealed_tables_are_the_very_bytes_of_the_pack(judged: NightSource) -> None:
    made = members(judged)
    sealed = whole_night_tables(judged, records_of(list(judged.snapshots)))
    assert tuple(sealed) == SEALED
    for name, body in sealed.items():
        assert made.get(f"data/{name}.jsonl", made.get(f"data/{name}.json")).body == body  # type: ignore[union-attr]


def test_what_comes_after_the_night_changes_no_sealed_table(judged: NightSource) -> None:
    later = full(judged)
    records = records_of(list(judged.snapshots))
    without = records_of(list(judged.snapshots), tuple(later.withheld))
    assert whole_night_tables(later, without) == whole_night_tables(judged, records)


def test_a_part_of_a_night_has_no_root(judged: NightSource) -> None:
    part = replace(judged, scope=Scope(judged.scope.district_id, judged.scope.night, organ_id="x"))
    with pytest.raises(PartOfNightError):
        whole_night_tables(part, {})


def test_a_part_holds_only_what_bears_on_its_lines(judged: NightSource) -> None:
    organ = judged.view.lines[-1].obligation.organ
    lines = tuple(line for line in judged.view.lines if line.obligation.organ == organ)
    scope = Scope(judged.scope.district_id, judged.scope.night, organ_id=organ.id)
    part = members(replace(judged, scope=scope, view=replace(judged.view, lines=lines)))
    whole = members(judged)
    assert part["data/verdicts.jsonl"].records == len(lines)
    seen = part["data/observations.jsonl"].records
    assert seen is not None
    assert 0 < seen < (whole["data/observations.jsonl"].records or 0)
    owed = {line.obligation.id for line in lines}
    gaps = [json.loads(line) for line in part["data/gaps.jsonl"].body.splitlines()]
    assert {gap["obligation_id"] for gap in gaps} <= owed


def test_the_same_night_gives_the_same_bytes(judged: NightSource) -> None:
    assert members(full(judged)) == members(full(judged))


def test_the_spreadsheet_holds_the_same_tables_without_a_formula(judged: NightSource) -> None:
    made = members(full(judged))
    book = load_workbook(io.BytesIO(made["data/data.xlsx"].body))
    assert len(book.sheetnames) == 16
    rows = list(book["核验结论"].iter_rows(values_only=True))
    assert len(rows) == 1 + len(judged.view.lines)
    head = [str(name).split("\n")[1] for name in rows[0]]
    first = dict(zip(head, rows[1], strict=True))
    assert first["obligation_id"] == judged.view.lines[0].obligation.id
    assert [c.coordinate for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"] == []


def test_private_numbers_leave_in_no_table(judged: NightSource) -> None:
    number = "11010519491231002X"  # the example of GB 11643
    seen = ArticleObservation(
        "portal",
        ("名单",),
        f"http://127.0.0.1/{number}.html",
        judged.snapshots[0].id,
        NOW,
        "newest",
        text=f"申请人 身份证号 {number}",
        tables=(Table(("姓名", "身份证号", "手机"), (("张三", number, "13812345678"),)),),
    )
    look = judged.looks[0].id
    first, *others = judged.snapshots
    shown = replace(first, target_uri=seen.url)
    kept = Withheld(first.id, seen.url, first.payload_digest, "涉个人信息，留存备查", ("网页地址",))
    observations = {**judged.observations, look: (seen,)}
    source = replace(judged, observations=observations, snapshots=[shown, *others], withheld=(kept,))
    bodies = b"".join(one.body for path, one in members(source).items() if path.startswith("data/"))
    assert number.encode() not in bodies
    assert b"13812345678" not in bodies
    assert b"138****5678" in bodies
    assert bodies.count(b"http://127.0.0.1/11*************02X.html") >= 3
    pages = (index_member(source, (), records_of(list(source.snapshots), (kept,))), readme_member(source))
    assert [one.path for one in pages if number.encode() in one.body] == []


def test_a_snapshot_says_its_moment_twice(judged: NightSource) -> None:
    one = judged.snapshots[0]
    rows = [json.loads(line) for line in members(judged)["data/snapshots.jsonl"].body.splitlines()]
    row = next(row for row in rows if row["id"] == one.id)
    assert row["fetched_at"].endswith("Z")
    assert row["fetched_at_local"].endswith("+08:00")
    utc = datetime.fromisoformat(row["fetched_at"]).replace(microsecond=0)
    assert datetime.fromisoformat(row["fetched_at_local"]) == utc


def test_policy_and_scoring_say_how_it_was_judged(judged: NightSource) -> None:
    made = members(judged)
    policy, scoring = (json.loads(made[f"data/{name}.json"].body) for name in ("policy", "scoring"))
    assert policy["confirmation"]["confirm_now"] is True
    assert policy["default_period_days"] == 365
    assert {one["id"] for one in policy["checks"]} >= {"column.exists", "column.not_empty"}
    assert scoring["profile"] is None
    assert scoring["scored"] + sum(scoring["left_out"].values()) == len(judged.view.lines)
    assert all(sum(one["counts"].values()) == scoring["scored"] for one in scoring["dimensions"])
    assert date.fromisoformat(json.loads(made["data/night.jsonl"].body)["night"]) == judged.scope.night
