"""Series: titles that differ by year, number or edition only are of one kind."""

from __future__ import annotations

import pytest

from catalog.series import kind_of


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2021年政府债务", "二〇二〇年度政府债务（第二批）", True),
        ("第3期简报", "第12期简报", True),
        ("2021年政府债务", "2021年债券发行情况", False),
    ],
)
def test_kinds(one, other, same):
    assert (kind_of(one) == kind_of(other)) is same
