"""The built-in catalogue loads, takes in what lies beside a district file, and names what is absent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from test_reading import GOOD

from catalog.catalogue import district_ids, load_catalogue, load_district
from catalog.district import OrganKind
from catalog.errors import CatalogueError
from catalog.obliging import obligations
from catalog.requirement import Scope

DIRECTORIES = (
    *("dianjiang_2021_22", "jiangbei_2021_39", "linwei_2022_33", "national_base"),
    *("wanzhou_2021_46", "yu_2020_58", "yu_2021_100"),
)
DISTRICT = """
schema = 1
id = "case"
name = "某县"
home = ""
directories = ["case_2021_1"]
[[organ]]
name = "县财政局"
kind = "department"
"""


def test_the_seven_directories_and_four_districts_are_there() -> None:
    catalogue = load_catalogue()
    assert tuple(catalogue.directories) == DIRECTORIES
    assert district_ids() == ("dianjiang", "jiangbei", "linwei", "wanzhou")
    assert len(catalogue.digest) == 64
    assert "法定主动公开内容" in catalogue.skippable


@pytest.mark.parametrize("district_id", ["dianjiang", "jiangbei", "linwei", "wanzhou"])
def test_each_built_in_district_owes_and_walks_nothing_without_a_home(district_id: str) -> None:
    district = load_district(district_id)
    owing = obligations(load_catalogue(), district, date(2022, 12, 1))
    assert district.home == ""
    assert district.roster_complete is False
    assert owing
    assert {one.directory.id for one in owing} >= set(district.directories)


@pytest.mark.parametrize("district_id", ["dianjiang", "jiangbei", "linwei", "wanzhou"])
@pytest.mark.parametrize("as_of", [date(2020, 12, 1), date(2021, 11, 30), date(2022, 6, 1), date(2026, 7, 1)])
def test_rules_that_hold_for_every_obligation(district_id: str, as_of: date) -> None:
    catalogue, district = load_catalogue(), load_district(district_id)
    owing = obligations(catalogue, district, as_of)
    assert len({one.id for one in owing}) == len(owing)
    for one in owing:
        assert one.organ in district.organs
        assert one.responsible[0] == one.organ
        assert OrganKind.PARTY not in {organ.kind for organ in one.responsible}
        assert one.id.startswith(f"{one.directory.id}/{one.requirement.id}/{one.path_number}@")
        assert (one.path is None) is (one.path_number == 0)
        assert not (one.is_walked and one.requirement.scope is Scope.MANUAL)
        if one.requirement.scope in (Scope.PORTAL, Scope.CENTRAL_LIST):
            assert one.roots == ("portal",)
    assert obligations(catalogue, district, as_of) == owing


@pytest.mark.parametrize("place", ["case_2021_1.toml", "directories/case_2021_1.toml"])
def test_a_directory_beside_a_district_file_is_taken_in(place: str, write_toml: Callable[..., Path]) -> None:
    write_toml(GOOD.replace('"case_2021"', '"case_2021_1"'), place)
    file = write_toml(DISTRICT, "case.toml")
    catalogue = load_catalogue(file.parent)
    district = load_district(str(file))
    assert set(catalogue.directories) == {*DIRECTORIES, "case_2021_1"}
    assert catalogue.digest != load_catalogue().digest
    assert [one.organ.name for one in obligations(catalogue, district, date(2022, 1, 1))] == [
        "某县人民政府",
        "县财政局",
    ]


def test_a_wrong_directory_beside_a_district_file_is_named(write_toml: Callable[..., Path]) -> None:
    file = write_toml(GOOD + "?", "case_2021_1.toml")
    with pytest.raises(CatalogueError, match=r"case_2021_1\.toml: is not TOML"):
        load_catalogue(file.parent)


def test_one_id_in_two_files_is_named(write_toml: Callable[..., Path]) -> None:
    file = write_toml(GOOD.replace('"case_2021_1"', '"yu_2020_58"'), "twin.toml")
    with pytest.raises(CatalogueError, match=r'twin\.toml: id: .*"yu_2020_58" also stands in .*yu_2020_58\.toml'):
        load_catalogue(file.parent)


def test_an_unknown_district_is_named() -> None:
    with pytest.raises(CatalogueError, match='"wanzou" is not in the catalogue; did you mean "wanzhou"'):
        load_district("wanzou")


def test_an_absent_district_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"absent\.toml: cannot be read"):
        load_district(str(tmp_path / "absent.toml"))
