"""Login walls: a page that is a form for a password, or a word that one is needed, and nothing of the portal."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.page.page import Page
from crawler.refusal.glance import Glance
from crawler.refusal.saying import own_words, stands_for_itself
from ledger.observation import ColumnShape
from ledger.reason import Reason

_PASSWORD = re.compile(r"<input[^>]{0,300}type\s*=\s*[\"']?password", re.IGNORECASE)
_PATH = re.compile(r"/(?:login|signin|sso|cas|passport|oauth2?|uaa|auth)(?:[/._?]|$)", re.IGNORECASE)
_WORDS = re.compile(r"登\s*录|登\s*陆|sign\s*in|log\s*in", re.IGNORECASE)
_SAYS = re.compile(
    r"(?:请|您)?(?:先|尚未|还未|还没有?|未|没有)(?:进行)?登[录陆]|请(?:重新)?登[录陆](?:后|再)|(?:登[录陆]"
    r"|会话)(?:已)?(?:超时|过期|失效)|(?:需要?|须)(?:先)?登[录陆]"
    r"|(?:无|没有|权限不足.{0,2}不能)(?:权限?)?(?:访问|浏览|查看)(?:该|此|本|当前)?(?:页面|栏目|内容|信息|权限)"
    r"|(?:仅限|只允许)(?:内网|内部)|please (?:log|sign) ?in",
    re.IGNORECASE,
)
_TEXT_LIMIT = 600
_LINK_LIMIT = 15


def by_login(page: Page, seen: Glance) -> tuple[Reason, str] | None:
    """Name a login wall; a portal page with a small login form beside its content is innocent."""
    if page.rows or page.blocks or page.shape in (ColumnShape.LIST, ColumnShape.TABLE):
        return None
    for line in own_words(page, seen)[1:]:
        said = stands_for_itself(_SAYS, line)
        if said and not seen.portal_signs:
            return Reason.LOGIN_WALL, f"页面提示“{said[:30]}”"
    if len(seen.text) > _TEXT_LIMIT or seen.links > _LINK_LIMIT:
        return None
    last = page.breadcrumb[-1].label if page.breadcrumb else ""
    titled = _WORDS.search(seen.title) is not None or _WORDS.search(last) is not None
    if seen.portal_signs and not titled:
        return None
    asked = _PASSWORD.search(seen.source) is not None
    named = titled or _PATH.search(urlsplit(page.url).path) is not None
    if (asked and (named or _WORDS.search(seen.text))) or (named and seen.small and _WORDS.search(seen.text)):
        return Reason.LOGIN_WALL, "页面要求登录"
    return None
