"""The site map (网站地图): found by its name on the home page, where its tree is the tree that is walked."""

from __future__ import annotations

from catalog.spelling import normalise
from crawler.page.page import Page
from crawler.walking.bearings import Bearings
from crawler.walking.landing import land
from crawler.walking.scheduling import Course

SITE_MAP_NAMES = ("网站地图", "站点地图", "网站导航", "站点导航", "网站导览")
"""Names of the site map page, as real portals print them (REAL_PAGES.md; 国办发〔2017〕47号 on 网站地图)."""


def site_map_url(home: Page | None, bearings: Bearings) -> str:
    """Address of the site map that the home page offers, or empty."""
    names = {normalise(name) for name in SITE_MAP_NAMES}
    links = home.links if home is not None else ()
    return next(
        (one.url for one in links if one.url and normalise(one.label) in names and bearings.inside(one.url)), ""
    )


def site_map(bearings: Bearings) -> Course[Page | None]:
    """The site map of the tree that is walked; None where there is none, and on an organ's section."""
    url = site_map_url(bearings.home_page, bearings)
    if not url:
        return None
    landing = yield from land(bearings, url)
    return landing.page if not landing.at_home else None
