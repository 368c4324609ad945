"""Statements: told from a site's placeholder and from a budget's own 情况说明."""

from __future__ import annotations

import pytest

from checks.stating import is_statement


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("关于2021年度无行政规范性文件的情况说明", True),
        ("本单位2021年未制定规范性文件", True),
        ("我局无相关信息", True),
        ("关于万州区财政局2021年度无预算/决算相关信息的情况说明", True),
        ("情况说明", True),
        ("2021年部门预算编制情况说明", False),
        ("2020年部门决算情况说明", False),
        ("2021年度行政事业性收费情况说明", True),
        ("2021年地方政府债务限额余额情况说明", False),
        ("关于本区2021年度无政府债务的情况说明", True),
        ("关于《某办法（征求意见稿）》的说明", False),
        ("暂无信息", False),
        ("没有相关内容", False),
        ("2021年无障碍环境建设工作要点", False),
        ("2021年部门预算", False),
        ("", False),
        ("本年度无相关信息" * 40, False),
    ],
)
def test_statements(text, expected):
    assert is_statement(text) is expected
