"""The chain of nights: each link follows from its tables and from the link before."""

from __future__ import annotations

from dataclasses import replace

from reports.pack.chain import FIRST_PREVIOUS, broken_at, sealed, tables_digests

TABLES = tables_digests({"looks": b"{}\n", "gaps": b""})


def test_a_golden_root() -> None:
    link = sealed("yunchuan", "2021-11-30", TABLES, FIRST_PREVIOUS)
    assert link.tables["gaps"] == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert link.root == "5f0ed86ed23ca6d9836ac00d33987d50ab9a30fbfcd24e39ceb56b8d5cc018e4"


def test_a_chain_holds_until_something_is_missing_or_altered() -> None:
    first = sealed("yunchuan", "2021-11-29", TABLES, FIRST_PREVIOUS)
    second = sealed("yunchuan", "2021-11-30", TABLES, first.root)
    again = sealed("yunchuan", "2021-11-29", {**TABLES, "gaps": "00"}, second.root)
    assert broken_at([first, second, again]) is None
    assert broken_at([first, again]) == again
    assert broken_at([second]) == second
    assert broken_at([first, replace(second, tables={**TABLES, "looks": "00"})]) is not None
    assert broken_at([first, replace(second, night="2021-11-28")]) is not None
