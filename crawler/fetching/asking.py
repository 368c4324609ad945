"""The guest that asks portals: paced, capped, to admitted addresses, headers exactly kept; one for a whole look."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp
import yarl
from aiohttp.connector import Connection
from aiohttp.http_exceptions import LineTooLong

from crawler.fetching.addresses import Gate
from crawler.fetching.failures import FetchFailedError, reason_of_error
from crawler.fetching.politeness import Manners
from crawler.fetching.resolving import GatedResolver, guest_connector
from crawler.fetching.scope import Location
from crawler.fetching.tls import tls_context, tls_notes
from crawler.fetching.wire import Wire
from ledger.exchange import Headers, first_header
from ledger.reason import Reason

PAGE_BYTES = 32 * 1024 * 1024
HEADER_BYTES = 64 * 1024
HEADERS_LIMIT = 256
KEPT_OF_TOO_LARGE_BYTES = 1024 * 1024
"""How much of an answer that is too large is kept, to show that it was."""

_ENDLESS_HEADERS = ("Got more than", "Too many headers", "Too many trailers")
"""How aiohttp says that a cap on headers was passed; it has no class of error for each."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Asking (一次询问): one request as it is to go out.

    Attributes:
        url: the string that is sent; it must lead where ``location`` does.
        seconds: longest wait for the answer, to its last byte.
        limit: most bytes of a body that are taken.
    """

    location: Location
    url: str
    headers: Headers
    method: str = "GET"
    body: bytes = b""
    seconds: float = 60
    limit: int = PAGE_BYTES


class _PeerResponse(aiohttp.ClientResponse):
    """Remembers the other side of the connection, which aiohttp lets go as soon as a short body is read."""

    peer: str = ""
    tls: ssl.SSLObject | None = None

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        if connection.transport is not None:
            peername = connection.transport.get_extra_info("peername")
            self.peer = str(peername[0]) if peername else ""
            self.tls = connection.transport.get_extra_info("ssl_object")
        return await super().start(connection)


class _Once:
    """Lets one request out; aiohttp would ask again at once, unseen, where a connection that was kept has gone."""

    def __init__(self) -> None:
        self._sent = False

    async def __call__(
        self, request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        if self._sent:
            raise FetchFailedError(Reason.CONNECT, "the server closed the connection")
        self._sent = True
        return await handler(request)


class Guest:
    """Guest (访客): asks one request at a time a host, after the gap, at an admitted address, with caps on all sizes.

    Made inside the event loop of a crawl and closed there. The walk's visits and what a browser needs for a page are
    asked by one guest, so that a portal sees one visitor.

    Args:
        report: notes a fact about a host for good (certificate state).
    """

    def __init__(self, gate: Gate, manners: Manners, report: Callable[[str, Mapping[str, str]], None]) -> None:
        self._gate = gate
        self._manners = manners
        self._report = report
        self._certificates: dict[str, str] = {}
        self._turns: dict[str, asyncio.Lock] = {}
        self._resolver = GatedResolver(gate)
        self._session = aiohttp.ClientSession(
            connector=guest_connector(self._resolver),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            response_class=_PeerResponse,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            max_line_size=HEADER_BYTES,
            max_field_size=HEADER_BYTES,
            max_headers=HEADERS_LIMIT,
            trust_env=False,
        )

    async def ask(self, asking: Asking) -> Wire:
        """One request.

        Raises:
            FetchFailedError: when no response came, or the host is left alone.
        """
        location, manners = asking.location, self._manners
        if not self._gate.admits_literal(location):
            raise FetchFailedError(Reason.ADDRESS_BLOCKED, location.pair)
        async with self._turns.setdefault(location.host, asyncio.Lock()):
            while (seconds := manners.wait_seconds(location, time.monotonic())) > 0:
                self._refuse(location)
                await asyncio.sleep(seconds)
            self._refuse(location)
            manners.sent(location)
            try:
                return await self._ask(asking)
            except (TimeoutError, aiohttp.ClientError, OSError) as error:
                raise _failure(error) from error
            finally:
                manners.answered(location, time.monotonic())

    def _refuse(self, location: Location) -> None:
        reason = self._manners.refusal(location, time.monotonic())
        if reason is not None:
            raise FetchFailedError(reason, f"{location.host} is left alone")

    async def _ask(self, asking: Asking) -> Wire:
        origin = asking.location.origin
        states = self._certificates
        if asking.location.scheme == "https" and origin not in states:
            try:
                wire = await self._exchange(asking, verified=True)
            except aiohttp.ClientConnectorCertificateError as error:
                states[origin] = str(error.certificate_error)
                self._report("certificate", {"origin": origin, "state": states[origin]})
            else:
                states[origin] = "valid"
                self._report("certificate", {"origin": origin, "state": "valid", **dict(wire.notes)})
                return wire
        return await self._exchange(asking, verified=states.get(origin) == "valid")

    async def _exchange(self, asking: Asking, *, verified: bool) -> Wire:
        async with self._response(asking, verified=verified) as response:
            headers = _texts(response.raw_headers)
            if sum(len(name) + len(value) + 4 for name, value in headers) > HEADER_BYTES:
                raise FetchFailedError(Reason.TOO_LARGE, f"more than {HEADER_BYTES} bytes of headers")
            body, truncated, trouble = await _read_body(response, headers, asking.limit)
            version = response.version
            state = "valid" if verified else self._certificates.get(asking.location.origin, "")
            return Wire(
                target_uri=asking.url,
                fetched_at=datetime.now(UTC),
                status=response.status,
                reason_phrase=response.reason or "",
                http_version=f"HTTP/{version.major}.{version.minor}" if version else "HTTP/1.1",
                headers=_renamed_transfer(headers),
                body=body,
                method=asking.method,
                request_headers=tuple((str(name), value) for name, value in response.request_info.headers.items()),
                request_body=asking.body,
                address=response.peer,
                truncated=truncated,
                trouble=trouble,
                notes=(
                    *self._resolver.notes(asking.location.host),
                    *tls_notes(response.tls, state),
                ),
            )

    @asynccontextmanager
    async def _response(self, asking: Asking, *, verified: bool) -> AsyncIterator[_PeerResponse]:
        url = yarl.URL(asking.url, encoded=True)  # encoded: the string decided on is the string sent
        if (url.raw_host or "").rstrip(".") != asking.location.host or url.port != asking.location.port:
            raise FetchFailedError(Reason.ADDRESS_BLOCKED, f"two parsers read another host in {asking.url}")
        async with self._session.request(
            asking.method,
            url,
            data=asking.body or None,
            headers=asking.headers,
            timeout=aiohttp.ClientTimeout(total=asking.seconds),
            ssl=tls_context(verified=verified) if asking.location.scheme == "https" else True,
            allow_redirects=False,
            middlewares=(_Once(),),
        ) as response:
            assert isinstance(response, _PeerResponse)
            yield response

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()


def _failure(error: BaseException) -> FetchFailedError:
    text = str(error)
    too_large = isinstance(error.__cause__, LineTooLong) or any(mark in text for mark in _ENDLESS_HEADERS)
    reason = Reason.TOO_LARGE if too_large else reason_of_error(error) or Reason.CONNECT
    return FetchFailedError(reason, text)


def _texts(raw: tuple[tuple[bytes, bytes], ...]) -> Headers:
    return tuple((_text(name), _text(value)) for name, value in raw)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _renamed_transfer(headers: Headers) -> Headers:
    """The archive keeps the joined body, so the header that speaks of chunks is kept under another name."""
    return tuple(
        (f"X-Archive-Orig-{name}" if name.casefold() == "transfer-encoding" else name, value) for name, value in headers
    )


async def _read_body(
    response: aiohttp.ClientResponse, headers: Headers, limit: int
) -> tuple[bytes, str, Reason | None]:
    """Body, WARC's word for a cut, and the reason: what came before a cut is kept, it is evidence."""
    stated = first_header(headers, "content-length").strip()
    if stated.isdecimal() and int(stated) > limit:
        response.close()
        return b"", "length", Reason.TOO_LARGE
    pieces: list[bytes] = []
    size = 0
    try:
        async for piece in response.content.iter_any():
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                response.close()
                return b"".join(pieces)[:KEPT_OF_TOO_LARGE_BYTES], "length", Reason.TOO_LARGE
    except (aiohttp.ClientPayloadError, ConnectionError):
        return b"".join(pieces), "disconnect", Reason.TRUNCATED
    return b"".join(pieces), "", None
