"""What the spider, its download handlers and its archive share for one look."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from scrapy.crawler import Crawler

from crawler.fetching.addresses import Gate
from crawler.fetching.politeness import Budget, Manners
from crawler.fetching.replay import Recording
from ledger.exchange import Exchange, Headers
from ledger.reason import Reason
from ledger.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Wire:
    """Wire (传输记录): one request and response as they went over the wire, from a download handler to the archive.

    Attributes:
        target_uri: as requested; in a replay as recorded.
        truncated: in WARC's words, see ``Exchange``.
        trouble: why the answer is not whole, or None.
    """

    target_uri: str
    fetched_at: datetime
    status: int
    reason_phrase: str
    http_version: str
    headers: Headers
    body: bytes
    method: str = "GET"
    request_headers: Headers = ()
    request_body: bytes = b""
    address: str = ""
    truncated: str = ""
    trouble: Reason | None = None
    notes: Headers = ()

    def exchange(self) -> Exchange:
        """What the archive keeps of it."""
        return Exchange(
            target_uri=self.target_uri,
            status=self.status,
            headers=self.headers,
            body=self.body,
            fetched_at=self.fetched_at,
            method=self.method,
            request_headers=self.request_headers,
            request_body=self.request_body,
            reason_phrase=self.reason_phrase,
            http_version=self.http_version,
            address=self.address,
            truncated=self.truncated,
            notes=self.notes,
        )


@dataclass(frozen=True, slots=True)
class Rig:
    """Rig (抓取装备) of one look.

    Attributes:
        keep: archives exchanges, durably, before it returns.
        report: notes a fact about a host for good (certificate state).
        recording: where answers come from in a replay; None asks the portal itself.
    """

    manners: Manners
    gate: Gate
    keep: Callable[[Sequence[Exchange]], Sequence[Snapshot]]
    report: Callable[[str, Mapping[str, str]], None]
    budget: Budget
    recording: Recording | None = None
    certificates: dict[str, str] = field(default_factory=dict)
    """Certificate state by origin: ``valid``, or what is wrong with it."""


def rig_of(crawler: Crawler) -> Rig:
    """The rig that ``crawl_look`` gave its spider."""
    rig = getattr(crawler.spider, "rig", None)
    if not isinstance(rig, Rig):
        raise RuntimeError("PortalSpider runs inside crawler.crawling.crawl_look only; use `mingcha crawl`")
    return rig
