"""Products are named by their marks in header and body, pages that merely mention one are not (TRUST.md, row WAF)."""

from __future__ import annotations

import pytest
from answers_by_hand import ByHand, by_hand

from crawler.errors import ProductMarkError
from crawler.page.page import Page, Unusable
from crawler.refusal.products import products, read_products
from ledger.reason import Reason

REFUSED = by_hand("products.toml")
INNOCENT = by_hand("innocent.toml")


def is_named(answer: ByHand) -> bool:
    read = answer.read()
    return isinstance(read, Unusable) and read.reason is Reason.WAF_CHALLENGE and answer.name in read.detail


def test_at_least_95_of_100_answers_are_named_by_product() -> None:
    missed = [(answer.name, answer.mark) for answer in REFUSED if not is_named(answer)]
    assert len(missed) <= 0.05 * len(REFUSED), missed


@pytest.mark.parametrize("answer", REFUSED, ids=lambda answer: f"{answer.name} {answer.mark}")
def test_no_answer_of_a_product_is_a_page(answer: ByHand) -> None:
    assert isinstance(answer.read(), Unusable)


def test_each_product_is_tried_with_every_kind_of_mark_that_it_has() -> None:
    tried = {(answer.name, answer.mark) for answer in REFUSED}
    with_header = {(product.name, "header") for product in products() if product.headers is not None}
    with_body = {(product.name, "body") for product in products() if product.body is not None}
    assert not (with_header | with_body) - tried


def test_there_are_thirty_innocent_pages() -> None:
    assert len(INNOCENT) >= 30


@pytest.mark.parametrize("page", INNOCENT, ids=lambda page: page.name)
def test_an_innocent_page_is_read(page: ByHand) -> None:
    assert isinstance(page.read(), Page)


@pytest.mark.parametrize(
    "text, problem",
    [
        ('[[product]]\nsource = "s"\nbody = ["a"]', "needs a name of its own"),
        ('[[product]]\nname = "a"\nbody = ["a"]', "needs the source"),
        ('[[product]]\nname = "a"\nsource = "s"', "needs at least one mark"),
        ('[[product]]\nname = "a"\nsource = "s"\nbody = ["("]', "cannot read"),
        ('[[product]]\nname = "a"\nsource = "s"\nbodies = ["a"]', "does not know bodies"),
    ],
)
def test_a_wrong_entry_is_refused_by_name(text: str, problem: str) -> None:
    with pytest.raises(ProductMarkError, match=problem):
        read_products(text)
