"""Whether the column bears the mandated name; a remark, never a gap."""

from __future__ import annotations

from catalog.obligation import Obligation
from checks.registry import check
from checks.ruling import Ruling, not_applicable, satisfied
from checks.saying import moment, quoted
from checks.seeing import Seen
from ledger.observation import ColumnObservation, MatchKind, Need
from ledger.standing import Dimension, Standing


@check(
    title="栏目名称与要求一致",
    failure_title="栏目名称与要求不一致",
    needs={Need.COLUMN},
    standing=Standing.PUBLISHED_UNDER_ALIAS,
    dimension=Dimension.ON_PATH,
    implied=True,
)
def named_as_mandated(obligation: Obligation, seen: Seen) -> Ruling:
    """栏目名称是否与要求一致：末级栏目以通行别名设置的予以提示，不计为问题；上级栏目使用别名的仅作备注。

    依据：标准目录所载公开路径；别名见别名表各条来源
    """
    column = seen.place.column
    if not seen.is_found or column is None:
        return not_applicable("栏目未到达，名称不作判断。")
    remarks = _inner_aliases(column)
    leaf = column.steps[-1] if column.steps else ""
    if column.leaf_match is MatchKind.ALIAS:
        said = f"截至{moment(column.seen_at)}，要求的栏目名称为{quoted(leaf)}，网站上为{quoted(column.spelling)}。"
        return satisfied(said, seen.place.witnesses, Standing.PUBLISHED_UNDER_ALIAS, remarks)
    return satisfied(f"栏目名称{quoted(column.spelling or leaf)}与要求一致。", seen.place.witnesses, remarks=remarks)


def _inner_aliases(column: ColumnObservation) -> list[str]:
    inner = [stop for stop in column.trail if stop.match is MatchKind.ALIAS and stop.label in column.steps[:-1]]
    return [f"上级栏目{quoted(stop.label)}在网站上为{quoted(stop.spelling)}。" for stop in inner if stop.spelling]
