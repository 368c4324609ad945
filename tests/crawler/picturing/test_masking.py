"""Private numbers in the texts of a page are starred, split or side by side; no browser here."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crawler.picturing.masking import starred_attributes, starred_texts
from ledger.privacy import find_private

ONE = "11010519491231002X"


@given(st.lists(st.integers(1, 17), max_size=5))
def test_a_number_split_over_inline_neighbours_is_starred(cuts: list[int]) -> None:
    edges = [0, *sorted(set(cuts)), len(ONE)]
    texts = [ONE[one:other] for one, other in pairwise(edges)]
    clean, count = starred_texts(["身份证", *texts], [False, *[True] * len(texts)])
    assert ("".join(clean[1:]), count) == ("11*************02X", 1)


def test_numbers_in_neighbours_that_touch_are_both_starred() -> None:
    clean, count = starred_texts([ONE, "13812345678"], [False, True])
    assert (clean, count) == (["11*************02X", "138****5678"], 2)


def test_texts_apart_are_not_read_as_one_number() -> None:
    assert starred_texts([ONE[:9], ONE[9:]], [False, False]) == ([ONE[:9], ONE[9:]], 0)


@given(st.lists(st.tuples(st.text(alphabet="0123456789X 姓名低保卡号银行\n", max_size=40), st.booleans()), max_size=12))
def test_a_second_round_finds_nothing(parts: list[tuple[str, bool]]) -> None:
    texts, joined = [text for text, _ in parts], [follows for _, follows in parts]
    clean, _ = starred_texts(texts, joined)
    assert [len(one) for one in clean] == [len(one) for one in texts]
    assert starred_texts(clean, joined) == (clean, 0)
    assert not any(find_private(one) for one in clean)


def test_attributes_are_starred_by_themselves_and_by_what_the_page_says() -> None:
    texts = [f"张某 {ONE} 13812345678"]
    other = "440524188001010014"
    assert starred_attributes([f"证件 {ONE}", "电话13812345678", "电话02358123456", other, other], texts) == (
        ["证件 11*************02X", "电话138****5678", "电话02358123456", *["44*************014"] * 2],
        1,
    )
