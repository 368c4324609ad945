"""Sections: an organ's own page (专属网页) is found by its name in the portal's index, never from an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.district import Organ, OrganKind
from catalog.spelling import fold
from crawler.matching import KIND_ORDER
from crawler.page.page import Page, PageLink, Zone
from crawler.walking.bearings import Bearings
from crawler.walking.landing import Landing, land
from crawler.walking.organ_index import Index, Names
from crawler.walking.places import OFFERED
from crawler.walking.scheduling import Course
from ledger.observation import MatchKind, Reach, SectionObservation, TrailStep
from ledger.reason import Reason

OTHER_LABELS = 3


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
    best = listed[0]
    link = best.link
    stop = TrailStep(organ.name, best.page.url, best.page.snapshot_id, best.kind, link.label)
    trail = (*best.trail, stop)
    offered = _labels(best.page)
    landing = yield from land(bearings, link.url, best.page.url)
    seen = SectionObservation(
        root,
        Reach.FOUND,
        landing.final_url,
        landing.snapshot_id,
        landing.seen_at,
        link.label,
        best.kind,
        offered,
        trail,
    )
    if landing.offsite:
        reason = landing.refused.reason if landing.refused else None
        return Section(replace(seen, reach=Reach.OFFSITE, reason=reason))
    if landing.page is None or landing.at_home:
        reason = landing.refused.reason if landing.refused else Reason.SOFT_404
        return Section(replace(seen, reach=Reach.UNREACHED, reason=reason))
    if _names_another(landing.page, organ, organs, names):
        return Section(replace(seen, reach=Reach.UNREACHED, reason=Reason.AMBIGUOUS))
    return Section(seen, landing)


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
    if page.menu_by_script or len(_labels(page)) < OTHER_LABELS:
        return Reason.NEEDS_BROWSER
    return None


def _labels(page: Page) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.label for link in page.links if link.label))[:OFFERED]


def _names_another(page: Page, organ: Organ, organs: Sequence[Organ], names: Names) -> bool:
    """Its title, heading, SiteName or breadcrumb names another organ of the roster and not this one."""
    said = (page.title, page.heading, page.tags.get("SiteName", ""), page.tags.get("ColumnName", ""))
    text = " ".join(fold(part) for part in (*said, *(crumb.label for crumb in page.breadcrumb)))
    if names.said(organ, text) or any(names.match(organ, part) for part in said if part):
        return False
    others = [one for one in organs if one.id != organ.id and one.kind is not OrganKind.GOVERNMENT]
    return any(names.said(one, text) for one in others)
