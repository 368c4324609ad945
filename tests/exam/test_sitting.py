"""A small night of every family, judged against its truth: the same machine as ``./dev exam``, within a test's time."""

from __future__ import annotations

import pytest

from exam.marking import kind_of_error, marks
from exam.sitting import SMALL, portal_of, sit
from portals.families.shelf import FAMILIES


@pytest.mark.parametrize("family", FAMILIES)
def test_a_small_night_accuses_nobody_falsely_and_sees_what_is_wrong(family: str) -> None:
    sitting = sit(family, 1, SMALL)
    wrong = [(kind_of_error(row), row.obligation_id, row.found, row.reason_found, row.fault) for row in sitting.rows]
    assert [one for one in wrong if one[0]] == []
    assert marks(sitting.rows).rows >= 8
    assert sitting.figures.parallel == 1


@pytest.mark.parametrize("family", FAMILIES)
def test_a_portal_is_the_same_for_the_same_seed_and_another_for_another(family: str) -> None:
    one, same, other = (portal_of(family, seed, SMALL) for seed in (3, 3, 4))
    assert one.pages == same.pages
    assert one.truth == same.truth
    assert one.pages != other.pages


@pytest.mark.parametrize("family", FAMILIES)
def test_every_address_that_the_truth_names_answers(family: str) -> None:
    portal = portal_of(family, 2, SMALL)
    for truth in portal.truth:
        if truth.standing in ("published", "empty", "stale", "incomplete") and truth.address is not None:
            assert portal.answer(truth.address[0], truth.address[1].partition("#")[0]).status == 200
