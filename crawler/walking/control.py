"""Control pages and probes: whether the portal as a whole works, and how its hosts say not found."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from crawler.fetching.scope import locate
from crawler.page.page import Page, Unusable
from crawler.plan import PORTAL
from ledger.observation import PortalObservation
from ledger.reason import Reason
from ledger.work import Visit, VisitKind, visit_key

BETWEEN = timedelta(minutes=50)
_PROBE_NAME = 16


def probe_visit(url: str, seed: str) -> Visit | None:
    """A sibling address that should not exist, one for a look and host; None for an address nobody understands."""
    location = locate(url)
    if location is None:
        return None
    name = hashlib.sha256(f"{seed} {location.pair}".encode()).hexdigest()[:_PROBE_NAME]
    address = f"{location.origin}/{name}.html"
    plain = locate(address)
    href = plain.href if plain else address
    return Visit(visit_key(href, VisitKind.PROBE), href, VisitKind.PROBE)


class ControlPages:
    """Control pages (对照页) of one look: at the start, within the hour, at the end."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._links_at_start: int | None = None
        self._clock: datetime | None = None
        self._hours = 0

    def due(self, moment: datetime) -> Visit | None:
        """The control page of this hour, if more than 50 minutes have gone by since the last one was asked for."""
        if self._clock is None or moment - self._clock <= BETWEEN:
            return None
        self._clock = moment
        self._hours += 1
        turn = f"hour{self._hours}"
        return Visit(visit_key(self._home, VisitKind.CONTROL, turn=turn), self._home, VisitKind.CONTROL)

    def observe(self, visit: Visit, page: Page | Unusable, fetched_at: datetime) -> PortalObservation:
        """What one control page says of the portal (CONTRACTS "Numbers": 2xx, whole, half of the links)."""
        turn = visit.key.split(" ")[1]
        moment = turn if turn in ("start", "end") else "hour"
        self._clock = max(self._clock or fetched_at, fetched_at)
        if isinstance(page, Unusable):
            return PortalObservation(
                PORTAL, moment, page.url, page.snapshot_id, page.seen_at, works=False, link_count=0, reason=page.reason
            )
        count = len(page.links)
        if self._links_at_start is None:
            self._links_at_start = count
        works = page.whole and count * 2 >= self._links_at_start
        reason = None if page.whole else Reason.TRUNCATED
        return PortalObservation(PORTAL, moment, page.url, page.snapshot_id, page.seen_at, works, count, reason)
