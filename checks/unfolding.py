"""Unfolding (展开): what a list's only entry holds counts as the column's own; a catalogue of articles is no facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from catalog.spelling import fold
from checks.seeing import Seen
from ledger.observation import ArticleObservation, ColumnShape, Row, Table

_CAP = 20_000
_OF_A_CATALOGUE = re.compile(
    r"(?:序号|编号)|(?:信息|文件|公文|文章|政策)?(?:名称|标题|题名|题目)|(?:发文|公文)?(?:文号|字号|文种)|索引号?"
    r"|(?:发布|成文|生成|生效|公开|发文|制发|印发|施行|实施|更新|失效)?(?:日期|时间)"
    r"|(?:发布|发文|公开|制发|责任)?(?:机构|机关|单位|部门)|来源|(?:信息|主题|内容)?(?:分类|类别)|有效性|时效性?|状态|操作|浏览量?|点击数?|下载|查看|详情"
)
_SURE_OF_A_CATALOGUE = re.compile(r"文号|字号|索引|日期|发布时间|成文时间|生成时间|公开时间")


def is_catalogue(table: Table, rows: Iterable[Row]) -> bool:
    """Whether a table only lists the articles that are the list's rows (序号|信息名称|文号|发布日期)."""
    headers = [fold(header) for header in table.headers if header.strip()]
    if not headers or not all(_OF_A_CATALOGUE.fullmatch(header) for header in headers):
        return False
    titles = [fold(row.title) for row in rows if row.title]
    listed = sum(any(title in fold(" ".join(cells)) for title in titles) for cells in table.rows)
    return listed * 2 > len(table.rows) and any(_SURE_OF_A_CATALOGUE.search(header) for header in headers)


def unfolded(seen: Seen) -> Seen:
    """The column without catalogues; where one row is all that it lists, with what that row's article holds."""
    seen = replace(seen, tables=tuple(one for one in seen.tables if not is_catalogue(one, seen.rows)))
    listing = seen.listing
    if listing is None or listing.shape is not ColumnShape.LIST or seen.unread is not None or len(listing.rows) != 1:
        return seen
    only = next((one for one in seen.articles if one.url == listing.rows[0].url and one.reason is None), None)
    if only is None or not only.tables or len(only.text) >= _CAP:
        return seen
    bare = replace(only, text="", tables=())
    articles = tuple(bare if one is only else one for one in seen.articles)
    return replace(seen, rows=(), tables=(*seen.tables, *only.tables), text=_beside_tables(only), articles=articles)


def _beside_tables(article: ArticleObservation) -> str:
    """Its text without the lines that are cells of its tables."""
    cells = {
        fold(line)
        for table in article.tables
        for cell in (*table.headers, *(one for row in table.rows for one in row))
        for line in cell.splitlines()
    }
    return "\n".join(line for line in article.text.splitlines() if fold(line) not in cells)
