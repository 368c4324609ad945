"""Whether a document that the notice names is in the column."""

from __future__ import annotations

from datetime import date

from catalog.obligation import Obligation
from checks.instance import Sought, find
from checks.registry import check
from checks.ruling import Ruling
from checks.seeing import Seen
from ledger.observation import Need
from ledger.standing import Dimension, Standing


def _sought(
    obligation: Obligation, night: date, *, words: tuple[str, ...] = (), any_of: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], ...]:
    return Sought(words, any_of).groups


@check(
    title="文件点名的内容已公开",
    failure_title="未发现文件点名的内容",
    needs={Need.LISTING},
    standing=Standing.ITEM_MISSING,
    dimension=Dimension.COMPLETE,
    sought=_sought,
)
def named_document(
    obligation: Obligation, seen: Seen, *, words: tuple[str, ...] = (), any_of: tuple[str, ...] = ()
) -> Ruling:
    """文件点名的内容是否公开：某一条目的标题含全部 words，且含 any_of 之一（如有）。

    依据：由标准目录各条目载明
    """
    return find(obligation, seen, Sought(words, any_of))
