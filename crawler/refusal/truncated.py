"""Answers without a body, cut before anything could be read, or of no readable encoding."""

from __future__ import annotations

from crawler.page.page import Page
from crawler.page.source import is_markup
from crawler.refusal.glance import Glance
from ledger.reason import Reason
from ledger.work import Arrival

_UNREADABLE = 0.1
"""Share of replacement characters among all that are not ASCII above which a page cannot be read at all."""


def by_body(arrival: Arrival, seen: Glance) -> tuple[Reason, str] | None:
    """Name an empty or unreadable body."""
    if not arrival.body.strip(b" \t\r\n\0"):
        return Reason.TRUNCATED, "返回内容为空"
    if not is_markup(arrival.body):
        return Reason.TRUNCATED, "页面传输不完整"
    if seen.replaced > _UNREADABLE and seen.source.count("\ufffd") >= 20:
        return Reason.ENCODING, "页面编码无法识别"
    return None


def by_cut(page: Page) -> tuple[Reason, str] | None:
    """Name a page that was cut before its first link; a page cut later may still prove that something is there."""
    if not page.whole and not page.links and not page.redirect_to:
        return Reason.TRUNCATED, "页面传输不完整"
    return None
