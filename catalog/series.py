"""Series (同类条目): titles that differ by year, number or edition only; the newest of a series stands for all."""

from __future__ import annotations

import re

from catalog.spelling import fold

_COUNTED = re.compile(r"[0-9〇一二三四五六七八九十零第（()）〔〕]+|最新|修订|更新|版|年度?|上半|下半|季度|月份?|批")


def kind_of(title: str) -> str:
    """What all titles of a series have in common (政府债务 of 2021年政府债务 and 二〇二〇年度政府债务)."""
    return _COUNTED.sub("", fold(title))
