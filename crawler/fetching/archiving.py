"""The archive stands next to the wire: every response is kept before anything else of the crawl sees it."""

from __future__ import annotations

import asyncio

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.fetching.rig import Rig, rig_of
from crawler.fetching.wire import Wire
from ledger.exchange import Exchange
from ledger.snapshot import Snapshot


class ArchivingMiddleware:
    """Archiving (留存): order 995, nearer to the download handlers than anything that could change a response.

    Responses of several hosts that are there at the same moment share one sync and one transaction.
    """

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self._waiting: list[tuple[Exchange, asyncio.Future[Snapshot]]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchivingMiddleware:
        """Scrapy's way to make it."""
        return cls(rig_of(crawler))

    async def process_response(self, request: Request, response: Response) -> Response:
        """Keep the exchange; a failure here ends the crawl, for nothing may be read that is not kept."""
        wire: Wire = request.meta["wire"]
        if "snapshot" in request.meta:  # kept already: a browser was given it, and did not show it
            return response
        loop = asyncio.get_running_loop()
        kept: asyncio.Future[Snapshot] = loop.create_future()
        if not self._waiting:
            loop.call_soon(self._keep_waiting)
        self._waiting.append((wire.exchange(), kept))
        snapshot = await kept
        request.meta["snapshot"] = snapshot
        if self._rig.memory is not None:
            self._rig.memory.keep(wire, snapshot.id)
        return response

    def _keep_waiting(self) -> None:
        taken, self._waiting = self._waiting, []
        try:
            snapshots = self._rig.keep([exchange for exchange, _ in taken])
        except Exception as error:  # noqa: BLE001 - handed on to everyone who waits, who raises it
            for _, kept in taken:
                if not kept.done():
                    kept.set_exception(error)
            return
        for (_, kept), snapshot in zip(taken, snapshots, strict=True):
            if not kept.done():
                kept.set_result(snapshot)
