"""The one spider: turns fetches into Scrapy requests and answers back; no portal is named here, portals are data."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.fetching.errands import Fetch
from crawler.fetching.failures import FetchFailedError
from crawler.fetching.rig import Rig
from crawler.fetching.rounds import Round

_ACCEPT = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
    # what every server that compresses can do; br and zstd are read when sent all the same
    "Accept-Encoding": "gzip, deflate",
}


class PortalSpider(Spider):
    """Portal spider (门户核验爬虫): walks one district for one look; made by ``crawler.crawling.crawl_look``."""

    name = "portal"

    def __init__(self, rig: Rig | None = None, turn: Round | None = None, agent: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rig = rig
        self.turn = turn
        self._headers = {"User-Agent": agent, **_ACCEPT}

    async def start(self) -> AsyncIterator[Request]:
        """The requests with which the look begins or goes on."""
        for request in self._requests(lambda turn: turn.begin()):
            yield request

    def answered(self, response: Response) -> list[Request]:
        """A response came; it is archived already."""
        meta = response.meta
        fetch: Fetch = meta["fetch"]
        return self._requests(lambda turn: turn.answered(fetch, meta["wire"], meta["snapshot"]))

    def failed(self, failure: Failure) -> list[Request]:
        """No response came; whatever is not the net's doing ends the crawl, and ``crawl_look`` raises it."""
        error: BaseException = failure.value  # type: ignore[assignment]  # Twisted types it as optional
        fetch: Fetch = failure.request.meta["fetch"]  # type: ignore[attr-defined]  # set by Scrapy

        def step(turn: Round) -> list[Fetch]:
            if not isinstance(error, FetchFailedError):
                raise error
            return turn.failed(fetch, error.reason)

        return self._requests(step)

    def _requests(self, step: Callable[[Round], list[Fetch]]) -> list[Request]:
        """What follows from a step; an exception in it is ours: the crawl stops, the ledger knows where to go on."""
        assert self.turn is not None
        if self.turn.failure is not None:
            return []
        try:
            return [self._request(fetch) for fetch in step(self.turn)]
        except Exception as error:
            self.turn.failure = error
            raise CloseSpider("broken") from error

    def _request(self, fetch: Fetch) -> Request:
        headers = dict(self._headers)
        if fetch.visit.referrer:
            headers["Referer"] = fetch.visit.referrer
        body = fetch.visit.body if fetch.method != "GET" else b""
        if body:
            kind = "application/json" if body.startswith(b"{") else "application/x-www-form-urlencoded"
            headers["Content-Type"] = f"{kind}; charset=UTF-8"
        return Request(
            fetch.location.href,
            method=fetch.method,
            body=body,
            headers=headers,
            callback=self.answered,
            errback=self.failed,
            dont_filter=True,
            meta={"fetch": fetch, "verbatim_url": True, "download_slot": fetch.location.host},
        )
