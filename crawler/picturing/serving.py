"""Serving: what a page asks for while its picture is taken comes from the archive, or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Protocol

from playwright.sync_api import Error, Request, Route

from crawler.fetching.scope import locate
from crawler.page.decoding import decode
from ledger.errors import LedgerError
from ledger.exchange import ArchivedResponse

_DROPPED = re.compile(
    r"^(?:content-encoding|content-length|connection|keep-alive|set-cookie|refresh|link|alt-svc|content-disposition"
    r"|(?:x-archive-orig-)?transfer-encoding|content-security-policy.*|x-frame-options|strict-transport-security)$",
    re.IGNORECASE,
)
_UNFIT = frozenset({204, 205, 301, 302, 303, 304, 307, 308})
"""Statuses that a browser would act on instead of showing what was archived."""
_TEXT = re.compile(r"text/html|xhtml", re.IGNORECASE)
_PLAIN = re.compile(r"text/plain|json|xml", re.IGNORECASE)


class PictureLedger(Protocol):
    """Ledger for pictures (截图取材): what is needed of a ``ledger.ledger.Ledger``."""

    def read_snapshot(self, snapshot_id: str) -> ArchivedResponse: ...


class Serving:
    """Serving (存档应答) of one page: the first request is our own, all others are the page's.

    Args:
        beside: snapshot ids by address of what the night kept.
    """

    def __init__(self, archived: ArchivedResponse, ledger: PictureLedger, beside: Mapping[str, str]) -> None:
        self._archived = archived
        self._ledger = ledger
        self._beside = beside
        self._begun = False

    def answer(self, route: Route) -> None:
        """Answer one request; where the page itself wants to go is not what was archived, and is refused."""
        request = route.request
        if not self._begun:
            self._begun = True
            _fulfil(route, self._archived, is_page=True)
            return
        if _leaves(request):
            route.fulfill(status=204)  # refused otherwise, an error page would stand in the page's place
            return
        part = self._part(request)
        if part is None:
            route.abort()
        else:
            _fulfil(route, part, is_page=request.is_navigation_request(), is_script=request.resource_type == "script")

    def _part(self, request: Request) -> ArchivedResponse | None:
        location = locate(request.url) if request.method == "GET" else None
        snapshot_id = self._beside.get(location.href) if location else None
        if snapshot_id is None:
            return None
        try:
            return self._ledger.read_snapshot(snapshot_id)
        except (LedgerError, OSError):  # damaged or gone: the page shows without it
            return None


def _leaves(request: Request) -> bool:
    """Whether the whole page would go elsewhere, or a window open."""
    if not request.is_navigation_request():
        return False
    try:
        return request.frame.parent_frame is None
    except Error:  # of a window that is not there yet
        return True


def _fulfil(route: Route, archived: ArchivedResponse, *, is_page: bool, is_script: bool = False) -> None:
    headers = {
        name: value.encode("utf-8", "surrogateescape").decode("latin-1")
        for name, value in archived.headers
        if not _DROPPED.match(name)
    }
    headers = {name: value for name, value in headers.items() if name.casefold() != "content-type"}
    kind, body = archived.header("content-type"), archived.body
    if is_page and (_TEXT.search(kind) or not kind):  # portals say of half of their encodings what is not true
        kind, body = "text/html; charset=utf-8", decode(body, kind).text.encode("utf-8", "replace")
    elif is_page and _PLAIN.search(kind):
        kind, body = "text/plain; charset=utf-8", readable(decode(body, kind).text).encode("utf-8", "replace")
    elif is_script:  # its page is no longer in its own encoding, which the script would take over
        kind, body = "text/javascript; charset=utf-8", decode(body, kind).text.encode("utf-8", "replace")
    status = archived.status if 200 <= archived.status <= 599 and archived.status not in _UNFIT else 200
    route.fulfill(status=status, headers={**headers, "content-type": kind}, body=body)


def readable(text: str) -> str:
    """JSON as a person reads it, indented and with its Chinese unescaped; anything else as it is."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=1)
    except (ValueError, RecursionError):
        return text
