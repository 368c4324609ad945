"""Whether what a column holds is about its subject."""

from __future__ import annotations

import re
from datetime import date

from catalog.obligation import Obligation
from catalog.spelling import fold
from checks.naming import names, names_of_organ
from checks.reading import nothing_to_read, own_view, texts, without_units
from checks.registry import check
from checks.ruling import Ruling, inconclusive, not_applicable, satisfied, violated
from checks.saying import listed, moment, titled
from checks.seeing import Seen, words_in
from checks.stating import statement_in
from ledger.observation import Need
from ledger.reason import Reason
from ledger.standing import Dimension, Standing

_SAYS = 3
"""Characters beside the organ's name and the year that say what a row is about."""
_YEAR = re.compile(r"\d+|年度?|公开|信息|部门|关于|的")


def _words(_obligation: Obligation, _night: date, *, words: tuple[str, ...]) -> tuple[str, ...]:
    return words


@check(
    title="内容与栏目相符",
    failure_title="内容与栏目不符",
    needs={Need.LISTING},
    standing=Standing.MISMATCHED,
    dimension=Dimension.HAS_CONTENT,
    any_of=_words,
)
def on_subject(obligation: Obligation, seen: Seen, *, words: tuple[str, ...]) -> Ruling:
    """内容与栏目是否相符：全部条目和正文中没有一处含 words 任一词语的，才记为不符；列表未完整查看的不作结论。
    单位名称（如来源：区财政局）不作为内容；条目名称未写明内容（如仅有单位名称）的，不作结论。

    依据：由标准目录各条目载明
    """
    if not seen.is_found:
        return not_applicable("栏目未到达，内容不作判断。")
    own = own_view(obligation, seen)
    wanted = names_of_organ(obligation)
    # 区财政局 is where a text comes from and 预算/决算 what the column is called: neither says what it holds.
    said_in = tuple(_without_names(without_units(_without_label(text, own)), wanted) for text in texts(own))
    if any(words_in(text, (word,)) for text in said_in for word in words):
        return satisfied("栏目内容与主题相符。", seen.witnesses)
    statement = statement_in(own)
    if statement:
        return satisfied(f"栏目发布了情况说明：{titled(statement)}。", seen.witnesses, Standing.STATEMENT)
    unread = own.unread
    if unread is None and own.has_attachments:
        unread = Reason.ATTACHMENT_UNREAD
    if unread is not None:
        return inconclusive(unread, f"未能完整查看栏目，不能判断内容是否相符：{unread.chinese}。", seen.witnesses)
    if nothing_to_read(own):
        return not_applicable("栏目没有内容，是否相符不作判断。", seen.witnesses)
    if own.place.shared and not _speaks(own, wanted):
        said = "共用栏目中列有本单位，条目名称未写明内容，不能判断内容是否相符。"
        return inconclusive(Reason.AMBIGUOUS, said, seen.witnesses)
    if any(len(_beside_names(row.title, wanted)) < _SAYS for row in own.rows):
        said = "有条目名称未写明内容（如仅有单位名称和年度），不能判断内容是否相符。"
        return inconclusive(Reason.AMBIGUOUS, said, seen.witnesses)
    at = moment(seen.listing.seen_at if seen.listing else None)
    shown = listed(row.title for row in own.rows)
    said = f"截至{at}，栏目已完整查看，页面{shown}，未见与{'、'.join(words)}有关的内容。"
    return violated(Standing.MISMATCHED, said, seen.witnesses)


def _speaks(own: Seen, wanted: tuple[str, ...]) -> bool:
    """Whether a row of the shared column says what it is about; the organ's own folder is about the column."""
    return any(not names(row.child, wanted) and len(_beside_names(row.title, wanted)) >= _SAYS for row in own.rows)


def _beside_names(title: str, wanted: tuple[str, ...]) -> str:
    return _YEAR.sub("", _without_names(title, wanted))


def _without_label(text: str, own: Seen) -> str:
    """The text without lines that are but the column's own label."""
    column = own.place.column
    labels = {fold(label) for label in ((*column.steps[-1:], column.spelling) if column else ()) if label}
    return "\n".join(line for line in text.splitlines() if fold(line) not in labels)


def _without_names(text: str, wanted: tuple[str, ...]) -> str:
    told = fold(text)
    for name in sorted((fold(one) for one in wanted), key=len, reverse=True):
        told = told.replace(name, "") if name else told
    return told
