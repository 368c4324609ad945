"""Crawls a loopback site with a walk that follows every link: what the fetching side is tested with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from catalog.district import District, Network
from crawler.crawling import Budget, CrawlEnd, crawl_look, in_reactor
from crawler.fetching.rounds import CrawlProgress
from crawler.fetching.scope import locate
from ledger.ledger import Ledger
from ledger.night import Look, LookKind
from ledger.observation import Observation, PortalObservation
from ledger.work import Arrival, Visit, visit_key

_LINK = re.compile(rb'href="([^"]*)"')
NOW = datetime(2021, 11, 30, 2, tzinfo=UTC)


class LinkWalk:
    """Wants its first visits, then every link of every page that arrived, each address once."""

    def __init__(self, first: Iterable[Visit | str], *, follow: bool = True) -> None:
        visits = [item if isinstance(item, Visit) else Visit(visit_key(item), item) for item in first]
        self._known = {visit.key: visit for visit in visits}
        self._new = list(visits)
        self._follow = follow
        self.arrived: dict[str, Arrival] = {}

    def wanted(self) -> tuple[Visit, ...]:
        new = tuple(visit for visit in self._new if visit.key not in self.arrived)
        self._new.clear()
        return new

    def arrive(self, arrival: Arrival) -> None:
        self.arrived[arrival.visit.key] = arrival
        if not self._follow or arrival.reason is not None:
            return
        for target in _LINK.findall(arrival.body):
            place = locate(target.decode(), arrival.url)
            if place is not None and visit_key(place.href) not in self._known:
                visit = Visit(visit_key(place.href), place.href)
                self._known[visit.key] = visit
                self._new.append(visit)

    def observations(self) -> tuple[Observation, ...]:
        return tuple(
            PortalObservation("portal", "start", arrival.url, arrival.snapshot_id, arrival.fetched_at, True, 0)
            for arrival in list(self.arrived.values())[:1]
        )

    @property
    def finished(self) -> bool:
        return set(self.arrived) >= set(self._known)

    def by_url(self) -> dict[str, Arrival]:
        return {arrival.visit.url: arrival for arrival in self.arrived.values()}


def district_of(home: str, *, allow: tuple[str, ...] = (), delay_seconds: float = 0.0) -> District:
    return District("shili", "示例区", home, (), (), network=Network(allow, delay_seconds))


def look_in(ledger: Ledger) -> Look:
    night = ledger.begin_night(
        "shili", date(2021, 11, 30), planned=(), facts={}, confirm_now=False, replayed=False, now=NOW
    )
    return ledger.begin_look(night.id, LookKind.FIRST, NOW)


def open_ledger(folder: Path) -> Ledger:
    return Ledger.open(f"sqlite:///{folder / 'ledger.sqlite'}", folder / "archive")


def crawl(
    folder: Path,
    walk: LinkWalk,
    district: District,
    *,
    replay: tuple[Path, ...] = (),
    progress: Callable[[CrawlProgress], None] | None = None,
    budget: Budget | None = None,
) -> CrawlEnd:
    """One run over the ledger in ``folder``; called again it resumes."""
    with open_ledger(folder) as ledger:
        look = look_in(ledger)

        async def main() -> CrawlEnd:
            return await crawl_look(
                ledger, walk, district=district, look=look, replay=replay, progress=progress, budget=budget
            )

        return in_reactor(main)
