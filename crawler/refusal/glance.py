"""A glance at an answer: what little must be known to tell a refusal from a page, without reading it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.page.decoding import decode
from ledger.work import Arrival

_UNSEEN = re.compile(r"<!--.*?-->|<(script|style|noscript|template)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_OPEN_SCRIPT = re.compile(r"<(?:script|style)\b.*$", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r"<a\b[^>]{0,500}?href\s*=\s*[\"']?\s*(?!javascript:|#|[\"'])", re.IGNORECASE)
_FRAME = re.compile(r"<i?frame\b", re.IGNORECASE)
_TAG_SIGNS = re.compile(
    r"name\s*=\s*[\"']?(?:ArticleTitle|ColumnName|ColumnType|SiteIDCode|PubDate|ContentSource)\b", re.IGNORECASE
)
_TAG_NAMES = ("articletitle", "columnname", "columntype", "siteidcode", "pubdate", "contentsource")
_WORD_SIGNS = re.compile(
    r"(?:当前|所在|现在)(?:的?位置|所在)|(?:您|你)的位置|发[布文](?:日期|时间)|成文日期|索引号|(?:信息)?来源\s*[：:]"
    r"|(?:浏览|阅读|点击)(?:次数|量)|网站标识码|【?字体[：:]"
)
_WORDS = ("位置", "所在", "日期", "时间", "索引号", "来源", "次数", "量", "标识码", "字体")
"""Some word of each sign: only where a plain search finds one are the much slower patterns tried."""
SIGNS_LIMIT = 60_000
SOURCE_LIMIT = 400_000
SMALL_TEXT = 400
"""Visible characters up to which an answer carries next to nothing beside a refusal's own words."""
SMALL_LINKS = 5
MODERATE_TEXT, MODERATE_LINKS = 2_000, 30
"""The same where the status itself refuses: products explain themselves at length."""


@dataclass(frozen=True, slots=True)
class Glance:
    """Glance (初步印象): source, visible text in one line, title, number of links, share of replaced characters.

    Attributes:
        framed: it shows another page in a frame.
        portal_signs: it carries what a portal's template prints around its content.
    """

    source: str
    text: str
    title: str
    links: int
    replaced: float
    framed: bool = False
    portal_signs: bool = False

    @property
    def small(self) -> bool:
        """It carries next to nothing, so that a refusal may be named by its words; a page with content is innocent."""
        return len(self.text) <= SMALL_TEXT and self.links <= SMALL_LINKS

    @property
    def moderate(self) -> bool:
        """It carries little, as the page of a product that explains why it refused does."""
        return len(self.text) <= MODERATE_TEXT and self.links <= MODERATE_LINKS


def glance(arrival: Arrival) -> Glance:
    """Look at an answer."""
    source = decode(arrival.body, arrival.header("Content-Type")).text[:SOURCE_LIMIT]
    visible = _OPEN_SCRIPT.sub(" ", _UNSEEN.sub(" ", source))
    title = _TITLE.search(source)
    text = " ".join(_TAG.sub(" ", _TITLE.sub(" ", visible)).replace("&nbsp;", " ").split())
    replaced = source.count("\ufffd")
    share = replaced / (len(source) - len(source.encode("ascii", "ignore"))) if replaced else 0.0
    name = " ".join(_TAG.sub("", title.group(1)).split()) if title else ""
    framed = _FRAME.search(visible) is not None
    return Glance(source, text, name, len(_LINK.findall(visible)), share, framed, _has_signs(source[:SIGNS_LIMIT]))


def _has_signs(head: str) -> bool:
    """Whether a source carries what templates of portals print around their content; no refusal carries any of it."""
    lowered = head.lower()
    if any(name in lowered for name in _TAG_NAMES) and _TAG_SIGNS.search(head):
        return True
    return any(word in head for word in _WORDS) and _WORD_SIGNS.search(head) is not None
