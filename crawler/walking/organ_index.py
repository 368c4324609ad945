"""The index of organs (部门镇街索引): pages of the portal on which organs are listed, read once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from catalog.aliases import OrganAliases
from catalog.district import District, Organ, OrganKind
from catalog.roles import bare, resolve
from catalog.spelling import fold, normalise
from crawler.page.page import Page, PageLink, Zone
from crawler.walking.bearings import Bearings, href
from crawler.walking.landing import Landing, land, with_told_menu
from crawler.walking.rendering import with_shown_menu
from crawler.walking.scheduling import Course
from crawler.walking.sitemap import site_map_url
from ledger.observation import MatchKind, TrailStep
from ledger.reason import Reason

INDEX_PAGES = 6
MORE_PAGES = 30
"""Further pages of an index: its letters (A-Z), its second pages."""
INDEX_NAMES = (
    "部门",
    "镇街",
    "乡镇街道",
    "镇乡街道",
    "乡镇",
    "街道",
    "部门街镇",
    "部门镇街",
    "部门乡镇",
    "部门信息公开",
    "部门信息公开目录",
    "镇街信息公开",
    "乡镇信息公开",
    "部门镇街信息公开",
    "部门乡镇信息公开",
    "政府部门",
    "政府工作部门",
    "政府机构",
    "组织机构",
    "机构设置",
    "专属网页",
    "各部门",
    "各镇街",
    "部门网站",
    "部门子站",
)
"""Labels of pages that list the organs: notice 渝府办发〔2020〕58号 §10 (专属网页) and the menus of DOMAIN.md §7."""
_INDEX = re.compile(
    r"^(?:各|本|区|县|市|级|直|属|政府|所属|直属|工作|组成)*"
    r"(?:(?:部门|委办局|镇街道?|街镇|乡镇|镇乡|街道|单位|机构)(?:[、及和与]|街道|乡镇|镇街)?)+"
    r"(?:政府|政务|信息|公开|目录|网站|子站|站群|网站群|频道|专栏|平台|导航|链接|列表|大全|之窗|主页|网页|一览表?|名录)*$"
)
_LETTER = re.compile(r"^[A-Z](?:[-~—至][A-Z]|[A-Z]{0,5})$")
_FURTHER = re.compile(r"^(?:下一页|下页|后一页|\d{1,2})$")
GATEWAYS = ("政府信息公开", "政务公开", "信息公开")
"""Where the index stands when the home page does not offer it (国办公开办函〔2019〕61号)."""
_UNIT_ENDS = ("局", "委", "办", "镇", "乡", "街道", "办事处", "中心", "政府", "会", "队", "院", "社", "处", "区", "部")


@dataclass(frozen=True, slots=True)
class Index:
    """Index (部门镇街索引): pages on which organs may be listed, the home page first.

    Attributes:
        trails: how each page was reached.
        refused: an index page, or the home page, that could not be read.
        entries: addresses under which each organ is listed, by its id.
    """

    pages: tuple[Page, ...] = ()
    trails: tuple[tuple[TrailStep, ...], ...] = ()
    refused: Reason | None = None
    entries: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def sharing(self, organ_id: str, url: str) -> frozenset[str]:
        """Other organs that are listed under the same address."""
        plain = href(url)
        return frozenset(other for other, urls in self.entries.items() if other != organ_id and plain in urls)


@dataclass(slots=True)
class Names:
    """Names (单位名称) of all organs, compared without place names and levels."""

    district: District
    aliases: OrganAliases
    _resolved: dict[str, str] = field(default_factory=dict)
    _forms: dict[str, str] = field(default_factory=dict)

    def match(self, organ: Organ, label: str) -> MatchKind | None:
        """How a label names an organ, or None."""
        shown = label.strip()
        if len(fold(shown)) < 2:
            return None
        mandated = tuple(name for name in (organ.name, organ.short) if name)
        if shown in mandated:
            return MatchKind.EXACT
        form = self._form(shown)
        if any(form == self._form(name) for name in mandated):
            return MatchKind.NORMALISED
        if any(form == self._form(name) for name in organ.aliases):
            return MatchKind.ALIAS
        return MatchKind.ALIAS if self._meant(shown) == organ.id else None

    def _form(self, name: str) -> str:
        if name not in self._forms:
            self._forms[name] = normalise(bare(name, self.district))
        return self._forms[name]

    def _meant(self, label: str) -> str:
        if label not in self._resolved:
            found = None
            if label.endswith(_UNIT_ENDS) and len(label) <= 30:
                found = resolve(label, self.district, self.aliases)
            self._resolved[label] = found.id if found and found.kind is not OrganKind.GOVERNMENT else ""
        return self._resolved[label]

    def said(self, organ: Organ, text: str) -> bool:
        """Whether a folded text holds one of an organ's names."""
        return any(len(fold(name)) >= 3 and fold(name) in text for name in organ.names)


@dataclass(slots=True)
class _Reading:
    """Reading of the index: pages read so far and those still to be read."""

    pages: list[Page]
    trails: list[tuple[TrailStep, ...]]
    refused: Reason | None = None
    been: set[str] = field(default_factory=set)


