"""Roots: the order of one walk over all its start pages; search everything, then settle what was not found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from catalog.aliases import OrganAliases
from catalog.district import Organ, OrganKind
from crawler.plan import Itinerary, Leaf
from crawler.walking.bearings import Bearings, chrome_of, folder_of, homes_of, same_address
from crawler.walking.elsewhere import Surroundings
from crawler.walking.entrance import arrive_home
from crawler.walking.landing import Landing
from crawler.walking.listing import hold_leaf, listing_failed
from crawler.walking.missing import Missed
from crawler.walking.organ_index import Index, Names, read_index
from crawler.walking.scheduling import Course, Job, join
from crawler.walking.searching import Outcome, RootSearch, bearings_of, search_failed, search_tree
from crawler.walking.sections import find_section, known_section
from crawler.walking.settling import column_found, settle_leaf, unreached
from crawler.walking.site_search import shows, turn_of
from ledger.observation import Observation, Reach, SectionObservation
from ledger.reason import Reason


class Walkers:
    """Walkers (巡查任务): the jobs of one walk, a search a root, and after all of them what was not found."""

    def __init__(
        self,
        base: Bearings,
        itineraries: tuple[Itinerary, ...],
        organ_aliases: OrganAliases,
        emit: Callable[[Observation], None],
        suspected: frozenset[str] = frozenset(),
    ) -> None:
        self._base = base
        self._itineraries = itineraries
        self._emit = emit
        self._suspected = suspected
        self._names = Names(base.district, organ_aliases)
        self._searches: dict[str, Job[RootSearch]] = {}
        self._leaves_total = sum(len(itinerary.leaves) for itinerary in itineraries)
        self._leaves_done = 0
        self._settled = 0

    @property
    def progress(self) -> tuple[int, int, int, int]:
        """Roots done, roots, leaves done, leaves."""
        return self._settled, len(self._itineraries), self._leaves_done, self._leaves_total

    def start(self) -> None:
        """Start all jobs."""
        spawn = self._base.spawn
        home = spawn(arrive_home(self._base), self._no_home)
        organs = [one.organ for one in self._itineraries if one.organ is not None and not one.start_url]
        index = spawn(self._index(home, organs), Index)
        for itinerary in self._itineraries:
            bearings = bearings_of(self._base, itinerary, self._suspected)
            failed = self._failed_search(bearings, itinerary)
            self._searches[itinerary.root] = spawn(self._search(bearings, itinerary, home, index), failed)
        for itinerary in self._itineraries:
            spawn(self._settle(itinerary, home), lambda: None)

    def _no_home(self) -> Landing:
        return Landing(self._base.district.home, None)

    def _failed_search(self, bearings: Bearings, itinerary: Itinerary) -> Callable[[], RootSearch]:
        missed = Missed(Reach.UNREACHED, 0, None, Reason.INTERNAL)
        return lambda: search_failed(bearings, itinerary, missed)

    def _index(self, home: Job[Landing], organs: list[Organ]) -> Course[Index]:
        landing = yield from join(home)
        if not organs:
            return Index()
        bearings = replace(self._base, homes=homes_of(landing.page), home_page=landing.page)
        return (yield from read_index(bearings, landing, organs, self._names))

    def _search(
        self, bearings: Bearings, itinerary: Itinerary, home: Job[Landing], index: Job[Index]
    ) -> Course[RootSearch]:
        start = yield from join(home)
        homes = homes_of(start.page)
        bearings = replace(bearings, chrome=chrome_of(start.page), home_page=start.page, homes=homes)
        organ = itinerary.organ
        if organ is not None:
            if itinerary.start_url:
                section = yield from known_section(bearings, organ, itinerary.start_url)
            else:
                read = yield from join(index)
                section = yield from find_section(bearings, organ, read, self._names, self._base.district.organs)
            self._emit(section.observation)
            if section.landing is None:
                return search_failed(bearings, itinerary, _no_section(section.observation))
            bearings = _in_section(bearings, section.landing, start)
            start = section.landing
        elif start.page is None or start.offsite:
            reason = start.refused.reason if start.refused else Reason.REDIRECT_OFFSITE
            missed = Missed(Reach.UNREACHED, 0, None, reason, start.final_url, start.snapshot_id)
            return search_failed(bearings, itinerary, missed)
        return (yield from search_tree(bearings, itinerary, start, self._on_leaf))

    def _on_leaf(self, bearings: Bearings, leaf: Leaf, outcome: Outcome) -> None:
        if outcome.missed is not None:
            return
        self._emit(column_found(bearings, leaf, outcome))
        bearings.spawn(self._hold(bearings, leaf, outcome), lambda: None)

    def _hold(self, bearings: Bearings, leaf: Leaf, outcome: Outcome) -> Course[None]:
        found_in: set[str] = set()
        for root in dict.fromkeys(seeker.unless_found for seeker in leaf.seekers if seeker.unless_found):
            if root in self._searches:
                other = yield from join(self._searches[root])
                if shows(other, leaf):
                    found_in.add(root)
        held = bearings.spawn(
            hold_leaf(bearings, leaf, outcome, frozenset(found_in)), lambda: listing_failed(bearings, leaf, outcome)
        )
        for observation in (yield from join(held)):
            self._emit(observation)
        self._leaves_done += 1

    def _settle(self, itinerary: Itinerary, home: Job[Landing]) -> Course[None]:
        searches = {}
        for root, searching in self._searches.items():
            searches[root] = yield from join(searching)
        search = searches[itinerary.root]
        landing = home.result
        names = {
            organ.id: organ.names for organ in self._base.district.organs if organ.kind is not OrganKind.GOVERNMENT
        }
        around = Surroundings(landing.page, searches, names, known={page.url for page in search.pages})
        # What the look elsewhere may ask for is little: what an accusation hangs on goes first.
        for leaf, outcome in sorted(search.outcomes, key=lambda one: turn_of(one[0], searches)):
            if outcome.missed is None:
                continue
            fallback = unreached(search.bearings, leaf, Reason.INTERNAL)
            job = self._base.spawn(
                settle_leaf(search, leaf, outcome, outcome.missed, around),
                lambda fallback=fallback: fallback,  # type: ignore[misc]
            )
            self._emit((yield from join(job)))
            self._leaves_done += 1
        self._settled += 1


def _in_section(bearings: Bearings, section: Landing, home: Landing) -> Bearings:
    """Bearings on an organ's page; where that is the home page itself, nothing is the site's frame."""
    if section.page is None or (home.page is not None and same_address(section.page.url, home.page.url)):
        return replace(bearings, chrome=frozenset())
    return replace(bearings, section=folder_of(section.page.url), home_page=None)


def _no_section(seen: SectionObservation) -> Missed:
    """Why the columns of a section are not reached: the page itself refused, or no page was found for the organ."""
    reason = Reason.SECTION_NOT_FOUND
    if seen.reach is Reach.OFFSITE:
        reason = Reason.REDIRECT_OFFSITE
    elif seen.reason is not None and (seen.spelling or not seen.offered):
        reason = seen.reason
    return Missed(Reach.UNREACHED, 0, None, reason, seen.url, seen.snapshot_id)
