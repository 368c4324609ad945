"""What to request next and what came of it: redirects, robots, scope, second tries; knows no framework, no socket."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler.fetching.failures import PASSING, reason_in_page, reason_of_status
from crawler.fetching.politeness import LONGEST_PAUSE_SECONDS, Manners, retry_after_seconds
from crawler.fetching.robots import ALLOW_ALL, Robots, robots_of
from crawler.fetching.scope import Location, Scope, locate
from ledger.exchange import Headers, first_header
from ledger.reason import Reason
from ledger.work import Arrival, Visit, VisitKind

REDIRECTS_LIMIT = 10
ROBOTS_REDIRECTS_LIMIT = 5
"""RFC 9309 2.3.1.2; more count as a file that is not there."""
ATTEMPTS = 3
CHALLENGE_ATTEMPTS = 2
"""Tries of a page that a firewall or a limit of rate stood before: asked once more, later, and never got round."""
CHALLENGE_PATIENCE = 4
"""How many times longer than after a server error the host is left in peace before that."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ROBOTS_PREFIX = "robots "


@dataclass(frozen=True, slots=True)
class Fetch:
    """Fetch (一次请求): one request to be made for a visit.

    Attributes:
        hops: addresses that already answered with a redirect, the visit's own first.
        attempt: 1 for the first try of this very address.
        robots_of: the origin whose robots.txt this is; empty for a visit of the walk.
    """

    visit: Visit
    location: Location
    method: str
    hops: tuple[str, ...] = ()
    attempt: int = 1
    robots_of: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer (一次响应), archived already.

    Attributes:
        body: content-decoded.
        trouble: what is wrong with it whatever its status says (cut, too large, a bomb), or None.
        url: where a browser ended, which may be elsewhere than it was sent; empty for an answer of the wire.
    """

    status: int
    headers: Headers
    body: bytes
    snapshot_id: str
    fetched_at: datetime
    trouble: Reason | None = None
    url: str = ""


@dataclass(slots=True)
class Errands:
    """Errands (访问调度) of one look: fed with visits and answers, gives requests and arrivals, in a stable order.

    ``fetches`` and ``arrivals`` fill up with each call and are taken with ``drain``.
    """

    scope: Scope
    manners: Manners
    agent: str
    replayed: bool = False
    _robots: dict[str, Robots] = field(default_factory=dict)
    _waiting: dict[str, list[Fetch]] = field(default_factory=dict)
    _offsite: set[str] = field(default_factory=set)
    _fetches: list[Fetch] = field(default_factory=list)
    _arrivals: list[Arrival] = field(default_factory=list)

    def drain(self) -> tuple[tuple[Fetch, ...], tuple[Arrival, ...]]:
        """Requests to be made and visits that ended since the last call."""
        taken = tuple(self._fetches), tuple(self._arrivals)
        self._fetches.clear()
        self._arrivals.clear()
        return taken

    def restore(self, arrival: Arrival, clock: float) -> None:
        """Learn from an arrival that the ledger holds of this look: robots, off-site hosts, refusals.

        A host that was asked by a run that was killed may have been asked just now: the gap runs from here.
        """
        location = locate(arrival.visit.url)
        if location is None:
            return
        if not self.replayed:
            self.manners.answered(location, clock)
        if is_robots(arrival.visit):
            self._learn(location, arrival)
            return
        if not self.scope.holds(location):
            self._offsite.add(location.host)
        self._note(locate(arrival.url) or location, arrival, reason_in_page(arrival))

    def take(self, visits: Iterable[Visit], now: datetime) -> None:
        """Visits that the walk wants."""
        for visit in visits:
            location = locate(visit.url)
            if location is None:
                self._arrivals.append(_nothing(visit, visit.url, Reason.ADDRESS_BLOCKED, now))
            elif self.scope.holds(location):
                self._approach(Fetch(visit, location, visit.method), now)
            elif location.host in self._offsite:
                self._arrivals.append(_nothing(visit, location.href, Reason.REDIRECT_OFFSITE, now))
            else:
                self._offsite.add(location.host)
                self._approach(Fetch(visit, location, visit.method), now)

    def answered(self, fetch: Fetch, answer: Answer, now: datetime, clock: float) -> None:
        """A response came and is archived."""
        target = first_header(answer.headers, "location")
        if answer.status in _REDIRECTS and target and answer.trouble is None:
            self._redirected(fetch, answer, target, now)
            return
        reason = reason_of_status(answer.status) or answer.trouble
        asked = retry_after_seconds(first_header(answer.headers, "retry-after"), now)
        if answer.status in (429, 503) and asked is not None and not self.replayed:
            if asked > LONGEST_PAUSE_SECONDS:
                self.manners.leave_alone(fetch.location, Reason.RATE_LIMITED)
                reason = Reason.RATE_LIMITED
            elif fetch.attempt < ATTEMPTS:
                self._again(fetch, asked, clock)
                return
        if reason in PASSING and self._try_again(fetch, clock):
            return
        arrival = _arrival(fetch, answer, reason)
        in_page = reason_in_page(arrival)
        stopped = fetch.attempt < CHALLENGE_ATTEMPTS and in_page is not None
        if stopped and self._try_again(fetch, clock, patience=CHALLENGE_PATIENCE):
            return
        self._end(fetch, arrival, now, in_page)

    def failed(self, fetch: Fetch, reason: Reason, now: datetime, clock: float) -> None:
        """No response came, or the request was not made."""
        if reason in PASSING and self._try_again(fetch, clock):
            return
        nothing = replace(_nothing(fetch.visit, fetch.location.href, reason, now), redirects=fetch.hops)
        self._end(fetch, nothing, now, None)

    def _try_again(self, fetch: Fetch, clock: float, patience: float = 1) -> bool:
        if self.replayed or fetch.attempt >= ATTEMPTS or self.manners.refusal(fetch.location, clock) is not None:
            return False
        self._again(fetch, patience * self.manners.retry_pause(fetch.location, fetch.attempt), clock)
        return True

    def _again(self, fetch: Fetch, seconds: float, clock: float) -> None:
        self.manners.pause(fetch.location, seconds, clock)
        self._fetches.append(replace(fetch, attempt=fetch.attempt + 1))

    def _redirected(self, fetch: Fetch, answer: Answer, target: str, now: datetime) -> None:
        limit = ROBOTS_REDIRECTS_LIMIT if fetch.robots_of else REDIRECTS_LIMIT
        location = locate(target, fetch.location.href)
        if location is None or len(fetch.hops) >= limit:
            reason = Reason.TRAP if location else Reason.ADDRESS_BLOCKED
            ended = _arrival(fetch, answer, reason)
            self._end(fetch, ended, now, reason_in_page(ended))
            return
        hops = (*fetch.hops, fetch.location.href)
        if not fetch.robots_of and not self._may_follow(fetch, location):
            offsite = replace(_arrival(fetch, answer, Reason.REDIRECT_OFFSITE), url=location.href, redirects=hops)
            self._end(fetch, offsite, now, reason_in_page(offsite))
            return
        method = fetch.method if answer.status in (307, 308) else "GET"
        hop = replace(fetch, location=location, method=method, hops=hops, attempt=1)
        if fetch.robots_of:  # a robots.txt is asked for wherever it moved (RFC 9309 2.3.1.2)
            self._fetches.append(hop)
        else:
            self._approach(hop, now)

    def _may_follow(self, fetch: Fetch, location: Location) -> bool:
        """In scope, or on the very host that an off-site visit asked for."""
        asked = locate(fetch.visit.url)
        return self.scope.holds(location) or (
            asked is not None and not self.scope.holds(asked) and location.host == asked.host
        )

    def _approach(self, fetch: Fetch, now: datetime) -> None:
        """Request it if robots.txt allows; ask for robots.txt first where it is not known."""
        if self.replayed:
            self._fetches.append(fetch)
            return
        origin = fetch.location.origin
        robots = self._robots.get(origin)
        if robots is None:
            waiting = self._waiting.setdefault(origin, [])
            waiting.append(fetch)
            if len(waiting) == 1:
                self._fetches.append(robots_fetch(fetch.location))
            return
        if robots.permits(fetch.location.href):
            self._fetches.append(fetch)
            return
        reason = robots.unreachable or Reason.ROBOTS_DISALLOW
        ended = replace(_nothing(fetch.visit, fetch.location.href, reason, now), redirects=fetch.hops)
        self._arrivals.append(ended)

    def _end(self, fetch: Fetch, arrival: Arrival, now: datetime, in_page: Reason | None) -> None:
        """End an errand; ``in_page`` is the refusal that the answer itself is (``reason_in_page``)."""
        self._note(fetch.location, arrival, in_page)
        self._arrivals.append(arrival)
        if fetch.robots_of:
            asked = locate(fetch.visit.url)
            assert asked is not None
            self._learn(asked, arrival)
            for waiting in self._waiting.pop(fetch.robots_of, ()):
                self._approach(waiting, now)

    def robots_at(self, location: Location) -> Robots | None:
        """What is known of the robots.txt of an address's origin; None while nobody asked for it."""
        return ALLOW_ALL if self.replayed else self._robots.get(location.origin)

    def learn_robots(self, location: Location, arrival: Arrival) -> None:
        """Take over what somebody else learnt of an origin's robots.txt."""
        self._learn(location, arrival)

    def _learn(self, location: Location, arrival: Arrival) -> None:
        robots = robots_of(arrival, self.agent)
        self._robots[location.origin] = robots
        if robots.delay_seconds is not None:
            self.manners.slow_down(location, robots.delay_seconds)

    def _note(self, location: Location, arrival: Arrival, in_page: Reason | None) -> None:
        visit, status = arrival.visit, arrival.status
        reason = in_page or arrival.reason
        if visit.kind is VisitKind.RESOURCE and status is not None and 400 <= status < 500:
            return  # a folder of attachments that is closed says nothing of the host's pages
        # A service that fails does so whatever it is asked for: that is one thing that does not work.
        key = visit.url.partition("?")[0] if reason is Reason.HTTP_5XX else visit.key
        self.manners.note(location, key, status, reason)


def is_robots(visit: Visit) -> bool:
    """Whether a visit is for a robots.txt, which the walk never asked for."""
    return visit.key.startswith(_ROBOTS_PREFIX)


def robots_fetch(location: Location) -> Fetch:
    """The request for the robots.txt of an address's origin."""
    place = locate("/robots.txt", location.href)
    assert place is not None
    return Fetch(Visit(f"{_ROBOTS_PREFIX}{place.href}", place.href), place, "GET", robots_of=location.origin)


def _nothing(visit: Visit, url: str, reason: Reason, now: datetime) -> Arrival:
    return Arrival(visit, url, None, (), b"", "", now, reason=reason)


def _arrival(fetch: Fetch, answer: Answer, reason: Reason | None) -> Arrival:
    return Arrival(
        visit=fetch.visit,
        url=answer.url or fetch.location.href,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        snapshot_id=answer.snapshot_id,
        fetched_at=answer.fetched_at,
        redirects=fetch.hops,
        reason=reason,
    )
