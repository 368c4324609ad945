"""A walk over a small portal of bytes: a home page, the pages and answers of a case, everything else is 404."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from catalog.aliases import ColumnAliases, column_aliases
from catalog.district import District, Network, Organ, OrganKind
from catalog.path import Step
from crawler.plan import Itinerary, Leaf, Node, Seeker
from crawler.reader import Reader
from crawler.walking.walk import Walk
from ledger.observation import ColumnObservation, ListingObservation, Need, Observation, Wanted
from ledger.reason import Reason
from ledger.work import Arrival, Visit, VisitKind

NOON = datetime(2026, 7, 22, 4, 0, tzinfo=UTC)
HOME = "http://www.example.gov.cn/"
COLUMN = "政府公报"
_ORGAN = Organ("gov", "示例区人民政府", OrganKind.GOVERNMENT, "区政府")
_LINKS = ("走进示例", "新闻中心", "办事服务", "互动交流", "数据开放", "专题专栏")


def district_of(home: str = HOME, allow: tuple[str, ...] = (), forbidden: tuple[str, ...] = ()) -> District:
    network = Network(allow, 0 if allow else 2)
    return District("shili", "示例区", home, (), (_ORGAN,), network=network, forbidden_adapters=forbidden)


def home_page(column_url: str) -> bytes:
    """A home page whose menu offers the column."""
    links = "".join(f'<li><a href="/{number}/">{name}</a></li>' for number, name in enumerate(_LINKS))
    menu = f'<ul class="nav"><li><a href="{column_url}">{COLUMN}</a></li>{links}</ul>'
    return f"<html><head><title>示例区人民政府</title></head><body>{menu}</body></html>".encode()


@dataclass
class Served:
    """What a portal answers, by ``METHOD address`` and for a POST its body; and what it was asked."""

    answers: Mapping[str, bytes]
    statuses: Mapping[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, visit: Visit) -> Arrival:
        name = f"{visit.method} {visit.url}" + (f" {visit.body.decode()}" if visit.body else "")
        if visit.kind is not VisitKind.PROBE and visit.kind is not VisitKind.CONTROL:
            self.asked.append(name)
        body = self.answers.get(name)
        status = self.statuses.get(name, 200 if body is not None else 404)
        reason = None if status < 300 else (Reason.HTTP_5XX if status >= 500 else Reason.HTTP_4XX)
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        return Arrival(visit, visit.url, status, headers, body or b"gone", f"s-{name}", NOON, (), reason)


def itinerary(*needs: Need, path: tuple[str, ...] = (COLUMN,), home: str = HOME) -> Itinerary:
    """A portal's itinerary with one column."""
    want = Wanted(frozenset((Need.COLUMN, Need.LISTING, *needs)))
    steps = tuple(Step(label) for label in path)
    leaf = Leaf(("t/1",), steps, want, (Seeker("t/1", want, _ORGAN),))
    node = Node(steps[-1], (), leaf)
    for step in reversed(steps[:-1]):
        node = Node(step, (node,))
    return Itinerary("portal", None, home, (node,))


def walk_over(
    served: Served, *needs: Need, path: tuple[str, ...] = (COLUMN,), forbidden: tuple[str, ...] = ()
) -> list[Observation]:
    """Everything that a walk for one column observes."""
    district = district_of(forbidden=forbidden)
    aliases: ColumnAliases = column_aliases((), path)
    walk = Walk([itinerary(*needs, path=path)], district, aliases, read=Reader(district))
    seen: list[Observation] = []
    while visits := walk.wanted():
        for visit in visits:
            walk.arrive(served.fetch(visit))
        seen.extend(walk.observations())
    assert walk.finished
    return [*seen, *walk.observations()]


def listing_of(seen: list[Observation]) -> ListingObservation:
    return next(one for one in seen if isinstance(one, ListingObservation))


def column_of(seen: list[Observation]) -> ColumnObservation:
    return next(one for one in seen if isinstance(one, ColumnObservation))
