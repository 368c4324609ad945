"""Looking elsewhere: before an absence is believed, the column is looked for at a few other places of the portal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from catalog.spelling import fold
from crawler.matching import KIND_ORDER, match_label, named
from crawler.page.page import Page, PageLink, Zone
from crawler.plan import PORTAL, Leaf
from crawler.walking.bearings import Bearings, same_address
from crawler.walking.landing import Landing, land
from crawler.walking.missing import Missed
from crawler.walking.places import ancestors, under_another_organ
from crawler.walking.scheduling import Course, T
from crawler.walking.searching import RootSearch
from crawler.walking.site_search import SEARCHES_A_ROOT, Turn, is_column_by_name, search_url, turn_of
from crawler.walking.sitemap import site_map_url
from ledger.observation import Elsewhere, MatchKind
from ledger.work import Visit, VisitKind

REQUESTS_A_ROOT = 8
SEARCH = "search"
MOST_FOUND = 3


@dataclass(frozen=True, slots=True)
class Covered:
    """Covered (已查他处): where else a column was found, and which sources were really read."""

    found: tuple[Elsewhere, ...]
    sources: tuple[str, ...]


@dataclass(slots=True)
class Surroundings:
    """Surroundings (他处来源) of one root: what is looked at, and how many requests are left for it.

    Attributes:
        home: the portal's home page; None when it could not be read.
        searches: of all roots, by root; ``searches_left`` counts what may still be asked of the portal's own search.
        organs: names of all organs, to know another organ's section.
    """

    home: Page | None
    searches: dict[str, RootSearch]
    organs: dict[str, tuple[str, ...]]
    left: int = REQUESTS_A_ROOT
    searches_left: int = SEARCHES_A_ROOT
    known: set[str] = field(default_factory=set)
    site_map: list[Page] | None = None


@dataclass(frozen=True, slots=True)
class _Sighting:
    source: str
    page: Page
    index: int
    kind: MatchKind
    spelling: str

    @property
    def link(self) -> PageLink:
        return self.page.links[self.index]


def look_elsewhere(search: RootSearch, leaf: Leaf, missed: Missed, around: Surroundings) -> Course[Covered]:
    """Look for a leaf on the home page, a site map, the pages read for this root, the organ's page; then search for it.

    At most eight requests a root, shared by all its absences.
    """
    bearings = search.bearings
    if around.site_map is None:
        around.site_map = yield from _site_map(bearings, around)
    sources = _sources(search, leaf, around)
    taken = [place.url for _, outcome in search.outcomes if outcome.is_found for place in outcome.places]
    sightings = sorted(
        (one for name, pages in sources.items() for one in _sightings(bearings, leaf, name, pages, around)),
        key=lambda one: KIND_ORDER[one.kind],
    )
    found: list[Elsewhere] = []
    tried: list[str] = []
    for one in sightings:
        url = one.link.url
        if len(found) >= MOST_FOUND or any(same_address(url, other) for other in (*taken, *tried)):
            continue
        tried.append(url)
        there = yield from _verified(bearings, leaf, one, around)
        if there is not None:
            found.append(there)
    if not found and bearings.organ is None and turn_of(leaf, around.searches) is not Turn.MET:
        asked = yield from _asked(bearings, leaf, around, (*taken, *tried))
        sources |= {SEARCH: [page for page, _ in asked]} if asked else {}
        found += [there for _, there in asked if there is not None]
    covered = tuple(name for name, pages in sources.items() if any(_is_readable(page) for page in pages))
    return Covered(tuple(found), covered)


def _asked(
    bearings: Bearings, leaf: Leaf, around: Surroundings, known: Sequence[str]
) -> Course[list[tuple[Page, Elsewhere | None]]]:
    """The portal's own search for the leaf: the page of results, and the column of its name that it leads to."""
    form = around.home.search if around.home is not None else None
    label = leaf.steps[-1].label if leaf.steps else ""
    url = search_url(form, label, bearings) if form is not None and around.searches_left > 0 else ""
    if not url:
        return []
    around.searches_left -= 1
    landing = yield from _spend(bearings, url, around)
    page = landing.page if landing is not None and not landing.at_home and not landing.offsite else None
    if page is None:
        return []
    tried = list(known)
    for one in _sightings(bearings, leaf, SEARCH, [page], around):
        if around.left <= 0 or any(same_address(one.link.url, other) for other in tried):
            continue
        tried.append(one.link.url)
        there = yield from _verified(bearings, leaf, one, around)
        if there is not None:
            return [(page, there)]
    return [(page, None)]


def _is_readable(page: Page) -> bool:
    return page.whole and not page.menu_by_script and not page.menu_asks


def _site_map(bearings: Bearings, around: Surroundings) -> Course[list[Page]]:
    url = site_map_url(around.home, bearings)
    if not url:
        return []
    landing = yield from _spend(bearings, url, around)
    return [landing.page] if landing and landing.page and not landing.at_home else []


def _spend(bearings: Bearings, url: str, around: Surroundings) -> Course[Landing | None]:
    """Land within the budget; pages of this root cost nothing."""
    if not any(same_address(url, known) for known in around.known):
        if around.left <= 0:
            return None
        around.left -= 1
        around.known.add(url)
    return (yield from _marked(land(bearings, url)))


