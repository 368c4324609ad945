"""Units only mentioned (仅见于标题的机构): a row that begins with a unit's full name, where no index lists it; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from catalog.aliases import OrganAliases
from catalog.district import District, OrganKind
from catalog.roles import bare
from catalog.spelling import fold, normalise
from crawler.page.page import Page
from crawler.probing.naming import unit_name
from crawler.walking.bearings import Bearings, href
from crawler.walking.landing import land
from crawler.walking.scheduling import Course

_NAME = r"[一-龥]{2,14}?(?:局|委员会|委|办公室|[镇乡]人民政府|街道办事处)"
_AFTER = r"(?=[^一-龥]|关于|年度|政府信息|法治|部门|预算|决算|信息公开|二[〇○零])"
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年|\D|$)")
_KINDS = (OrganKind.DEPARTMENT, OrganKind.TOWN, OrganKind.SUBDISTRICT)
_BY_UNIT_LABEL = re.compile(
    r"法治政府建设.{0,6}(?:报告|年报)|^(?:部门|单位|各部门)?(?:财政)?(?:预算?[、/和]?决算|预算|决算)(?:信息)?(?:公开)?$"
    r"|^(?:部门|单位|各部门)?(?:政府)?信息公开(?:工作)?年(?:度)?报(?:告)?$"
)
"""Columns of a portal that often hold a row for each unit."""
_SUREST = "法治政府"
"""Notices order every unit's report into one column of the portal (万州府办发〔2021〕46号 法治政府建设年度报告)."""
LISTS = 3
LATER_PAGES = 3
BY_UNIT = 3
"""A list in which the rows of so many known units begin with their names is a list by unit."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Mention (提及): a title that begins with a unit's full name.

    Attributes:
        key: the name in the form in which names are compared.
        by_unit: it stands in a list whose rows begin with units' names.
    """

    name: str
    key: str
    kind: OrganKind
    title: str
    page: str
    by_unit: bool = False


@dataclass(slots=True)
class Mentions:
    """Mentions (提及汇总) over the pages read."""

    _titles: dict[str, list[str]] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)

    def read(self, page: Page, *, is_of_unit: bool) -> None:
        """Take down a page's rows, and the columns of the portal that it offers and that may hold a row a unit."""
        for link in page.links if not is_of_unit else ():
            if link.url and _BY_UNIT_LABEL.search(fold(link.label)):
                self._lists.setdefault(href(link.url), fold(link.label))
        titles = [row.title for row in page.rows] + [row.title for block in page.blocks for row in block.rows]
        if titles:
            self._titles.setdefault(page.url, titles)

    def look_through(
        self, bearings: Bearings, place: str, gateways: Iterable[str], may_go_on: Callable[[], bool]
    ) -> Course[None]:
        """Read the first columns that may hold a row for each unit, and their later pages where they do.

        Args:
            gateways: pages of the portal that may offer such a column where none was seen so far.
        """
        for url in gateways:
            if may_go_on() and not any(_SUREST in label for label in self._lists.values()):
                yield from land(bearings, url)
        inside = [url for url in self._lists if bearings.inside(url)]
        for url in sorted(inside, key=lambda one: _SUREST not in self._lists[one])[:LISTS]:
            if not may_go_on():
                return
            landing = yield from land(bearings, url)
            page = landing.page
            if page is None or len(self._units(page, place)) < BY_UNIT:
                continue
            for later in page.pager.others[:LATER_PAGES]:
                if may_go_on():
                    yield from land(bearings, later, page.url)

    @staticmethod
    def _units(page: Page, place: str) -> set[str]:
        titles = ("".join(row.title.split()) for row in page.rows)
        return {found.group() for title in titles if (found := re.match(rf"{re.escape(place)}{_NAME}{_AFTER}", title))}

    def unlisted(self, place: str, known: Iterable[str], aliases: OrganAliases) -> tuple[Mention, ...]:
        """Units that rows begin with and that no index lists: once in a list by unit, else under two titles.

        Args:
            known: names of the units that are listed.
        """
        if not place:
            return ()
        district = District("probe", place, "", (), ())
        forms = {key_of(name, district, aliases) for name in known}
        found: dict[str, list[Mention]] = {}
        for url, titles in self._titles.items():
            here = [
                one for title in recent(titles) if (one := _mention(title, url, place, district, aliases)) is not None
            ]
            by_unit = len({one.key for one in here} & forms) >= BY_UNIT
            for one in here:
                if one.key not in forms:
                    found.setdefault(one.key, []).append(
                        Mention(one.name, one.key, one.kind, one.title, url, by_unit=by_unit)
                    )
        return tuple(every[0] for every in found.values() if _enough(every))


def recent(titles: Sequence[str]) -> list[str]:
    """Titles of the newest two years that a list names: units come and go, an old report proves no unit of today."""
    years = [max((int(year) for year in _YEAR.findall(title)), default=0) for title in titles]
    newest = max(years, default=0)
    return [title for title, year in zip(titles, years, strict=True) if year == 0 or year >= newest - 1]


def _enough(every: Sequence[Mention]) -> bool:
    return any(one.by_unit for one in every) or len({one.title for one in every}) >= 2


def _mention(title: str, url: str, place: str, district: District, aliases: OrganAliases) -> Mention | None:
    found = re.match(rf"{re.escape(place)}{_NAME}{_AFTER}", "".join(title.split()))
    unit = unit_name(found.group(), place) if found else None
    if unit is None or unit.kind not in _KINDS or unit.note:
        return None
    return Mention(unit.shown, key_of(unit.shown, district, aliases), unit.kind, title, url)


def key_of(name: str, district: District, aliases: OrganAliases) -> str:
    """The form in which names are compared: without place and level, joined by the table of aliases."""
    form = normalise(bare(name, district))
    return _grouped(district.name, aliases).get(form, form)


@lru_cache(maxsize=8)
def _grouped(place: str, aliases: OrganAliases) -> Mapping[str, str]:
    """Number of its group in the table of aliases, by each name's form."""
    district = District("probe", place, "", (), ())
    return {
        normalise(bare(name, district)): str(number) for number, group in enumerate(aliases.groups) for name in group
    }
