"""From units listed to a proposed roster (机构名册建议): a unit once, its page opened and heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from catalog.aliases import OrganAliases
from catalog.district import District, Organ, OrganKind
from catalog.spelling import fold
from crawler.page.page import Page
from crawler.probing.listed import Listed
from crawler.probing.mentioned import key_of
from crawler.probing.naming import full_name, unit_name
from crawler.walking.bearings import Bearings, href
from crawler.walking.confirming import Said, whose
from crawler.walking.landing import Landing, land
from crawler.walking.organ_index import Names
from crawler.walking.scheduling import Course
from ledger.reason import Reason

ADDRESSES = 2
"""Addresses tried for one unit."""

MOST_UNITS = 300
"""More units than any district has: a page that lists thousands lists something else."""


class Heard(StrEnum):
    """What a unit's page was heard to say (网页自述)."""

    CONFIRMED = "confirmed"
    """It names the unit."""
    ANOTHER = "another"
    """It names another unit of the roster: a copied template, or a wrong link."""
    SILENT = "silent"
    """It names nobody."""
    SHARED = "shared"
    """Several units are listed under its address."""
    REFUSED = "refused"
    OUTSIDE = "outside"
    """It lies outside the portal's hosts."""
    UNOPENED = "unopened"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Candidate (拟列机构) of the roster.

    Attributes:
        listed: every place where it is listed, best first.
        completed: the full name is put together by us from a short form.
        said: what its page says that settles ``heard``: the name and where it stood.
        final_url: where its page answered in the end; empty where none was opened.
        reason: why its page does not show.
    """

    name: str
    kind: OrganKind
    listed: tuple[Listed, ...]
    aliases: tuple[str, ...] = ()
    completed: bool = False
    heard: Heard = Heard.UNOPENED
    said: str = ""
    final_url: str = ""
    reason: Reason | None = None

    @property
    def best(self) -> Listed:
        """The entry whose address counts."""
        return self.listed[0]

    @property
    def short(self) -> str:
        """The name by which it is listed, where that is not its full name."""
        return self.best.name.shown if self.best.name.shown != self.name else ""

    def organ(self) -> Organ:
        """The candidate as an organ of a district."""
        return Organ(self.name, self.name, self.kind, self.short, self.aliases)


def gathered(listed: Sequence[Listed], place: str, aliases: OrganAliases) -> tuple[Candidate, ...]:
    """Each unit once, in the order in which units were first listed; names that mean one unit are joined.

    A unit that is only listed beside others (a list of links) counts only where no index lists units at all.
    """
    district = District("probe", place or "本地", "", (), ())
    indexed = any(one.rank < 3 for one in listed)
    groups: dict[str, list[Listed]] = {}
    for one in listed:
        if indexed and one.rank >= 3 and place and not _surely(one, place):
            continue
        groups.setdefault(key_of(one.name.shown, district, aliases), []).append(one)
    entries = list(groups.values())[:MOST_UNITS]
    return _distinct(tuple(_candidate(one, place, district) for one in entries))


def _surely(one: Listed, place: str) -> bool:
    """A name with the place's own name or level in it is no unit of anybody else."""
    return place in one.name.shown or one.name.shown[0] == place[-1]


def _candidate(entries: list[Listed], place: str, district: District) -> Candidate:
    ranked = tuple(sorted(entries, key=lambda one: one.rank))
    spelled = [full_name(one.name, place) for one in ranked]
    name, completed = next((one for one in spelled if not one[1]), spelled[0])
    shown = [one.name.shown for one in ranked] + [other for one in ranked for other in one.name.others]
    known = {name, ranked[0].name.shown}
    aliases = tuple(other for other in dict.fromkeys(shown) if other not in known)
    return Candidate(name, ranked[0].name.kind, ranked, aliases, completed)


