"""Encodings: header and meta tag may lie, the bytes decide (TRUST.md, measured fact 5)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mislabelled import CODECS, MISLABELLED, SIMPLE, Mislabelled, page

from crawler.page.decoding import decode
from shared_data import SHARED, needs_shared


@pytest.mark.parametrize("case", MISLABELLED, ids=lambda case: case.name)
def test_mislabelled_pages_are_read(case: Mislabelled) -> None:
    decoded = decode(case.body, case.header)
    assert case.text in decoded.text
    assert not decoded.replaced


def test_the_sixteen_of_trust_are_among_them() -> None:
    names = {case.name for case in MISLABELLED}
    assert len([name for name in names if name.partition(" ")[0] in CODECS]) == 16


GB_LABELS = (
    *(
        "chinese",
        "csgb2312",
        "csiso58gb231280",
        "gb2312",
        "gb_2312",
        "gb_2312-80",
        "gbk",
        "iso-ir-58",
        "x-gbk",
        "gb18030",
    ),
    *("GB2312-80", "gb-2312", "gb-18030", "gb18030-2022", "GBK2312", "cp936", "ms936", "windows-936", "euc-cn"),
)
"""The labels of the Encoding Standard for gbk and gb18030, and those that stand on pages as well."""


@pytest.mark.parametrize("label", GB_LABELS)
@pytest.mark.parametrize("place", ["header", "meta"])
def test_every_gb_label_means_gb18030(label: str, place: str) -> None:
    markup = page("联系电话 𠮷䶮 镕", label if place == "meta" else "")
    header = f"text/html; charset={label}" if place == "header" else "text/html"
    decoded = decode(markup.encode("gb18030"), header)
    assert (decoded.charset, decoded.replaced) == ("gb18030", False)
    assert "联系电话 𠮷䶮 镕" in decoded.text


@needs_shared
def test_a_book_in_big5_is_read() -> None:
    book = (SHARED / "suites" / "html5lib-encoding" / "chardet" / "test_big5.txt").read_bytes()
    decoded = decode(book)
    assert (decoded.charset, decoded.replaced) == ("big5hkscs", False)
    assert "老子《道德經》" in decoded.text


@needs_shared
@pytest.mark.parametrize("name", ["tests1.dat", "tests2.dat", "test-yahoo-jp.dat"])
def test_the_public_suite_of_labels_is_survived_and_its_utf8_is_utf8(name: str) -> None:
    """The suite asks for labels of the West; here the bytes decide, and ASCII reads alike in all of them."""
    raw = (SHARED / "suites" / "html5lib-encoding" / name).read_bytes()
    cases = [case.partition(b"\n#encoding\n") for case in raw.split(b"#data\n")[1:]]
    assert cases
    for body, _, label in cases:
        decoded = decode(body)
        if body.isascii():
            assert decoded.text == body.decode()
        elif label.strip().lower() == b"utf-8":
            assert decoded.charset == "utf-8"


def test_a_replacement_character_is_noted() -> None:
    decoded = decode(page(SIMPLE).encode() + b"\xff\xfe\xe4")
    assert decoded.replaced
    assert SIMPLE in decoded.text


def test_a_cut_inside_a_character_is_noted() -> None:
    body = page(SIMPLE).encode()
    assert decode(body[: body.index("认".encode()) + 1]).replaced


@settings(deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from(["", "text/html; charset=gbk", "text/html; charset=hex", "charset=utf-16"])
)
def test_any_bytes_are_decoded(body: bytes, header: str) -> None:
    assert isinstance(decode(body, header).text, str)


CHINESE = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=60)


@settings(deadline=None)
@given(CHINESE)
def test_utf8_is_always_utf8(text: str) -> None:
    assert text in decode(page(text, "gb2312").encode(), "text/html; charset=gbk").text
