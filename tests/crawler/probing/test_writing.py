"""Whatever a hostile page said, the file reads back and a comment stays one line."""

from __future__ import annotations

import tomllib

import pytest

from crawler.probing.writing import COMMENT_LIMIT, comment, listed, quoted

HOSTILE = (
    '区财政局"\n[[organ]]\nname = "黑',
    "区\x00财\x07政\x1b[31m局",
    "区财政局\u202e\u2066",
    "\\u0041\\",
    '"""',
    "区\u2028财\u2029政\u0085局",
    "\ud800坏",
    "\ufeff区财政局\u200b",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_string_reads_back_on_one_line(text: str) -> None:
    written = f"name = {quoted(text)}\nlast = 1\n"
    read = tomllib.loads(written.encode().decode())
    assert set(read) == {"name", "last"}
    assert "\n" not in quoted(text)
    assert not any(ord(character) < 32 for character in read["name"])


@pytest.mark.parametrize("text", HOSTILE)
def test_comment_is_one_line(text: str) -> None:
    assert tomllib.loads(f"{comment(text)}\nlast = 1\n".encode().decode()) == {"last": 1}


def test_long_comment_is_cut() -> None:
    assert len(comment("长" * 9999)) == COMMENT_LIMIT + 2


def test_list_holds_each_text_once() -> None:
    assert listed(("区财政局", "区财政局\n", "")) == '["区财政局"]'
