"""Private data is found where it can be read in full, and nothing that is an office's own is taken for it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.privacy import PrivateKind, find_private, is_card_number, is_id_number, masked

WEIGHTS = [2 ** (17 - place) % 11 for place in range(17)]
"""By the standard's own formula, not by the table that the code uses."""


def id_number(region: str, born: date, order: int) -> str:
    front = f"{region}{born:%Y%m%d}{order:03d}"
    rest = sum(int(digit) * weight for digit, weight in zip(front, WEIGHTS, strict=True)) % 11
    return front + "0123456789X"[(12 - rest) % 11]


def card_number(front: str) -> str:
    return next(front + last for last in "0123456789" if is_card_number(front + last))


ids = st.builds(
    id_number,
    st.sampled_from(["500101", "110105", "350481", "659001"]),
    st.dates(date(1900, 1, 1), date(2025, 12, 31)),
    st.integers(0, 999),
)
ONE = id_number("500101", date(1966, 3, 7), 123)
CARD = card_number("622848047890123456")


def kinds(text: str) -> list[str]:
    return [span.kind.value for span in find_private(text)]


def test_the_example_of_the_standard_is_an_id_number() -> None:
    assert is_id_number("11010519491231002X")
    assert is_id_number("440524188001010014")
    assert not is_id_number("110105194912310021")


@given(ids, st.sampled_from(["", "姓名 张某 ", "（"]), st.sampled_from(["", "，男", "）"]))
def test_every_id_number_is_found_and_starred(number: str, before: str, after: str) -> None:
    text = before + number + after
    (span,) = find_private(text)
    assert (span.kind, text[span.start : span.end]) == (PrivateKind.ID, number)
    assert masked(text) == before + number[:2] + "*" * 13 + number[-3:] + after


@given(ids, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_no_id_number(number: str, place: int, more: int) -> None:
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert find_private(wrong) == ()


@given(st.text(alphabet="0123456789Xx -１２\n姓名低保银行卡号身份证联系人*补", max_size=400))
def test_masking_keeps_the_length_and_leaves_nothing(text: str) -> None:
    clean = masked(text)
    assert len(clean) == len(text)
    assert find_private(clean) == ()
    assert masked(clean) == clean


@given(st.text(max_size=200))
def test_spans_are_in_order_and_apart(text: str) -> None:
    spans = find_private(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize(
    "written",
    [ONE, ONE.translate(str.maketrans("0123456789", "０１２３４５６７８９")), f"{ONE[:6]} {ONE[6:14]} {ONE[14:]}"],
)
def test_an_id_number_is_found_however_it_is_written(written: str) -> None:
    assert kinds(f"身份证：{written}。") == ["身份证号"]


def test_an_old_id_number_counts_behind_its_name_only() -> None:
    assert kinds("身份证号：500101660307123") == ["身份证号"]
    assert kinds("项目编号 500101660307123") == []


def test_a_credit_code_that_passes_for_an_id_number_is_none_behind_its_name() -> None:
    assert kinds(f"统一社会信用代码：{ONE}") == []
    assert kinds(f"统一社会信用代码：12500101008642123A，法定代表人身份证 {ONE}") == ["身份证号"]


@pytest.mark.parametrize(
    "text",
    [
        "索引号 11500101008642123420210100123",
        "35*************123",
        "138****1234",
        "渝府办发〔2021〕46号 2021-06-03",
        "https://www.wz.gov.cn/art/2021/6/3/art_50010119660307_1.html",
        "咨询电话：023-58123456",
    ],
)
def test_what_is_public_or_starred_already_is_left_alone(text: str) -> None:
    assert find_private(text) == ()
    assert masked(text) == text


def test_a_card_needs_a_near_word_and_the_right_digit() -> None:
    wrong = CARD[:-1] + str((int(CARD[-1]) + 1) % 10)
    assert kinds(f"开户银行：农行 卡号 {CARD}") == ["银行卡号"]
    assert kinds(f"银行卡号 {CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}") == ["银行卡号"]
    assert kinds(f"流水 {CARD}") == []
    assert kinds(f"卡号 {wrong}") == []


def test_the_rows_of_a_long_table_of_cards_all_count() -> None:
    rows = [card_number(f"62284804789012{place:04d}") for place in range(50)]
    text = "序号 姓名 银行卡号\n" + "\n".join(f"{place} 张某某 {row}" for place, row in enumerate(rows))
    assert kinds(text) == ["银行卡号"] * 50


def test_a_mobile_number_counts_beside_an_id_or_in_a_list_of_persons_only() -> None:
    assert kinds(f"张某 {ONE} 13812345678") == ["身份证号", "手机号"]
    assert kinds("联系人：李某 13812345678") == []
    assert kinds("姓名 联系电话\n" + "".join(f"办公室 张某{n} 1381234567{n}\n" for n in range(5))) == []
    listed = "低保对象名单 姓名 金额 手机\n" + "".join(f"张某{n} 320 1381234567{n}\n" for n in range(5))
    assert kinds(listed) == ["手机号"] * 5
    assert masked(listed).count("138****567") == 5
    assert kinds(listed + "监督电话：13912345678") == ["手机号"] * 5
