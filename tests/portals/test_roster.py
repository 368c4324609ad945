"""The roster and its district file."""

from __future__ import annotations

import tomllib

import pytest

from portals.roster import district_text, roster


def test_folders_of_two_organs_mislead() -> None:
    folders = {seat.organ.id: seat.folder for seat in roster(14, 7).seats}
    assert folders["natural_resources"].startswith("sfj")
    assert folders["shuangxi"].startswith("qsz")


def test_no_organ_has_an_entry_so_each_must_be_found_from_the_index() -> None:
    assert {organ.entry for organ in roster(14, 7).organs} == {""}


def test_the_file_allows_the_portal_and_the_departments_host_but_not_the_platform_outside() -> None:
    table = tomllib.loads(district_text(roster(4, 2), (9101, 9102, 9103), ("demo_yunchuan",)))
    assert table["network"] == {"allow": ["127.0.0.1:9101", "127.0.0.1:9102"], "delay_seconds": 0}
    assert table["directories"][-1] == "demo_yunchuan"
    assert len(table["organ"]) == 3 + 3 + 2


def test_more_organs_than_known_is_an_error() -> None:
    with pytest.raises(ValueError, match="at most"):
        roster(99, 2)
