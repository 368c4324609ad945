"""Rounds of an assessment: the cut-off freezes one judged night, and steps come in their order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import nights
from ledger.assessment import RoundStep
from ledger.custody import CustodyKind
from ledger.frozen import FrozenLedger
from ledger.ledger import Ledger
from ledger.night import NightState
from ledger.standing import Standing
from ledger.verdict import NightStanding
from nightly.errors import NightError
from nightly.replies.rounds import frozen_round, open_round, round_of, rounds, step_round

CUT_OFF = date(2026, 9, 30)
AFTER = datetime(2026, 9, 30, 16, 30, tzinfo=UTC)  # 00:30 of 1 October at the portal
BEFORE = AFTER - timedelta(hours=1)
NAME = "2026年第三季度"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with nights.opened(tmp_path / "data") as ledger:
        for day in (28, 29):
            _night(ledger, date(2026, 9, day))
        _begun(ledger, CUT_OFF)
        yield ledger


def _begun(ledger: Ledger, night: date) -> int:
    begun = ledger.begin_night(
        "yunchuan", night, planned=[("o", "finance")], facts={}, confirm_now=False, replayed=False, now=BEFORE
    )
    return begun.id


def _night(ledger: Ledger, night: date) -> int:
    night_id = _begun(ledger, night)
    ledger.add_standings(night_id, [NightStanding("o", night, Standing.EMPTY, "空", confirmed=True)])
    ledger.add_gaps(night_id, [])
    ledger.end_night(night_id, NightState.FINISHED, BEFORE)
    return night_id


def test_the_newest_finished_night_at_or_before_the_cut_off_is_frozen(ledger: Ledger) -> None:
    one = open_round(ledger, "yunchuan", NAME, CUT_OFF, date(2026, 12, 31), AFTER)
    assert (one.night, one.judgement > 0) == (date(2026, 9, 29), True)
    assert (one.until, one.frozen_at, one.next_step) == (date(2026, 12, 31), AFTER, RoundStep.FIRST)
    assert frozen_round(ledger, NAME) == round_of(ledger, one.id) == one


def test_later_nights_and_judgements_do_not_alter_it(ledger: Ledger) -> None:
    one = open_round(ledger, "yunchuan", NAME, CUT_OFF, None, AFTER)
    night = ledger.night("yunchuan", date(2026, 9, 29))
    assert night is not None
    ledger.add_standings(night.id, [NightStanding("o", night.night, Standing.PUBLISHED, "已补")])
    ledger.end_night(_begun(ledger, CUT_OFF), NightState.FINISHED, AFTER)
    assert open_round(ledger, "yunchuan", NAME, CUT_OFF, None, AFTER + timedelta(days=1)) == one
    frozen = FrozenLedger.at(ledger, one)
    assert [standing.standing for standing in frozen.standings(night.id)] == [Standing.EMPTY]
    assert frozen.gaps("yunchuan", night.night) == ()
    ledger.end_night(night.id, NightState.FINISHED, AFTER + timedelta(days=1))
    assert frozen.night("yunchuan", night.night) == night
    assert [event.facts["action"] for event in frozen.custody(CustodyKind.ROUND)] == ["opened", "frozen"]
    assert ledger.standings(night.id)[0].standing is Standing.PUBLISHED


def test_before_the_cut_off_has_ended_nothing_is_frozen(ledger: Ledger) -> None:
    one = open_round(ledger, "yunchuan", NAME, CUT_OFF, None, BEFORE)
    assert one.night is None
    with pytest.raises(NightError, match="is not frozen"):
        frozen_round(ledger, one.id)
    with pytest.raises(NightError, match="has not ended"):
        step_round(ledger, one.id, RoundStep.FIRST, "", BEFORE)
    assert step_round(ledger, one.id, RoundStep.FIRST, "", AFTER).night == date(2026, 9, 29)


def test_steps_come_in_their_order_and_are_events(ledger: Ledger) -> None:
    one = open_round(ledger, "yunchuan", NAME, CUT_OFF, None, AFTER)
    with pytest.raises(NightError, match="初评 comes next, not 申诉"):
        step_round(ledger, one.id, RoundStep.APPEAL, "", AFTER)
    for step in RoundStep:
        one = step_round(ledger, NAME, step, "办理", AFTER)
    assert one.next_step is None
    with pytest.raises(NightError, match="has ended with 终评"):
        step_round(ledger, one.id, RoundStep.FINAL, "", AFTER)
    said = [event.facts["action"] for event in ledger.custody(CustodyKind.ROUND)]
    assert said == ["opened", "frozen", *["stepped"] * 5]
    assert ledger.broken_link() is None


def test_what_cannot_be_opened_leaves_no_event(ledger: Ledger) -> None:
    with pytest.raises(NightError, match="no finished night at or before 2026-09-01"):
        open_round(ledger, "yunchuan", NAME, date(2026, 9, 1), None, AFTER)
    with pytest.raises(NightError, match="lies before"):
        open_round(ledger, "yunchuan", NAME, CUT_OFF, date(2026, 9, 1), AFTER)
    assert rounds(ledger) == ()
    open_round(ledger, "yunchuan", NAME, CUT_OFF, None, AFTER)
    with pytest.raises(NightError, match="choose another name"):
        open_round(ledger, "yunchuan", NAME, date(2026, 9, 29), None, AFTER)
    with pytest.raises(NightError, match="round RNONE: none"):
        round_of(ledger, "RNONE")
