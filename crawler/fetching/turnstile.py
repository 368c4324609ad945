"""One request at a time a host, from sending until its answer is recorded: a kill can lose one answer a host."""

from __future__ import annotations

import asyncio


class Turnstile:
    """Turnstile (逐一放行): Scrapy sends a host's next request as soon as the last answer is read, before it is kept.

    Without this a kill would lose two or three answers of a fast host, and they would be fetched again.
    """

    def __init__(self) -> None:
        self._inside: dict[str, asyncio.Event] = {}
        self.broken = False

    async def enter(self, host: str) -> None:
        """Wait until the host's last answer is recorded."""
        while host in self._inside and not self.broken:
            await self._inside[host].wait()
        self._inside[host] = asyncio.Event()

    def leave(self, host: str) -> None:
        """The answer is recorded; the next request may go out."""
        event = self._inside.pop(host, None)
        if event is not None:
            event.set()

    def give_up(self) -> None:
        """The crawl ends early: whoever waits goes on, and is told by ``broken`` not to send."""
        self.broken = True
        for host in tuple(self._inside):
            self.leave(host)
