"""Whether attachments, images and media answer."""

from __future__ import annotations

from catalog.obligation import Obligation
from checks.registry import check
from checks.ruling import Ruling, inconclusive, not_applicable, satisfied, violated, witness
from checks.saying import moment
from checks.seeing import Seen
from ledger.observation import Need, ResourceObservation, ResourceRole
from ledger.standing import Dimension, Standing

_WORDS = {ResourceRole.ATTACHMENT: "附件", ResourceRole.IMAGE: "图片", ResourceRole.MEDIA: "音视频"}


@check(
    title="附件、图片和音视频可以打开",
    failure_title="附件、图片或音视频不能打开",
    needs={Need.LISTING, Need.ARTICLE, Need.ATTACHMENTS},
    standing=Standing.BROKEN,
    dimension=Dimension.HAS_CONTENT,
)
def resources_answer(obligation: Obligation, seen: Seen) -> Ruling:
    """附件、图片和音视频是否可以打开：返回不存在、空文件或网页的为不能打开；被拒绝、超时的不作结论。

    依据：由标准目录各条目载明
    """
    if not seen.is_found or not seen.resources:
        return not_applicable("没有附件、图片或音视频需要查看。", seen.witnesses if seen.is_found else ())
    broken = [one for one in seen.resources if one.broken and one.reason is None]
    if broken:
        shown = "；".join(_say(one) for one in broken[:5])
        said = f"截至{moment(broken[0].seen_at)}，{shown}，共{len(broken)}个不能打开。"
        return violated(Standing.BROKEN, said, [*(witness(one) for one in broken), *seen.witnesses])
    refused = next((one for one in seen.resources if one.reason is not None), None)
    if refused is not None and refused.reason is not None:
        said = f"{_WORDS[refused.role]} {refused.url} 未能查看：{refused.reason.chinese}。"
        return inconclusive(refused.reason, said, seen.witnesses)
    return satisfied(f"{len(seen.resources)}个附件、图片或音视频均可打开。", seen.witnesses)


def _say(one: ResourceObservation) -> str:
    return (
        f"{_WORDS[one.role]} {one.url}（{f'状态 {one.status}' if one.status else '无内容'}，见于 {one.referring_url}）"
    )
