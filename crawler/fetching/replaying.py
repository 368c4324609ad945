"""The download handler that answers from a recording: nobody is visited."""

from __future__ import annotations

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.fetching.failures import FetchFailedError
from crawler.fetching.rig import rig_of
from crawler.fetching.wire import Wire
from ledger.reason import Reason


class ReplayDownloadHandler(BaseDownloadHandler):
    """Answers from the recording; what is not recorded fails with ``not_recorded``."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._rig = rig_of(crawler)

    async def download_request(self, request: Request) -> Response:
        """One recorded response.

        Raises:
            FetchFailedError: when the address is not recorded.
        """
        assert self._rig.recording is not None
        recorded = self._rig.recording.find(request.url) if request.method == "GET" else None
        if recorded is None:
            raise FetchFailedError(Reason.NOT_RECORDED, request.url)
        request.meta["wire"] = Wire(
            target_uri=recorded.url,
            fetched_at=recorded.recorded_at,
            status=recorded.status,
            reason_phrase=recorded.reason_phrase,
            http_version=recorded.http_version,
            headers=recorded.headers,
            body=recorded.body,
            address=recorded.address,
            truncated="" if recorded.whole else "unspecified",
            trouble=None if recorded.whole else Reason.TRUNCATED,
            notes=(("via", "replay"),),
        )
        return Response(request.url, status=recorded.status, request=request)

    async def close(self) -> None:
        """Nothing is held open."""
