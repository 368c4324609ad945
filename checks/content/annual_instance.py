"""Whether the year's instance (预算, 年报) is in the column."""

from __future__ import annotations

from datetime import date

from catalog.obligation import Obligation
from checks.instance import Sought, find, year_owed
from checks.registry import check
from checks.ruling import Ruling
from checks.seeing import Seen
from ledger.observation import Need
from ledger.standing import Dimension, Standing


def _sought(
    obligation: Obligation, night: date, *, words: tuple[str, ...], years_back: int = 1
) -> tuple[tuple[str, ...], ...]:
    return Sought(words, (), year_owed(obligation, night, years_back)[0]).groups


@check(
    title="应有年度的内容已公开",
    failure_title="未发现应有年度的内容",
    needs={Need.LISTING},
    standing=Standing.ITEM_MISSING,
    dimension=Dimension.COMPLETE,
    sought=_sought,
)
def annual_instance(obligation: Obligation, seen: Seen, *, words: tuple[str, ...], years_back: int = 1) -> Ruling:
    """应有年度的内容是否公开：某一条目的标题含全部 words 和核验基准日所在年份减 years_back 的年份。

    有截止日且已过的记为逾期未见公开，没有截止日的记为指定内容缺失，截止日未到的不计；
    公开时限自页面上看不到的事项起算的，记为时限起点不明。列表未完整查看或标题被截断的，不作结论。

    依据：由标准目录各条目载明
    """
    year, is_owed = year_owed(obligation, seen.night, years_back)
    return find(obligation, seen, Sought(words, (), year), is_owed=is_owed)
