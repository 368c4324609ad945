"""The order of a probe: home, how the site says not found, indexes, the units' pages, then mandated paths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from catalog.catalogue import Catalogue
from catalog.district import District, Organ, OrganKind
from catalog.obliging import obligations, site_keeper
from catalog.roles import government_of
from crawler.fetching.scope import locate
from crawler.plan import PORTAL, plan
from crawler.probing.adopting import Adoption, adopt
from crawler.probing.families import Traces
from crawler.probing.findings import Doubt, Findings, Keeper
from crawler.probing.identity import Identity, Said, keeping_unit, place_said, settle, site_name
from crawler.probing.indexes import Indexed, gateways, read_indexes
from crawler.probing.mentioned import Mentions
from crawler.probing.placenames import leading_place
from crawler.probing.roster import Candidate, Heard, gathered, hear, without_shared
from crawler.probing.tracing import Traced, trace
from crawler.walking.bearings import Bearings, chrome_of, folder_of
from crawler.walking.control import probe_visit
from crawler.walking.landing import Landing, land
from crawler.walking.organ_index import Names
from crawler.walking.scheduling import Course, look
from ledger.reason import Reason

FOR_PATHS = 18
"""Visits kept back for the mandated paths while the units' pages are looked at."""
FOR_LISTS = 6
"""Visits kept back for lists by unit while the mandated paths are looked at."""


@dataclass(slots=True)
class Notes:
    """Notes (探查笔记) taken down from every page as it arrives."""

    identity: Identity
    traces: Traces
    host: str
    scripted: list[str] = field(default_factory=list)
    mentions: Mentions = field(default_factory=Mentions)
    page_count: int = 0
    kept_back: int = 0
    """Visits that may not be made yet, since something later needs them."""
    at_units: bool = False
    """Whether units' own pages are looked at."""
    home_settled: bool = False


def survey(
    bearings: Bearings,
    catalogue: Catalogue,
    as_of: date,
    directories: Sequence[str],
    notes: Notes,
    remaining: Callable[[], int],
) -> Course[Findings]:
    """Look at one portal and say what it is."""
    home = yield from land(bearings, bearings.district.home)
    notes.home_settled = True
    if home.page is None or home.offsite:
        reason = home.refused.reason if home.refused else Reason.REDIRECT_OFFSITE
        return Findings(bearings.district.home, refused=reason)
    probe = probe_visit(bearings.district.home, "probe")
    if probe is not None:
        yield from look(probe)
    bearings = replace(bearings, chrome=chrome_of(home.page), home_page=home.page)
    identity = notes.identity
    place = place_said(identity)
    keeper = None if place is not None else _keeper(identity)
    known = Findings(
        bearings.district.home, shown=True, place=place, name=site_name(identity), badge=identity.badge, keeper=keeper
    )
    indexed = Indexed()
    if keeper is None:
        indexed = yield from read_indexes(bearings, home.page, place.what if place else "")
        place = place or _by_majority(indexed)
    elif leading_place(keeper.name):
        place = Said(leading_place(keeper.name), keeper.said.source, keeper.said.page)
    name = place.what if place else ""
    candidates = gathered(indexed.listed, name, catalogue.organ_aliases)
    notes.at_units = True
    candidates = yield from _heard(bearings, candidates, place, catalogue, remaining)
    notes.at_units = False
    adoption = _adoption(identity, place, keeper, directories)
    district = provisional(bearings.district, place, keeper, candidates, adoption)
    notes.kept_back = FOR_LISTS
    traced = yield from _traced(replace(bearings, district=district), catalogue, as_of, home)
    notes.kept_back = 0
    if name and keeper is None:
        ways = [url for _, url in reversed(gateways(bearings, home.page))]
        yield from notes.mentions.look_through(bearings, name, ways, lambda: remaining() > 0)
    notes.at_units = True
    traced += yield from _sample(replace(bearings, district=district), catalogue, as_of, candidates)
    listed = [other for one in candidates for other in one.organ().names]
    return replace(
        known,
        home=_proposed_home(bearings.district.home, home),
        place=place,
        mentions=notes.mentions.unlisted(name, listed, catalogue.organ_aliases) if keeper is None else (),
        code=settle(identity.codes),
        badge=identity.badge,
        families=notes.traces.recognised(),
        candidates=candidates,
        adoption=adoption,
        traced=traced,
        scripted=tuple(dict.fromkeys(notes.scripted)),
        doubts=_doubts(indexed, candidates, place, keeper),
    )


def _keeper(identity: Identity) -> Keeper | None:
    found = keeping_unit(identity)
    return Keeper(found[0].shown, found[0].kind, found[1]) if found else None


