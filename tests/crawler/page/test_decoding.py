"""Encodings: header and meta tag may lie, the bytes decide (TRUST.md, measured fact 5)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.page.decoding import decode

SIMPLE = "政府信息公开目录：关于公布某区财政预算和决算信息的通知，请各部门认真贯彻执行。" * 4
TRADITIONAL = "政府資訊公開目錄：關於公布某區財政預算和決算資訊的通知，請各部門認真執行。" * 4
FOUR_BYTES = SIMPLE + "𠮷䶮"


def page(text: str, label: str = "", padding: int = 0) -> str:
    meta = f'<meta charset="{label}">' if label else ""
    return f"<html><head>{' ' * padding}{meta}<title>公开</title></head><body>{text}</body></html>"


LABELS = ("none", "right", "wrong header", "wrong meta")
CASES = [
    pytest.param(text, codec, label, id=f"{codec} {label}")
    for codec, text in (("utf-8", SIMPLE), ("gbk", SIMPLE), ("gb18030", FOUR_BYTES), ("big5", TRADITIONAL))
    for label in LABELS
]


@pytest.mark.parametrize("text, codec, label", CASES)
def test_sixteen_mislabelled_pages_are_read(text: str, codec: str, label: str) -> None:
    wrong = "gb2312" if codec == "utf-8" else "utf-8"
    title = "公開" if codec == "big5" else "公开"
    markup = page(text, {"right": codec, "wrong meta": wrong}.get(label, "")).replace("公开", title)
    header = f"text/html; charset={wrong}" if label == "wrong header" else "text/html"
    decoded = decode(markup.encode(codec), header)
    assert text in decoded.text
    assert not decoded.replaced


@pytest.mark.parametrize(
    "body, header",
    [
        (page(SIMPLE).encode("gbk"), "text/html; charset=utf-8"),
        (page(SIMPLE, "gb2312").encode(), "text/html"),
        (page(SIMPLE).encode(), "text/html; charset=iso-8859-1"),
        (page(SIMPLE).encode("utf-16-le"), "text/html"),
        (page(SIMPLE).encode("utf-16-be"), "text/html; charset=utf-8"),
        (page(SIMPLE).encode("utf-16"), "text/html"),
        (page(SIMPLE, "gbk", padding=5200).encode("gbk"), "text/html"),
        (b"\xef\xbb\xbf" + page(SIMPLE, "gbk").encode(), "text/html"),
        (page(SIMPLE).encode("gbk"), "text/html; charset=no-such-label"),
    ],
)
def test_what_common_libraries_lose_is_read(body: bytes, header: str) -> None:
    decoded = decode(body, header)
    assert SIMPLE in decoded.text
    assert not decoded.replaced


def test_a_replacement_character_is_noted() -> None:
    decoded = decode(page(SIMPLE).encode() + b"\xff\xfe\xe4")
    assert decoded.replaced
    assert SIMPLE in decoded.text


def test_a_cut_inside_a_character_is_noted() -> None:
    body = page(SIMPLE).encode()
    assert decode(body[: body.index("认".encode()) + 1]).replaced


@given(
    st.binary(max_size=400), st.sampled_from(["", "text/html; charset=gbk", "text/html; charset=hex", "charset=utf-16"])
)
def test_any_bytes_are_decoded(body: bytes, header: str) -> None:
    assert isinstance(decode(body, header).text, str)


CHINESE = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=60)


@given(CHINESE)
def test_utf8_is_always_utf8(text: str) -> None:
    assert text in decode(page(text, "gb2312").encode(), "text/html; charset=gbk").text
