"""Sections: an organ's own page (专属网页) is found by its name in the portal's index, never from an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.district import Organ
from crawler.matching import KIND_ORDER
from crawler.page.page import Page, PageLink, Zone
from crawler.walking.bearings import Bearings, href
from crawler.walking.confirming import Said, differs_in_template, whose
from crawler.walking.landing import Landing, land
from crawler.walking.organ_index import Index, Names
from crawler.walking.places import OFFERED, start_place
from crawler.walking.scheduling import Course
from ledger.observation import MatchKind, Reach, SectionObservation, TrailStep
from ledger.reason import Reason

OTHER_LABELS = 3
CANDIDATES = 3
"""Entries of an organ's name that are looked into where a page names another unit."""


@dataclass(frozen=True, slots=True)
class _Listed:
    kind: MatchKind
    page: Page
    index: int
    trail: tuple[TrailStep, ...]

    @property
    def link(self) -> PageLink:
        return self.page.links[self.index]


@dataclass(frozen=True, slots=True)
class Section:
    """Section (专属网页) as found: what was observed, and where it landed when it shows."""

    observation: SectionObservation
    landing: Landing | None = None


def find_section(
    bearings: Bearings, organ: Organ, index: Index, names: Names, organs: Sequence[Organ]
) -> Course[Section]:
    """The organ's page from the index: exact name, then normalised, then alias; it must not name another organ."""
    root = f"organ:{organ.id}"
    listed = _listed(bearings, organ, index, names)
    if not listed:
        return Section(_not_listed(root, index))
    first: Section | None = None
    for number, best in enumerate(_addresses(listed)[:CANDIDATES]):
        section = yield from _open(bearings, organ, index, best, names, organs)
        is_another = section.observation.reason is Reason.AMBIGUOUS
        if number == 0 or section.landing is not None:
            first = section
        if not is_another:
            break
    return first or Section(_not_listed(root, index))


def _addresses(listed: Sequence[_Listed]) -> list[_Listed]:
    """The best entry of each address, best first; entries of a worse kind than the best are no candidates."""
    found: dict[str, _Listed] = {}
    for one in listed:
        if one.kind is listed[0].kind:
            found.setdefault(href(one.link.url), one)
    return list(found.values())


def _open(
    bearings: Bearings, organ: Organ, index: Index, best: _Listed, names: Names, organs: Sequence[Organ]
) -> Course[Section]:
    link = best.link
    stop = TrailStep(organ.name, best.page.url, best.page.snapshot_id, best.kind, link.label)
    landing = yield from land(bearings, link.url, best.page.url)
    seen = SectionObservation(
        f"organ:{organ.id}",
        Reach.FOUND,
        landing.final_url,
        landing.snapshot_id,
        landing.seen_at,
        link.label,
        best.kind,
        _labels(best.page),
        (*best.trail, stop),
    )
    if landing.offsite:
        reason = landing.refused.reason if landing.refused else None
        return Section(replace(seen, reach=Reach.OFFSITE, reason=reason))
    if landing.page is None or landing.at_home:
        reason = landing.refused.reason if landing.refused else Reason.SOFT_404
        return Section(replace(seen, reach=Reach.UNREACHED, reason=reason))
    if not _is_own(bearings, landing.page, organ, index, best, names, organs):
        return Section(replace(seen, reach=Reach.UNREACHED, reason=Reason.AMBIGUOUS))
    copied = differs_in_template(landing.page, organ, organs, names)
    note = f"页面标签所载站点名称为“{copied}”，与页面标题不一致，以页面标题为准" if copied else ""
    return Section(replace(seen, detail=note), landing)


def _is_own(
    bearings: Bearings, page: Page, organ: Organ, index: Index, best: _Listed, names: Names, organs: Sequence[Organ]
) -> bool:
    """Whether a page may be taken for the organ's: it names no other, and tells apart those who share it."""
    heads = start_place(organ.name, page, (), (*organ.names, best.link.label)).entries
    if heads:
        # A page with all organs' menus: what hangs under the organ's name is the organ's.
        return True
    said = whose(page, organ, organs, names)
    sharing = index.sharing(organ.id, best.link.url)
    if sharing and any(whose(page, other, organs, names) is Said.OWN for other in organs if other.id in sharing):
        return False
    return said is Said.OWN if sharing else said is not Said.ANOTHER


def known_section(bearings: Bearings, organ: Organ, url: str) -> Course[Section]:
    """The organ's page where the district file knows it."""
    landing = yield from land(bearings, url)
    root = f"organ:{organ.id}"
    trail = (TrailStep(organ.name, landing.final_url, landing.snapshot_id),)
    reach, reason = Reach.FOUND, None
    if landing.page is None or landing.at_home:
        reach = Reach.UNREACHED
        reason = landing.refused.reason if landing.refused else Reason.SOFT_404
    elif landing.offsite:
        reach = Reach.OFFSITE
    seen = SectionObservation(
        root, reach, landing.final_url, landing.snapshot_id, landing.seen_at, trail=trail, reason=reason
    )
    return Section(seen, landing if reach is Reach.FOUND else None)


def _listed(bearings: Bearings, organ: Organ, index: Index, names: Names) -> list[_Listed]:
    found = []
    for page, trail in zip(index.pages, index.trails, strict=True):
        for number, link in enumerate(page.links):
            if not link.url or link.zone is Zone.BREADCRUMB:
                continue
            kind = names.match(organ, link.label) or names.match(organ, link.title)
            if kind is not None:
                found.append(_Listed(kind, page, number, trail))
    # Index pages before the home page, whose links to a name may be news; the district's hosts before others.
    order = {id(page): position for position, page in enumerate(index.pages)}
    return sorted(
        found, key=lambda one: (not bearings.inside(one.link.url), KIND_ORDER[one.kind], order[id(one.page)] == 0)
    )


def _not_listed(root: str, index: Index) -> SectionObservation:
    if not index.pages:
        return SectionObservation(root, Reach.UNREACHED, "", "", None, reason=index.refused or Reason.SECTION_NOT_FOUND)
    page, trail = index.pages[-1], index.trails[-1]
    seen = SectionObservation(
        root, Reach.ABSENT, page.url, page.snapshot_id, page.seen_at, offered=_labels(page), trail=trail
    )
    doubt = index.refused or next((reason for one in index.pages if (reason := _doubt(one)) is not None), None)
    return replace(seen, reach=Reach.UNREACHED, reason=doubt) if doubt else seen


def _doubt(page: Page) -> Reason | None:
    if not page.whole:
        return Reason.TRUNCATED
    if page.menu_by_script or page.menu_asks or len(_labels(page)) < OTHER_LABELS:
        return Reason.NEEDS_BROWSER
    return None


def _labels(page: Page) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.label for link in page.links if link.label))[:OFFERED]