def _by_majority(indexed: Indexed) -> Said | None:
    """The place with which most of the listed units' names begin."""
    named: dict[str, int] = {}
    for one in indexed.listed:
        place = leading_place(one.name.shown)
        if place:
            named[place] = named.get(place, 0) + 1
    best = max(named, key=lambda place: named[place], default="")
    if not best or named[best] < 3 or 2 * named[best] < sum(named.values()):
        return None
    return Said(best, "多数机构名称的开头", indexed.pages[-1].url)


def _heard(
    bearings: Bearings,
    candidates: tuple[Candidate, ...],
    place: Said | None,
    catalogue: Catalogue,
    remaining: Callable[[], int],
) -> Course[tuple[Candidate, ...]]:
    """Each candidate after its page was heard, as far as the visits reach."""
    organs = tuple(one.organ() for one in candidates)
    district = replace(bearings.district, name=place.what if place else "本地", organs=organs)
    names = Names(district, catalogue.organ_aliases)
    heard = []
    for one in candidates:
        if remaining() > FOR_PATHS:
            one = yield from hear(bearings, one, candidates, names)
        heard.append(one)
    return without_shared(tuple({one.name: one for one in heard}.values()))


def _adoption(identity: Identity, place: Said | None, keeper: Keeper | None, directories: Sequence[str]) -> Adoption:
    if directories:
        return Adoption(tuple(directories), "命令行 --directories 指定")
    if keeper is not None or place is None:
        return adopt("", "", "")
    return adopt(place.what, settle(identity.codes).what, identity.home_source)


def provisional(
    district: District,
    place: Said | None,
    keeper: Keeper | None,
    candidates: Sequence[Candidate],
    adoption: Adoption,
) -> District:
    """The district as far as it is known, for the walk of its paths and for the proposal's own checks."""
    name = place.what if place else "本地"
    if keeper is not None:
        organs: tuple[Organ, ...] = (Organ(keeper.name, keeper.name, keeper.kind, entry=district.home),)
    else:
        organs = tuple(one.organ() for one in candidates if one.kind is not OrganKind.GOVERNMENT)
    made = replace(district, name=name, organs=organs, directories=adoption.directories)
    return made if keeper is not None else replace(made, organs=(government_of(made), *organs))


def _traced(bearings: Bearings, catalogue: Catalogue, as_of: date, home: Landing) -> Course[tuple[Traced, ...]]:
    """The mandated paths that begin at the home page."""
    owed = [one for one in obligations(catalogue, bearings.district, as_of) if one.is_walked]
    keeper = site_keeper(bearings.district)
    first = PORTAL if keeper is None else f"organ:{keeper.id}"
    found: tuple[Traced, ...] = ()
    for itinerary in plan((one for one in owed if one.roots[0] == first), {}, bearings.district):
        if itinerary.root == first:
            start = bearings if keeper is None else replace(bearings, chrome=frozenset())
            found = yield from trace(start, itinerary, home)
    return found


def _sample(
    bearings: Bearings, catalogue: Catalogue, as_of: date, candidates: Sequence[Candidate]
) -> Course[tuple[Traced, ...]]:
    """The mandated paths from one unit's page, as an example of all."""
    owed = [one for one in obligations(catalogue, bearings.district, as_of) if one.is_walked]
    found: tuple[Traced, ...] = ()
    sample = next(
        (one for one in candidates if one.heard is Heard.CONFIRMED and one.kind is OrganKind.DEPARTMENT), None
    )
    if sample is None:
        return found
    root = f"organ:{sample.organ().id}"
    landing = yield from land(bearings, sample.best.link.url, sample.best.page.url)
    for itinerary in plan((one for one in owed if one.roots[0] == root), {}, bearings.district):
        if itinerary.root == root and landing.page is not None:
            inside = replace(bearings, section=folder_of(landing.page.url), home_page=None)
            found += yield from trace(inside, itinerary, landing)
    return found


def _proposed_home(typed: str, home: Landing) -> str:
    """The home page as typed, unless another host or scheme answers for it."""
    answered = locate(home.pages[0].url) if home.pages else None
    asked = locate(typed)
    return answered.href if answered and asked and answered.origin != asked.origin else typed


def _doubts(
    indexed: Indexed, candidates: Sequence[Candidate], place: Said | None, keeper: Keeper | None
) -> tuple[Doubt, ...]:
    doubts = [
        Doubt(
            f"索引页“{label}”",
            landing.final_url,
            (landing.refused.reason if landing.refused else Reason.SOFT_404).chinese,
        )
        for label, landing in indexed.refused
    ]
    if place is None:
        doubts.append(Doubt("地区名称", "", "SiteName、<title>、主办单位都没有写明"))
    if keeper is None and not candidates:
        doubts.append(Doubt("机构名单", "", "首页和导航中没有认出部门、镇街索引"))
    return tuple(doubts)
