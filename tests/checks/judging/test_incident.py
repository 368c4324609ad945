"""Incidents: what turned bad against the night before, and how it is held back."""

from __future__ import annotations

from datetime import date

from checks.judging.incident import held_back, is_bad, turned_bad
from ledger.standing import Standing
from ledger.verdict import NightStanding

NIGHT = date(2021, 11, 30)


def standing(key, value, **changes):
    return NightStanding(key, NIGHT, value, "句", **changes)


def test_what_is_bad():
    assert is_bad(standing("a", Standing.MISSING))
    assert is_bad(standing("a", Standing.SUSPECT))
    assert not is_bad(standing("a", Standing.COULD_NOT_VERIFY))


def test_only_what_was_seen_and_not_bad_before_turns_bad():
    earlier = [standing("a", Standing.PUBLISHED), standing("b", Standing.SUSPECT)]
    now = [standing(key, Standing.MISSING) for key in ("a", "b", "new")]
    assert turned_bad(now, earlier) == ("a",)


def test_held_back_is_a_suspicion_of_the_same():
    held = held_back(standing("a", Standing.EMPTY, confirmed=True))
    assert (held.standing, held.suspected, held.confirmed) == (Standing.SUSPECT, Standing.EMPTY, False)
    assert held_back(standing("a", Standing.SUSPECT, suspected=Standing.STALE)).suspected is Standing.STALE
