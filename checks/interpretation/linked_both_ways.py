"""Whether an interpretation links to its policy and the policy back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from catalog.obligation import Obligation
from catalog.spelling import fold
from checks.registry import check
from checks.ruling import Ruling, inconclusive, not_applicable, satisfied, violated, witness
from checks.saying import moment, titled
from checks.seeing import Seen
from ledger.observation import ArticleObservation, Need
from ledger.reason import Reason
from ledger.standing import Dimension, Standing

_INTERPRETATION = re.compile(r"解读|图解|读懂|答记者问|问答")
_LONGEST_COLUMN = 5


@check(
    title="解读与文件相互关联",
    failure_title="解读与文件未相互关联",
    needs={Need.LISTING, Need.ARTICLE, Need.COUNTERPART},
    standing=Standing.UNLINKED,
    dimension=Dimension.COMPLETE,
)
def linked_both_ways(obligation: Obligation, seen: Seen) -> Ruling:
    """解读与文件是否相互关联：最新一篇解读应链接到所解读的文件，该文件页面应链接回解读材料。

    依据：由标准目录各条目载明；国办发〔2016〕19号（解读材料与文件关联）
    """
    if not seen.is_found:
        return not_applicable("栏目未到达，关联不作判断。")
    newest = seen.newest
    if newest is None:
        if not seen.rows and seen.unread is None:
            return not_applicable("栏目没有解读材料，关联不作判断。", seen.witnesses)
        return inconclusive(seen.unread or Reason.AMBIGUOUS, "未能打开最新一篇解读。", seen.witnesses)
    if newest.reason is not None:
        return inconclusive(newest.reason, f"未能打开最新一篇解读：{newest.reason.chinese}。", seen.witnesses)
    policies = [a for a in seen.articles if a.role == "counterpart" and _same(a.referring_url, newest.url)]
    if not policies:
        return _without_policy(seen, newest)
    known = {newest.url, *(row.url for row in seen.rows)}
    readable = [one for one in policies if one.reason is None]
    if any(_links_to(one, known) for one in readable):
        pages = [witness(newest), *(witness(one) for one in readable), *seen.witnesses]
        return satisfied(f"解读{titled(newest.title)}与文件相互链接。", pages)
    unread = next((one.reason for one in policies if one.reason is not None), None)
    if unread is not None:
        return inconclusive(unread, f"所解读的文件未能打开：{unread.chinese}。", seen.witnesses)
    if any(_tells_of_interpretation(link.label) for one in readable for link in one.links):
        said = "文件页面链接到另一篇解读材料，未能确认是否为同一文件的其他形式解读。"
        return inconclusive(Reason.AMBIGUOUS, said, seen.witnesses)
    policy = readable[0]
    there = f"文件{titled(policy.title)}（{policy.url}）"
    said = f"截至{moment(policy.seen_at)}，解读{titled(newest.title)}链接到{there}，文件页面未见链接回解读材料。"
    return violated(Standing.UNLINKED, said, [witness(policy), witness(newest), *seen.witnesses])


def _without_policy(seen: Seen, newest: ArticleObservation) -> Ruling:
    if newest.links:
        said = f"解读{titled(newest.title)}的正文有链接，未能确认是否指向所解读的文件。"
        return inconclusive(Reason.AMBIGUOUS, said, seen.witnesses)
    if not newest.text.strip() and (newest.images or newest.media or newest.attachments):
        return inconclusive(Reason.ATTACHMENT_UNREAD, "解读为图片、音视频或附件，其中的链接未读取。", seen.witnesses)
    if newest.attachments:
        said = f"解读{titled(newest.title)}附有文件，未能确认是否为所解读的文件。"
        return inconclusive(Reason.ATTACHMENT_UNREAD, said, seen.witnesses)
    said = f"截至{moment(newest.seen_at)}，解读{titled(newest.title)}的页面未见指向所解读文件的链接。"
    return violated(Standing.UNLINKED, said, [witness(newest), *seen.witnesses])


def _tells_of_interpretation(label: str) -> bool:
    """Whether a link names an interpretation (一图读懂某办法) and no column (政策解读)."""
    return bool(_INTERPRETATION.search(label)) and len(fold(label)) > _LONGEST_COLUMN


def _links_to(policy: ArticleObservation, urls: Iterable[str]) -> bool:
    return any(_same(link.url, url) for link in policy.links for url in urls if url)


def _same(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _bare(url: str) -> str:
    return url.partition("#")[0].removeprefix("https:").removeprefix("http:").rstrip("/")
