"""Pages on which units are listed (机构索引): indexes by their names, then gateways and the site map; at most a few."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from catalog.district import OrganKind
from catalog.spelling import normalise
from crawler.page.page import Page, Zone
from crawler.probing.listed import Listed, index_rank, units_listed
from crawler.walking.bearings import Bearings
from crawler.walking.landing import Landing, land
from crawler.walking.organ_index import GATEWAYS
from crawler.walking.rendering import with_shown_menu
from crawler.walking.scheduling import Course
from crawler.walking.sitemap import site_map_url

INDEX_PAGES = 24
"""Indexes, their letters and later pages together."""
GATEWAY_PAGES = 4
MORE_GATEWAYS = ("公开目录", "政府信息公开目录", "信息公开目录", "政府信息公开专栏", "政府信息公开平台", "政务公开专栏")
_LETTER = re.compile(r"[A-Z](?:[-~—至][A-Z]|[A-Z]{0,5})")
_FURTHER = re.compile(r"下一页|下页|后一页|\d{1,2}")
ENOUGH = 5


@dataclass(slots=True)
class Indexed:
    """Indexed units (索引结果): what indexes, gateways and site map list, and which of them refused."""

    listed: list[Listed] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    refused: list[tuple[str, Landing]] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether departments and towns or subdistricts both are among them."""
        kinds = {one.name.kind for one in self.listed}
        return (
            len(self.listed) >= ENOUGH
            and OrganKind.DEPARTMENT in kinds
            and bool(kinds & {OrganKind.TOWN, OrganKind.SUBDISTRICT})
        )


def read_indexes(bearings: Bearings, home: Page, place: str) -> Course[Indexed]:
    """Read the home page, every index that it or another index offers, then what may offer one."""
    found = Indexed(pages=[home])
    home = yield from _shown(bearings, home, place)
    found.listed += units_listed(home, place, bearings.inside)
    frame = frozenset(link.url for link in home.links if link.url)
    been = {home.url}
    yield from _follow(bearings, place, found, been, frame, _index_links(bearings, home, place))
    for label, url in gateways(bearings, home):
        if found.is_whole:
            break
        page = yield from _open(bearings, label, url, home.url, found, been, place)
        if page is not None:
            found.listed += units_listed(page, place, bearings.inside)
            yield from _follow(bearings, place, found, been, frame, _index_links(bearings, page, place))
    return found


def _follow(
    bearings: Bearings,
    place: str,
    found: Indexed,
    been: set[str],
    frame: frozenset[str],
    links: Sequence[tuple[int, str, str]],
) -> Course[None]:
    waiting = list(links)
    while waiting and len(found.pages) < INDEX_PAGES:
        rank, label, url = waiting.pop(0)
        page = yield from _open(bearings, label, url, found.pages[0].url, found, been, place)
        if page is None:
            continue
        found.listed += units_listed(page, place, bearings.inside, index=label, index_rank_=rank, frame=frame)
        known = {one[2] for one in waiting} | been
        offered = [*_index_links(bearings, page, place), *_further(bearings, page, rank, label)]
        waiting += [one for one in offered if one[2] not in known]


def _open(
    bearings: Bearings, label: str, url: str, referrer: str, found: Indexed, been: set[str], place: str
) -> Course[Page | None]:
    if url in been:
        return None
    been.add(url)
    landing = yield from land(bearings, url, referrer)
    if landing.page is None or landing.offsite or landing.at_home:
        found.refused.append((label, landing))
        return None
    page = yield from _shown(bearings, landing.page, place)
    been.add(page.url)
    found.pages.append(page)
    return page


def _shown(bearings: Bearings, page: Page, place: str) -> Course[Page]:
    """The page as a browser shows it where its source lists no unit, offers no index, and has menus made by scripts."""
    if units_listed(page, place, bearings.inside, index="*") or _index_links(bearings, page, place):
        return page
    return (yield from with_shown_menu(bearings, page))


def _index_links(bearings: Bearings, page: Page, place: str) -> list[tuple[int, str, str]]:
    """Rank, label and address of the indexes a page offers, best first, each address once."""
    found: dict[str, tuple[int, str, str]] = {}
    for link in page.links:
        if not link.url or link.zone is Zone.BREADCRUMB or not bearings.inside(link.url):
            continue
        rank = index_rank(link.label, place)
        if rank is not None and (link.url not in found or rank < found[link.url][0]):
            found[link.url] = (rank, link.label, link.url)
    return sorted(found.values(), key=lambda one: one[0])


def _further(bearings: Bearings, page: Page, rank: int, label: str) -> list[tuple[int, str, str]]:
    """The rest of an index: its letters and its later pages."""
    named = [link.url for link in page.links if link.url and _is_further(link.label)]
    return [(rank, label, url) for url in dict.fromkeys((*named, *page.pager.others)) if bearings.inside(url)]


def _is_further(label: str) -> bool:
    text = "".join(label.split())
    return bool(_LETTER.fullmatch(text.upper()) or _FURTHER.fullmatch(text))


def gateways(bearings: Bearings, home: Page) -> list[tuple[str, str]]:
    """Label and address of the pages of a portal that may lead to an index; the site map last."""
    names = [normalise(name) for name in (*GATEWAYS, *MORE_GATEWAYS)]
    offered: dict[str, str] = {}
    for link in home.links:
        if link.url and normalise(link.label) in names and bearings.inside(link.url):
            offered.setdefault(link.url, link.label)
    found = [(label, url) for url, label in offered.items()][:GATEWAY_PAGES]
    site_map = site_map_url(home, bearings)
    return [*found, *([("网站地图", site_map)] if site_map else [])]
