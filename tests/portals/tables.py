"""Tables (表格) of the demonstration portal: rows that bear the elements that a notice lists."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from portals.columns import Grid
from portals.wording import PLACE, telephone

_VALUES: Mapping[str, str] = {
    "限额": "36.80亿元",
    "余额": "35.12亿元",
    "品种": "一般债券",
    "期限": "7年",
    "利率": "3.26%",
    "地址": f"{PLACE}滨江路88号",
    "办学地址": f"{PLACE}书院路16号",
    "办公地址": f"{PLACE}滨江路88号",
    "办公时间": "工作日9:00-12:00，14:00-18:00",
    "营业时间": "每日8:30-17:30",
    "联系人": "综合科",
    "类别": "重点排污单位",
    "办学性质": "公办",
    "资质或者等级": "二级",
    "服务区域": "全区",
    "业务范围": "面向居民服务",
    "经营区域": "主城片区",
}


def elements_grid(rng: random.Random, elements: Sequence[str], rows: int = 3) -> Grid:
    """A table with one header an element."""
    cells = []
    for number in range(1, rows + 1):
        cells.append(tuple(_value(rng, element, number) for element in elements))
    return Grid(("序号", *elements), tuple((str(number), *row) for number, row in enumerate(cells, start=1)))


def _value(rng: random.Random, element: str, number: int) -> str:
    if "电话" in element or "传真" in element:
        return telephone(rng)
    if "名称" in element:
        return f"{PLACE}第{'一二三四五'[number - 1]}服务点"
    return _VALUES.get(element, "详见公示")


def sector_grid(rng: random.Random, elements: Sequence[str], word: str) -> Grid:
    """A table of three units of one sector, each named with a word of the sector."""
    grid = elements_grid(rng, elements)
    at = next(place for place, header in enumerate(grid.headers) if "名称" in header)
    tail = "" if word[-1] in "校院馆" else "服务中心"
    grid.rows = tuple(
        (*row[:at], f"{PLACE}第{'一二三'[turn]}{word}{tail}", *row[at + 1 :]) for turn, row in enumerate(grid.rows)
    )
    return grid
