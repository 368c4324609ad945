"""Exchanges (请求与响应): one request and its response as they went over the wire, before anything is archived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ledger.reason import Reason

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """Exchange (一次请求与响应): one hop; a redirect chain is several.

    Header names and values are the bytes of the wire decoded as UTF-8 with ``surrogateescape``, in order, duplicates
    kept, so that they can be written back exactly.

    Attributes:
        target_uri: address as requested.
        fetched_at: UTC; in a replay the record's own WARC-Date.
        body: payload as received, before content decoding (gzip stays gzip), after transfer decoding (no chunks).
        reason_phrase: ``Not Found`` of ``HTTP/1.1 404 Not Found``; may be empty.
        address: IP address connected to, or empty where a recording cannot say.
        truncated: why the body ends before its end, in WARC's words (``length``, ``time``, ``disconnect``), or empty.
        notes: further facts for a metadata record (``via``, ``tlsCertificate``), or empty.
        renders: snapshot id of the response that a browser showed; the body is then no answer of the wire but the
            serialised DOM of that page, and ``status`` the status of that response. Empty for an answer of the wire.
    """

    target_uri: str
    status: int
    headers: Headers
    body: bytes
    fetched_at: datetime
    method: str = "GET"
    request_headers: Headers = ()
    request_body: bytes = b""
    reason_phrase: str = ""
    http_version: str = "HTTP/1.1"
    address: str = ""
    truncated: str = ""
    notes: Headers = ()
    renders: str = ""


@dataclass(frozen=True, slots=True)
class ArchivedResponse:
    """Archived response (存档响应), read back.

    Attributes:
        headers: as sent, in order.
        body: content-decoded; of a damaged encoding as far as it could be decoded, of a bomb nothing.
        raw_body: as received.
        fault: why ``body`` is not the whole document: ``TRUNCATED``, ``BOMB``, ``ENCODING`` (unknown coding) or None.
        renders: snapshot id of the response that a browser showed, where the body is the DOM of it; else empty.
    """

    snapshot_id: str
    url: str
    status: int
    headers: Headers
    body: bytes
    fetched_at: datetime
    raw_body: bytes = b""
    reason_phrase: str = ""
    http_version: str = "HTTP/1.1"
    fault: Reason | None = None
    renders: str = ""

    def header(self, name: str) -> str:
        """First value of a header, or an empty string; names are compared without case (RFC 9110 5.1)."""
        return first_header(self.headers, name)


def first_header(headers: Headers, name: str) -> str:
    """First value of a header, or an empty string."""
    wanted = name.casefold()
    return next((value for key, value in headers if key.casefold() == wanted), "")
