"""Maintenance pages: words of closure on an answer that carries next to nothing else."""

from __future__ import annotations

import re

from crawler.refusal.glance import Glance
from ledger.reason import Reason

_WORDS = re.compile(
    r"(?:系统|网站|服务器?|平台|本站|站点|本网|网络|机房).{0,12}(?:维护|升级|关停|停机|检修|割接|迁移|调试"
    r"|建设中|整改|停止服务)|(?:维护|升级|改版|迁移)(?:中|期间)"
    r"|(?:网站|系统|平台|本站).{0,6}改版.{0,30}(?:暂停|暂时|无法|敬请|谅解|稍后|停止)"
    r"|暂停(?:服务|访问|对外服务|使用|开放)|网站(?:已|暂时|正在)?(?:暂时)?(?:关闭|关停)|暂时(?:无法|不能)(?:访问"
    r"|提供服务)"
    r"|(?:under|scheduled|down for|site) maintenance|service (?:temporarily )?unavailable"
    r"|temporarily unavailable|be right back",
    re.IGNORECASE,
)


def by_maintenance(seen: Glance) -> tuple[Reason, str] | None:
    """Name a maintenance page; a notice inside the portal's template is one of its articles."""
    if not seen.small or seen.portal_signs:
        return None
    if _WORDS.search(seen.text) or _WORDS.search(seen.title):
        return Reason.MAINTENANCE, "网站提示正在维护"
    return None
