"""Nights and looks begin once, go on after a kill, and end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from ledger_literal import NOW

from ledger.errors import LedgerError
from ledger.ledger import Ledger
from ledger.night import Look, LookKind, Night, NightState


def test_a_night_is_begun_once(reopen: Callable[..., Ledger], night: Night) -> None:
    again = reopen().begin_night(
        "wanzhou",
        date(2021, 11, 30),
        planned=[("other", "finance")],
        facts={"catalogue": "sha256:2"},
        confirm_now=True,
        replayed=True,
        now=NOW + timedelta(hours=1),
    )

    assert again == night
    assert night == Night(night.id, "wanzhou", date(2021, 11, 30), NightState.RUNNING, NOW, planned_count=3)
    assert reopen().planned(night.id) == ("d/budget/1@finance", "d/budget/1@health", "d/rules/1@gov")
    assert reopen().planned_organs(night.id)[2] == ("d/rules/1@gov", "gov")
    assert reopen().night_facts(night.id) == {"catalogue": "sha256:1"}


def test_nights_are_found_by_district_and_date(ledger: Ledger, night: Night) -> None:
    older = ledger.begin_night(
        "wanzhou", date(2021, 11, 29), planned=[], facts={}, confirm_now=True, replayed=True, now=NOW
    )

    assert ledger.night("wanzhou", date(2021, 11, 30)) == night
    assert ledger.night("wanzhou", date(2021, 12, 1)) is None
    assert ledger.night("dianjiang", date(2021, 11, 30)) is None
    assert ledger.nights("wanzhou") == (older, night)
    assert ledger.nights("dianjiang") == ()
    assert (older.planned_count, older.confirm_now, older.replayed) == (0, True, True)


def test_a_night_ends_and_may_be_judged_again(ledger: Ledger, night: Night) -> None:
    ledger.end_night(night.id, NightState.RED, NOW + timedelta(hours=5))
    red = ledger.night("wanzhou", night.night)
    ledger.end_night(night.id, NightState.FINISHED, NOW + timedelta(hours=6))
    finished = ledger.night("wanzhou", night.night)
    ledger.end_night(night.id, NightState.RUNNING, NOW + timedelta(hours=7))

    assert red == replace(night, state=NightState.RED, finished_at=NOW + timedelta(hours=5))
    assert finished == replace(night, state=NightState.FINISHED, finished_at=NOW + timedelta(hours=6))
    assert ledger.night("wanzhou", night.night) == night


def test_an_unfinished_look_goes_on_and_a_finished_one_does_not(
    reopen: Callable[..., Ledger], night: Night, look: Look
) -> None:
    ledger = reopen()

    again = ledger.begin_look(night.id, LookKind.FIRST, NOW + timedelta(hours=1), ["ignored"])
    ledger.end_look(look.id, NOW + timedelta(hours=2))
    ledger.end_look(look.id, NOW + timedelta(hours=3))
    second = ledger.begin_look(night.id, LookKind.AGAIN, NOW + timedelta(hours=4), ["d/rules/1@gov"])
    third = ledger.begin_look(night.id, LookKind.FIRST, NOW + timedelta(hours=5))

    assert again == look
    assert look == Look(look.id, night.id, night.night, 1, LookKind.FIRST, NOW)
    assert ledger.looks(night.id) == (replace(look, finished_at=NOW + timedelta(hours=2)), second, third)
    assert (second.ordinal, second.obligation_ids, third.ordinal) == (2, ("d/rules/1@gov",), 3)


def test_all_looks_of_a_district_come_oldest_night_first(ledger: Ledger, look: Look) -> None:
    older = ledger.begin_night(
        "wanzhou", date(2021, 11, 29), planned=[], facts={}, confirm_now=False, replayed=True, now=NOW
    )
    other = ledger.begin_night(
        "dianjiang", date(2021, 11, 29), planned=[], facts={}, confirm_now=False, replayed=False, now=NOW
    )
    earlier = ledger.begin_look(older.id, LookKind.FIRST, NOW)
    ledger.begin_look(other.id, LookKind.FIRST, NOW)

    assert ledger.looks_of("wanzhou") == (earlier, look)
    assert earlier.replayed


def test_unknown_nights_and_looks_are_named(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="night 7: the ledger holds no such night; begin it first"):
        ledger.begin_look(7, LookKind.FIRST, NOW)
    with pytest.raises(LedgerError, match="night 7"):
        ledger.end_night(7, NightState.FINISHED, NOW)
    with pytest.raises(LedgerError, match="look 7: the ledger holds no such look"):
        ledger.end_look(7, NOW)
