"""Whether a column has the sub-columns that the notice names."""

from __future__ import annotations

from catalog.obligation import Obligation
from catalog.spelling import fold
from checks.registry import check
from checks.ruling import Ruling, inconclusive, not_applicable, satisfied, violated
from checks.saying import listed, moment, quoted
from checks.seeing import Seen
from ledger.observation import ColumnShape, Need
from ledger.reason import Reason
from ledger.standing import Dimension, Standing

_LONGEST_MARK = 8


@check(
    title="应设的下级栏目齐全",
    failure_title="应设的下级栏目不齐全",
    needs={Need.LISTING, Need.SUBCOLUMNS},
    standing=Standing.INCOMPLETE,
    dimension=Dimension.COMPLETE,
)
def subcolumns_present(obligation: Obligation, seen: Seen, *, names: tuple[str, ...]) -> Ruling:
    """应设的下级栏目是否齐全：names 中每一名称应出现在某个下级栏目的名称里；“|”分隔的任一写法均可。

    依据：由标准目录各条目载明
    """
    listing = seen.listing
    if not seen.is_found:
        return not_applicable("栏目未到达，下级栏目不作判断。")
    if listing is None or listing.shape is ColumnShape.UNKNOWN:
        reason = (listing.reason if listing else None) or Reason.AMBIGUOUS
        return inconclusive(reason, f"栏目页面未能读取：{reason.chinese}。", seen.witnesses)
    offered = tuple(dict.fromkeys([c.label for c in listing.children] + [r.child for r in listing.rows if r.child]))
    folded = [fold(label) for label in offered]
    lacking = [name for name in names if not any(fold(n) in label for n in name.split("|") for label in folded)]
    if not lacking:
        return satisfied(f"下级栏目齐全：{listed(offered)}。", seen.witnesses)
    if not listing.whole and listing.reason is not None:
        return inconclusive(listing.reason, f"下级栏目未能完整查看：{listing.reason.chinese}。", seen.witnesses)
    marked = _short_cells(seen)
    if all(any(fold(n) in cell for n in name.split("|") for cell in marked) for name in lacking):
        said = "列表以表格栏注明分类，未设下级栏目，是否符合分类展示要求请人工核查。"
        return inconclusive(Reason.AMBIGUOUS, said, seen.witnesses)
    headed = _short_lines(listing.text)
    if all(any(fold(n) in line for n in name.split("|") for line in headed) for name in lacking):
        said = "页面文字中有该名称，未能辨认是否为下级栏目，不能判断。"
        return inconclusive(Reason.AMBIGUOUS, said, seen.witnesses)
    wanted = "、".join(quoted(name.split("|")[0]) for name in lacking)
    said = f"截至{moment(listing.seen_at)}，栏目页面{listed(offered)}，未发现下级栏目{wanted}。"
    return violated(Standing.INCOMPLETE, said, seen.witnesses)


def _short_cells(seen: Seen) -> frozenset[str]:
    """Cells that are a mark and no title (有效, 已废止), as in a column 有效性 of a table."""
    cells = (fold(cell) for table in seen.tables for row in table.rows for cell in row)
    return frozenset(cell for cell in cells if cell and len(cell) <= _LONGEST_MARK)


def _short_lines(text: str) -> frozenset[str]:
    """Lines of a page's text that are a name and no title, as a heading over a few rows (现行有效 更多>>)."""
    lines = (fold(line).removesuffix("更多") for line in text.splitlines())
    return frozenset(line for line in lines if line and len(line) <= _LONGEST_MARK)
