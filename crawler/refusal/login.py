"""Login walls: a page that is a form for a password and nothing of the portal."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.page.page import Page
from crawler.refusal.glance import Glance
from ledger.observation import ColumnShape
from ledger.reason import Reason

_PASSWORD = re.compile(r"<input[^>]{0,300}type\s*=\s*[\"']?password", re.IGNORECASE)
_PATH = re.compile(r"/(?:login|signin|sso|cas|passport|oauth2?)(?:[/._]|$)", re.IGNORECASE)
_WORDS = re.compile(r"登\s*录|登\s*陆|sign\s*in|log\s*in", re.IGNORECASE)
_TEXT_LIMIT = 600
_LINK_LIMIT = 15


def by_login(page: Page, seen: Glance) -> tuple[Reason, str] | None:
    """Name a login wall; a portal page with a small login form beside its content is innocent."""
    if page.rows or page.blocks or page.shape in (ColumnShape.LIST, ColumnShape.TABLE):
        return None
    if len(seen.text) > _TEXT_LIMIT or seen.links > _LINK_LIMIT:
        return None
    asked = _PASSWORD.search(seen.source) is not None
    named = _WORDS.search(seen.title) is not None or _PATH.search(urlsplit(page.url).path) is not None
    if (asked and (named or _WORDS.search(seen.text))) or (named and seen.small and _WORDS.search(seen.text)):
        return Reason.LOGIN_WALL, "页面要求登录"
    return None
