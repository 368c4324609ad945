"""Soft 404: a page that says it is none, is like the probe's answer, or is the home page at another address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from catalog.spelling import fold
from crawler.page.page import Page
from crawler.refusal.fingerprint import HostFingerprints, fingerprint_of
from crawler.refusal.glance import Glance
from crawler.refusal.saying import own_words, stands_for_itself
from ledger.observation import ColumnShape
from ledger.reason import Reason
from ledger.work import Arrival

_SAYS = re.compile(
    r"(?:(?:该|此|本|当前|所|这个)?(?:信息|文章|内容|页面|网页|文件|栏目|资源|链接|地址|记录|网址"
    r"|频道)(?:可能)?(?:已经?|已被|被)?"
    r"(?:不存在|未找到|找不到|已?被?删除|失效|下架|移除|撤销|过期|取消|关闭|停用|丢失|无法访问|不可访问|去哪了)"
    r"|(?:找不到|未找到|没有找到|无法找到|无法访问)(?:您|你)?(?:所)?(?:要|需要|请求|访问|查找|指定|该"
    r"|此)?(?:的)?(?:页面?|网页|文件|内容|信息|资源|栏目|文章)"
    r"|(?:您|你)(?:所|正在|要)?(?:访问|查看|请求|浏览|查找|打开)的?(?:页面|网页|地址|信息|内容|文件|栏目|网址"
    r"|链接|文章)"
    r"(?:.{0,12})(?:不存在|未找到|找不到|删除|失效|出错|错误|飞走|丢失|走丢|移除|下架|过期)"
    r"|(?:没有|无)(?:该|此|这个)(?:栏目|页面|信息|文章)|页面(?:走丢|飞走|出错|丢失|找不到)|(?:非法|无效"
    r"|错误)的?参数|参数(?:错误|无效|非法|不正确)"
    r"|404\s*(?:not\s*found|错误|页面|-|找不到|未找到)|file\s*(?:not\s*found|does not exist)"
    r"|page\s*(?:not\s*found|cannot be found)"
    r"|HTTP\s*(?:错误|Error|Status)?\s*404|the (?:requested )?(?:resource|url|page"
    r"|object) (?:.{0,40})(?:not found|cannot be found|not available)"
    r"|object not found|no such (?:page|file))(?!的|问题|情况|等|现象|、|及|之)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^\W*(?:(?:404|error)\s*(?:$|[-_|—:：]|错误|页面?|not\s*found|error|找不到|提示)|错误提示|出错了?\s*(?:$"
    r"|[-_|—!！])|错误页"
    r"|(?:页面|网页|文件|栏目)(?:不存在|未找到|找不到|出错)(?!的|问题|情况|等|及)|not\s*found|提示信息.{0,4}404"
    r"|无法找到(?:该|此)?(?:页|网页|资源))",
    re.IGNORECASE,
)
_ERROR_PATH = re.compile(
    r"/(?:(?:err(?:or)?s?)?[/_-]?404|err(?:or)?s?|not[_-]?found|page[_-]?not[_-]?found|no[_-]?page"
    r"|404[_-]?(?:page|error))"
    r"(?:/(?:index)?)?(?:\.(?:s?html?|jsp|aspx?|php|do|action|htm))?/?$",
    re.IGNORECASE,
)


def is_error_address(url: str) -> bool:
    """Whether an address is by its name a page for wrong addresses (/404.html, /error.html)."""
    return _ERROR_PATH.search(urlsplit(url).path) is not None


def by_address(arrival: Arrival) -> tuple[Reason, str] | None:
    """The host sent its reader to its page for wrong addresses."""
    if arrival.url != arrival.visit.url and is_error_address(arrival.url) and not is_error_address(arrival.visit.url):
        return Reason.SOFT_404, "网站转到错误提示页（返回状态正常）"
    return None


def by_words(page: Page, seen: Glance) -> tuple[Reason, str] | None:
    """The page says itself that it does not exist, in its text, its title or an alert, or sends to an error page."""
    if page.redirect_to and is_error_address(page.redirect_to) and not is_error_address(page.url):
        return Reason.SOFT_404, "页面转到错误提示页（返回状态正常）"
    lines = own_words(page, seen)
    for line in lines[1:]:
        said = stands_for_itself(_SAYS, line)
        if said and fold(said) not in fold(page.empty_notice):
            return Reason.SOFT_404, f"页面提示“{said[:30]}”（返回状态正常）"
    if lines and _TITLE.search(seen.title) and not page.empty_notice:
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
    if home is None or _plain(page.url) not in {_plain(home.url), "/", ""}:
        return False
    return fingerprint_of(page).title == home.title


def _plain(url: str) -> str:
    path = urlsplit(url).path
    return re.sub(r"(?:index|default|main|home)?\.?(?:s?html?|jsp|php|aspx?)?$", "", path) or "/"
