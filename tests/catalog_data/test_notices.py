"""The directories against the five notices, both ways, and what each zone notice must not borrow from another."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.catalogue import Catalogue
from catalog.coverage import Coverage, cover
from catalog.path import PathOrigin
from catalog.requirement import Directory, Requirement, Scope
from shared_data import SHARED, needs_shared

ZONES = ("yu_2021_100", "jiangbei_2021_39", "linwei_2022_33")


def lines(directory: Directory) -> list[str]:
    return [line for one in directory.requirements for line in one.checklist]


def requirement(directory: Directory, requirement_id: str) -> Requirement:
    return next(one for one in directory.requirements if one.id == requirement_id)


@pytest.fixture(scope="module")
def coverage(catalogue: Catalogue) -> Coverage:
    return cover(catalogue, SHARED / "notices")


@needs_shared
def test_directories_and_notices_agree_both_ways(coverage: Coverage) -> None:
    assert coverage.problems == ()


@needs_shared
def test_every_numbered_sentence_is_accounted_for(coverage: Coverage) -> None:
    assert len(coverage.notices) == 5
    for notice in coverage.notices:
        assert notice.sentences == notice.by_requirement + notice.by_no_duty, notice.notice


@needs_shared
def test_all_brackets_of_the_table_are_filled(coverage: Coverage) -> None:
    table = next(one for one in coverage.directories if one.directory_id == "wanzhou_2021_46")
    assert (table.brackets, table.printed_rows, table.requirement_rows, table.leaf_columns) == (30, 36, 40, 38)


def test_the_zone_is_inspected_by_people_at_each_kind_of_venue(catalogue: Catalogue) -> None:
    for directory_id in ZONES:
        for one in catalogue.directories[directory_id].requirements:
            if one.id.startswith("zone_") and one.id != "zone_rosters":
                assert one.scope is Scope.MANUAL
                assert len(one.venues) == 1
                assert not one.paths


def test_gazettes_are_asked_for_only_by_the_municipal_notice(catalogue: Catalogue) -> None:
    assert any("政府公报" in line for line in lines(catalogue.directories["yu_2021_100"]))
    for directory_id in ("jiangbei_2021_39", "linwei_2022_33"):
        assert not any("公报" in line for line in lines(catalogue.directories[directory_id]))


def test_linwei_asks_for_no_printer(catalogue: Catalogue) -> None:
    assert not any("打印机" in line for line in lines(catalogue.directories["linwei_2022_33"]))
    assert any("打印机" in line for line in lines(catalogue.directories["jiangbei_2021_39"]))


def test_archives_and_libraries_have_two_areas_only(catalogue: Catalogue) -> None:
    for directory_id in ZONES:
        for name in ("zone_archive", "zone_library"):
            held = requirement(catalogue.directories[directory_id], name).checklist
            assert any(line.startswith("自助查询区") for line in held)
            assert any(line.startswith("资料阅览区") for line in held)
            assert not any(line.startswith(("申请接收区", "政策咨询区")) for line in held)


def test_the_named_halls_of_jiangbei_are_venues_of_their_own(catalogue: Catalogue) -> None:
    venues = {v for one in catalogue.directories["jiangbei_2021_39"].requirements for v in one.venues}
    assert len(venues) == 15
    assert {"区车管所", "区观音桥商圈行政审批大厅", "退役军人社会服务中心", "区不动产登记中心"} <= venues


def test_the_renewed_guide_is_the_only_thing_of_the_zone_that_is_walked(catalogue: Catalogue) -> None:
    walked = [one for one in catalogue.directories["jiangbei_2021_39"].requirements if one.paths]
    assert [one.id for one in walked] == ["guide_renewed"]
    assert walked[0].paths[0].labels == ("政府网站", "政府信息公开", "政府信息公开指南")
    assert walked[0].paths[0].origin is PathOrigin.CUSTOMARY


def test_linwei_cites_no_chongqing_notice(catalogue: Catalogue) -> None:
    directory = catalogue.directories["linwei_2022_33"]
    assert directory.carries == ()
    assert not any("渝" in basis for one in directory.requirements for basis in one.basis)


@pytest.mark.parametrize(
    ("directory_id", "requirement_id", "on"),
    [
        ("dianjiang_2021_22", "zone_completion", date(2021, 12, 15)),
        ("yu_2021_100", "zone_archive", date(2021, 12, 31)),
        ("jiangbei_2021_39", "zone_rosters", date(2021, 11, 5)),
        ("linwei_2022_33", "zone_rosters", date(2022, 6, 15)),
        ("linwei_2022_33", "zone_library", date(2022, 11, 30)),
        ("yu_2020_58", "standard_catalogues", date(2020, 10, 30)),
        ("yu_2020_58", "other_field_catalogues", date(2022, 12, 31)),
        ("yu_2020_58", "field_taxation", date(2021, 12, 31)),
    ],
)
def test_dates_are_data(catalogue: Catalogue, directory_id: str, requirement_id: str, on: date) -> None:
    assert on in {due.on for due in requirement(catalogue.directories[directory_id], requirement_id).due}


def test_notices_that_pass_on_the_municipal_one_carry_it(catalogue: Catalogue) -> None:
    for directory_id in ("dianjiang_2021_22", "jiangbei_2021_39"):
        assert catalogue.directories[directory_id].carries == ("yu_2021_100",)


def test_the_annex_of_58_binds_municipal_units_but_for_its_last_row(catalogue: Catalogue) -> None:
    rows = [one for one in catalogue.directories["yu_2020_58"].no_duty if one.clause.startswith("附件")]
    assert [one.clause for one in rows] == [f"附件 {number}" for number in range(1, 28)]
    assert all("2020-07-30" in one.reason for one in rows[:26])
    enforcement = next(one for one in rows if "城市综合执法" in one.quote)
    assert "主体责任单位市住房城乡建委" in enforcement.reason
    assert "市城市管理局" in enforcement.reason


def test_district_organs_for_the_fields_are_said_to_be_inferred(catalogue: Catalogue) -> None:
    fields = [one for one in catalogue.directories["yu_2020_58"].requirements if one.id.startswith("field_")]
    assert len(fields) == 26
    assert all(one.note.startswith("inferred") and one.scope is Scope.MANUAL for one in fields)
