"""A night's files are written whole, and written again in place of the old ones."""

from __future__ import annotations

import json
from pathlib import Path

import literal

from catalog.district import Organ, OrganKind
from ledger.standing import Standing
from reports.writing import file_name, write_reports


def test_all_readers_get_their_files(tmp_path: Path) -> None:
    written = write_reports(literal.view(), tmp_path / "night")
    names = sorted(str(file.relative_to(written.folder)) for file in written.folder.rglob("*") if file.is_file())
    assert names == [
        "单位/云川区人民政府办公室.html",
        "单位/云川区人民政府办公室_问题反馈表.xlsx",
        "单位/云川区财政局.html",
        "单位/云川区财政局_问题反馈表.xlsx",
        "单位/云川区龙池镇人民政府.html",
        "单位/云川区龙池镇人民政府_问题反馈表.xlsx",
        "总览.html",
        "数据/verdicts.csv",
        "数据/verdicts.jsonl",
        "数据/问题清单.xlsx",
        "牵头/云川区财政局_检查情况表.html",
    ]
    assert (written.organ_count, written.gap_count) == (3, 1)


def test_a_second_writing_replaces_the_first(tmp_path: Path) -> None:
    folder = tmp_path / "night"
    write_reports(literal.view(), folder)
    (folder / "stray.txt").write_text("old", encoding="utf-8")
    write_reports(literal.view(), folder)
    assert not (folder / "stray.txt").exists()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["night"]


def test_links_of_the_overview_lead_to_files(tmp_path: Path) -> None:
    import re

    written = write_reports(literal.view(), tmp_path / "night")
    links = re.findall(r'href="((?:单位|牵头)/[^"]+)"', written.overview.read_text(encoding="utf-8"))
    assert len(links) == 4
    assert all((written.folder / link).is_file() for link in links)


def test_a_hostile_organ_name_makes_a_plain_file_name() -> None:
    assert file_name(Organ("odd", "../../某局/一", OrganKind.DEPARTMENT)) == "某局_一_odd"
    assert file_name(Organ("odd", "///", OrganKind.DEPARTMENT)) == "odd"
    assert file_name(Organ("odd", "局" * 300, OrganKind.DEPARTMENT)) == "局" * 60 + "_odd"


def test_half_a_character_of_a_cut_name_stops_no_report(tmp_path: Path) -> None:
    told = literal.standing(literal.GAP, Standing.MISSING, detail="列有“预算\ud83d”\x00")
    rest = [one.standing for one in literal.view().lines[1:]]
    written = write_reports(literal.view(standings=(told, *rest)), tmp_path / "night")
    assert "列有“预算\ufffd”" in written.overview.read_text(encoding="utf-8")
    lines = (written.folder / "数据" / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["detail"] == told.detail