def read_index(bearings: Bearings, home: Landing, organs: Sequence[Organ], names: Names) -> Course[Index]:
    """Read the pages that list organs until every organ is listed: at most six, their letters and further pages.

    The site map is asked where they do not list every organ.
    """
    if home.page is None:
        return Index(refused=home.refused.reason if home.refused else Reason.INTERNAL)
    start: tuple[TrailStep, ...] = (TrailStep("政府网站", home.page.url, home.page.snapshot_id),)
    reading = _Reading([home.page], [start], been={home.url, home.page.url})
    links = _index_links(bearings, home.page, INDEX_NAMES) or _index_links(bearings, home.page, GATEWAYS)
    if not links:
        reading.pages[0] = shown = yield from _with_menu(bearings, home.page)
        links = _index_links(bearings, shown, INDEX_NAMES) or _index_links(bearings, shown, GATEWAYS)
    waiting = [(link, start) for link in links]
    further: list[tuple[PageLink, tuple[TrailStep, ...]]] = []
    fetched = 0
    while (waiting or further) and not _all_listed(organs, reading.pages, names):
        is_named = bool(waiting) and fetched < INDEX_PAGES
        if not is_named and (not further or fetched >= INDEX_PAGES + MORE_PAGES):
            break
        link, trail = waiting.pop(0) if is_named else further.pop(0)
        if href(link.url) in reading.been:
            continue
        fetched += 1
        here = yield from _read(bearings, reading, link, trail)
        if here is not None:
            waiting.extend((one, here) for one in _index_links(bearings, reading.pages[-1], INDEX_NAMES))
            further.extend((one, here) for one in _further_links(bearings, reading.pages[-1]))
    mapped = site_map_url(home.page, bearings)
    if mapped and not _all_listed(organs, reading.pages, names):
        yield from _read(bearings, reading, PageLink("网站地图", mapped), start)
    return Index(tuple(reading.pages), tuple(reading.trails), reading.refused, _entries(organs, reading.pages, names))


def _read(
    bearings: Bearings, reading: _Reading, link: PageLink, trail: tuple[TrailStep, ...]
) -> Course[tuple[TrailStep, ...] | None]:
    reading.been.add(href(link.url))
    landing = yield from land(bearings, link.url, trail[-1].url)
    if landing.page is None or landing.offsite or landing.at_home:
        reading.refused = reading.refused or (landing.refused.reason if landing.refused else None)
        return None
    page = yield from _with_menu(bearings, landing.page)
    here = (*trail, TrailStep(link.label, page.url, page.snapshot_id, None, link.label))
    reading.pages.append(page)
    reading.trails.append(here)
    return here


def _with_menu(bearings: Bearings, page: Page) -> Course[Page]:
    """The page with the menus that services tell or a browser shows."""
    told = (yield from with_told_menu(bearings, page)) if page.menu_asks else page
    return (yield from with_shown_menu(bearings, told))


def _index_links(bearings: Bearings, page: Page, wanted: Sequence[str]) -> list[PageLink]:
    """Links that lead to an index, in the order of the names, each address once."""
    ranks = {normalise(name): rank for rank, name in reversed(list(enumerate(wanted)))}
    found: dict[str, tuple[int, PageLink]] = {}
    for link in page.links:
        if not link.url or link.zone is Zone.BREADCRUMB or not bearings.inside(link.url):
            continue
        label = bare(link.label, bearings.district)
        rank = ranks.get(normalise(label))
        if rank is None and wanted is INDEX_NAMES and _INDEX.search(fold(label)):
            rank = len(ranks)
        if rank is not None and link.url not in found:
            found[link.url] = (rank, link)
    return [link for _, link in sorted(found.values(), key=lambda one: one[0])]


def _further_links(bearings: Bearings, page: Page) -> list[PageLink]:
    """The rest of an index: its letters and its later pages."""
    shown = [link for link in page.links if link.url and bearings.inside(link.url)]
    letters = [link for link in shown if _LETTER.search(link.label.strip().upper())]
    paged = [PageLink(f"第{number}页", url) for number, url in enumerate(page.pager.others, start=2)]
    beside = [link for link in shown if _FURTHER.search(fold(link.label))]
    found = {href(link.url): link for link in reversed((*letters, *paged, *beside))}
    return list(reversed(found.values()))


def _entries(organs: Iterable[Organ], pages: Sequence[Page], names: Names) -> dict[str, frozenset[str]]:
    """Addresses under which organs are listed."""
    found: dict[str, set[str]] = {organ.id: set() for organ in organs}
    links = {(link.label, link.url) for page in pages for link in page.links if link.url}
    for label, url in links:
        for organ in organs:
            if names.match(organ, label) is not None:
                found[organ.id].add(href(url))
    return {organ_id: frozenset(urls) for organ_id, urls in found.items() if urls}


def _all_listed(organs: Sequence[Organ], pages: Sequence[Page], names: Names) -> bool:
    return all(any(names.match(organ, link.label) for page in pages for link in page.links) for organ in organs)
