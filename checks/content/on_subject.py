"""Whether what a column holds is about its subject."""

from __future__ import annotations

import re

from catalog.obligation import Obligation
from catalog.spelling import fold
from checks.naming import names, names_of_organ
from checks.reading import nothing_to_read, own_view, texts
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


@check(
    title="内容与栏目相符",
    failure_title="内容与栏目不符",
    needs={Need.LISTING},
    standing=Standing.MISMATCHED,
    dimension=Dimension.HAS_CONTENT,
)
def on_subject(obligation: Obligation, seen: Seen, *, words: tuple[str, ...]) -> Ruling:
    """内容与栏目是否相符：全部条目和正文中没有一处含 words 任一词语的，才记为不符；列表未完整查看的不作结论。
    多单位共用的栏目，本单位条目名称未写明内容（如仅有单位名称）的，不作结论。

    依据：由标准目录各条目载明
    """
    if not seen.is_found:
        return not_applicable("栏目未到达，内容不作判断。")
    own = own_view(obligation, seen)
    if any(words_in(text, (word,)) for text in texts(own) for word in words):
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
    if own.place.shared and not _speaks(obligation, own):
        said = "共用栏目中列有本单位，条目名称未写明内容，不能判断内容是否相符。"
        return inconclusive(Reason.AMBIGUOUS, said, seen.witnesses)
    at = moment(seen.listing.seen_at if seen.listing else None)
    shown = listed(row.title for row in own.rows)
    said = f"截至{at}，栏目已完整查看，页面{shown}，未见与{'、'.join(words)}有关的内容。"
    return violated(Standing.MISMATCHED, said, seen.witnesses)


def _speaks(obligation: Obligation, own: Seen) -> bool:
    """Whether a row of the shared column says what it is about; the organ's own folder is about the column."""
    wanted = names_of_organ(obligation)
    return any(not names(row.child, wanted) and len(_beside_names(row.title, wanted)) >= _SAYS for row in own.rows)


def _beside_names(title: str, wanted: tuple[str, ...]) -> str:
    text = fold(title)
    for name in sorted((fold(one) for one in wanted), key=len, reverse=True):
        text = text.replace(name, "") if name else text
    return _YEAR.sub("", text)
