"""The ``Walk``: says which visits it wants, takes what arrives in any order, and tells what it has seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import structlog

from catalog.aliases import ColumnAliases, OrganAliases
from catalog.district import District
from crawler.fetching.scope import locate, scope_of
from crawler.page.page import Page, Unusable
from crawler.plan import Itinerary
from crawler.walking.bearings import Bearings, control_visit
from crawler.walking.control import ControlPages, probe_visit
from crawler.walking.roots import Walkers
from crawler.walking.scheduling import Schedule, Seen
from ledger.observation import Observation
from ledger.reason import Reason
from ledger.work import Arrival, Visit, VisitKind

PAGES_A_HOST = 5000
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress (进度) of a walk, for the display."""

    roots_done: int
    roots_total: int
    leaves_done: int
    leaves_total: int


class Walk:
    """Walk (巡查): the pure side of a look.

    It holds no connection and no clock. What it observes depends only on what arrives, not on the order: after a kill
    a new ``Walk`` is fed every arrival that the ledger already holds, and wants only what is missing.

    Args:
        read: reads one arrival, refusals named. It is called once an arrival: first for the home page, then for a
            host's probe before any other page of that host, so that it may learn how a host says not found.
        seed: makes the probe addresses of this look; the id of the look will do.
        pages_a_host: cap of CONTRACTS "Numbers".
        browser: a browser is at hand; pages that scripts make are looked at with it.
        careful: obligations of which this look is to confirm an accusation: what their pages' source lacks is looked
            at by browser too, where the page has scripts (TRUST d).
    """

    def __init__(
        self,
        itineraries: Sequence[Itinerary],
        district: District,
        aliases: ColumnAliases,
        *,
        read: Callable[[Arrival], Page | Unusable],
        seed: str = "",
        organ_aliases: OrganAliases | None = None,
        pages_a_host: int = PAGES_A_HOST,
        browser: bool = False,
        careful: frozenset[str] = frozenset(),
    ) -> None:
        self._district = district
        self._read = read
        self._seed = seed
        self._cap = pages_a_host
        self._scope = scope_of(district)
        self._schedule = Schedule(self._want)
        self._control = ControlPages(district.home)
        self._wanted: dict[str, Visit] = {}
        self._arrived: dict[str, Arrival | None] = {}
        self._parked: dict[str, list[Arrival]] = {}
        self._probed: set[str] = set()
        self._hosts: Counter[str] = Counter()
        self._observed: list[Observation] = []
        self._ended = not itineraries
        self._end_key = ""
        base = Bearings("portal", None, district, aliases, self._scope, self._schedule.spawn, browser=browser)
        names = organ_aliases or OrganAliases()
        self._walkers = Walkers(base, tuple(itineraries), names, self._observed.append, careful)
        if itineraries:
            self._walkers.start()
            self._go_on()

    def wanted(self) -> tuple[Visit, ...]:
        """Visits that nobody has been given yet and that have not arrived, in walking order."""
        given = tuple(self._wanted.values())
        self._wanted.clear()
        return given

    def arrive(self, arrival: Arrival) -> None:
        """Feed one result; a second one of the same visit is ignored."""
        key = arrival.visit.key
        if key in self._arrived:
            return
        self._arrived[key] = None
        self._wanted.pop(key, None)
        self._take(arrival)
        due = self._control.due(arrival.fetched_at)
        if due is not None and not self._schedule.idle:
            self._wanted = {due.key: due, **self._wanted}
        self._go_on()

    def observations(self) -> tuple[Observation, ...]:
        """What was observed since the last call."""
        new = tuple(self._observed)
        self._observed.clear()
        return new

    @property
    def finished(self) -> bool:
        """Whether nothing is left to see or to say."""
        return self._ended

    @property
    def progress(self) -> Progress:
        """How far the walk is."""
        return Progress(*self._walkers.progress)

    def _go_on(self) -> None:
        self._schedule.run()
        if self._schedule.idle and not self._end_key:
            visit = control_visit(self._district.home, "end")
            self._end_key = visit.key
            self._want(visit)
        if self._end_key and self._end_key in self._arrived:
            self._ended = True

    def _want(self, visit: Visit) -> Seen | None:
        if visit.key in self._arrived:
            return self._schedule.answered(visit.key)
        if visit.kind not in (VisitKind.CONTROL, VisitKind.PROBE):
            host = _pair(visit.url)
            self._hosts[host] += 1
            if self._hosts[host] > self._cap:
                return Seen(visit, _unusable(visit, Reason.BUDGET), visit.url, "", None)
        self._wanted[visit.key] = visit
        return None

    def _take(self, arrival: Arrival) -> None:
        kind = arrival.visit.kind
        if kind is VisitKind.CONTROL:
            page = self._reading(arrival)
            self._observed.append(self._control.observe(arrival.visit, page, arrival.fetched_at))
            self._schedule.answer(_seen(arrival, page))
        elif kind is VisitKind.PROBE:
            self._reading(arrival)
            host = _pair(arrival.visit.url)
            self._probed.add(host)
            for parked in self._parked.pop(host, ()):
                self._take(parked)
        elif kind is VisitKind.RESOURCE:
            self._schedule.answer(_seen(arrival, None))
        elif self._awaits_probe(arrival):
            self._parked.setdefault(_pair(arrival.url), []).append(arrival)
        else:
            self._schedule.answer(_seen(arrival, self._reading(arrival)))

    def _awaits_probe(self, arrival: Arrival) -> bool:
        """A host's pages are read once it is known how that host says not found; a dead host is not asked."""
        location = locate(arrival.url)
        if location is None or arrival.status is None or not self._scope.holds(location):
            return False
        if location.pair in self._probed:
            return False
        probe = probe_visit(arrival.url, self._seed)
        if probe is None:
            return False
        if location.pair not in self._parked:
            self._wanted = {probe.key: probe, **self._wanted}
        return True

    def _reading(self, arrival: Arrival) -> Page | Unusable:
        try:
            return self._read(arrival)
        except Exception:  # noqa: BLE001 - hostile bytes must never end the walk; the traceback is logged
            _log.exception("reading failed", snapshot_id=arrival.snapshot_id)
            unusable = _unusable(arrival.visit, Reason.INTERNAL)
            return replace(unusable, snapshot_id=arrival.snapshot_id, seen_at=arrival.fetched_at, status=arrival.status)


def _pair(url: str) -> str:
    location = locate(url)
    return location.pair if location else url


def _unusable(visit: Visit, reason: Reason) -> Unusable:
    return Unusable(visit.url, "", datetime.fromtimestamp(0, UTC), reason)


def _seen(arrival: Arrival, page: Page | Unusable | None) -> Seen:
    content_type = arrival.header("Content-Type")
    if page is None and arrival.reason is not None:
        page = Unusable(arrival.url, arrival.snapshot_id, arrival.fetched_at, arrival.reason, status=arrival.status)
    return Seen(
        visit=arrival.visit,
        page=page,
        url=arrival.url,
        snapshot_id=arrival.snapshot_id,
        seen_at=arrival.fetched_at,
        status=arrival.status,
        content_type=content_type,
        length=len(arrival.body) if arrival.status is not None else None,
        looks_like_page=arrival.body[:512].lstrip().lower().startswith((b"<!doctype html", b"<html")),
    )
