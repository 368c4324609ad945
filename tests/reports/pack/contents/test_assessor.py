"""For assessors: every scored duty has its folder, every file is in the list with its digest, names suit Windows."""

from __future__ import annotations

import hashlib
import html
import io
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from catalog.district import Organ
from ledger.picture import Picture, PictureKind
from ledger.review import Review, ReviewConclusion
from ledger.standing import Standing
from night_source import records_of
from reports.pack.contents.assessor import HEADER, LIST, assessor_members, deducted
from reports.pack.contents.policy import is_scored
from reports.pack.contents.safe_name import safe_name, unlike
from reports.pack.member import Member, Scope
from reports.pack.source import NightSource
from reports.view import NOT_OWED

PNG = b"\x89PNG\r\n\x1a\n picture"
NAME = hashlib.sha256(PNG).hexdigest() + ".png"


def assessed(judged: NightSource) -> NightSource:
    line = next(one for one in judged.view.lines if one.is_gap)
    shot = Picture(line.obligation.id, PictureKind.PAGE, NAME, line.standing.evidence[:1])
    scope = Scope(judged.scope.district_id, judged.scope.night, for_assessor=True)
    return replace(judged, scope=scope, pictures=(shot,), picture_files={NAME: PNG})


def members_of(source: NightSource) -> dict[str, Member]:
    made = assessor_members(source, records_of(list(source.snapshots)))
    assert len({one.path for one in made}) == len(made)
    return {one.path: one for one in made}


def test_a_pack_for_others_has_no_folder_for_assessors(judged: NightSource) -> None:
    assert assessor_members(judged, {}) == []


def test_every_scored_duty_is_listed_once_with_its_files_and_their_digests(judged: NightSource) -> None:
    source = assessed(judged)
    made = members_of(source)
    book = load_workbook(io.BytesIO(made[LIST].body))
    rows = [dict(zip(HEADER, row, strict=True)) for row in book["佐证目录"].iter_rows(min_row=2, values_only=True)]
    scored = [line for line in source.view.lines if line.standing.standing not in NOT_OWED]
    assert len(rows) == len(scored)
    assert book["未列入计分"].max_row - 1 == len(source.view.lines) - len(scored)
    assert any(line.standing.standing.is_pass for line in scored)
    listed = {}
    for row in rows:
        files, digests = str(row["佐证文件"]).split("\n"), str(row["摘要值（SHA-256）"]).split("\n")
        listed |= dict(zip(files, digests, strict=True))
        assert files[0].endswith("/结论.html")
        assert files[-1].endswith("/网页快照.txt")
    assert listed == {path: hashlib.sha256(one.body).hexdigest() for path, one in made.items() if path != LIST}
    assert [c.coordinate for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"] == []


def test_pictures_are_copied_beside_the_page_that_shows_them(judged: NightSource) -> None:
    made = members_of(assessed(judged))
    (copy,) = [path for path in made if path.endswith(".png")]
    assert made[copy].body == PNG
    page = made[copy.rpartition("/")[0] + "/结论.html"].body.decode("utf-8")
    assert 'src="1_%E9%A1%B5%E9%9D%A2%E6%88%AA%E5%9B%BE.png"' in page
    assert "default-src 'none'" in html.unescape(page)


def test_names_suit_every_system(judged: NightSource) -> None:
    source = assessed(judged)
    hostile = Organ(judged.view.lines[0].obligation.organ.id, "CON: ../..\\某\u202e局<b>" * 9, "department")  # type: ignore[arg-type]
    lines = tuple(
        replace(line, obligation=replace(line.obligation, organ=hostile))
        if line.obligation.organ.id == hostile.id
        else line
        for line in source.view.lines
    )
    paths = list(members_of(replace(source, view=replace(source.view, lines=lines))))
    assert len({path.casefold() for path in paths}) == len(paths)
    for path in paths:
        assert len(path) <= 100
        assert unicodedata.is_normalized("NFC", path)
        for part in path.split("/"):
            assert part not in ("", ".", "..")
            assert not re.search(r'[\\:*?"<>|{}\x00-\x1f\u202a-\u202e]', part)
            assert part == part.rstrip(". ")
            assert not re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)", part)


@pytest.mark.parametrize(
    "text, name",
    [
        ("预算/决算", "预算_决算"),
        ("nul", "_nul"),
        ("Com1.txt", "_Com1.txt"),
        ("...", "x"),
        ("a. ", "a"),
        ("e\u0301", "\u00e9"),
        ("甲\u202e乙\x00丙", "甲乙丙"),
    ],
)
def test_safe_names(text: str, name: str) -> None:
    assert safe_name(text, 20, "x") == name


def test_names_that_differ_in_case_only_are_told_apart_within_the_limit() -> None:
    assert unlike("Ab", {"ab"}, 10) == "Ab_2"
    assert unlike("栏目" * 5, {"栏目" * 5, "栏目栏目栏目栏目_2"}, 10) == "栏目栏目栏目栏目_3"


def test_only_what_was_confirmed_costs_points(judged: NightSource) -> None:
    line = next(one for one in judged.view.lines if one.is_gap and deducted(one))
    assert line.gap is not None
    suspect = replace(line.standing, standing=Standing.SUSPECT, suspected=line.standing.standing, confirmed=False)
    assert deducted(replace(line, standing=suspect)) == ()
    when = datetime(2021, 12, 1, tzinfo=UTC)
    held = Review(line.gap.id, ReviewConclusion.FALSE_ALARM, "张三", "误报", "", when)
    assert deducted(replace(line, review=held)) == ()
    unverified = [one for one in judged.view.lines if one.standing.standing is Standing.COULD_NOT_VERIFY]
    assert all(deducted(one) == () for one in unverified)
    assert all(is_scored(one) for one in unverified)


def test_the_same_night_gives_the_same_files(judged: NightSource) -> None:
    assert members_of(assessed(judged)) == members_of(assessed(judged))
