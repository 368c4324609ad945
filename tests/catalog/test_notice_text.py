"""Printed paths and numbered sentences are found in text as a PDF breaks it (DOMAIN.md §0.2)."""

from __future__ import annotations

import pytest

from catalog.notice_text import NoticeText, notice_text, squeeze


def paths(text: str) -> tuple[str, ...]:
    return notice_text("case.txt", text).brackets


def marks(text: str) -> list[tuple[str, bool]]:
    return [(one.mark, one.is_heading) for one in notice_text("case.txt", text).sentences]


@pytest.mark.parametrize(
    "text, found",
    [
        ("公开（公开路径：政府网站>政务公开>政府公报）。", ("政府网站>政务公开>政府公报",)),
        ("（公开路径：1．政\n\n府网站>\n政务公开>债\n务，2．其\n\n他渠道）", ("政府网站>政务公开>债务",)),
        ("〔公开路径：1．政府网站>资金，2．其他渠道，3．村（居）务公开栏〕", ("政府网站>资金",)),
        ("（公开路径：政府网站>本区县（本部门）文件）。下一句（完）", ("政府网站>本区县(本部门)文件",)),
        ("（公开路径：政府网站>预算/决算，2．其他渠道）", ("政府网站>预算/决算",)),
        ("（公开路径：政府网站＞甲）（公开路径：政府网站>乙）", ("政府网站>甲", "政府网站>乙")),
        ("（公开路径：1．其他渠道）", ()),
        ("政府网站>政务公开 不在括号内", ()),
        ("（公开路径：政府网站>没有右括号", ()),
    ],
)
def test_printed_paths(text: str, found: tuple[str, ...]) -> None:
    assert paths(text) == found


def test_numbers_of_all_levels_are_marks_and_titles_above_deeper_ones_are_headings() -> None:
    text = """
一 、 紧 扣 开 局

（一）做好

公开。

1．公开甲（公开路径：
1．政府网站>甲，
2．其他渠道）。
2．12345 热线要设立政策咨询专门席位，提供一号答政策咨询服务，全年共答复
3.14 万件。
（1）切实履行。
（2）推动。
二、强化工作落实。各部门要落实。
"""
    assert marks(text) == [
        ("一、", True),
        ("(一)", True),
        ("1.", False),
        ("2.", False),
        ("(1)", False),
        ("(2)", False),
        ("二、", False),
    ]


def test_a_mark_may_follow_a_full_stop_in_the_same_line() -> None:
    assert marks("一、自助查询区 配备一体机。二、资料\n阅览区 配备资料架。") == [("一、", False), ("二、", False)]


def test_a_list_of_annexes_is_no_list_of_sentences() -> None:
    text = "1．做好甲。\n附件：1．甲规范\n\n2．乙规范\n\n3．丙规范\n某办公室\n一、做好乙。"
    assert marks(text) == [("1.", False), ("一、", False)]


def test_a_long_title_with_a_sentence_of_its_own_is_no_heading() -> None:
    assert marks("（一）做好甲。按照要求公开乙。\n1．公开丙。") == [("(一)", False), ("1.", False)]


def test_words_are_found_across_line_breaks_and_widths() -> None:
    text = notice_text("case.txt", "公开“政\n策（解 读）”，公开“政策(解读)”")
    assert text.holds("“政策（解读）”")
    assert not text.holds("政策问答")
    assert list(text.places("政策(解读)")) == [(3, 9), (14, 20)]
    assert isinstance(text, NoticeText)
    assert squeeze("Ａ\u3000b \n（1）") == "Ab(1)"
