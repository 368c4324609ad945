"""The archive stands next to the wire: every response is kept before anything else of the crawl sees it."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.fetching.rig import Rig, Wire, rig_of


class ArchivingMiddleware:
    """Archiving (留存): order 995, nearer to the download handlers than anything that could change a response."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchivingMiddleware:
        """Scrapy's way to make it."""
        return cls(rig_of(crawler))

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the exchange; a failure here ends the crawl, for nothing may be read that is not kept."""
        wire: Wire = request.meta["wire"]
        request.meta["snapshot"] = self._rig.keep(wire.exchange())
        return response
