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
def test_a_portal_is_the_same_for_the_same_seed_and_answers_where_its_truth_says(family: str) -> None:
    one, same = portal_of(family, 3, SMALL), portal_of(family, 3, SMALL)
    assert one.pages == same.pages
    assert one.truth == same.truth
    for truth in one.truth:
        if truth.standing in ("published", "empty", "stale", "incomplete") and truth.address is not None:
            assert one.answer(truth.address[0], truth.address[1].partition("#")[0]).status == 200


def test_another_seed_gives_another_portal() -> None:
    one, other = portal_of("trs", 3, SMALL), portal_of("trs", 4, SMALL)
    assert one.pages != other.pages
    assert one.truth != other.truth
