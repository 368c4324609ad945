"""The entrance (首页入口): the home page, or the page behind a picture that only says 进入网站."""

from __future__ import annotations

import re
from dataclasses import replace

from catalog.spelling import fold
from crawler.page.page import Page, PageLink
from crawler.walking.bearings import Bearings, same_address
from crawler.walking.landing import Landing, land, with_told_menu
from crawler.walking.scheduling import Course

FEW = 12
"""A home page that offers no more than these may be only the cover of the portal."""

_ENTER = re.compile(
    r"^(?:点击|请)?(?:进入|访问|浏览|进)(?:本站|.{0,12}(?:网|网站|首页|主页|站点|门户|官网))?(?:浏览)?$"
    r"|^(?:跳过|跳过动画|skip|enter|enterthesite|进站)$|^(?:网站|门户)?(?:首页|主页)$"
    r"|^(?:中文|简体|简体中文|中文版|简体版|中文简体)$|人民政府(?:门户)?(?:网|网站)?$"
)


def arrive_home(bearings: Bearings) -> Course[Landing]:
    """Land on the home page, or on the page behind a cover, with the menus that services tell.

    What the home page offers is the frame of all other pages (``Bearings.chrome``), so it has to be known first.
    """
    landing = yield from _arrive(bearings)
    if landing.page is None or landing.offsite or not landing.page.menu_asks:
        return landing
    told = yield from with_told_menu(bearings, landing.page)
    return replace(landing, page=told)


def _arrive(bearings: Bearings) -> Course[Landing]:
    landing = yield from land(bearings, bearings.district.home)
    cover = landing.page
    if cover is None or landing.offsite:
        return landing
    link = _way_in(bearings, cover)
    if link is None:
        return landing
    behind = yield from land(bearings, link.url, cover.url)
    pages = (*landing.pages, *behind.pages)
    if behind.page is None or behind.offsite:
        return replace(landing, page=None, refused=behind.refused, offsite=behind.offsite, pages=pages)
    if len(behind.page.links) <= len(cover.links):
        return landing
    return replace(landing, page=behind.page, pages=pages)


def _way_in(bearings: Bearings, cover: Page) -> PageLink | None:
    """The link of a cover that leads into the portal; None where the page is no cover."""
    if any(row.published_on is not None for row in cover.rows):
        return None
    inside = {
        link.url: link
        for link in reversed(cover.links)
        if link.url and bearings.inside(link.url) and not same_address(link.url, cover.url)
    }
    if not inside or len(inside) > FEW or len({fold(link.label) for link in cover.links}) > FEW:
        return None
    named = [link for link in inside.values() if any(_ENTER.search(fold(name)) for name in link.spellings)]
    if named:
        return min(named, key=cover.links.index)
    return next(iter(inside.values())) if len(inside) == 1 else None
