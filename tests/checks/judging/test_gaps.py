"""Gaps: new, confirmed, closed, reopened; one an obligation; silence does nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from checks.errors import ConservationError
from checks.judging.gaps import fold_gaps, fold_nights, gap_id
from ledger.standing import Standing
from ledger.verdict import GapState, NightStanding

FIRST = date(2021, 11, 1)
KEY = "wanzhou_2021_46/budget/1@finance"
NEW, CONFIRMED, CLOSED, REOPENED = GapState.NEW, GapState.CONFIRMED, GapState.CLOSED, GapState.REOPENED


def suspect(fault=Standing.MISSING, key=KEY, **changes):
    return lambda night: NightStanding(key, night, Standing.SUSPECT, "句", suspected=fault, **changes)


def confirmed(fault=Standing.MISSING, key=KEY, **changes):
    return lambda night: NightStanding(key, night, fault, "句", confirmed=True, **changes)


def quiet(standing, key=KEY):
    return lambda night: NightStanding(key, night, standing, "句")


def folded(*nights):
    """Gaps after these nights, one or several standings a night."""
    made = []
    for offset, makers in enumerate(nights):
        night = FIRST + timedelta(days=offset)
        made.append((night, [one(night) for one in (makers if isinstance(makers, list) else [makers])]))
    return fold_nights(made)


PASSED = quiet(Standing.PUBLISHED)


@pytest.mark.parametrize(
    ("nights", "states"),
    [
        ([suspect()], [NEW]),
        ([confirmed()], [NEW, CONFIRMED]),
        ([suspect(), suspect()], [NEW]),
        ([suspect(), confirmed()], [NEW, CONFIRMED]),
        ([suspect(), PASSED], [NEW, CLOSED]),
        ([suspect(), confirmed(), PASSED], [NEW, CONFIRMED, CLOSED]),
        ([suspect(), confirmed(), PASSED, PASSED], [NEW, CONFIRMED, CLOSED]),
        ([suspect(), confirmed(), PASSED, suspect()], [NEW, CONFIRMED, CLOSED]),
        ([suspect(), confirmed(), PASSED, suspect(), confirmed()], [NEW, CONFIRMED, CLOSED, REOPENED]),
        ([confirmed(), PASSED, confirmed(), PASSED], [NEW, CONFIRMED, CLOSED, REOPENED, CLOSED]),
        ([confirmed(), suspect()], [NEW, CONFIRMED]),
        ([confirmed(), confirmed(Standing.EMPTY)], [NEW, CONFIRMED, CONFIRMED]),
        ([suspect(), suspect(Standing.EMPTY)], [NEW, NEW]),
    ],
)
def test_histories(nights, states):
    (gap,) = folded(*nights)
    assert [event.state for event in gap.history] == states
    assert gap.state is states[-1]
    assert gap.opened_on == FIRST


@pytest.mark.parametrize(
    "standing",
    [
        Standing.COULD_NOT_VERIFY,
        Standing.MANUAL,
        Standing.NOT_DUE,
        Standing.DUE_UNKNOWN,
        Standing.NOT_APPLICABLE,
        Standing.MAPPING_REQUIRED,
        Standing.NOT_OBSERVED,
    ],
)
def test_silence_does_nothing(standing):
    assert folded(quiet(standing)) == ()
    assert folded(confirmed(), quiet(standing)) == folded(confirmed())


def test_a_pass_opens_nothing():
    assert folded(PASSED) == ()


def test_the_kind_of_fault_is_its_dated_history():
    (gap,) = folded(confirmed(), confirmed(Standing.EMPTY), PASSED)
    assert [event.standing for event in gap.history] == [
        Standing.MISSING,
        Standing.MISSING,
        Standing.EMPTY,
        Standing.EMPTY,
    ]
    assert gap.standing is Standing.EMPTY


def test_the_id_is_the_contracts():
    assert gap_id("") == "G4OYMIQUY7Q"  # SHA-256 of nothing, in base32: 4OYMIQUY7QOBJGX3...
    assert folded(confirmed())[0].id == gap_id(KEY)


def test_what_hangs_below_opens_no_gap_and_is_listed():
    below = [confirmed(key=f"below-{n}", caused_by=KEY) for n in range(2)]
    (gap,) = folded([*below, confirmed()])
    assert gap.affected == ("below-0", "below-1")
    kept = folded([*below, confirmed()], [quiet(Standing.COULD_NOT_VERIFY)])
    assert kept[0].affected == ("below-0", "below-1")
    closed = folded([*below, confirmed()], [PASSED])
    assert closed[0].affected == ()


def test_standings_of_another_night_are_refused():
    with pytest.raises(ConservationError):
        fold_gaps((), [confirmed()(FIRST)], FIRST + timedelta(days=1))
