"""Whether the column holds anything."""

from __future__ import annotations

import re

from catalog.obligation import Obligation
from catalog.requirement import Scope
from checks.registry import check
from checks.ruling import Ruling, inconclusive, not_applicable, satisfied, violated
from checks.saying import listed, moment, quoted, titled
from checks.seeing import Seen
from checks.stating import is_statement, statement_in
from ledger.observation import ColumnShape, Need
from ledger.reason import Reason
from ledger.standing import Dimension, Standing

_LAWFULLY_EMPTY = re.compile(r"失效|废止")
_FILLED = (ColumnShape.LIST, ColumnShape.ARTICLE, ColumnShape.TABLE)


@check(
    title="栏目有内容",
    failure_title="栏目为空白",
    needs={Need.LISTING, Need.SUBCOLUMNS},
    standing=Standing.EMPTY,
    dimension=Dimension.HAS_CONTENT,
)
def not_empty(obligation: Obligation, seen: Seen) -> Ruling:
    """栏目是否有内容：有条目、正文、表格即通过；只有下级栏目的，下级栏目全部完整查看且均为空时才算空白。

    失效、废止类栏目没有条目属正常情形；发布“本年度无相关信息”等情况说明的单列一类。
    页面完整但只有附件、图片的，附件图片未读取，不作结论。

    依据：由标准目录各条目载明；国办秘函〔2019〕19号（空白栏目）
    """
    listing = seen.listing
    if not seen.is_found:
        return not_applicable("栏目未到达，内容不作判断。")
    if listing is None:
        return inconclusive(Reason.INTERNAL, "栏目页面内容没有记录。", seen.witnesses)
    if obligation.requirement.scope is Scope.CENTRAL_LIST and listing.rows:
        return satisfied(f"栏目有内容，页面列有{len(listing.rows)}个条目。", seen.witnesses)
    statement = statement_in(seen)
    if statement and all(is_statement(row.title) for row in seen.rows):
        return satisfied(f"栏目发布了情况说明：{titled(statement)}。", seen.witnesses, Standing.STATEMENT)
    if _has_content(seen):
        return satisfied(f"截至{moment(listing.seen_at)}，栏目有内容，{_count(seen)}。", seen.witnesses)
    unread = seen.unread or _unread_child(seen)
    if unread is None and (listing.attachments or listing.images or listing.media):
        unread = Reason.ATTACHMENT_UNREAD
    if unread is not None:
        return inconclusive(unread, f"栏目内容未能完整查看：{unread.chinese}。", seen.witnesses)
    leaf = obligation.path.labels[-1] if obligation.path else ""
    if _LAWFULLY_EMPTY.search(leaf):
        return satisfied(f"{quoted(leaf)}没有条目，属正常情形。", seen.witnesses)
    below = (
        f"，其下级栏目{listed(child.label for child in seen.children)}，均没有条目"
        if seen.children
        else "，没有条目或正文"
    )
    said = f"截至{moment(listing.seen_at)}，栏目{quoted(leaf)}的页面可以完整打开{below}。"
    return violated(Standing.EMPTY, said, seen.witnesses)


def _count(seen: Seen) -> str:
    return f"页面列有{len(seen.rows)}个条目" if seen.rows else "页面为正文或表格"


def _has_content(seen: Seen) -> bool:
    listing = seen.listing
    if seen.rows or any(any(cell.strip() for cell in row) for table in seen.tables for row in table.rows):
        return True
    if listing is None:
        return False
    if any(shape in _FILLED for _, shape in listing.child_shapes) and not seen.place.shared:
        return True
    return listing.shape is ColumnShape.ARTICLE and bool(seen.text.strip() or seen.articles)


def _unread_child(seen: Seen) -> Reason | None:
    """Why a sub-column's emptiness is not known; None when each was read and is empty."""
    listing = seen.listing
    if listing is None or listing.shape is not ColumnShape.SUBCOLUMNS:
        return None if listing and listing.shape in (ColumnShape.EMPTY, ColumnShape.LIST) else Reason.AMBIGUOUS
    shapes = dict(listing.child_shapes)
    if not listing.children or any(shapes.get(c.label) is not ColumnShape.EMPTY for c in listing.children):
        return listing.reason or Reason.AMBIGUOUS
    return None
