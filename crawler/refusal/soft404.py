"""Soft 404: a page that says it is none, is like the probe's answer, or is the home page at another address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from catalog.spelling import fold
from crawler.page.page import Page
from crawler.refusal.fingerprint import HostFingerprints, fingerprint_of
from crawler.refusal.glance import Glance
from ledger.observation import ColumnShape
from ledger.reason import Reason

_SAYS = re.compile(
    r"(?:该|此|本|当前|所)?(?:信息|文章|内容|页面|网页|文件|栏目|资源|链接|地址|记录)(?:已经?)?(?:不存在|未找到|找不到|已被?删除|已失效|已下架|被移除|已移除)"
    r"|(?:找不到|未找到|没有找到|无法找到)(?:您|你)?(?:所)?(?:要|需要|请求|访问|查找)?(?:的)?(?:页面|网页|文件|内容|信息|资源)"
    r"|(?:您|你)(?:所)?(?:访问|查看|请求|浏览)的?(?:页面|网页|地址|信息|内容|文件)(?:.{0,12})(?:不存在|未找到|找不到|删除|失效|出错|错误|飞走|丢失)"
    r"|页面(?:走丢|飞走|出错|丢失)|404\s*(?:not\s*found|错误|页面|-)|file\s*not\s*found|page\s*not\s*found|HTTP\s*404",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^\W*(?:404|错误提示|出错了?|错误页|页面(?:不存在|未找到|找不到|出错)|not\s*found|提示信息.{0,4}404)",
    re.IGNORECASE,
)
_TEXT_LIMIT = 300


def by_words(page: Page, seen: Glance) -> tuple[Reason, str] | None:
    """The page says itself that it does not exist, and its main part says little else."""
    if page.rows or page.blocks or page.tables or "ArticleTitle" in page.tags:
        return None
    words = seen.text if seen.small or len(seen.text) <= _TEXT_LIMIT else page.text
    if len(words) > _TEXT_LIMIT:
        return None
    found = _SAYS.search(" ".join(words.split()))
    if found is not None:
        return Reason.SOFT_404, f"页面提示“{found.group()[:30]}”（返回状态正常）"
    if _TITLE.search(seen.title):
        return Reason.SOFT_404, f"页面标题为“{seen.title[:30]}”（返回状态正常）"
    return None


def by_likeness(page: Page, known: HostFingerprints) -> tuple[Reason, str] | None:
    """The page is what the host answers to a wrong address, or its home page under another address."""
    host = urlsplit(page.url).netloc
    if (page.menu_by_script and page.list_by_script) or page.redirect_to:
        # A shell answers every path alike; a browser has to look.
        return None
    own = fingerprint_of(page)
    probe = known.probes.get(host)
    if probe is not None and probe.url != page.url and own.like(probe) and not _is_home(page, known):
        return Reason.SOFT_404, "与网站对不存在地址的回应相同（返回状态正常）"
    home = known.homes.get(host)
    if home is not None and not _is_home(page, known) and own.like(home) and page.shape is not ColumnShape.ARTICLE:
        return Reason.SOFT_404, "该地址返回的是网站首页（返回状态正常）"
    return None


def _is_home(page: Page, known: HostFingerprints) -> bool:
    """The address is the home page's own, as written, with or without its index file."""
    home = known.homes.get(urlsplit(page.url).netloc)
    return home is not None and _plain(page.url) in {_plain(home.url), "/", ""} and fold(page.title) == home.title


def _plain(url: str) -> str:
    path = urlsplit(url).path
    return re.sub(r"(?:index|default|main|home)?\.?(?:s?html?|jsp|php|aspx?)?$", "", path) or "/"
