"""Maintenance pages: words of closure on an answer that carries next to nothing else."""

from __future__ import annotations

import re

from crawler.refusal.glance import Glance
from ledger.reason import Reason

_WORDS = re.compile(
    r"(?:系统|网站|服务器?|平台|本站|站点).{0,8}(?:维护|升级|改版|关停|迁移)|(?:维护|升级|改版|迁移)(?:中|期间)|暂停(?:服务|访问|对外服务)"
    r"|网站(?:暂时|已)关闭|under maintenance|service unavailable|temporarily unavailable",
    re.IGNORECASE,
)


def by_maintenance(seen: Glance) -> tuple[Reason, str] | None:
    """Name a maintenance page."""
    if seen.small and (_WORDS.search(seen.text) or _WORDS.search(seen.title)):
        return Reason.MAINTENANCE, "网站提示正在维护"
    return None
