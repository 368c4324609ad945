"""The ``Survey``: what ``probe`` fetches of a portal, in order, and what it makes of it; pure, like the ``Walk``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import structlog

from catalog.catalogue import Catalogue
from catalog.district import District
from crawler.fetching.scope import scope_of
from crawler.page.decoding import decode
from crawler.page.page import Page, Unusable
from crawler.probing.families import Traces
from crawler.probing.findings import Findings
from crawler.probing.identity import Identity, without_comments
from crawler.probing.surveying import Notes, survey
from crawler.walking.bearings import Bearings
from crawler.walking.scheduling import Schedule, Seen
from ledger.observation import Observation
from ledger.reason import Reason
from ledger.work import Arrival, Visit, VisitKind

REQUESTS = 60
"""Requests of one probe, robots.txt included; a guest looks around and goes."""
RENDERED_COST = 2
"""A page shown by browser asks for itself and for what fills it; programs are kept from page to page."""
_log = structlog.get_logger(__name__)


class Survey:
    """Survey (探查) of one portal; holds no connection and no clock, and fulfils ``Walking``.

    Args:
        district: what is known beforehand: home page and allowed hosts.
        read: reads one arrival, refusals named.
        directories: ids to adopt; empty lets the place decide.
        requests: cap on visits.
        browser: a browser is at hand; pages that scripts make are looked at with it.
        robots: each new host also costs its robots.txt; False in a replay.
    """

    def __init__(
        self,
        district: District,
        catalogue: Catalogue,
        as_of: date,
        *,
        read: Callable[[Arrival], Page | Unusable],
        directories: Sequence[str] = (),
        requests: int = REQUESTS,
        robots: bool = True,
        browser: bool = False,
    ) -> None:
        self._read = read
        self._cap = requests
        self._robots = robots
        self._schedule = Schedule(self._want)
        self._wanted: dict[str, Visit] = {}
        self._arrived: set[str] = set()
        self._hosts: set[str] = set()
        self._spent = 0
        self._refused_by_cap: Counter[str] = Counter()
        scope = scope_of(district)
        self._notes = Notes(Identity(), Traces(), urlsplit(district.home).netloc)
        bearings = Bearings("portal", None, district, catalogue.columns, scope, self._schedule.spawn, browser=browser)
        self._inside = bearings.inside
        course = survey(bearings, catalogue, as_of, tuple(directories), self._notes, self.remaining)
        self._job = self._schedule.spawn(course, lambda: Findings(district.home, refused=Reason.INTERNAL))
        self._schedule.run()

    def remaining(self) -> int:
        """Visits that may still be made."""
        return self._cap - self._spent

    def wanted(self) -> tuple[Visit, ...]:
        """Visits that nobody has been given yet, in order."""
        given = tuple(self._wanted.values())
        self._wanted.clear()
        return given

    def arrive(self, arrival: Arrival) -> None:
        """Feed one result; a second one of the same visit is ignored."""
        if arrival.visit.key in self._arrived:
            return
        self._arrived.add(arrival.visit.key)
        self._spent += len(arrival.redirects)
        self._wanted.pop(arrival.visit.key, None)
        self._schedule.answer(self._seen(arrival))
        self._schedule.run()

    def observations(self) -> tuple[Observation, ...]:
        """None: a probe judges nobody."""
        return ()

    @property
    def finished(self) -> bool:
        """Whether nothing more is to be looked at."""
        return self._schedule.idle

    @property
    def findings(self) -> Findings:
        """What was found, once finished."""
        return replace(self._job.result, request_count=self._spent, page_count=self._notes.page_count)

    def _want(self, visit: Visit) -> Seen | None:
        host = urlsplit(visit.url).netloc
        cost = (RENDERED_COST if visit.kind is VisitKind.RENDERED else 1) + (self._robots and host not in self._hosts)
        if self._spent + cost > self._cap - self._notes.kept_back:
            unusable = Unusable(visit.url, "", datetime.fromtimestamp(0, UTC), Reason.BUDGET)
            return Seen(visit, unusable, visit.url, "", None)
        self._hosts.add(host)
        self._spent += cost
        self._wanted[visit.key] = visit
        return None

    def _seen(self, arrival: Arrival) -> Seen:
        page = None if arrival.visit.kind is VisitKind.RESOURCE else self._reading(arrival)
        if isinstance(page, Page) and arrival.visit.kind not in (VisitKind.PROBE, VisitKind.ASK):
            self._take_down(arrival, page)
        content_type = arrival.header("Content-Type")
        return Seen(
            arrival.visit, page, arrival.url, arrival.snapshot_id, arrival.fetched_at, arrival.status, content_type
        )

    def _take_down(self, arrival: Arrival, page: Page) -> None:
        """Names, numbers and marks that a page of the portal itself bears."""
        if not self._inside(page.url):
            return
        source = without_comments(decode(arrival.body, arrival.header("Content-Type")).text)
        links = [link.url for link in page.links if link.url and self._inside(link.url)]
        self._notes.page_count += 1
        self._notes.traces.read(page.url, source, page.adapter.split(), links)
        if urlsplit(page.url).netloc == self._notes.host or not self._notes.home_settled:
            self._notes.identity.read(page, source, is_home=not self._notes.home_settled)
        self._notes.mentions.read(page, is_of_unit=self._notes.at_units)
        if page.menu_by_script or page.list_by_script:
            self._notes.scripted.append(page.url)

    def _reading(self, arrival: Arrival) -> Page | Unusable:
        try:
            return self._read(arrival)
        except Exception:  # noqa: BLE001 - hostile bytes must never end the probe; the traceback is logged
            _log.exception("reading failed", snapshot_id=arrival.snapshot_id)
            return Unusable(arrival.url, arrival.snapshot_id, arrival.fetched_at, Reason.INTERNAL)
