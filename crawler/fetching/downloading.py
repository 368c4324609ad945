"""The download handler that asks portals as a guest; what is asked, and how, is in ``asking``."""

from __future__ import annotations

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.fetching.asking import PAGE_BYTES, Asking
from crawler.fetching.errands import Fetch
from crawler.fetching.failures import FetchFailedError
from crawler.fetching.politeness import Budget
from crawler.fetching.rig import Rig, rig_of
from ledger.reason import Reason
from ledger.work import VisitKind

RESOURCE_BYTES = 64 * 1024 * 1024


class GuestDownloadHandler(BaseDownloadHandler):
    """Lets the look's guest ask the portal."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._rig = rig_of(crawler)

    async def download_request(self, request: Request) -> Response:
        """One request.

        Raises:
            FetchFailedError: when no response came, or the host is left alone.
        """
        if request.meta["fetch"].visit.kind is VisitKind.RENDERED:
            raise FetchFailedError(Reason.NEEDS_BROWSER, "no browser is at hand")
        return await fetch_plain(self._rig, request)

    async def close(self) -> None:
        """The guest outlives the handlers; ``crawl_look`` closes it."""


async def fetch_plain(rig: Rig, request: Request) -> Response:
    """Ask for a visit over plain HTTP."""
    fetch: Fetch = request.meta["fetch"]
    wire = await rig.guest.ask(asking_of(fetch, request, rig.budget))
    request.meta["wire"] = wire
    return Response(request.url, status=wire.status, request=request)


def asking_of(fetch: Fetch, request: Request, budget: Budget) -> Asking:
    """A visit's request as it is to go out."""
    is_resource = fetch.visit.kind is VisitKind.RESOURCE
    return Asking(
        location=fetch.location,
        url=request.url,
        headers=tuple((name.decode(), value.decode()) for name, values in request.headers.items() for value in values),
        method=request.method,
        body=request.body,
        seconds=budget.resource_seconds if is_resource else budget.page_seconds,
        limit=RESOURCE_BYTES if is_resource else PAGE_BYTES,
    )
