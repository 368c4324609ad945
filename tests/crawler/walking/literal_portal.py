"""A small builder of literal portals: pages as the reader would give them, and a fetch that never leaves memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from types import SimpleNamespace

import pytest

from catalog.aliases import Column, ColumnAliases, Variant, column_aliases
from catalog.district import District, Network, Organ, OrganKind
from catalog.path import Step
from catalog.spelling import fold
from crawler.page.page import Page, PageLink, Unusable, Zone
from crawler.plan import Itinerary, Leaf, Node, Seeker
from crawler.walking.named import NamedWalk
from crawler.walking.walk import Walk
from ledger.observation import ColumnObservation, Link, ListingObservation, Need, Observation, Wanted
from ledger.reason import Reason
from ledger.work import Arrival, Visit, VisitKind

HOME = "http://www.wz.gov.cn/"
NOON = datetime(2021, 11, 30, 4, 0, tzinfo=UTC)
FILLER = ("走进万州", "新闻中心", "办事服务", "互动交流")


def url(path: str) -> str:
    return path if "://" in path else HOME + path.lstrip("/")


def menu(*entries: object, group: int = 1, zone: Zone = Zone.NAVIGATION, first: int = 0) -> tuple[PageLink, ...]:
    """Links from nested tuples: ("label", "path") or ("label", "path", [children])."""
    links: list[PageLink] = []

    def add(items: Iterable[object], parent: int | None, number: int) -> None:
        for item in items:
            label, path, *rest = item if isinstance(item, tuple) else (item, "")
            links.append(PageLink(label, url(path) if path else "", parent=parent, group=number, zone=zone))
            if rest:
                add(rest[0], first + len(links) - 1, number * 10 + len(links))

    add(entries, None, group)
    return tuple(links)


def filler() -> tuple[PageLink, ...]:
    return menu(*((name, f"filler{number}/") for number, name in enumerate(FILLER)), group=900)


def page(path: str, *links: PageLink, crumbs: Sequence[str] = (), **facts: object) -> Page:
    address = url(path)
    breadcrumb = tuple(Link(label, "") for label in crumbs)
    made = Page(address, f"s-{address}", NOON, links=tuple(links), breadcrumb=breadcrumb, **facts)  # type: ignore[arg-type]
    return made if made.second_labels else replace(made, second_labels=frozenset(fold(one.label) for one in links))


def refused(path: str, reason: Reason, status: int | None = None) -> Unusable:
    return Unusable(url(path), f"s-{url(path)}", NOON, reason, status=status)


@dataclass
class Portal:
    """Pages by address; what is not there answers 404."""

    pages: dict[str, Page | Unusable] = field(default_factory=dict)
    headers: dict[str, tuple[int, str, int]] = field(default_factory=dict)
    asked: list[Visit] = field(default_factory=list)

    def add(self, *pages: Page | Unusable) -> Portal:
        self.pages.update({one.url: one for one in pages})
        return self

    def alias(self, path: str, shown: Page) -> Portal:
        """An address that answers with another page (an HTTP redirect)."""
        self.pages[url(path)] = shown
        return self

    def read(self, arrival: Arrival) -> Page | Unusable:
        found = self.pages.get(arrival.visit.url)
        if found is None:
            return Unusable(arrival.url, arrival.snapshot_id, NOON, Reason.HTTP_4XX, status=404)
        return found

    def fetch(self, visit: Visit, at: datetime = NOON) -> Arrival:
        self.asked.append(visit)
        if visit.kind is VisitKind.RESOURCE:
            status, kind, length = self.headers.get(visit.url, (404, "text/html", 10))
            reason = None if status == 200 else Reason.HTTP_4XX
            return Arrival(
                visit, visit.url, status, (("Content-Type", kind),), b"x" * length, f"s-{visit.url}", at, (), reason
            )
        found = self.pages.get(visit.url)
        status = 200 if isinstance(found, Page) else (found.status if found else 404)
        reason = found.reason if isinstance(found, Unusable) else (None if found else Reason.HTTP_4XX)
        address = found.url if isinstance(found, Page) else visit.url
        return Arrival(visit, address, status, (), b"", f"s-{visit.url}", at, (), reason)

    @property
    def addresses(self) -> list[str]:
        """Pages asked for, without control pages and probes."""
        return [
            visit.url for visit in self.asked if visit.kind in (VisitKind.PAGE, VisitKind.ELSEWHERE, VisitKind.RESOURCE)
        ]


def run(walk: Walk | NamedWalk, portal: Portal, random: Random | None = None, limit: int = 5000) -> list[Observation]:
    """Feed a walk until it has finished, in walking order or in a random one."""
    open_visits: list[Visit] = []
    seen: list[Observation] = []
    for _ in range(limit):
        open_visits.extend(walk.wanted())
        seen.extend(walk.observations())
        if not open_visits:
            break
        visit = open_visits.pop(random.randrange(len(open_visits)) if random else 0)
        walk.arrive(portal.fetch(visit))
    assert walk.finished
    seen.extend(walk.observations())
    return seen


def columns(observations: Iterable[Observation]) -> dict[tuple[str, ...], ColumnObservation]:
    """Column observations by root and steps (``("portal", "政务公开", ...)``)."""
    found = [one for one in observations if isinstance(one, ColumnObservation)]
    keyed = {(one.root, *one.steps): one for one in found}
    assert len(keyed) == len(found)
    return keyed


def listings(observations: Iterable[Observation]) -> dict[tuple[str, ...], ListingObservation]:
    return {(one.root, *one.steps): one for one in observations if isinstance(one, ListingObservation)}


ALIASES = column_aliases(
    (
        Column("政府信息公开", (Variant("政务公开", "t"), Variant("信息公开", "t"))),
        Column("法定主动公开内容", (Variant("主动公开内容", "t"),)),
        Column("政府信息公开目录", (Variant("信息公开目录", "t"),)),
        Column("预算/决算", (Variant("财政预决算", "t"), Variant("财政信息", "t"))),
        Column("规划信息", (Variant("规划计划", "t"),)),
        Column("政策解读", (Variant("解读发布", "t"),)),
        Column("本区县（本部门）规范性文件", (Variant("{organ}规范性文件", "t"),)),
        Column("财政收支", (Variant("财政信息", "t"),), ("财政专题",)),
    ),
    ("政府信息公开", "政务公开", "法定主动公开内容", "政府信息公开目录", "预算/决算", "规划信息", "政策解读"),
)
GOVERNMENT = Organ("gov", "万州区人民政府", OrganKind.GOVERNMENT, "区政府")
FINANCE = Organ("finance", "万州区财政局", OrganKind.DEPARTMENT, "区财政局")
EDUCATION = Organ("education", "万州区教育委员会", OrganKind.DEPARTMENT, "区教委")
TOWN = Organ("longdu", "龙都街道办事处", OrganKind.SUBDISTRICT, "龙都街道")
DISTRICT = District("wanzhou", "万州区", HOME, (), (GOVERNMENT, FINANCE, EDUCATION, TOWN), network=Network())
SKIPPABLE = frozenset(("政务公开", "政府信息公开", "法定主动公开内容", "政府信息公开目录"))


def wanted(*needs: Need, **facts: object) -> Wanted:
    return Wanted(frozenset((Need.COLUMN, *needs)), **facts)  # type: ignore[arg-type]


def itinerary(
    *paths: str, organ: Organ | None = None, start: str | None = None, wants: dict[str, Wanted] | None = None
) -> Itinerary:
    """An itinerary from paths written ``政务公开>政府信息公开目录>政策解读``."""
    root = "portal" if organ is None else f"organ:{organ.id}"
    named = {path: tuple(path.split(">")) if path else () for path in paths}

    def leaf(labels: tuple[str, ...]) -> Leaf | None:
        path = next((path for path, steps in named.items() if steps == labels), None)
        if path is None:
            return None
        want = (wants or {}).get(path, wanted(Need.LISTING))
        steps = tuple(Step(label, label in SKIPPABLE) for label in labels)
        return Leaf((f"t/{path}",), steps, want, (Seeker(f"t/{path}", want, organ or GOVERNMENT),))

    def nodes(above: tuple[str, ...]) -> tuple[Node, ...]:
        depth = len(above)
        below = dict.fromkeys(
            labels[depth] for labels in named.values() if len(labels) > depth and labels[:depth] == above
        )
        return tuple(
            Node(Step(label, label in SKIPPABLE), nodes((*above, label)), leaf((*above, label))) for label in below
        )

    first = start if start is not None else (HOME if organ is None else "")
    return Itinerary(root, organ, first, nodes(()), leaf(()))


def look(
    portal: Portal, *itineraries: Itinerary, aliases: ColumnAliases = ALIASES, **facts: object
) -> list[Observation]:
    """One whole walk over a portal."""
    district = facts.pop("district", DISTRICT)
    walk = Walk(itineraries, district, aliases, read=portal.read, **facts)  # type: ignore[arg-type]
    return run(walk, portal)


@pytest.fixture
def build() -> SimpleNamespace:
    """The builder's names, for tests that cannot import a conftest."""
    return SimpleNamespace(**{name: value for name, value in globals().items() if not name.startswith("_")})


Later = Callable[[int], datetime]


def later(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)
