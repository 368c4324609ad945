"""What a page says of itself: the sentence with which it stands for itself, and no sentence about something else."""

from __future__ import annotations

import re

from crawler.page.page import Page
from crawler.refusal.glance import Glance
from ledger.observation import ColumnShape

TEXT_LIMIT = 300
"""Visible characters of the main part that an error's own words may fill, address and way home included."""
_ALERT = re.compile(r"\b(?:alert|layer\.(?:msg|alert)|\$\.messager\.alert)\s*\(\s*[\"']([^\"'<>]{2,80})[\"']")
_LEAD = re.compile(
    r"^[\s!！:：,，。\-|*·●【\[(（]*(?:(?:温馨|友情|系统|错误|网站)?提示(?:信息)?|很?抱歉|对不起|非常抱歉|sorry"
    r"|oops|尊敬的用户|您好)*[\s!！:：,，。\]】]*",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"来源\s*[：:]|发[布文](?:日期|时间)|作者\s*[：:]|索引号")
_START = 14
"""Characters of a line before an error's words; in an article they stand somewhere in a sentence."""
_SHORT = 40


def own_words(page: Page, seen: Glance) -> tuple[str, ...]:
    """Lines that may be a page's word on itself; none where it shows rows, tables, a dated article or much text.

    Args:
        page: as read.
        seen: the same answer at a glance; its alerts speak where nothing is shown.
    """
    if page.rows or page.blocks or page.tables or "ArticleTitle" in page.tags:
        return ()
    if not seen.text and seen.links <= 2:
        return (seen.title, *alerts(seen))
    if len(page.text) > TEXT_LIMIT or _is_article(page):
        return ()
    lines = page.text.split("\n")
    return (seen.title, *lines, *((seen.text,) if seen.small else ()))


def alerts(seen: Glance) -> tuple[str, ...]:
    """What the page's programs put in front of its reader."""
    return tuple(_ALERT.findall(seen.source))


def stands_for_itself(pattern: re.Pattern[str], line: str) -> str:
    """The words with which a line begins, behind an apology; empty where they stand inside a sentence."""
    words = _LEAD.sub("", " ".join(line.split()))
    found = pattern.search(words)
    if found is None or (found.start() > _START and len(words) > _SHORT):
        return ""
    return found.group()


def _is_article(page: Page) -> bool:
    """A text with a date or a heading of its own, be it as short as it likes."""
    if page.displayed_date is not None or "PubDate" in page.tags or _BYLINE.search(page.text):
        return True
    return page.shape is ColumnShape.ARTICLE and len(page.text) > 60
