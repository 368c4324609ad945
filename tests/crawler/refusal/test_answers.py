"""Every kind of refusal is named by its reason, and pages that merely speak of one are read."""

from __future__ import annotations

import pytest
from answers_by_hand import ByHand, by_hand

from crawler.page.page import Page, Unusable


@pytest.mark.parametrize("answer", by_hand("refusals.toml"), ids=lambda answer: answer.name)
def test_a_refusal_is_named_by_its_reason(answer: ByHand) -> None:
    read = answer.read()
    assert isinstance(read, Unusable)
    assert (read.reason, read.status) == (answer.reason, answer.arrival.status)
    assert read.detail


@pytest.mark.parametrize("page", by_hand("pages.toml"), ids=lambda page: page.name)
def test_a_page_that_speaks_of_a_refusal_is_read(page: ByHand) -> None:
    assert isinstance(page.read(), Page)
