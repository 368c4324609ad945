"""Whether a sector of 公共企事业单位 has its own place in the shared column."""

from __future__ import annotations

from catalog.obligation import Obligation
from checks.reading import texts
from checks.registry import check
from checks.ruling import Ruling, inconclusive, manual, not_applicable, satisfied, violated
from checks.saying import listed, moment, quoted
from checks.seeing import Seen, words_in
from checks.stating import statement_in
from checks.unfolding import unfolded
from ledger.observation import ColumnShape, Need
from ledger.reason import Reason
from ledger.standing import Dimension, Standing


@check(
    title="本领域已有公开内容",
    failure_title="未发现本领域的公开内容",
    needs={Need.LISTING, Need.SUBCOLUMNS, Need.ARTICLE},
    standing=Standing.ITEM_MISSING,
    dimension=Dimension.COMPLETE,
)
def sector_listed(obligation: Obligation, seen: Seen, *, sector: str, words: tuple[str, ...]) -> Ruling:
    """公共企事业单位某一领域（sector）是否有公开内容：按下级栏目、标题或条目文字中的 words 辨认；
    栏目只有一个条目且其正文列有表格的，按表格内容辨认。

    领域的下级栏目已完整查看而没有条目的，为空白；其他领域可以辨认、本领域没有的，为指定内容缺失；
    一个领域也辨认不出的，或者有条目辨认不出属于哪一领域的，转人工核查。

    依据：由标准目录各条目载明
    """
    listing = seen.listing
    if not seen.is_found:
        return not_applicable("栏目未到达，领域内容不作判断。")
    if listing is None:
        return inconclusive(Reason.INTERNAL, "栏目页面内容没有记录。", seen.witnesses)
    titles = tuple(row.title for row in seen.rows)
    witnesses = seen.witnesses
    seen = unfolded(seen)
    if titles and not seen.rows:
        witnesses = seen.article_witnesses
    own = seen.narrowed(lambda text: _any_word(text, words))
    shapes = dict(listing.child_shapes)
    filled = any(shapes.get(c.label) not in (None, ColumnShape.EMPTY, ColumnShape.UNKNOWN) for c in own.children)
    if own.rows or filled or own.tables or own.text.strip():
        standing = Standing.STATEMENT if own.rows and statement_in(own) and len(own.rows) == 1 else None
        return satisfied(f"已有{quoted(sector)}领域的内容。", witnesses, standing)
    unread = seen.unread
    unseen = [c.label for c in own.children if shapes.get(c.label) is not ColumnShape.EMPTY]
    if unread is None and unseen:
        unread = Reason.AMBIGUOUS
    if unread is not None:
        return inconclusive(unread, f"未能完整查看栏目，不能判断有无该领域内容：{unread.chinese}。", witnesses)
    at = moment(listing.seen_at)
    if own.children:
        said = f"截至{at}，下级栏目{quoted(own.children[0].label)}可以完整打开，没有条目。"
        return violated(Standing.EMPTY, said, witnesses)
    others = _other_words(obligation, words)
    if not _others_recognised(seen, others):
        if listing.shape is ColumnShape.EMPTY and not seen.rows:
            return not_applicable("栏目没有内容，领域不作判断。", witnesses)
        return manual("栏目内容未按领域区分，无法自动辨认，请人工核查。", witnesses)
    if seen.has_attachments:
        return inconclusive(Reason.ATTACHMENT_UNREAD, "栏目附件或图片未读取，不能判断有无该领域内容。", witnesses)
    unclear = _unrecognised(seen, others)
    if unclear:
        said = f"栏目{listed(unclear)}，无法自动辨认属于哪一领域，请人工核查有无{quoted(sector)}领域的内容。"
        return manual(said, witnesses)
    shown = listed([*(c.label for c in seen.children), *titles])
    said = f"截至{at}，栏目已完整查看，页面{shown}，未发现{quoted(sector)}领域的内容。"
    return violated(Standing.ITEM_MISSING, said, witnesses)


def _any_word(text: str, words: tuple[str, ...]) -> bool:
    return any(words_in(text, (word,)) for word in words)


def _other_words(obligation: Obligation, words: tuple[str, ...]) -> tuple[str, ...]:
    """Words of the other sectors of the same directory."""
    others = {
        str(word)
        for requirement in obligation.directory.requirements
        for one in requirement.expectations
        if one.check_id == "content.sector_listed"
        for word in _as_words(one.options.get("words"))
    }
    return tuple(others - set(words))


def _others_recognised(seen: Seen, others: tuple[str, ...]) -> bool:
    """Whether the column shows another sector, so that sectors can be told apart in it."""
    return any(_any_word(text, others) for text in texts(seen))


def _unrecognised(seen: Seen, others: tuple[str, ...]) -> tuple[str, ...]:
    """Sub-columns, rows and rows of tables that belong to no sector known: any may be this one's (某某实验一中)."""
    labels = [child.label for child in seen.children]
    labels += [row.title for row in seen.rows if not _any_word(row.child, others)]
    labels += [" ".join(cells) for table in seen.tables for cells in table.rows if "".join(cells).strip()]
    return tuple(label for label in labels if not _any_word(label, others))


def _as_words(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()
