"""Sites that have moved: a page that says so and leads to another host, and nothing else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.page.page import Page
from crawler.refusal.glance import Glance
from ledger.reason import Reason

_WORDS = re.compile(
    r"(?:网站|本站|站点|域名|网址|平台|官网|本网|门户).{0,16}(?:迁移|搬迁|迁至|迁入|变更|更换|更改|改为|启用新"
    r"|整合(?:至|到)|并入|合并(?:至|到)|搬家|转移)"
    r"|(?:新|最新)(?:网址|域名|站点|地址|网站地址).{0,4}(?:[：:为是]|http)|(?:已|将)(?:迁移|搬迁|迁|整合|并入"
    r"|变更|跳转)至|has moved|moved permanently",
    re.IGNORECASE,
)
_HOST = re.compile(r"https?://([\w.-]+\.[a-z]{2,})", re.IGNORECASE)


def by_move(page: Page, seen: Glance) -> tuple[Reason, str] | None:
    """Name a notice that the site is to be found at another host."""
    if not seen.small or seen.portal_signs or page.rows or page.redirect_to:
        return None
    if _WORDS.search(seen.text) is None and _WORDS.search(seen.title) is None:
        return None
    own = urlsplit(page.url).hostname or ""
    named = {urlsplit(link.url).hostname or "" for link in page.links} | set(_HOST.findall(seen.text))
    others = sorted(host for host in named if host and host != own)
    if not others or any((urlsplit(link.url).hostname or own) == own for link in page.links if link.url):
        return None
    return Reason.REDIRECT_OFFSITE, f"网站提示已迁移至 {others[0]}"