def _distinct(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Names must be unique in a district file."""
    found: dict[str, Candidate] = {}
    for one in candidates:
        found.setdefault(one.name, one)
    return tuple(found.values())


def hear(bearings: Bearings, candidate: Candidate, everybody: Sequence[Candidate], names: Names) -> Course[Candidate]:
    """Open a candidate's page and hear whom it names; another address is tried where the first does not name it."""
    first: Candidate | None = None
    for one in _addresses(candidate)[:ADDRESSES]:
        if bearings.inside(one.link.url):
            landing = yield from land(bearings, one.link.url, one.page.url)
            heard = judged(candidate, landing, everybody, names)
        else:
            heard = replace(candidate, heard=Heard.OUTSIDE)
        if heard.heard is Heard.CONFIRMED:
            rest = tuple(other for other in candidate.listed if other is not one)
            return replace(heard, listed=(one, *rest))
        first = first or heard
    return first or candidate


def _addresses(candidate: Candidate) -> list[Listed]:
    found: dict[str, Listed] = {}
    for one in candidate.listed:
        found.setdefault(href(one.link.url), one)
    return list(found.values())


def judged(candidate: Candidate, landing: Landing, everybody: Sequence[Candidate], names: Names) -> Candidate:
    """What a landing says of a candidate; the pinyin folder of its address says nothing."""
    final = landing.final_url
    if landing.offsite:
        return replace(candidate, heard=Heard.OUTSIDE, final_url=final)
    page = landing.page
    if page is None or landing.at_home:
        reason = landing.refused.reason if landing.refused else Reason.SOFT_404
        return replace(candidate, heard=Heard.UNOPENED if reason is Reason.BUDGET else Heard.REFUSED, reason=reason)
    organs = [one.organ() for one in everybody]
    organ = candidate.organ()
    seen = replace(candidate, final_url=final)
    said = whose(page, organ, organs, names)
    if said is Said.OWN:
        parts = [one for one in said_by(page) if names.match(organ, one[1]) or names.said(organ, fold(one[1]))]
        return _named(replace(seen, heard=Heard.CONFIRMED), parts, names)
    if said is Said.ANOTHER:
        parts = [one for one in said_by(page) if unit_name(one[1], names.district.name)]
        source, text = parts[0] if parts else ("<title>", page.title)
        return replace(seen, heard=Heard.ANOTHER, said=f"{source}“{text}”")
    return replace(seen, heard=Heard.SILENT)


def without_shared(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """A page that several units are listed under is nobody's own."""
    counted = Counter(href(one.best.link.url) for one in candidates if one.heard is Heard.CONFIRMED)
    return tuple(
        replace(one, heard=Heard.SHARED)
        if one.heard is Heard.CONFIRMED and counted[href(one.best.link.url)] > 1
        else one
        for one in candidates
    )


def said_by(page: Page) -> tuple[tuple[str, str], ...]:
    """Where a page may name the unit that keeps it, surest first."""
    said = (
        ("SiteName", page.tags.get("SiteName", "")),
        ("页面标题", page.heading),
        ("<title>", page.title),
        ("ColumnName", page.tags.get("ColumnName", "")),
        *(("当前位置", crumb.label) for crumb in page.breadcrumb),
        ("发布机构", page.index_fields.get("发布机构", "")),
        ("ContentSource", page.tags.get("ContentSource", "")),
    )
    return tuple((source, text) for source, text in said if text)


def _named(candidate: Candidate, parts: Sequence[tuple[str, str]], names: Names) -> Candidate:
    """The candidate by the full name that its own page gives, where ours was put together from a short form."""
    place = names.district.name
    if not parts:
        return candidate
    source, text = parts[0]
    candidate = replace(candidate, said=f"{source}“{text}”")
    said = (unit_name(text, place) for _, text in parts)
    own = next((one.shown for one in said if one and place in one.shown and one.kind is candidate.kind), "")
    if not own or own == candidate.name:
        return replace(candidate, completed=candidate.completed and own != candidate.name)
    if not candidate.completed:
        return replace(candidate, aliases=tuple(dict.fromkeys((*candidate.aliases, own))))
    aliases = tuple(dict.fromkeys((*candidate.aliases, candidate.name)))
    return replace(candidate, name=own, completed=False, aliases=tuple(one for one in aliases if one != own))
