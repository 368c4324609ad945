"""Attributing: whose column a doubtful name in an organ's menu is, by the word of the page behind it."""

from __future__ import annotations

import re

from catalog.path import Step
from catalog.roles import bare
from catalog.spelling import fold
from crawler.page.page import Page, PageLink
from crawler.walking.bearings import Bearings, href, same_address
from crawler.walking.landing import land
from crawler.walking.missing import undecided_entries
from crawler.walking.places import Place, is_one_organ
from crawler.walking.scheduling import Course

LOOKED_INTO = 4
_OF_ORGANS = re.compile(r"部门|单位|镇街|街镇|乡镇|镇乡|街道|机构")


def portal_entries(bearings: Bearings, place: Place, step: Step) -> Course[frozenset[int]]:
    """Entries of an organ's menu that may be the step by name and lead into the portal's own column of that name.

    The portal's menu stands on its organs' pages too; an entry that leads there to its column's first child has an
    address that the home page does not offer. Each is opened, and the page behind says whose it is.
    """
    if bearings.organ is None:
        return frozenset()
    found: set[int] = set()
    for index in undecided_entries(bearings, place, step)[:LOOKED_INTO]:
        link = place.page.links[index]
        if not link.url or not bearings.inside(link.url):
            continue
        landing = yield from land(bearings, link.url, place.page.url)
        shown = None if landing.offsite or landing.at_home else landing.page
        if shown is not None and _is_portal_s(bearings, place, link, shown):
            found.add(index)
    return frozenset(found)


def _is_portal_s(bearings: Bearings, place: Place, link: PageLink, page: Page) -> bool:
    """Whether a page stands under the home page's own entry of that name, and neither names the organ nor any other."""
    names = {fold(name) for name in link.spellings}
    above = [fold(crumb.label) for crumb in page.breadcrumb]
    under = [
        number
        for number, crumb in enumerate(page.breadcrumb)
        if above[number] in names and not bearings.is_home(crumb.url) and bearings.is_frame(place.page.url, crumb.url)
    ]
    if not under or any(is_one_organ(label) or _OF_ORGANS.search(label) for label in above[under[0] + 1 :]):
        return False
    if any(_is_organ_s(bearings, place, url) for url in (page.url, *(crumb.url for crumb in page.breadcrumb))):
        return False
    own = {fold(one) for name in bearings.organ_names for one in (name, bare(name, bearings.district))}
    said = [fold(text) for text in (page.title, page.heading, *page.tags.values(), *above)]
    return not any(name and name in text for name in own for text in said)


def _is_organ_s(bearings: Bearings, place: Place, url: str) -> bool:
    """Whether an address is the organ's page or lies in its folder."""
    if not url:
        return False
    start = place.trail[0].url
    own = any(same_address(url, way) for way in (start, place.page.url, *place.ways))
    return own or bool(bearings.section and href(url).startswith(bearings.section))
