"""The order of requests: one at a time a host, what is begun first; given out only when the last answer is recorded."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from crawler.fetching.errands import Fetch


class Lanes:
    """Lanes (访问队列), one a host.

    Requests wait here and not in Scrapy's queues: Scrapy sends a host's next request as soon as the last answer is
    read, before it is kept, and a kill would lose several answers. So a kill loses one visit a host at most.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, list[tuple[int, int, Fetch]]] = {}
        self._busy: set[str] = set()
        self._count = 0

    def add(self, fetches: Iterable[Fetch]) -> None:
        """Let requests wait for their turn; those of one rank go in the order they came."""
        for fetch in fetches:
            self._count += 1
            heapq.heappush(self._waiting.setdefault(fetch.location.host, []), (_rank(fetch), self._count, fetch))

    def done(self, fetch: Fetch) -> None:
        """Its answer is recorded, or there is none; the host's next may go."""
        self._busy.discard(fetch.location.host)

    def ready(self) -> list[Fetch]:
        """The next request of each host that has none under way, in the order they were added."""
        free = [host for host, lane in self._waiting.items() if lane and host not in self._busy]
        taken = sorted(heapq.heappop(self._waiting[host]) for host in free)
        self._busy.update(free)
        return [fetch for _, _, fetch in taken]


def _rank(fetch: Fetch) -> int:
    """What others wait for, then what is begun (a chain of redirects that a kill cuts is begun anew), then the rest."""
    if fetch.robots_of:
        return 0
    return 1 if fetch.hops or fetch.attempt > 1 else 2
