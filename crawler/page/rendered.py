"""What a browser serialised, made fit to be read: its scripts have run, so they are taken out."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.page.page import Page
from ledger.observation import ColumnShape
from ledger.reason import Reason

_PROGRAM = re.compile(r"<(script|noscript|template)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_EXTERNAL = re.compile(r"<script\b[^>]*?\bsrc\s*=\s*[\"']?\s*([^\"'\s>]+)", re.IGNORECASE)
_INLINE = re.compile(r"<script\b(?![^>]*\bsrc\s*=)[^>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_ACTS = re.compile(
    r"\$\s*\.\s*(?:ajax|get|post|getJSON)\b|\bfetch\s*\(|XMLHttpRequest|axios|\.load\s*\(|innerHTML|insertAdjacent"
    r"|appendChild|\.(?:append|prepend|html|after|before)\s*\(|new\s+Vue|createApp|avalon\.define|document\s*\.\s*write"
)
_BESIDE = re.compile(
    r"hm\.baidu|cnzz|51\.la|tongji|statist|analytics|gtag|googletagmanager|webtrends|beacon|visitcount|conac|zfwzgl"
    r"|jiucuo|kaipuyun|ta\.trs|share|weixin|wechat|qrcode|weather|tianqi|wza|barrierfree|accessib|livechat",
    re.IGNORECASE,
)
_LIBRARY = re.compile(
    r"(?:^|/)(?:jquery(?:[-.]?(?:\d[\d.]*|slim|migrate[-.\d]*|easing[-.\d]*|cookie|superslide[-.\d]*|lazyload))?|html5(?:shiv)?|respond"
    r"|css3-mediaqueries|es[56]-(?:shim|promise)|polyfills?|bootstrap|swiper(?:-bundle|[-.\d]*)?|superslide[-.\d]*|slick"
    r"|owl\.carousel|lazyload|layer|base64|md5)(?:[-.]min|[-.]pack)?\.js(?:$|[?#])",
    re.IGNORECASE,
)
"""Libraries, by their own names: none of them makes a menu or a list unless a program of the page calls it."""
_WAITING = re.compile(
    r"^[\s.。…]*(?:正在|数据|内容|页面)*(?:加载|载入|读取)(?:中|数据)*[,，]?(?:请稍[候后等])?[\s.。…!！]*$"
    r"|^loading[\s.。…]*$",
    re.IGNORECASE | re.MULTILINE,
)
_PLAIN = (
    r"(?![^>]*(?:display\s*:\s*none|\bonclick\b))"
    r"(?![^>]*\bid\s*=\s*[\"']?[\w-]*(?:rel|hot|rmss|fj|attach|share|pop|tip|hid|ico|btn|top|zntj))"
)
"""Not hidden, no button, and by its name no place for related pages, hot words, attachments and the like."""
_HOOK = re.compile(
    rf"<(ul|ol|dl|tbody|table)\b(?=[^>]*\bid\s*=){_PLAIN}[^>]*>\s*</\1\s*>"
    r"|<(div|section|nav|aside)\b(?=[^>]*\bid\s*=\s*[\"']?[\w-]*(?:menu|nav|tree|list|left|side|lanmu|column|catalog"
    rf"|data|content|app|root)){_PLAIN}[^>]*>\s*</\2\s*>",
    re.IGNORECASE,
)
_VACANT = re.compile(
    r"<(ul|ol|dl|tbody|table|div|section|nav|aside)\b(?![^>]*(?:display\s*:\s*none|clear|line|blank|space|height))"
    r"[^>]*>\s*</\1\s*>",
    re.IGNORECASE,
)
"""A part that holds nothing and is no spacer, whatever its name."""
BARE_LINKS, BARE_TEXT = 3, 300


def without_programs(text: str) -> str:
    """The markup of a DOM without programs, what is shown to readers without scripts, and unused templates."""
    return _PROGRAM.sub("", text)


def has_scripts(text: str) -> bool:
    """Whether a page's source names scripts, beside statistics and badges, that could change what it shows."""
    source = _COMMENT.sub("", text)
    if any(not _BESIDE.search(address) for address in _EXTERNAL.findall(source)):
        return True
    return any(_ACTS.search(program) and not _BESIDE.search(program) for program in _INLINE.findall(source))


def has_idle_libraries(text: str) -> bool:
    """Whether all that could change a page are libraries that no program of it calls, and no part of it is empty."""
    source = _COMMENT.sub("", text)
    if not all(_BESIDE.search(address) or _LIBRARY.search(address) for address in _EXTERNAL.findall(source)):
        return False
    acting = any(_ACTS.search(program) and not _BESIDE.search(program) for program in _INLINE.findall(source))
    return not acting and _VACANT.search(_PROGRAM.sub("", source)) is None


def has_hooks(text: str) -> bool:
    """Whether a page's source holds empty lists or parts with a name of their own, as scripts need to fill them."""
    return _HOOK.search(_PROGRAM.sub("", _COMMENT.sub("", text))) is not None


def with_scripts(page: Page, text: str) -> Page:
    """The page with what its source says of scripts: whether there are any, and whether they seem to fill it."""
    if not has_scripts(text) or has_idle_libraries(text):
        return page
    if not has_hooks(text):
        return replace(page, scripted=True)
    nothing = page.shape in (ColumnShape.EMPTY, ColumnShape.UNKNOWN) and not page.rows and not page.blocks
    unread = nothing and not page.redirect_to
    return replace(
        page,
        scripted=True,
        menu_by_script=not page.redirect_to,
        list_by_script=page.list_by_script or unread,
    )


def is_bare(page: Page) -> bool:
    """Whether a page still shows next to nothing."""
    addressed = sum(1 for link in page.links if link.url)
    return addressed <= BARE_LINKS and len(page.text) <= BARE_TEXT and not page.rows


def with_doubts(page: Page, unseen: str, because: Reason | None = None) -> Page:
    """The page as a browser showed it, with what cannot be believed of it.

    Args:
        unseen: what the browser could not get, see ``Page.unseen``. Parts of the district's own hosts leave the page
            not whole; where a script of another host is missing, it depends on whether the page waits for scripts.
    """
    bare = is_bare(page)
    waits = bool(_WAITING.search(page.text))
    own = unseen == "own"
    return replace(
        page,
        redirect_to="",
        menu_by_script=page.menu_by_script or bare or own,
        list_by_script=(page.list_by_script or bare or waits or own) and not page.rows,
        whole=page.whole and not own,
        unseen=unseen if unseen != "gone" else "",
        unseen_because=because,
        seen_by="browser",
    )
