"""The index of organs (部门镇街索引): pages of the portal on which organs are listed, read once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from catalog.aliases import OrganAliases
from catalog.district import District, Organ, OrganKind
from catalog.roles import bare, resolve
from catalog.spelling import fold, normalise
from crawler.page.page import Page, PageLink, Zone
from crawler.walking.bearings import Bearings
from crawler.walking.landing import Landing, land
from crawler.walking.scheduling import Course
from ledger.observation import MatchKind, TrailStep
from ledger.reason import Reason

INDEX_PAGES = 6
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
GATEWAYS = ("政府信息公开", "政务公开", "信息公开")
"""Where the index stands when the home page does not offer it (国办公开办函〔2019〕61号)."""
_UNIT_ENDS = ("局", "委", "办", "镇", "乡", "街道", "办事处", "中心", "政府", "会", "队", "院", "社", "处", "区", "部")


@dataclass(frozen=True, slots=True)
class Index:
    """Index (部门镇街索引): pages on which organs may be listed, the home page first.

    Attributes:
        trails: how each page was reached.
        refused: an index page, or the home page, that could not be read.
    """

    pages: tuple[Page, ...] = ()
    trails: tuple[tuple[TrailStep, ...], ...] = ()
    refused: Reason | None = None


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


def read_index(bearings: Bearings, home: Landing, organs: Sequence[Organ], names: Names) -> Course[Index]:
    """Read the pages that list organs, at most six, until every organ is listed on one of them."""
    if home.page is None:
        return Index(refused=home.refused.reason if home.refused else Reason.INTERNAL)
    start = TrailStep("政府网站", home.page.url, home.page.snapshot_id)
    pages: list[Page] = [home.page]
    trails: list[tuple[TrailStep, ...]] = [(start,)]
    refused: Reason | None = None
    queue = _index_links(bearings, home.page, INDEX_NAMES) or _index_links(bearings, home.page, GATEWAYS)
    waiting = [(link, trails[0]) for link in queue]
    been = {home.url, home.page.url}
    fetched = 0
    while waiting and fetched < INDEX_PAGES and not _all_listed(organs, pages, names):
        link, trail = waiting.pop(0)
        if link.url in been:
            continue
        been.add(link.url)
        fetched += 1
        landing = yield from land(bearings, link.url, trail[-1].url)
        if landing.page is None or landing.offsite or landing.at_home:
            refused = refused or (landing.refused.reason if landing.refused else None)
            continue
        here = (*trail, TrailStep(link.label, landing.page.url, landing.page.snapshot_id, None, link.label))
        pages.append(landing.page)
        trails.append(here)
        waiting.extend((one, here) for one in _index_links(bearings, landing.page, INDEX_NAMES))
    return Index(tuple(pages), tuple(trails), refused)


def _index_links(bearings: Bearings, page: Page, wanted: Sequence[str]) -> list[PageLink]:
    """Links that lead to an index, in the order of the names, each address once."""
    ranks = {normalise(name): rank for rank, name in reversed(list(enumerate(wanted)))}
    found: dict[str, tuple[int, PageLink]] = {}
    for link in page.links:
        if not link.url or link.zone is Zone.BREADCRUMB or not bearings.inside(link.url):
            continue
        rank = ranks.get(normalise(bare(link.label, bearings.district)))
        if rank is not None and link.url not in found:
            found[link.url] = (rank, link)
    return [link for _, link in sorted(found.values(), key=lambda one: one[0])]


def _all_listed(organs: Sequence[Organ], pages: Sequence[Page], names: Names) -> bool:
    return all(any(names.match(organ, link.label) for page in pages for link in page.links) for organ in organs)
