"""Whose site it is (网站身份): name, number and place as its own pages say them, each with where it was said; pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from catalog.district import OrganKind
from crawler.page.page import Page
from crawler.probing.naming import UnitName, unit_name
from crawler.probing.placenames import government_place, leading_place

_CODE = r"((?:bm|ca)\d{8}|\d{10})"
_JIUCUO = re.compile(r"<[^<>]{0,400}_jiucuo_[^<>]{0,400}>", re.IGNORECASE)
_SITECODE = re.compile(rf"\bsite_?code\b\s*[=:]\s*[\"']?{_CODE}(?!\d)", re.IGNORECASE)
_FOOT_CODE = re.compile(
    rf"标识码(?:[:：]|\s|&nbsp;|&[a-z]{{1,10}};|<[^<>]{{0,80}}>){{0,6}}{_CODE}(?!\d)", re.IGNORECASE
)
_HOST = re.compile(
    r"(?:主办(?:单位|机构)?\s*[:：]|版权所有\s*[:：©]?)\s*(?:<[^<>]{0,80}>\s*){0,3}([㐀-鿿（）()]{4,40})"
)
_BADGE = re.compile(r"conac\.cn|_ideConac|dcs\.conac", re.IGNORECASE)
_SPLIT = re.compile(r"[\-_—|｜–>»·]+|\s{2,}")
_WORDS_AROUND = re.compile(r"^(?:欢迎(?:访问|来到|光临)|中国[·.]?)|(?:门户网站|官方网站|信息网|网站|官网|网|首页)$")
LONGEST_NAME = 120
"""Characters of a title or name that are considered."""
READ_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class Said:
    """Said (网页自述): what one source on one page says."""

    what: str
    source: str
    page: str


@dataclass(slots=True)
class Identity:
    """Identity (网站身份) as told so far; every entry keeps its source."""

    codes: list[Said] = field(default_factory=list)
    names: list[Said] = field(default_factory=list)
    keepers: list[Said] = field(default_factory=list)
    badge: str = ""
    """Address of the first page that bears the 党政机关 badge."""
    domain: str = ""
    home_source: str = ""
    """Source of the home page and of the pages it is made of, in which a unit's full name may stand."""

    def read(self, page: Page, source: str, *, is_home: bool) -> None:
        """Take down what one page says; ``source`` is without comments."""
        source = source[:READ_CHARACTERS]
        for found in _JIUCUO.finditer(source):
            code = _SITECODE.search(found.group())
            if code:
                self._add(self.codes, code.group(1).lower(), "_jiucuo_", page.url)
        self._tagged(page, is_home=is_home)
        for found in _FOOT_CODE.finditer(source):
            self._add(self.codes, found.group(1).lower(), "网站标识码", page.url)
        if not self.badge and _BADGE.search(source):
            self.badge = page.url
        if is_home:
            for part in (page.title, *_SPLIT.split(page.title[:LONGEST_NAME])):
                self._add(self.names, part, "<title>", page.url)
            for found in _HOST.finditer(unescape(source)):
                self._add(self.keepers, found.group(1), "主办单位", page.url)
            self.home_source = (self.home_source + source)[:READ_CHARACTERS]

    def _tagged(self, page: Page, *, is_home: bool) -> None:
        code = re.fullmatch(_CODE, page.tags.get("SiteIDCode", "").strip(), re.IGNORECASE)
        if code:
            self._add(self.codes, code.group(1).lower(), "SiteIDCode", page.url)
        if is_home:
            self._add(self.names, page.tags.get("SiteName", ""), "SiteName", page.url)
            self.domain = self.domain or page.tags.get("SiteDomain", "")

    @staticmethod
    def _add(said: list[Said], what: str, source: str, page: str) -> None:
        what = what[:LONGEST_NAME].strip()
        if what and not any(one.what == what and one.source == source for one in said):
            said.append(Said(what, source, page))


@dataclass(frozen=True, slots=True)
class Settled:
    """Settled guess (认定结果): what most sources agree on, and those that say otherwise."""

    what: str = ""
    by: tuple[Said, ...] = ()
    against: tuple[Said, ...] = ()


def settle(said: list[Said]) -> Settled:
    """What the most different sources say; nothing where two things are said equally often."""
    sources: dict[str, set[str]] = {}
    for one in said:
        sources.setdefault(one.what, set()).add(one.source)
    ranked = sorted(sources, key=lambda what: -len(sources[what]))
    if not ranked or (len(ranked) > 1 and len(sources[ranked[0]]) == len(sources[ranked[1]])):
        return Settled(against=tuple(said))
    best = ranked[0]
    return Settled(best, tuple(one for one in said if one.what == best), tuple(one for one in said if one.what != best))


def site_name(identity: Identity) -> Said | None:
    """The site's name: SiteName of the home page, else the part of its title that names a government or a unit."""
    tagged = [one for one in identity.names if one.source == "SiteName"]
    titled = [one for one in identity.names if one.source != "SiteName"]
    for one in (*tagged, *titled):
        if government_place(one.what) or unit_name(one.what, ""):
            return one
    return next(iter((*tagged, *titled)), None)


def place_said(identity: Identity) -> Said | None:
    """The place whose government's portal it is, with the first source that says so; None for another site."""
    for one in identity.names:
        place = government_place(one.what)
        if place:
            return Said(place, one.source, one.page)
    if any(unit_name(one.what, "") for one in identity.names):
        return None
    for one in identity.keepers:
        place = government_place(one.what)
        if place:
            return Said(place, one.source, one.page)
    return None


def stem(name: str) -> str:
    """A site's name without greetings and 网 (道真县人力资源网: 道真县人力资源)."""
    previous = ""
    while previous != name:
        previous, name = name, _WORDS_AROUND.sub("", name.strip())
    return name


def keeping_unit(identity: Identity) -> tuple[UnitName, Said] | None:
    """The unit whose own site it is, where it is no government's portal.

    A site's name that is no unit's name (道真县人力资源网) is completed from the home page by one that begins like it.
    """
    said = (*identity.names, *identity.keepers)
    for one in said:
        unit = unit_name(one.what, "")
        if unit is not None and leading_place(unit.shown):
            return unit, one
    for one in said:
        begin = stem(one.what)
        if len(begin) < 4 or not leading_place(f"{begin}局"):
            continue
        longer = re.compile(rf"{re.escape(begin)}[㐀-鿿]{{0,14}}?(?:局|委员会|办公室|中心|厅)")
        counted = Counter(longer.findall(identity.home_source))
        unit = unit_name(counted.most_common(1)[0][0], "") if counted else None
        if unit is not None:
            return unit, Said(unit.shown, f"首页文字，与网站名称“{one.what}”相合", one.page)
    for one in said:
        unit = unit_name(one.what, "")
        if unit is not None and unit.kind in (OrganKind.DEPARTMENT, OrganKind.VERTICAL):
            return unit, one
    return None


def without_comments(source: str) -> str:
    """A page's source without comments; linear, whatever it holds."""
    parts, at = [], 0
    while True:
        start = source.find("<!--", at)
        if start < 0:
            parts.append(source[at:])
            return "".join(parts)
        parts.append(source[at:start])
        end = source.find("-->", start)
        if end < 0:
            return "".join(parts)
        at = end + 3
