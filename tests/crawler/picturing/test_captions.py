"""Captions say where, when and by which clause, and whatever a page calls itself stays inert in them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from picture_literal import caption, source

from crawler.picturing.captions import card_document, page_document, said
from crawler.picturing.framing import Clip, Shown
from crawler.picturing.order import CardOrder, Frame, PageOrder, Shot
from shared_data import SHARED

SHOWN = Shown((Clip(0, 900, 1280),), (0,), is_marked=True)
ORDER = PageOrder("id", Shot("page"), caption(), "红框内为该处列出的栏目。", "存档页面列有栏目。")


class Tags(HTMLParser):
    """The tags and attributes of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))


def tags(document: str) -> list[tuple[str, tuple[str, ...]]]:
    parser = Tags()
    parser.feed(document)
    return parser.tags


def test_a_caption_says_what_the_issue_asks_for() -> None:
    document, width = page_document(ORDER, source(), SHOWN)
    assert width == 1280
    for words in (
        "http://www.wz.gov.cn/",
        "2021-11-30 02:15:09 +08:00",
        "2021-11-29 18:15:09 UTC",
        "云川府办发〔2021〕1号 一（三）1",
        "未发现栏目（已确认）",
        '<span class="failed">预算/决算</span>',
        "sha256:" + "cd" * 32,
        "sha256:" + "ab" * 32,
        "红框内为该处列出的栏目。",
    ):
        assert words in document


def test_a_caption_says_what_is_left_out_masked_folded_or_drawn_by_scripts() -> None:
    high = Shown(
        (Clip(0, 1200, 1280), Clip(9000, 4800, 1280)), (7800, 300), is_folded=True, is_marked=True, masked_count=3
    )
    document, _ = page_document(ORDER, source(is_rendering=True), high)
    for words in (
        "此处略去页面 7800 像素",
        "此处略去页面 300 像素",
        "3 处个人信息已遮盖",
        "执行脚本后",
        "存档页面列有栏目。",
    ):
        assert words in document
    unmarked, _ = page_document(ORDER, source(), replace(SHOWN, is_marked=False))
    assert "未加标注" in unmarked
    assert "红框内" not in unmarked


def test_a_card_says_what_is_masked_and_what_lies_folded_away() -> None:
    card = CardOrder("id", (Frame(Shot("page"), "点击“部门”"), Frame(Shot("b"), "未见", True)), caption())
    shown = [replace(SHOWN, is_folded=True), replace(SHOWN, masked_count=1)]
    document, _ = card_document(card, [source(), source("b")], shown)
    assert "收起的菜单内" in document
    assert "个人信息已遮盖" in document
    assert document.count("frame broken") == 1
    assert "已遮盖" not in card_document(card, [source(), source("b")], [SHOWN, SHOWN])[0]


@given(st.text(max_size=60))
def test_any_text_adds_no_tag(text: str) -> None:
    text = "字" + text  # an empty one only drops its row
    hostile = caption(title=text, organ=text, detail=text, standing=text, citations=(text,))
    order = PageOrder("id", Shot("page"), hostile, text)
    plain = page_document(PageOrder("id", Shot("page"), caption(), "a"), source(), SHOWN)[0]
    assert tags(page_document(order, source(url=text), SHOWN)[0]) == tags(plain)
    card = CardOrder("id", (Frame(Shot("page"), text),), hostile)
    safe = CardOrder("id", (Frame(Shot("page"), "a"),), caption())
    assert tags(card_document(card, [source(url=text)], [SHOWN])[0]) == tags(
        card_document(safe, [source()], [SHOWN])[0]
    )


@pytest.mark.shared
def test_the_naughty_strings_add_no_tag() -> None:
    plain = tags(page_document(PageOrder("id", Shot("page"), caption(), ""), source(), SHOWN)[0])
    for text in json.loads((SHARED / "suites" / "blns.json").read_text(encoding="utf-8")):
        order = PageOrder("id", Shot("page"), caption(title="字" + text, detail="字" + text), "")
        assert tags(page_document(order, source(), SHOWN)[0]) == plain


def test_direction_characters_and_private_numbers_do_not_pass() -> None:
    assert said("a\u202eb\u200fc\x00d") == "a b c d"
    assert said("身份证 11010519491231002X") == "身份证 11*************02X"
    assert len(re.findall("\u0300", said("a" + "\u0300" * 50))) == 2
    assert said("长" * 5000).endswith("……")
