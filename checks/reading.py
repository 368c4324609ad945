"""Reading (查看内容): the text in which elements are looked for, and why their absence may not be believed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from catalog.obligation import Obligation
from catalog.series import kind_of
from checks.placing import why_not_whole
from checks.seeing import Seen, words_in
from checks.unfolding import unfolded
from ledger.observation import ColumnShape
from ledger.reason import Reason

_TEXT_CAP = 20_000
_BYLINE = re.compile(
    r"(?<![\u4e00-\u9fff])(?:(?:信息|文章|稿件|内容)?来源|(?:发布|发文|公开|制发|生成|主办|承办)(?:机构|机关|单位|部门)|主办|承办"
    r"|作者|供稿)[\s:：]*[\u4e00-\u9fff（）()]{0,20}?(?:委员会|办公室|政府|局|委|办|厅|部|院|中心|镇|乡|街道|网站?|站)"
)


def sector_words(obligation: Obligation) -> tuple[str, ...]:
    """Words of the sector that the obligation is about, from its own expectation; empty for others."""
    for one in obligation.requirement.expectations:
        words = one.options.get("words")
        if one.check_id == "content.sector_listed" and isinstance(words, list | tuple):
            return tuple(str(word) for word in words)
    return ()


def own_view(obligation: Obligation, seen: Seen) -> Seen:
    """What belongs to the obligation's sector; everything where it is about none."""
    words = sector_words(obligation)
    if not words:
        return seen
    whole = unfolded(seen)
    own = whole.narrowed(lambda text: any(words_in(text, (word,)) for word in words))
    if whole.rows or not own.tables:
        return own
    # What stands beside a table of all sectors, and what hangs on it, is every sector's.
    return replace(own, text=whole.text, articles=whole.articles)


def texts(seen: Seen) -> Iterator[str]:
    """All texts of the column and of the articles that were opened."""
    yield seen.text
    yield from (row.title for row in seen.rows)
    yield from dict.fromkeys(row.child for row in seen.rows if row.child)
    yield from (child.label for child in seen.children)
    for table in (*seen.tables, *(table for article in seen.articles for table in article.tables)):
        yield " ".join(table.headers)
        yield from (" ".join(row) for row in table.rows)
    for article in seen.articles:
        yield f"{article.title} {article.text}"


def without_units(text: str) -> str:
    """The text without the units that its bylines name (来源：云川区财政局): they are not what it is about."""
    return _BYLINE.sub(" ", text)


def nothing_to_read(seen: Seen) -> bool:
    """Whether the column, seen whole, holds nothing at all: then it is empty, not incomplete."""
    return seen.unread is None and not any(text.strip() for text in texts(seen))


def why_unread(seen: Seen) -> Reason | None:
    """Why something that was not found may still be there; None when all that counts was read."""
    listing = seen.listing
    if listing is None:
        return Reason.AMBIGUOUS
    if listing.shape is ColumnShape.UNKNOWN:
        return why_not_whole(listing)
    refused = next((article.reason for article in seen.articles if article.reason is not None), None)
    if refused is not None:
        return refused
    has_rows = bool(seen.rows) or (listing.shape is ColumnShape.LIST and bool(listing.rows))
    if has_rows and not seen.articles:
        return listing.reason or Reason.AMBIGUOUS
    if _other_kinds_unopened(seen):
        return Reason.AMBIGUOUS
    if not seen.rows and not listing.whole:
        return listing.reason or Reason.BUDGET
    if seen.has_attachments:
        return Reason.ATTACHMENT_UNREAD
    if any(len(text) >= _TEXT_CAP for text in (seen.text, *(article.text for article in seen.articles))):
        return Reason.TOO_LARGE
    return None


def unread_words(seen: Seen, reason: Reason) -> str:
    """Why something may stand unread, in words."""
    return "栏目另有条目未打开" if reason is Reason.AMBIGUOUS and seen.rows else reason.chinese


def _other_kinds_unopened(seen: Seen) -> bool:
    """Whether rows of another kind than those opened may hold it (债券发行情况 beside 债务限额情况).

    Of a series whose titles differ by year or number only, the newest stands for all.
    """
    opened = {one.url for one in seen.articles}
    kinds = {kind_of(one.title) for one in seen.articles}
    return any(row.url not in opened and kind_of(row.title) not in kinds for row in seen.rows)


def where_read(seen: Seen) -> str:
    """What was read, in words."""
    read = [one for one in seen.articles if one.reason is None]
    if seen.newest is not None and len(read) > 1:
        return f"栏目页面和《{seen.newest.title.strip('《》')}》等{len(read)}篇文章"
    if seen.newest is not None and seen.newest.reason is None:
        return f"栏目页面和最新一篇《{seen.newest.title.strip('《》')}》"
    return "栏目页面"