def _marked(course: Course[T]) -> Course[T]:
    """The same course; the pages that it asks for are told from those of the path."""
    answer: object = None
    while True:
        try:
            asked = course.send(answer)
        except StopIteration as end:
            return cast(T, end.value)
        if isinstance(asked, Visit) and asked.kind is VisitKind.PAGE:
            asked = replace(asked, kind=VisitKind.ELSEWHERE)
        answer = yield asked


def _sources(search: RootSearch, leaf: Leaf, around: Surroundings) -> dict[str, list[Page]]:
    sources: dict[str, list[Page]] = {}
    if around.home is not None:
        sources["home"] = [around.home]
    if around.site_map:
        sources["site_map"] = around.site_map
    if search.pages:
        sources["column_tree"] = list(search.pages)
    if search.bearings.organ is not None:
        sources["organ_page"] = list(search.pages[:1])
        portal = around.searches.get(PORTAL)
        if portal and portal.pages:
            sources["portal"] = list(portal.pages)
    else:
        # A duty that may be met on the organ's page is walked there too; only what the portal alone owes is looked for.
        alone = not any(seeker.unless_found or seeker.wanted.organ_names for seeker in leaf.seekers)
        organs = dict.fromkeys(f"organ:{seeker.organ.id}" for seeker in leaf.seekers if alone)
        pages = [page for root in organs if root in around.searches for page in around.searches[root].pages]
        if pages:
            sources["organ_page"] = pages
    return {name: pages for name, pages in sources.items() if pages}


def _sightings(
    bearings: Bearings, leaf: Leaf, source: str, pages: Sequence[Page], around: Surroundings
) -> Iterator[_Sighting]:
    """Links that name the leaf and do not clearly belong to something else."""
    label = leaf.steps[-1].label if leaf.steps else ""
    for page in pages:
        rows = {row.url for row in page.rows} if source != SEARCH else set()
        for index in named(label, page.links, bearings.aliases, bearings.organ_names):
            link = page.links[index]
            if not link.url or link.url in rows or link.zone in (Zone.BREADCRUMB, Zone.FOOTER):
                continue
            kinds = [
                (kind, spelling)
                for spelling in link.spellings
                if (kind := match_label(label, spelling, bearings.aliases, bearings.organ_names)) is not None
                and not (kind is MatchKind.ALIAS and bearings.aliases.is_ambiguous(spelling))
            ]
            if not kinds:
                continue
            kind, spelling = min(kinds, key=lambda one: KIND_ORDER[one[0]])
            one = _Sighting(source, page, index, kind, spelling)
            if _may_be_meant(bearings, leaf, one, around):
                yield one


def _may_be_meant(bearings: Bearings, leaf: Leaf, one: _Sighting, around: Surroundings) -> bool:
    above = [one.page.links[index].label for index in ancestors(one.page.links, one.index)]
    is_on_organ_page = bearings.organ is None and one.source == "organ_page"
    if not is_on_organ_page and under_another_organ(bearings, one.page.links, one.index):
        return False
    folded = {fold(label) for label in above}
    mandated = [step.label for step in leaf.steps[:-1]]
    strange = bearings.inner - {fold(label) for label in mandated}
    if folded & strange:
        return False
    own = set(bearings.organ.names) if bearings.organ else set()
    if bearings.organ is not None and (
        one.source in ("home", "site_map", "portal") or bearings.is_frame(one.page.url, one.link.url)
    ):
        # What the portal offers is the portal's, unless it names the organ.
        return any(name in label for name in own for label in (*above, one.link.label))
    others = {fold(name) for names in around.organs.values() for name in names} - {fold(name) for name in own}
    if one.source != "organ_page" and folded & others:
        return False
    parent = mandated[-1] if mandated else ""
    if fold(parent) in bearings.inner:
        crumbs = [crumb.label for crumb in one.page.breadcrumb]
        return any(match_label(parent, label, bearings.aliases, bearings.organ_names) for label in (*above, *crumbs))
    return True


def _verified(bearings: Bearings, leaf: Leaf, one: _Sighting, around: Surroundings) -> Course[Elsewhere | None]:
    """Look at where a sighting leads; without budget the page that offers it is the proof."""
    hung = ancestors(one.page.links, one.index) if one.source != SEARCH else ()  # results hang under no level
    above = [one.page.links[index].label for index in reversed(hung)]
    labels = (*above, one.spelling)
    url, snapshot_id = one.link.url, one.page.snapshot_id
    if (landing := (yield from _spend(bearings, url, around))) is not None:
        if landing.page is None or landing.at_home:
            return None
        if one.source == SEARCH and not is_column_by_name(landing.page, bearings, leaf.steps[-1].label):
            return None
        url, snapshot_id = landing.final_url, landing.snapshot_id
        crumbs = tuple(crumb.label for crumb in landing.page.breadcrumb if crumb.label)
        labels = crumbs if crumbs and not above else labels
    source = "home" if one.source == "portal" else one.source
    return Elsewhere(url, one.spelling, one.kind, labels, source, snapshot_id)
