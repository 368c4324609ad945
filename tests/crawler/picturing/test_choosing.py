"""Which obligations are pictured: every accusation, every tenth pass, at least one an organ, always the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from picture_literal import NIGHT, organ, owed, standing_of

from crawler.picturing.choosing import SAMPLE, chosen, is_accused
from ledger.standing import Standing
from ledger.verdict import NightStanding

KINDS = [Standing.PUBLISHED, Standing.STATEMENT, Standing.MISSING, Standing.SUSPECT, Standing.MANUAL, Standing.NOT_DUE]
nights = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 4)), max_size=80)


def made(kinds: list[tuple[Standing, int]]) -> tuple[list, list[NightStanding]]:
    duties = [owed(f"r{place}", organ(f"o{number}")) for place, (_, number) in enumerate(kinds)]
    return duties, [standing_of(duty, kind) for duty, (kind, _) in zip(duties, kinds, strict=True)]


@given(nights)
def test_all_accusations_and_a_pass_of_each_organ_are_chosen(kinds: list[tuple[Standing, int]]) -> None:
    duties, standings = made(kinds)
    picked = set(chosen(duties, standings, NIGHT))
    by_id = {one.obligation_id: one for one in standings}
    assert {one.id for one in duties if is_accused(by_id[one.id])} <= picked
    passing = {one.organ.id for one in duties if by_id[one.id].standing.is_pass}
    assert {one.organ.id for one in duties if one.id in picked and by_id[one.id].standing.is_pass} == passing
    assert not any(by_id[name].standing in (Standing.MANUAL, Standing.NOT_DUE) for name in picked)
    assert chosen(duties, reversed(standings), NIGHT) == chosen(duties, standings, NIGHT)


def test_every_tenth_pass_is_chosen_and_over_ten_nights_every_one() -> None:
    duties, standings = made([(Standing.PUBLISHED, 0)] * 100)
    each = [chosen(duties, standings, NIGHT + timedelta(days=day)) for day in range(SAMPLE)]
    assert [len(one) for one in each] == [10] * SAMPLE
    assert {name for one in each for name in one} == {one.id for one in duties}


@pytest.mark.parametrize("night", [date(2021, 11, 30), date(2026, 1, 1)])
def test_what_has_no_archived_page_is_not_chosen(night: date) -> None:
    duty = owed("r", organ("o"))
    assert chosen([duty], [standing_of(duty, Standing.MISSING, evidence=())], night) == ()
