"""One look's way between the walk, the ledger and the errands: what arrives is recorded, read, and brings new wants."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from crawler.fetching.errands import Answer, Errands, Fetch, is_robots
from crawler.fetching.lanes import Lanes
from crawler.fetching.wire import Wire
from ledger.archive.decoding import decode_body
from ledger.exchange import Exchange
from ledger.observation import Observation
from ledger.reason import Reason
from ledger.snapshot import Snapshot
from ledger.work import Arrival, Visit

BOMB_RATIO = 200
BOMB_FLOOR_BYTES = 8 * 1024 * 1024
"""A body that grows more than ``BOMB_RATIO`` times to more than this is a bomb, though under the ledger's cap."""


class Walking(Protocol):
    """Walking (沿路径访问): what the fetching side needs of a ``crawler.walking.walk.Walk``."""

    def wanted(self) -> tuple[Visit, ...]:
        """Visits not yet given out or arrived, in walking order."""
        ...

    def arrive(self, arrival: Arrival) -> None:
        """Feed one result."""
        ...

    def observations(self) -> tuple[Observation, ...]:
        """New since the last call."""
        ...

    @property
    def finished(self) -> bool:
        """Whether all that was to be looked at has been."""
        ...


class LookLedger(Protocol):
    """Ledger of a look (核验轮次台账): what the fetching side needs of a ``ledger.ledger.Ledger``."""

    def keep_all(self, exchanges: Sequence[Exchange]) -> tuple[Snapshot, ...]: ...
    def advance(self, look_id: int, arrivals: Sequence[Arrival], visits: Sequence[Visit]) -> None: ...
    def arrivals(self, look_id: int) -> Iterator[Arrival]: ...
    def add_observations(self, look_id: int, observations: Sequence[Observation]) -> None: ...
    def observations(self, look_id: int) -> tuple[Observation, ...]: ...
    def add_event(self, kind: str, facts: Mapping[str, str]) -> None: ...


@dataclass(frozen=True, slots=True)
class CrawlProgress:
    """Progress (核验进度) of a look's crawl; counts of this look, earlier runs of it included where they say so.

    Attributes:
        wanted_count, arrived_count: visits wanted and ended so far, earlier runs included.
        request_count: requests of this run, redirects, second tries and robots.txt included.
        latest: address of the latest arrival.
    """

    wanted_count: int
    arrived_count: int
    request_count: int
    byte_count: int
    seconds: float
    latest: str


class Round:
    """Round (一轮访问): holds the look's state between two answers; all I/O is the ledger's."""

    def __init__(
        self,
        ledger: LookLedger,
        walk: Walking,
        errands: Errands,
        look_id: int,
        progress: Callable[[CrawlProgress], None] | None = None,
        *,
        now: Callable[[], datetime],
    ) -> None:
        """``now`` dates what has no answer to take its date from."""
        self._ledger = ledger
        self._walk = walk
        self._errands = errands
        self._look_id = look_id
        self._progress = progress
        self._now = now
        self._lanes = Lanes()
        self._started = time.monotonic()
        self._wanted: set[str] = set()
        self._arrived = 0
        self._bytes = 0
        self.requests = 0
        self.failure: Exception | None = None

    def begin(self) -> list[Fetch]:
        """Feed what the ledger already holds of this look; the requests that are still to be made."""
        for arrival in self._ledger.arrivals(self._look_id):
            self._wanted.add(arrival.visit.key)
            self._arrived += 1
            self._errands.restore(arrival, time.monotonic())
            if not is_robots(arrival.visit):
                self._walk.arrive(arrival)
        return self._go_on()

    def answered(self, fetch: Fetch, wire: Wire, snapshot: Snapshot) -> list[Fetch]:
        """A response came and is archived; the requests that follow from it."""
        self._bytes += len(wire.body)
        self._lanes.done(fetch)
        self._errands.answered(fetch, read_wire(wire, snapshot), self._now(), time.monotonic())
        return self._go_on()

    def failed(self, fetch: Fetch, reason: Reason) -> list[Fetch]:
        """No response came; the requests that follow from it."""
        self._lanes.done(fetch)
        self._errands.failed(fetch, reason, self._now(), time.monotonic())
        return self._go_on()

    def _go_on(self) -> list[Fetch]:
        """Read what arrived until nothing new is wanted, record all of it at once, then say what may be requested.

        Only what is recorded is requested: the work list in the database is never behind the net.
        """
        arrived: list[Arrival] = []
        wanted: dict[str, Visit] = {}
        try:
            self._settle(arrived, wanted)
        finally:  # where the walk raised as well: what it could not read it shall not fetch again
            if arrived or wanted:
                self._ledger.advance(self._look_id, arrived, tuple(wanted.values()))
                self._wanted.update(wanted)
        for arrival in arrived:
            self._arrived += 1
            if self._progress is not None:
                self._progress(self.state(arrival.url))
        ready = self._lanes.ready()
        self.requests += len(ready)
        return ready

    def _settle(self, arrived: list[Arrival], wanted: dict[str, Visit]) -> None:
        while True:
            fetches, arrivals = self._errands.drain()
            self._lanes.add(fetches)
            wanted.update(self._unknown(fetch.visit for fetch in fetches))
            for arrival in arrivals:
                arrived.append(arrival)
                if not is_robots(arrival.visit):
                    self._walk.arrive(arrival)
            visits = [
                visit for visit in self._walk.wanted() if visit.key not in wanted and visit.key not in self._wanted
            ]
            if not visits and not arrivals:
                return
            wanted.update(self._unknown(visits))
            self._errands.take(visits, self._now())

    def _unknown(self, visits: Iterable[Visit]) -> dict[str, Visit]:
        return {visit.key: visit for visit in visits if visit.key not in self._wanted}

    def state(self, latest: str = "") -> CrawlProgress:
        """Where the crawl stands."""
        return CrawlProgress(
            wanted_count=len(self._wanted),
            arrived_count=self._arrived,
            request_count=self.requests,
            byte_count=self._bytes,
            seconds=time.monotonic() - self._started,
            latest=latest,
        )


def read_wire(wire: Wire, snapshot: Snapshot) -> Answer:
    """The answer as the errands and the walk see it: decoded, and with what is wrong with it."""
    body, trouble = decoded(wire)
    url = wire.target_uri if wire.renders else ""
    return Answer(wire.status, wire.headers, body, snapshot.id, wire.fetched_at, trouble, url)


def decoded(wire: Wire) -> tuple[bytes, Reason | None]:
    """The body as a reader gets it, and what is wrong with it."""
    plain = decode_body(wire.body, wire.headers)
    body, trouble = plain.body, wire.trouble or plain.fault
    if len(body) > BOMB_FLOOR_BYTES and len(body) > BOMB_RATIO * len(wire.body):
        return b"", Reason.BOMB
    return body, trouble
