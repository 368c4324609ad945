"""The desk: whatever a page asks for goes over it, and the look's guest fetches it or nobody does."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from dataclasses import dataclass, field, replace

from playwright.async_api import Error, Request, Route

from crawler.browsing.answering import REDIRECT, fulfil_page, fulfil_part, send_on
from crawler.browsing.weighing import reason_of_part, wall_in_place_of_data
from crawler.fetching.asking import Asking
from crawler.fetching.errands import ATTEMPTS, Fetch
from crawler.fetching.failures import FetchFailedError, reason_of_status
from crawler.fetching.memory import Remembered
from crawler.fetching.rig import Rig
from crawler.fetching.scope import Location, locate
from crawler.fetching.wire import Wire
from ledger.exchange import Headers, first_header
from ledger.reason import Reason
from ledger.snapshot import Snapshot

ASKED = 80
"""Most requests that one page may have made for it."""
NAVIGATIONS = 3
REDIRECTS = 5
PART_SECONDS = 20
_SERVED = frozenset({"document", "script", "xhr", "fetch"})
"""Pictures, styles, fonts and media say nothing that is read."""
_TELLING = frozenset({"script", "xhr", "fetch"})
_SPEAKING = frozenset({"document", "xhr", "fetch"})
"""Of these a refusal counts against the host, and an answer for it: scripts are often let through, or kept, alone."""
_SAID_NO = frozenset({401, 403, 405, 407, 412, 429, 451})
"""Answers that a visitor at a desk might not have got."""
_OURS = frozenset({"user-agent", "accept-language", "accept-encoding"})
_UNSENT = re.compile(r"^(?:cookie|authorization|host|content-length|connection|upgrade-insecure-requests|sec-.*|:.*)$")
_FILES = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z|gz|txt|csv|jpe?g|png|gif|bmp|mp[34]|wmv|flv|avi|exe|apk)$", re.I
)
_BESIDE = re.compile(
    r"hm\.baidu|cnzz|51\.la|tongji|statist|analytics|gtag|googletagmanager|sensorsdata|webtrends|beacon|/hits?\b|visitcount"
    r"|count(?:er)?\.(?:js|jsp|do|php|aspx?)|conac|zfwzgl|jiucuo|kaipuyun|ta\.trs|trsdata|share|weixin|wechat|qrcode"
    r"|weather|tianqi|wza|barrierfree|accessib|slhsrv|livechat|robot|zhinengwenda|map\.(?:baidu|qq|tianditu)|amap\.com",
    re.IGNORECASE,
)
"""Statistics, badges, sharing, weather, reading aids, chat: what is shown of disclosure does not hang on them."""


@dataclass(slots=True)
class Desk:
    """Desk (请求代办处) of one page while a browser shows it.

    Attributes:
        asking: the request that leads to the page; its headers say who asks.
        shown: the answer that is the page itself.
        unanswered: parts that a visitor's browser would have got and this one did not: of what the page does not show
            nothing can then be said. ``foreign``: the same of other hosts, which are never asked.
        left_for: where the page's own script wanted to go, off the district's hosts; empty where it stayed.
        busy: requests that the guest has in hand, or that wait for the gap.
        last: monotonic moment of the latest request or answer.
        loaded: the page that is shown now has fired its load event.
        documents: addresses of frames that were answered.
        failure: what went wrong on our own side.
        reason: why the first of ``unanswered`` was not to be had.
        gone: a service of the page's own hosts said that what the page asked for is not there.
    """

    rig: Rig
    fetch: Fetch
    asking: Asking
    shown: Remembered
    unanswered: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    left_for: str = ""
    busy: int = 0
    asked: int = 0
    navigations: int = 0
    last: float = field(default_factory=time.monotonic)
    loaded: asyncio.Event = field(default_factory=asyncio.Event)
    documents: set[str] = field(default_factory=set)
    failure: Exception | None = None
    reason: Reason | None = None
    gone: bool = False

    async def serve(self, route: Route, request: Request) -> None:
        """Answer one request of the page; never raises what is the page's own doing."""
        self.busy += 1
        self.last = time.monotonic()
        try:
            await self._serve(route, request)
        except Error:  # the page went away meanwhile
            pass
        except Exception as error:  # noqa: BLE001 - ours (a full disk): raised again where the page was asked for
            self.failure = self.failure or error
            with contextlib.suppress(Error):
                await route.abort()
        finally:
            self.busy -= 1
            self.last = time.monotonic()

    async def _serve(self, route: Route, request: Request) -> None:
        location = locate(request.url)
        kind = request.resource_type
        if location is None or kind not in _SERVED or _BESIDE.search(location.href):
            await route.abort()
        elif kind == "document" and _is_main(request):
            await self._navigate(route, request, location)
        else:
            await self._part(route, request, location)

    async def _navigate(self, route: Route, request: Request, location: Location) -> None:
        self.navigations += 1
        if self.navigations == 1:
            await fulfil_page(route, self.shown.wire)
            return
        if not self.rig.permits.holds(location):
            self.left_for = location.href
        if self.left_for or self.navigations > NAVIGATIONS or request.method != "GET" or _FILES.search(location.href):
            await route.abort()
            return
        try:
            found = await self._get(location, request)
        except FetchFailedError:
            self.unanswered.append(location.href)
            await route.abort()
            return
        target = first_header(found.wire.headers, "location")
        if found.wire.status in REDIRECT and target and (place := locate(target, location.href)) is not None:
            await send_on(route, place.href)
            return
        self.shown = found
        self.loaded.clear()
        await fulfil_page(route, found.wire)

    async def _part(self, route: Route, request: Request, location: Location) -> None:
        kind = request.resource_type
        if request.method not in ("GET", "POST") or (request.method == "POST" and kind not in ("xhr", "fetch")):
            await route.abort()
            return
        try:
            found = await self._follow(location, request)
        except FetchFailedError as error:
            if self.rig.permits.holds(location):
                self.unanswered.append(location.href)
                self.reason = self.reason or error.reason
            elif kind in _TELLING:
                self.foreign.append(location.href)
            await route.abort()
            return
        self._weigh(found, location, kind)
        if kind == "document":
            self.documents.add(request.url.partition("#")[0])
            await fulfil_page(route, found.wire)
        else:
            await fulfil_part(route, found.wire, is_script=kind == "script")

    async def _follow(self, location: Location, request: Request) -> Remembered:
        """An answer behind its redirects, each of them within the district."""
        for _ in range(REDIRECTS + 1):
            found = await self._get(location, request)
            target = first_header(found.wire.headers, "location")
            place = locate(target, location.href) if target else None
            if found.wire.status not in REDIRECT or place is None:
                return found
            location = place
        raise FetchFailedError(Reason.TRAP, location.href)

    async def _get(self, location: Location, request: Request) -> Remembered:
        """Ask the portal, or remember what it said.

        Raises:
            FetchFailedError: when it may not be asked, or does not answer.
        """
        if not self.rig.permits.holds(location):
            raise FetchFailedError(Reason.REDIRECT_OFFSITE, location.href)
        memory = self.rig.memory
        if request.method == "GET" and memory is not None and (known := memory.find(location.href)) is not None:
            return known
        refused = await self.rig.permits.refusal(location, self._ask_robots)
        if refused is not None:
            raise FetchFailedError(refused, location.href)
        body = request.post_data_buffer or b"" if request.method == "POST" else b""
        headers = await self._headers(request)
        asking = Asking(location, location.href, headers, request.method, body, self._seconds())
        counts = request.resource_type in _SPEAKING and (request.resource_type != "document" or _is_main(request))
        if self.asked >= ASKED:  # only here: others may have asked while this one waited
            raise FetchFailedError(Reason.BUDGET, location.href)
        wire, snapshot = await self._ask(asking, counts=counts)
        if memory is not None:
            memory.keep(wire, snapshot.id)
        return Remembered(wire, snapshot.id)

    async def _ask_robots(self, location: Location) -> tuple[Wire, Snapshot]:
        return await self._ask(replace(self.asking, location=location, url=location.href), counts=False)

    async def _ask(self, asking: Asking, *, counts: bool) -> tuple[Wire, Snapshot]:
        """Ask and archive, once more where that often helps; nothing is shown that is not kept.

        Args:
            counts: how it ends says how the host takes us.
        """
        for attempt in range(1, ATTEMPTS + 1):
            self.asked += 1
            self.rig.counts["requests"] += 1
            try:
                wire = await self.rig.guest.ask(asking)
            except FetchFailedError as error:
                if (
                    attempt < ATTEMPTS
                    and error.reason is not Reason.TIMEOUT
                    and self.rig.permits.again(asking.location, attempt, error.reason)
                ):
                    continue
                if counts:
                    self.rig.permits.note(asking.location, None, error.reason)
                raise
            (snapshot,) = self.rig.keep((wire.exchange(),))
            reason = reason_of_status(wire.status)
            if attempt == ATTEMPTS or not self.rig.permits.again(asking.location, attempt, reason, wire.headers):
                break
        if counts:
            self.rig.permits.note(asking.location, wire.status, reason)
        return wire, snapshot

    def _weigh(self, found: Remembered, location: Location, kind: str) -> None:
        """Whether an answer to a part is what a visitor would have got."""
        wire = found.wire
        if kind != "script" and wire.status in (404, 410):
            self.gone = True
        if wire.status < 400 and wire.trouble is None:
            # a script that asked for data and got a page shows nothing; what the page says of that is why
            if kind in ("xhr", "fetch") and wire.body.lstrip()[:1] == b"<":
                self.reason = self.reason or wall_in_place_of_data(wire)
            return
        if wire.status >= 500 or wire.status in _SAID_NO or wire.trouble is not None:
            self.unanswered.append(location.href)
            self.reason = self.reason or reason_of_part(wire)

    def _seconds(self) -> float:
        return min(PART_SECONDS, self.rig.budget.page_seconds)

    async def _headers(self, request: Request) -> Headers:
        """Who asks is said as for every visit; what the page adds for its service goes along, cookies never do."""
        own = tuple((name, value) for name, value in self.asking.headers if name.casefold() in _OURS)
        sent = await request.all_headers()
        theirs = tuple((name, value) for name, value in sent.items() if not _UNSENT.match(name) and name not in _OURS)
        return (*own, *((name, value) for name, value in theirs if value.isascii() and "\n" not in value))


def _is_main(request: Request) -> bool:
    try:
        return request.frame.parent_frame is None
    except Error:  # a navigation whose frame is not there yet is that of the page itself
        return True
