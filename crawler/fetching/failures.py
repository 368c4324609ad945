"""Why a request brought no usable answer, in the ledger's closed list of reasons."""

from __future__ import annotations

import asyncio
import ssl

import aiohttp

from crawler.refusal.classifier import classify
from crawler.refusal.fingerprint import HostFingerprints
from ledger.reason import Reason
from ledger.work import Arrival

_LEGACY_MARKS = (
    "UNSUPPORTED_PROTOCOL",
    "PROTOCOL_VERSION",
    "HANDSHAKE_FAILURE",
    "NO_SHARED_CIPHER",
    "NO_CIPHERS",
    "LEGACY_RENEGOTIATION",
    "KEY_TOO_SMALL",
    "MD_TOO_WEAK",
)
REFUSALS = frozenset(
    {
        Reason.HTTP_5XX,
        Reason.RATE_LIMITED,
        Reason.WAF_CHALLENGE,
        Reason.CONNECT,
        Reason.DNS,
        Reason.TIMEOUT,
        Reason.TLS_LEGACY,
        Reason.TLS_INVALID,
    }
)
"""Reasons that count against a host; those of 403 and its like are told by their status."""
_STOPPED = frozenset({Reason.WAF_CHALLENGE, Reason.RATE_LIMITED})
_SMALL_BYTES, _SMALL_LINKS = 256 * 1024, 30
_CLOSED_DOORS = frozenset({403, 405, 406, 412, 418, 422, 444, 451, 468, 493})
"""Statuses with which a host, or what stands before it, refuses a plain GET of a page that it links to."""
PASSING = frozenset({Reason.HTTP_5XX, Reason.TIMEOUT, Reason.CONNECT, Reason.TRUNCATED})
"""Reasons that often pass within the hour: asked again inside the look."""


class FetchFailedError(Exception):
    """Raised when a request brought no response, or was not made, from the download handlers.

    Args:
        detail: English, for the log; never shown to a department.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(f"{reason}: {detail}")


def reason_of_status(status: int) -> Reason | None:
    """The reason that a final status gives; None for a whole 2xx answer.

    206 without having asked for a part is a cut page; a redirect without a target leads nowhere.
    """
    if status == 206:
        return Reason.TRUNCATED
    if 200 <= status < 300:
        return None
    if status == 429:
        return Reason.RATE_LIMITED
    return Reason.HTTP_5XX if status >= 500 else Reason.HTTP_4XX


def reason_in_page(arrival: Arrival) -> Reason | None:
    """A challenge or a limit of rate that the answer itself is, whatever its status; None for anything else.

    Looked for in small pages only: what holds the menus of a portal is no refusal.
    """
    if not arrival.visit.kind.is_page or arrival.status in (None, 404, 410):
        return None
    body = arrival.body
    if len(body) > _SMALL_BYTES or body.count(b"<a ") + body.count(b"<A ") > _SMALL_LINKS:
        return None
    named = classify(arrival, None, HostFingerprints())
    return named.reason if named is not None and named.reason in _STOPPED else None


def is_refusal(status: int | None, reason: Reason | None) -> bool:
    """Whether an answer counts as the host refusing us (five in a row and it is left alone)."""
    return reason in REFUSALS or status in _CLOSED_DOORS


def reason_of_error(error: BaseException) -> Reason | None:
    """The reason behind an exception of the HTTP client; None for one that is not the net's doing."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, FetchFailedError):
            return cause.reason
        if isinstance(cause, ssl.SSLCertVerificationError | ssl.CertificateError):
            return Reason.TLS_INVALID
        if isinstance(cause, ssl.SSLError):
            text = str(cause).upper()
            return Reason.TLS_LEGACY if any(mark in text for mark in _LEGACY_MARKS) else Reason.TLS_INVALID
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Reason.DNS
    if isinstance(error, asyncio.TimeoutError | TimeoutError):
        return Reason.TIMEOUT
    if isinstance(error, aiohttp.ClientError | ConnectionError | OSError):
        return Reason.CONNECT
    return None
