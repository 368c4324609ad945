"""``catalog show``: one requirement and path a row, an empty text where there is nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from catalog_literal import directory, path, requirement

from catalog.catalogue import load_catalogue
from catalog.requirement import Scope
from catalog.showing import COLUMNS, rows


def test_one_row_a_requirement_and_path() -> None:
    budget = requirement(
        Scope.PORTAL,
        path("预算/决算"),
        path("防疫服务", "发热门诊"),
        lead=("区财政局",),
        responsible=("区政府各部门", "各镇乡街道"),
        channels=("政府网站", "其他渠道"),
        item="财政",
        valid_to=date(2022, 1, 15),
    )
    first, second = rows([directory(budget)])
    assert first == {
        "directory": "case",
        "requirement_id": "budget",
        "item": "财政",
        "path": "政府网站>预算/决算",
        "origin": "printed",
        "scope": "portal",
        "lead": "区财政局",
        "responsible": "区政府各部门、各镇乡街道",
        "document_number": "某府办发〔2021〕1号",
        "clause": "一（三）1",
        "channels": "政府网站、其他渠道",
        "valid_from": "2021-06-03",
        "valid_to": "2022-01-15",
    }
    assert second == {**first, "path": "政府网站>防疫服务>发热门诊"}


def test_a_requirement_without_path_has_one_row_of_empty_texts() -> None:
    (row,) = rows([directory(requirement(Scope.MANUAL))])
    assert tuple(row) == COLUMNS
    assert [row[key] for key in ("path", "origin", "item", "lead", "channels", "valid_to")] == [""] * 6
    (later,) = rows([directory(replace(requirement(Scope.MANUAL), valid_from=date(2021, 7, 1)))])
    assert later["valid_from"] == "2021-07-01"


def test_every_row_of_the_catalogue_is_all_text() -> None:
    shown = list(rows(load_catalogue().directories.values()))
    assert all(tuple(row) == COLUMNS and all(isinstance(text, str) for text in row.values()) for row in shown)
    owed = [row for row in shown if row["directory"] == "wanzhou_2021_46" and row["origin"] in ("printed", "text")]
    assert len(owed) == 40
    assert len({(row["path"], row["item"]) for row in owed}) == 38
