"""Whether the mandated column is there."""

from __future__ import annotations

from catalog.obligation import Obligation
from catalog.path import PathOrigin
from checks.placing import PORTAL, PlaceSeen, Whereabouts
from checks.registry import check
from checks.ruling import Ruling, Witness, inconclusive, manual, satisfied, violated
from checks.saying import listed, moment, quoted
from checks.seeing import Seen
from ledger.observation import Need
from ledger.standing import Dimension, Standing


@check(
    title="栏目已按路径设置",
    failure_title="沿规定路径未发现栏目",
    needs={Need.COLUMN},
    standing=Standing.MISSING,
    dimension=Dimension.EXISTS,
    implied=True,
)
def exists(obligation: Obligation, seen: Seen) -> Ruling:
    """栏目是否存在：沿公开路径逐级查找，找到即通过；任一可行起点未完整看到时不作结论。

    栏目自身链接失效（同级栏目正常）为链接不可用；链接指向外部平台的，记为外链平台公开。
    依据我们的经验补充的路径（非文件载明）未找到栏目的，转人工核查。

    依据：标准目录所载公开路径
    """
    witnesses = tuple(one for place in seen.places for one in place.witnesses)
    deciding = seen.place.witnesses
    match seen.whereabouts:
        case Whereabouts.FOUND:
            return satisfied(_found(seen), deciding)
        case Whereabouts.OFFSITE:
            url = seen.place.column.url if seen.place.column else ""
            said = f"截至{_when(seen.place)}，栏目链接指向外部平台 {url}。"
            return satisfied(said, deciding, Standing.OFFSITE)
        case Whereabouts.UNREACHED:
            return inconclusive(seen.reason_or_internal, _unreached(obligation, seen), deciding)
        case Whereabouts.BROKEN:
            return violated(Standing.BROKEN, _broken(obligation, seen.place), _first(seen.place, witnesses))
    if obligation.path is not None and obligation.path.origin is PathOrigin.CUSTOMARY:
        return manual(_customary(obligation, seen), witnesses)
    if seen.whereabouts is Whereabouts.ELSEWHERE:
        return satisfied("栏目在本网站其他位置发现，路径另行判断。", witnesses)
    return violated(Standing.MISSING, "".join(_absent(obligation, place) for place in seen.places), witnesses)


def _first(place: PlaceSeen, witnesses: tuple[Witness, ...]) -> tuple[Witness, ...]:
    return tuple(dict.fromkeys((*place.witnesses, *witnesses)))


def _when(place: PlaceSeen) -> str:
    """When it was seen, and by browser where what a browser showed decided."""
    seen = place.column or place.section
    by_browser = place.column is not None and place.column.seen_by == "browser"
    return moment(seen.seen_at if seen else None) + ("（以浏览器查看）" if by_browser else "")


def start_of(obligation: Obligation, place: PlaceSeen) -> str:
    """Name of the page where the walk began."""
    first = obligation.path.labels[0] if obligation.path else ""
    return first if place.root == PORTAL else f"{obligation.organ.name}专属网页"


def _found(seen: Seen) -> str:
    column = seen.place.column
    spelling = column.spelling if column else ""
    return f"截至{_when(seen.place)}，沿规定路径找到栏目{quoted(spelling)}。"


def _absent(obligation: Obligation, place: PlaceSeen) -> str:
    column, labels = place.column, (obligation.path.labels if obligation.path else ())
    if column is None:
        return ""
    if place.unnamed:
        shown = [row.title for row in place.listing.rows] if place.listing else []
        return (
            f"截至{_when(place)}，门户网站栏目{quoted(column.spelling or labels[-1])}的页面"
            f"{listed(shown)}，未见{obligation.organ.name}的内容。"
        )
    steps = column.steps
    failed = column.failed_step if column.failed_step is not None else len(steps) - 1
    level = steps[failed - 1] if failed > 0 else start_of(obligation, place)
    walked = ">".join((start_of(obligation, place), *steps))
    below = f"（{quoted(steps[-1])}应位于其下）" if failed < len(steps) - 1 else ""
    return (
        f"截至{_when(place)}，沿{walked}访问至{quoted(level)}，页面{listed(column.offered)}，"
        f"未发现{quoted(steps[failed])}{below}。"
    )


def _broken(obligation: Obligation, place: PlaceSeen) -> str:
    column = place.column
    label = (column.spelling if column else "") or (obligation.path.labels[-1] if obligation.path else "")
    url = column.url if column else ""
    return f"截至{_when(place)}，页面列有栏目{quoted(label)}，其链接 {url} 不能打开，同级其他栏目可以正常访问。"


def _unreached(obligation: Obligation, seen: Seen) -> str:
    reason = seen.reason_or_internal.chinese
    column = seen.place.column
    detail = f"（{column.detail}）" if column is not None and column.detail else ""
    path = str(obligation.path) if obligation.path else ""
    return f"截至{_when(seen.place)}，沿{path}访问时未能到达栏目：{reason}{detail}。"


def _customary(obligation: Obligation, seen: Seen) -> str:
    found = [one for place in seen.places if place.column for one in place.column.elsewhere]
    if found:
        return (
            f"{_absent(obligation, seen.place)}该路径系按通行做法推定；另在 {found[0].url} 发现同名栏目，请人工核查。"
        )
    return f"{_absent(obligation, seen.place)}该路径系按通行做法推定，文件未载明，请人工核查。"
