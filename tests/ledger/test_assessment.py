"""Assessment rounds are folded from the custody log; steps come in their order, a round is frozen once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ledger.assessment import RoundStep, fold_rounds, round_id
from ledger.custody import CustodyEvent, CustodyKind
from ledger.errors import LedgerError

AT = datetime(2026, 10, 1, 2, tzinfo=UTC)
ID = round_id("yunchuan", "2026年第三季度")


def _events(*facts: dict[str, str]) -> tuple[CustodyEvent, ...]:
    return tuple(
        CustodyEvent(n, CustodyKind.ROUND, AT, "某某", {"round": ID, **one}) for n, one in enumerate(facts, start=1)
    )


OPENED = {"action": "opened", "district": "yunchuan", "name": "2026年第三季度", "cut_off": "2026-09-30", "until": ""}
FROZEN = {"action": "frozen", "night": "2026-09-29", "judgement": "12", "night_ended_at": "2026-09-28T20:00:00.000000Z"}


def _step(step: str) -> dict[str, str]:
    return {"action": "stepped", "step": step, "note": ""}


def test_a_round_is_opened_frozen_once_and_stepped() -> None:
    again = {**FROZEN, "night": "2026-09-30", "judgement": "99"}
    (one,) = fold_rounds(_events(OPENED, FROZEN, again, _step("初评"), _step("反馈")))
    assert (one.id, one.cut_off, one.until) == (ID, date(2026, 9, 30), None)
    assert (one.night, one.judgement, one.frozen_at) == (date(2026, 9, 29), 12, AT)
    assert [taken.step for taken in one.steps] == [RoundStep.FIRST, RoundStep.FEEDBACK]
    assert one.next_step is RoundStep.APPEAL


def test_after_the_last_step_there_is_none() -> None:
    (one,) = fold_rounds(_events(OPENED, FROZEN, *(_step(step) for step in RoundStep)))
    assert one.next_step is None


@pytest.mark.parametrize(
    ("facts", "words"),
    [((OPENED, _step("反馈")), "takes 反馈 after 0 steps"), ((_step("初评"),), "was never opened")],
)
def test_what_cannot_be_is_an_error(facts: tuple[dict[str, str], ...], words: str) -> None:
    with pytest.raises(LedgerError, match=words):
        fold_rounds(_events(*facts))
