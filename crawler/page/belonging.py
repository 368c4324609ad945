"""The column to which a page belongs (所属栏目) as the page itself shows it; its tags are another matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.page.linking import HOME, MORE, Anchor
from crawler.page.titling import bare
from crawler.page.tree import Element, squeeze
from ledger.observation import Link

_NO_COLUMN = re.compile(
    r"^[\[【(（]?(?:正\s*文|内\s*容|详\s*情|.{0,4}(?:正文|详情|详细|内容页|详细页|内容页面)|浏览|查看|当前页面?|文章|列表)[\]】)）]?$"
)
_INDEX = re.compile(r"(?:index|default|list|node)(?:_?\d+)?\.\w+$|1\.s?html?$", re.IGNORECASE)
_DATED = re.compile(r"(?:/(?:19|20)\d\d(?:[/-]?\d{1,2}){0,2}/?)$|/(?:19|20)\d{4,6}/?$")
_HANWEB = re.compile(r"/art_(\d+)_\d+\.\w+$")
_HEADED = re.compile(r"title|biaoti|tit\b|bt\b|lanmu|column|channel|\blm")
_NO_NAME = re.compile(r"[:：，。\d]")
_LONGEST = 24
_SHORT = 14


def column_of(entries: Sequence[Link], anchors: Sequence[Anchor], url: str, title: str) -> str:
    """Name of the column: the last of the breadcrumb that is no article, else the link to the page's own folder.

    Args:
        entries: breadcrumb, outermost first.
        anchors: all links of the page.
        title: of the article, which may stand at the end of the breadcrumb; empty for a column's own page.
    """
    plain = bare(title)
    own = ""
    for entry in reversed(entries):
        label = bare(entry.label)
        same = bool(plain) and (label == plain or (len(label) >= 12 and plain.startswith(label.rstrip("."))))
        if HOME.match(entry.label) or _NO_COLUMN.match(entry.label):
            continue
        if not same:
            return entry.label
        own = own or entry.label
    # The page of a column that is one text bears the column's name as its title.
    return _linked(anchors, url) or (own if len(own) <= _SHORT else "")


def _linked(anchors: Sequence[Anchor], url: str) -> str:
    """Label of the link that leads to the folder in which the page lies."""
    address = url.partition("#")[0].partition("?")[0]
    folder = _folder(address)
    if folder.count("/") < 4:
        return ""
    hanweb = _HANWEB.search(address)
    column = f"/col{hanweb.group(1)}/" if hanweb else ""
    for anchor in anchors:
        label = anchor.label
        if not 2 <= len(label) <= _LONGEST or anchor.pictured or MORE.match(label) or HOME.match(label):
            continue
        leads = _INDEX.sub("", anchor.url.partition("#")[0])
        if _same(leads, folder) or (column and column in anchor.url):
            return label
    return ""


def _folder(address: str) -> str:
    """The folder of a column's page or of an article, folders of dates taken off."""
    if not address.endswith("/"):
        address = address.rpartition("/")[0] + "/"
    while (shorter := _DATED.sub("/", address)) != address:
        address = shorter
    return address


def _same(one: str, other: str) -> bool:
    return one.partition("://")[2].rstrip("/") == other.partition("://")[2].rstrip("/")


def headed(root: Element, start: int, end: int, names: frozenset[str]) -> str:
    """The last short heading between two places: the column's name over its article.

    Args:
        end: place of the article's title.
        names: folded names of the site, which are none.
    """
    for element in reversed(root.order[start : max(end - 1, start)]):
        if element.tag not in ("h1", "h2", "h3", "h4", "h5") and not _HEADED.search(element.marks):
            continue
        if element.hidden or element.last - element.place > 4 or element.last >= end:
            continue
        text = squeeze("".join(element.pieces()))
        if 2 <= len(text) <= 14 and bare(text) not in names and not _NO_NAME.search(text):
            return text
    return ""
