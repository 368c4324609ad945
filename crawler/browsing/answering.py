"""How what the guest brought is handed to the browser: decoded, without what is meant for a connection."""

from __future__ import annotations

import re

from playwright.async_api import Route

from crawler.fetching.rounds import decoded
from crawler.fetching.wire import Wire
from crawler.page.decoding import decode
from ledger.exchange import first_header

_DROPPED = re.compile(
    r"^(?:content-encoding|content-length|content-type|connection|keep-alive|set-cookie|refresh|link|alt-svc"
    r"|(?:x-archive-orig-)?transfer-encoding|content-security-policy.*|x-frame-options|strict-transport-security)$"
)
REDIRECT = frozenset({301, 302, 303, 307, 308})


async def send_on(route: Route, address: str) -> None:
    """A redirect of the page; answered as such it would be followed by the browser itself, into the dead proxy."""
    await route.fulfill(body=f"<script>location.replace({_quoted(address)})</script>", content_type="text/html")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "%5C").replace('"', "%22").replace("<", "%3C") + '"'


def _headers_for(wire: Wire, content_type: str) -> dict[str, str]:
    headers = {
        name: value.encode("utf-8", "surrogateescape").decode("latin-1")
        for name, value in wire.headers
        if not _DROPPED.match(name.casefold())
    }
    return {**headers, "content-type": content_type} if content_type else headers


async def fulfil_page(route: Route, wire: Wire) -> None:
    """A page is handed over decoded: portals say of half of their encodings what is not true."""
    body = decoded(wire)[0]
    text = decode(body, first_header(wire.headers, "content-type")).text
    status = wire.status if 200 <= wire.status <= 599 and wire.status not in (*REDIRECT, 204, 205, 304) else 200
    await route.fulfill(status=status, headers=_headers_for(wire, "text/html; charset=utf-8"), body=text.encode())


async def fulfil_part(route: Route, wire: Wire, *, is_script: bool) -> None:
    body = decoded(wire)[0]
    content_type = first_header(wire.headers, "content-type")
    if is_script:
        # the page they were written for is no longer in its own encoding, which they would take over
        body = decode(body, content_type).text.encode()
        content_type = "text/javascript; charset=utf-8"
    status = wire.status if 200 <= wire.status <= 599 and wire.status not in REDIRECT else 200
    await route.fulfill(status=status, headers=_headers_for(wire, content_type), body=body)
