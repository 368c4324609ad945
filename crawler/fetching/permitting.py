"""Which addresses a browser may be given beside the page itself: the district's, as far as robots.txt allows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from crawler.fetching.errands import ROBOTS_REDIRECTS_LIMIT, Errands, robots_fetch
from crawler.fetching.failures import PASSING, FetchFailedError, reason_of_status
from crawler.fetching.politeness import LONGEST_PAUSE_SECONDS, retry_after_seconds
from crawler.fetching.rounds import read_wire
from crawler.fetching.scope import Location, locate
from crawler.fetching.wire import Wire
from ledger.exchange import Headers, first_header
from ledger.reason import Reason
from ledger.snapshot import Snapshot
from ledger.work import Arrival

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
Ask = Callable[[Location], Awaitable[tuple[Wire, Snapshot]]]
"""Asks for an address by GET and archives the answer."""


class Permits:
    """Permits (访问许可): scope and robots.txt for what a page asks for; the errands know what is learnt of a host."""

    def __init__(self, errands: Errands) -> None:
        self._errands = errands
        self._learning: dict[str, asyncio.Lock] = {}

    def holds(self, location: Location) -> bool:
        """Whether an address lies within the district's hosts."""
        return self._errands.scope.holds(location)

    async def refusal(self, location: Location, ask: Ask) -> Reason | None:
        """Why an address may not be asked for, or None."""
        if not self._errands.scope.holds(location):
            return Reason.REDIRECT_OFFSITE
        async with self._learning.setdefault(location.origin, asyncio.Lock()):
            robots = self._errands.robots_at(location)
            if robots is None:
                await self._learn(location, ask)
                robots = self._errands.robots_at(location)
        if robots is None or robots.permits(location.href):
            return None
        return robots.unreachable or Reason.ROBOTS_DISALLOW

    def note(self, location: Location, status: int | None, reason: Reason | None) -> None:
        """How such a request ended: a host that refuses the browser's requests refuses us."""
        self._errands.manners.note(location, f"browser {location.href}", status, reason)

    def again(self, location: Location, attempt: int, reason: Reason | None, headers: Headers = ()) -> bool:
        """Whether such a request is made once more, as one of the walk would be; the host then has its pause."""
        manners, clock = self._errands.manners, time.monotonic()
        asked = retry_after_seconds(first_header(headers, "retry-after"), datetime.now(UTC))
        if asked is not None and asked > LONGEST_PAUSE_SECONDS and reason in (Reason.RATE_LIMITED, Reason.HTTP_5XX):
            manners.leave_alone(location, Reason.RATE_LIMITED)
            return False
        if reason not in PASSING or manners.refusal(location, clock) is not None:
            return False
        manners.pause(location, asked or manners.retry_pause(location, attempt), clock)
        return True

    async def _learn(self, location: Location, ask: Ask) -> None:
        """Ask for a host's robots.txt, wherever it moved (RFC 9309 2.3.1.2)."""
        fetch = robots_fetch(location)
        place, reason, wire, snapshot = fetch.location, None, None, None
        for _ in range(ROBOTS_REDIRECTS_LIMIT + 1):
            try:
                wire, snapshot = await ask(place)
            except FetchFailedError as error:
                reason = error.reason
                break
            target = first_header(wire.headers, "location")
            reason = reason_of_status(wire.status)
            if wire.status not in _REDIRECTS or not target:
                break
            reason = Reason.TRAP
            place = locate(target, place.href) or place
        answer = read_wire(wire, snapshot) if wire is not None and snapshot is not None else None
        arrival = Arrival(
            visit=fetch.visit,
            url=place.href,
            status=answer.status if answer else None,
            headers=answer.headers if answer else (),
            body=answer.body if answer else b"",
            snapshot_id=answer.snapshot_id if answer else "",
            fetched_at=answer.fetched_at if answer else datetime.now(UTC),
            reason=reason or (answer.trouble if answer else None),
        )
        self._errands.learn_robots(location, arrival)
