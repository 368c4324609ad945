"""Whether the column stands on the mandated path and not elsewhere."""

from __future__ import annotations

from catalog.obligation import Obligation
from catalog.path import PathOrigin
from checks.placing import Whereabouts
from checks.registry import check
from checks.ruling import Ruling, Witness, not_applicable, satisfied, violated
from checks.saying import listed, moment, quoted
from checks.seeing import Seen
from ledger.observation import Need
from ledger.standing import Dimension, Standing


@check(
    title="栏目位于规定路径",
    failure_title="栏目不在规定路径，在本网站其他位置发现",
    needs={Need.COLUMN},
    standing=Standing.PATH_DEVIATES,
    dimension=Dimension.ON_PATH,
    implied=True,
)
def on_path(obligation: Obligation, seen: Seen) -> Ruling:
    """栏目是否位于规定路径：规定位置没有、而在首页、网站地图、栏目树或单位网页的其他位置发现的，给出两处地址。

    依据：标准目录所载公开路径
    """
    if seen.whereabouts in (Whereabouts.FOUND, Whereabouts.OFFSITE):
        return satisfied("栏目位于规定路径。", seen.place.witnesses)
    if seen.whereabouts is not Whereabouts.ELSEWHERE or seen.place.column is None:
        return not_applicable("栏目未到达，路径不作判断。")
    if obligation.path is not None and obligation.path.origin is PathOrigin.CUSTOMARY:
        return not_applicable("该路径非文件载明，不作判断。")
    column = seen.place.column
    found = column.elsewhere[0]
    there = ">".join(found.labels) or found.spelling
    failed = column.failed_step if column.failed_step is not None else len(column.steps) - 1
    said = (
        f"截至{moment(column.seen_at)}，沿{obligation.path}访问至 {column.url}，页面{listed(column.offered)}，"
        f"未发现{quoted(column.steps[failed])}；该栏目在{quoted(there)}（{found.url}）发现。"
    )
    witnesses = [one for place in seen.places for one in place.witnesses]
    witnesses.append(Witness(column.root, found.url, found.snapshot_id, column.seen_at))
    return violated(Standing.PATH_DEVIATES, said, witnesses)
