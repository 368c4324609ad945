"""How a host is treated: gaps between requests, pauses it asks for, and when it is left alone; time is an argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from catalog.district import Network
from crawler.fetching.addresses import is_loopback
from crawler.fetching.failures import is_refusal
from crawler.fetching.scope import Location
from ledger.reason import Reason

REFUSALS_IN_A_ROW = 5
"""Visits that a host refuses one after the other before its remaining visits are not made."""
REFUSED_VISITS_IN_A_ROW = 15
"""The same where one and the same address refuses, whatever it is asked for."""
LONGEST_PAUSE_SECONDS = 120
"""Retry-After up to this is waited for; a longer one means: not in this look."""
STRANGER_DELAY_SECONDS = 2.0
"""Gap for a host that the district file does not exempt, where the file sets none."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Budget (访问限额) of one look (CONTRACTS "Numbers").

    Attributes:
        pages_per_host: requests to one host in the look, retries and redirects included.
        seconds: time from the start of this run; what is wanted later is not fetched.
        spent: requests already made to a host this night, by earlier looks.
        page_seconds, resource_seconds: longest wait for one answer, to its last byte.
    """

    pages_per_host: int = 5000
    seconds: float = 8 * 3600
    spent: Mapping[str, int] = field(default_factory=dict)
    page_seconds: float = 60
    resource_seconds: float = 180


@dataclass(slots=True)
class _Host:
    delay: float
    answered_at: float | None = None
    paused_until: float = 0.0
    requests: int = 0
    refused: list[str] = field(default_factory=list)
    refused_visits: int = 0
    left_alone: Reason | None = None


class Manners:
    """Manners (访问礼仪): what is known of each host in one look; all moments are seconds of one monotonic clock.

    Args:
        now: when the run started.
    """

    def __init__(self, network: Network, budget: Budget, now: float) -> None:
        self._network = network
        self._budget = budget
        self._ends_at = now + budget.seconds
        self._hosts: dict[str, _Host] = {}

    def refusal(self, location: Location, now: float) -> Reason | None:
        """Why no request may be made to this host any more, or None."""
        host = self._host(location)
        if host.left_alone is not None:
            return host.left_alone
        spent = host.requests + self._budget.spent.get(location.host, 0)
        if now >= self._ends_at or spent >= self._budget.pages_per_host:
            return Reason.BUDGET
        return None

    def wait_seconds(self, location: Location, now: float) -> float:
        """How long to wait before the next request to this host."""
        host = self._host(location)
        after_gap = now if host.answered_at is None else host.answered_at + host.delay
        return max(0.0, after_gap - now, host.paused_until - now)

    def sent(self, location: Location) -> None:
        """Count a request."""
        self._host(location).requests += 1

    def answered(self, location: Location, now: float) -> None:
        """The answer is read to its end, or there was none: the gap runs from here, so a server never sees less."""
        self._host(location).answered_at = now

    def slow_down(self, location: Location, seconds: float) -> None:
        """Crawl-delay: obeyed where it is larger than the district file's delay."""
        host = self._host(location)
        host.delay = max(host.delay, seconds)

    def pause(self, location: Location, seconds: float, now: float) -> None:
        """Make no request to this host for so long."""
        host = self._host(location)
        host.paused_until = max(host.paused_until, now + seconds)

    def leave_alone(self, location: Location, reason: Reason) -> None:
        """Make no more requests to this host in this look."""
        self._host(location).left_alone = reason

    def note(self, location: Location, key: str, status: int | None, reason: Reason | None) -> None:
        """How a visit ended; the fifth refused one in a row closes the host.

        Args:
            key: of what was refused; refusals of one key count once, up to fifteen in a row.
        """
        host = self._host(location)
        if not is_refusal(status, reason):
            host.refused.clear()
            host.refused_visits = 0
            return
        host.refused_visits += 1
        if key not in host.refused:
            host.refused.append(key)
        if len(host.refused) >= REFUSALS_IN_A_ROW or host.refused_visits >= REFUSED_VISITS_IN_A_ROW:
            host.left_alone = host.left_alone or reason

    @property
    def left_alone(self) -> Mapping[str, Reason]:
        """Hosts that are left alone, and why."""
        return {name: host.left_alone for name, host in self._hosts.items() if host.left_alone is not None}

    def retry_pause(self, location: Location, attempt: int) -> float:
        """Pause before the next attempt: twice, then four times the gap; nothing on a loopback host without a gap."""
        return float(self._host(location).delay * 2**attempt)

    def _host(self, location: Location) -> _Host:
        if location.host not in self._hosts:
            self._hosts[location.host] = _Host(delay=self._delay(location))
        return self._hosts[location.host]

    def _delay(self, location: Location) -> float:
        if self._network.delay_seconds > 0:
            return self._network.delay_seconds
        exempt = location.pair in self._network.allow and is_loopback(location.host)
        return 0.0 if exempt else STRANGER_DELAY_SECONDS


def retry_after_seconds(value: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110 10.2.3); None where it is absent or says nothing."""
    value = value.strip()
    if value.isdecimal() and value.isascii():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
