"""From units listed to a proposed roster (机构名册建议): a unit once, its page opened and heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from catalog.aliases import OrganAliases
from catalog.district import District, Organ, OrganKind
from catalog.roles import bare
from catalog.spelling import fold, normalise
from crawler.page.page import Page
from crawler.probing.listed import Listed
from crawler.probing.naming import full_name, unit_name
from crawler.walking.bearings import Bearings
from crawler.walking.landing import Landing, land
from crawler.walking.organ_index import Names
from crawler.walking.scheduling import Course
from ledger.reason import Reason


class Heard(StrEnum):
    """What a unit's page was heard to say (网页自述)."""

    CONFIRMED = "confirmed"
    """It names the unit."""
    ANOTHER = "another"
    """It names another unit of the roster: a copied template, or a wrong link."""
    SILENT = "silent"
    """It names nobody."""
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
    meant = {
        normalise(bare(name, district)): str(number) for number, group in enumerate(aliases.groups) for name in group
    }
    for one in listed:
        if indexed and one.rank >= 3 and place and not _surely(one, place):
            continue
        form = normalise(bare(one.name.shown, district))
        groups.setdefault(meant.get(form, form), []).append(one)
    return _distinct(tuple(_candidate(entries, place, district) for entries in groups.values()))


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
    """Open a candidate's page and hear whom it names."""
    url = candidate.best.link.url
    if not bearings.inside(url):
        return replace(candidate, heard=Heard.OUTSIDE)
    landing = yield from land(bearings, url, candidate.best.page.url)
    return judged(candidate, landing, everybody, names)


def judged(candidate: Candidate, landing: Landing, everybody: Sequence[Candidate], names: Names) -> Candidate:
    """What a landing says of a candidate; the pinyin folder of its address says nothing."""
    final = landing.final_url
    if landing.offsite:
        return replace(candidate, heard=Heard.OUTSIDE, final_url=final)
    if landing.page is None or landing.at_home:
        reason = landing.refused.reason if landing.refused else Reason.SOFT_404
        return replace(candidate, heard=Heard.UNOPENED if reason is Reason.BUDGET else Heard.REFUSED, reason=reason)
    organ = candidate.organ()
    said = said_by(landing.page)
    for source, text in said:
        if names.said(organ, fold(text)) or names.match(organ, text):
            return _named(replace(candidate, heard=Heard.CONFIRMED, final_url=final), source, text, names)
    others = [one for one in everybody if one.name != candidate.name]
    for source, text in said:
        another = next((one for one in others if names.said(one.organ(), fold(text))), None)
        if another is not None:
            return replace(candidate, heard=Heard.ANOTHER, said=f"{source}“{another.name}”", final_url=final)
    return replace(candidate, heard=Heard.SILENT, final_url=final)


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


def _named(candidate: Candidate, source: str, text: str, names: Names) -> Candidate:
    """The candidate by the full name that its own page gives, where ours was put together from a short form."""
    place = names.district.name
    said = replace(candidate, said=f"{source}“{text}”")
    own = unit_name(text, place)
    if not candidate.completed or own is None or place not in own.shown or own.kind is not candidate.kind:
        return said
    if own.shown == candidate.name or names.match(candidate.organ(), own.shown) is None:
        return replace(said, completed=own.shown != candidate.name)
    aliases = tuple(dict.fromkeys((*candidate.aliases, candidate.name)))
    return replace(said, name=own.shown, completed=False, aliases=aliases)
