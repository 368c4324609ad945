"""Unfolding: which tables only list articles."""

from __future__ import annotations

import pytest
from seen_records import row

from checks.unfolding import is_catalogue
from ledger.observation import Table

ROWS = (row("关于甲的通知"), row("关于乙的通知"))
CELLS = (("1", "关于甲的通知", "府发〔2021〕1号", "2021-11-01"), ("2", "关于乙的通知", "府发〔2021〕2号", "2021-11-02"))


@pytest.mark.parametrize(
    ("headers", "cells", "expected"),
    [
        (("序号", "信息名称", "文号", "发布日期"), CELLS, True),
        (("序 号", "标题", "发文字号", "成文日期"), CELLS, True),
        (("序号", "名称", "地址", "电话"), CELLS, False),
        (("序号", "名称", "状态", "单位"), CELLS, False),
        (("序号", "信息名称", "文号", "发布日期"), (("1", "第一学校", "", ""),), False),
        ((), CELLS, False),
    ],
)
def test_catalogues(headers, cells, expected):
    assert is_catalogue(Table(headers, cells), ROWS) is expected
