"""Stating (情况说明): telling a notice that there is nothing to publish from an empty column's placeholder."""

from __future__ import annotations

import re
from datetime import date

from checks.seeing import Seen
from ledger.observation import Row

_NOTHING = re.compile(
    r"(无|没有|未|不)(相关|此类|此项|该类|该项|新增|产生|制定|制发|发布|发生|涉及|开展|行政|规范性|收费|政府|应|需)"
    r"|(?<!有)(无|没有)(?!障碍|烟|线|偿|证|人|害|公害|纸)[^，。；]{0,15}相关(信息|内容|事项|文件)"
)
_OF_A_YEAR = re.compile(r"本年|今年|当年|全年|年度|\d{4}年")
_OF_US = re.compile(r"(我|本)(单位|局|委|镇|乡|街道|部门|机关|办|区|县)")
_EXPLAINS = re.compile(r"情况说明|规范性说明|的说明$")
_ORDINARY = re.compile(r"预算|决算|编制|执行|三公|绩效|审计|收支|债务|限额|余额|征求意见|草案|起草|修订|不合格")
_LONGEST = 200


def is_statement(text: str) -> bool:
    """Whether a title or short text states that there was nothing to publish (本年度无相关信息).

    A placeholder of the site (暂无信息) is none; nor is a budget's own 情况说明.
    """
    short = text.strip()
    if not short or len(short) > _LONGEST:
        return False
    nothing = bool(_NOTHING.search(short))
    if nothing and (_OF_A_YEAR.search(short) or _OF_US.search(short) or _EXPLAINS.search(short)):
        return True
    return bool(_EXPLAINS.search(short)) and not _ORDINARY.search(short)


def statement_in(seen: Seen, since: int | None = None) -> str:
    """The statement that stands in the column, or an empty string.

    Args:
        since: the year it must be for: its text names that year, or its date is not older, or it bears no date.
    """
    for row in seen.rows:
        if is_statement(row.title) and _fits(row, since):
            return row.title
    if seen.rows or not is_statement(seen.text):
        return ""
    years = [int(year) for year in re.findall(r"(20\d{2})年", seen.text)]
    return seen.text.strip() if since is None or not years or max(years) >= since else ""


def _fits(row: Row, since: int | None) -> bool:
    if since is None or str(since) in row.title:
        return True
    shown: date | None = row.published_on
    return shown is None or shown.year >= since
