"""Whether a telephone number for the public stands in the column."""

from __future__ import annotations

import re
import unicodedata

from catalog.obligation import Obligation
from checks.reading import nothing_to_read, own_view, texts, unread_words, where_read, why_unread
from checks.registry import check
from checks.ruling import Ruling, inconclusive, not_applicable, satisfied, violated
from checks.saying import moment, titled
from checks.seeing import Seen
from checks.stating import statement_in
from ledger.observation import Need
from ledger.reason import Reason
from ledger.standing import Dimension, Standing

_CALL = r"电\s*话|热线|总机|座机|传真|办公室|值班室|联系方式|联系我们|手机|咨询|[Tt][Ee][Ll]|☎"
_DASH = r"[-\s—–－‐]"
_BEFORE = r"(?<![0-9A-Za-z/_])"
_AFTER = r"(?![0-9])(?!/\d{4}[-—])"
_NUMBER = re.compile(
    rf"{_BEFORE}(?:0\d{{2,3}}[-\s)—–－‐]{{0,3}}\d{{3,4}}{_DASH}?\d{{4}}|1[3-9]\d{_DASH}?\d{{4}}{_DASH}?\d{{4}}"
    rf"|[48]00{_DASH}?\d{{3,4}}{_DASH}?\d{{3,4}}){_AFTER}"
    rf"|(?:{_CALL})[^0-9A-Za-z]{{0,20}}(?:0\d{{2,3}}[-\s)—–－‐]{{0,3}}|1[3-9]\d)?\d{{3,4}}{_DASH}?\d{{4}}{_AFTER}"
)
_HOTLINE = re.compile(
    rf"(?:{_CALL}|拨打|致电)[^0-9]{{0,12}}{_BEFORE}1[12]\d{{3}}{_AFTER}"
    rf"|{_BEFORE}1[12]\d{{3}}{_AFTER}[^0-9]{{0,12}}(?:热线|电话)"
)
"""Five digits (12345, 12366) are a number only beside a word that says so."""
_PERHAPS = re.compile(
    rf"{_BEFORE}(?<![-－])(?:[2-9]\d{{2,3}}{_DASH}?\d{{4}}|12345|(?:\d ){{6,}}\d){_AFTER}(?![/－-])"
    rf"|0\d{{2,3}}[-—)]\d{{7,8}}(?!\d)"
)
"""Seven or eight digits that are no date: a local number without a word beside it, as in a table."""

_LABELLED = re.compile(
    r"(?:索引号?[\s:]{0,4}|(?:文号|字号|邮编|邮政编码|编号|代码|标识码|备案?号?|日期|时间)[ \t:]{0,4})"
    r"(?!0\d{2,3}-\d{7,8}(?!\d))(?:[A-Za-z]?(?=[0-9〔\[(/])[0-9A-Za-z〔〕\[\]/.:年月-]+)"
)
_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)|([-./年])\d{1,2}[-./月]\d{1,2}日?(?!\d))"
)
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)")
_CODE = re.compile(r"(?<![0-9A-Za-z])(?=[0-9A-Z]*[A-Z])(?=[0-9A-Z]*\d)[0-9A-Z]{15,}(?:/[0-9-]+)?")
"""A 统一社会信用代码 or the organ's code with which an 索引号 begins."""
_DOCUMENT = re.compile(r"[〔\[(](?:19|20)\d{2}[)\]〕]\s*第?\d+号?")

_HEADED = re.compile(r"电\s*话|联系方式|热线|手机")


def _plain(text: str) -> str:
    """The text in plain characters, without what has digits and is no telephone: dates, clock times, codes, numbers
    of documents."""
    told = unicodedata.normalize("NFKC", text)
    for noise in (_CODE, _LABELLED, _DOCUMENT, _DATE, _CLOCK):
        told = noise.sub(" 、 ", told)
    return told


def _has_number(text: str) -> bool:
    return bool(_NUMBER.search(text) or _HOTLINE.search(text))


def _has_number_under_a_heading(seen: Seen) -> bool:
    tables = (*seen.tables, *(table for article in seen.articles for table in article.tables))
    return any(
        _HEADED.search(" ".join(table.headers))
        and any(_PERHAPS.search(_plain(cell)) for row in table.rows for cell in row)
        for table in tables
    )


@check(
    title="对外联系电话已公开",
    failure_title="未发现对外联系电话",
    needs={Need.LISTING, Need.ARTICLE},
    standing=Standing.INCOMPLETE,
    dimension=Dimension.COMPLETE,
)
def telephone_present(obligation: Obligation, seen: Seen) -> Ruling:
    """对外联系电话是否公开：栏目正文、表格或最新一篇文章中应有可识别的电话号码；图片、附件未读取时不作结论。

    依据：由标准目录各条目载明
    """
    if not seen.is_found:
        return not_applicable("栏目未到达，电话不作判断。")
    own = own_view(obligation, seen)
    everything = tuple(_plain(text) for text in texts(own))
    if any(_has_number(text) for text in everything) or _has_number_under_a_heading(own):
        return satisfied("栏目中有对外联系电话。", seen.article_witnesses)
    statement = statement_in(own)
    if statement:
        return satisfied(f"栏目发布了情况说明：{titled(statement)}。", seen.witnesses, Standing.STATEMENT)
    if nothing_to_read(own):
        return not_applicable("栏目没有内容，电话不作判断。", seen.witnesses)
    unread = why_unread(own)
    if unread is not None:
        return inconclusive(
            unread, f"页面文字中未见电话号码，但内容未能完整读取：{unread_words(own, unread)}。", seen.witnesses
        )
    if any(_PERHAPS.search(text) for text in everything):
        said = "页面有七至八位数字，未写明是否为电话号码，不能判断。"
        return inconclusive(Reason.AMBIGUOUS, said, seen.article_witnesses)
    at = moment(seen.listing.seen_at if seen.listing else None)
    return violated(Standing.INCOMPLETE, f"截至{at}，在{where_read(own)}中，未发现电话号码。", seen.article_witnesses)
