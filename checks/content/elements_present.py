"""Whether the elements that the notice lists stand in the column's text or table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from catalog.obligation import Obligation
from checks.reading import nothing_to_read, own_view, texts, unread_words, where_read, why_unread
from checks.registry import check
from checks.ruling import Ruling, inconclusive, not_applicable, satisfied, violated
from checks.saying import moment, quoted, titled
from checks.seeing import Seen, words_in
from checks.stating import statement_in
from ledger.observation import Need
from ledger.standing import Dimension, Standing


def _elements(
    obligation: Obligation,
    night: date,
    *,
    elements: tuple[str, ...],
    synonyms: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[tuple[str, ...], ...]:
    return tuple((one, *(synonyms or {}).get(one, ())) for one in elements)


@check(
    title="规定要素齐全",
    failure_title="规定要素不全",
    needs={Need.LISTING, Need.ARTICLE},
    standing=Standing.INCOMPLETE,
    dimension=Dimension.COMPLETE,
    elements=_elements,
)
def elements_present(
    obligation: Obligation,
    seen: Seen,
    *,
    elements: tuple[str, ...],
    synonyms: Mapping[str, tuple[str, ...]] | None = None,
) -> Ruling:
    """规定要素是否齐全：elements 的每一项（或 synonyms 给出的同义写法）应出现在栏目正文、表格或最新一篇文章中；
    条目不止一类的，各类最新一篇均应查看。

    附件、图片、扫描件未读取时，未找到的要素不作结论，绝不记为要素不全。

    依据：由标准目录各条目载明
    """
    if not seen.is_found:
        return not_applicable("栏目未到达，要素不作判断。")
    own = own_view(obligation, seen)
    everything = tuple(texts(own))
    groups = _elements(obligation, seen.night, elements=elements, synonyms=synonyms)
    spelled = dict(zip(elements, groups, strict=True))
    lacking = [
        one for one, spellings in spelled.items() if not any(words_in(t, (s,)) for t in everything for s in spellings)
    ]
    if not lacking:
        return satisfied(f"规定要素齐全：{'、'.join(elements)}。", seen.witnesses)
    statement = statement_in(own)
    if statement:
        return satisfied(f"栏目发布了情况说明：{titled(statement)}。", seen.witnesses, Standing.STATEMENT)
    if nothing_to_read(own):
        return not_applicable("栏目没有内容，要素不作判断。", seen.witnesses)
    names = "、".join(quoted(one) for one in lacking)
    unread = why_unread(own)
    if unread is not None:
        return inconclusive(
            unread, f"页面文字中未见要素{names}，但内容未能完整读取：{unread_words(own, unread)}。", seen.witnesses
        )
    at = moment(seen.listing.seen_at if seen.listing else None)
    said = f"截至{at}，在{where_read(own)}中，未发现要素{names}。"
    return violated(Standing.INCOMPLETE, said, seen.article_witnesses)
