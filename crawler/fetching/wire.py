"""What came over the wire, from those who ask to those who keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ledger.exchange import Exchange, Headers
from ledger.reason import Reason


@dataclass(frozen=True, slots=True)
class Wire:
    """Wire (传输记录): one request and response as they went over the wire, from a download handler to the archive.

    Attributes:
        target_uri: as requested; in a replay as recorded.
        truncated: in WARC's words, see ``Exchange``.
        trouble: why the answer is not whole, or None.
        renders: see ``Exchange``: the body is then the DOM that a browser made of that response.
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
    renders: str = ""

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
            renders=self.renders,
        )
