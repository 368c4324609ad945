"""The download handler of looks with a browser: plain visits go to the guest, others to scrapy-playwright."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import UTC, datetime
from typing import Any

from playwright.async_api import BrowserContext, Dialog, Error, Page, Route
from playwright.async_api import Request as PageRequest
from scrapy import Request, Spider
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.handler import Config, ScrapyPlaywrightDownloadHandler

from crawler.browsing.desk import Desk
from crawler.browsing.launching import context_options
from crawler.browsing.settling import OWN_SECONDS, TOTAL_SECONDS, WATCH, come_to_rest, document_of
from crawler.browsing.sharing import NoBrowserError, SharedBrowser, discard_browser, seat
from crawler.fetching.asking import Asking
from crawler.fetching.downloading import asking_of, fetch_plain
from crawler.fetching.errands import Fetch
from crawler.fetching.failures import FetchFailedError, reason_of_status
from crawler.fetching.memory import Remembered
from crawler.fetching.rig import Rig, rig_of
from crawler.fetching.scope import locate
from crawler.fetching.wire import Wire
from ledger.archive.warc import DOM_TYPE
from ledger.exchange import Headers
from ledger.reason import Reason
from ledger.snapshot import Snapshot
from ledger.work import UNSEEN, VisitKind

VIEWPORT = (1366, 900)
PAGES_A_CONTEXT = 25
"""A context is closed after so many pages: what pages store in it is not carried through the night."""
SERIALISING_SECONDS = 20
_log = logging.getLogger(__name__)


class BrowserDownloadHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # untyped
    """Visits of ``VisitKind.RENDERED`` through scrapy-playwright, all others over plain HTTP.

    Of scrapy-playwright it keeps how contexts and pages live, crash and end. Not its set-up, which wants a Twisted
    reactor for requests that bypass the browser; and not its way of letting the browser ask the net: see ``Desk``.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        BaseDownloadHandler.__init__(self, crawler)
        self._crawler = crawler
        self._rig = rig_of(crawler)
        self.stats = crawler.stats
        self.config = Config.from_settings(crawler.settings)
        # a page that takes the browser down is not given a second one
        self.config.target_closed_max_retries = 0
        self.browser_provider = SharedBrowser(self.config)
        self.browser_launch_lock = asyncio.Lock()
        self.context_launch_lock = asyncio.Lock()
        self.context_wrappers: dict[str, Any] = {}
        self.process_request_headers = None
        self.abort_request = None
        self._pages = 0

    async def download_request(self, request: Request) -> Response:
        """One visit.

        Raises:
            FetchFailedError: when no response came, the host is left alone, or no browser could show the page.
        """
        fetch: Fetch = request.meta["fetch"]
        if fetch.visit.kind is not VisitKind.RENDERED:
            return await fetch_plain(self._rig, request)
        asking = asking_of(fetch, request, self._rig.budget)
        found, snapshot = await _answer(self._rig, asking)
        if reason_of_status(found.wire.status) is not None or found.wire.trouble is not None:
            # nothing to show: the walk and the errands learn what they would have learnt from a plain visit
            request.meta["wire"] = found.wire
            if snapshot is not None:
                request.meta["snapshot"] = snapshot
            return Response(request.url, status=found.wire.status, request=request)
        desk = Desk(self._rig, fetch, asking, found)
        self._rig.counts["pages"] += 1
        async with seat():
            dom = await self._shown(request, desk)
        request.meta["wire"] = dom
        return Response(request.url, status=dom.status, request=request)

    async def _shown(self, request: Request, desk: Desk) -> Wire:
        request.meta["desk"] = desk
        request.meta["playwright_context"] = await self._context_name()
        request.meta["playwright_context_kwargs"] = context_options(*VIEWPORT)
        try:
            async with asyncio.timeout(TOTAL_SECONDS * 2):
                await self._download_request(request)
        except NoBrowserError as error:
            _log.warning("No page can be shown: %s", error)
            raise FetchFailedError(Reason.NEEDS_BROWSER, str(error)) from error
        except TimeoutError as error:
            self._report(desk, "the page did not come to rest")
            raise FetchFailedError(Reason.NEEDS_BROWSER, "the browser took too long") from error
        except Error as error:
            self._report(desk, error.message.partition("\n")[0])
            raise FetchFailedError(Reason.NEEDS_BROWSER, error.message) from error
        if desk.failure is not None:
            raise desk.failure
        if desk.left_for:
            raise FetchFailedError(Reason.REDIRECT_OFFSITE, desk.left_for)
        wire: Wire = request.meta["dom"]
        return wire

    def _report(self, desk: Desk, problem: str) -> None:
        self._rig.report("browser", {"url": desk.asking.url, "problem": problem})

    async def _context_name(self) -> str:
        """The context of the next page; one that has had its share of pages is closed once it is empty."""
        self._let_go_of_dead_browser()
        self._pages += 1
        name = f"pages-{self._pages // PAGES_A_CONTEXT}"
        for other, wrapper in list(self.context_wrappers.items()):
            if other != name and not wrapper.context.pages:
                with contextlib.suppress(Error):
                    await wrapper.context.close()
        return name

    async def _create_browser_context(
        self, name: str, context_kwargs: dict[str, Any] | None, spider: Spider | None = None
    ) -> Any:
        wrapper = await super()._create_browser_context(name, context_kwargs, spider)
        context: BrowserContext = wrapper.context
        # windows that a page opens: page.route does not see them
        await context.route("**/*", lambda route: route.abort())
        await context.add_init_script(WATCH)
        return wrapper

    async def _maybe_launch_browser(self) -> None:
        self._let_go_of_dead_browser()
        await super()._maybe_launch_browser()

    async def _browser_disconnected_callback(self) -> None:
        self._let_go_of_dead_browser()

    def _let_go_of_dead_browser(self) -> None:
        browser = getattr(self, "browser", None)
        if browser is not None and not browser.is_connected():
            self.context_wrappers.clear()
            del self.browser

    async def _download_request_with_page(self, request: Request, page: Page, spider: Spider) -> Response:
        """Show the page, wait until it rests, take down what it shows, close it."""
        desk: Desk = request.meta["desk"]
        await _prepare(page, desk)
        crashed = asyncio.ensure_future(_crash(page))
        page.on("load", lambda _: desk.loaded.set())
        showing = asyncio.ensure_future(_show(page, desk))
        try:
            await asyncio.wait({showing, crashed}, return_when=asyncio.FIRST_COMPLETED)
            if not showing.done():
                raise Error("the page crashed")
            request.meta["dom"] = showing.result()
        finally:
            showing.cancel()
            crashed.cancel()
            await asyncio.gather(showing, crashed, return_exceptions=True)
            await self._put_away(page)
        return Response(request.url, request=request)

    async def _put_away(self, page: Page) -> None:
        try:
            async with asyncio.timeout(5):
                await page.close()
        except TimeoutError:  # it cannot even be closed: a new browser for the next page
            await discard_browser()
        except Error:
            pass

    def _make_request_handler(self, **facts: Any) -> Any:
        """Every request goes over the desk (see ``_prepare``); whatever came before that goes nowhere."""

        async def refuse(route: Route) -> None:
            await route.abort()

        return refuse

    async def close(self) -> None:
        """Close the contexts; the browser is shared."""
        for wrapper in list(self.context_wrappers.values()):
            with contextlib.suppress(Error, TimeoutError):
                await asyncio.wait_for(wrapper.context.close(), 5)
        self.context_wrappers.clear()


async def _answer(rig: Rig, asking: Asking) -> tuple[Remembered, Snapshot | None]:
    """What the portal answers to the page's own address: as it did a moment ago, or now."""
    known = rig.memory.find(asking.url) if rig.memory is not None and asking.method == "GET" else None
    if known is not None:
        return known, None
    wire = await rig.guest.ask(asking)
    (snapshot,) = rig.keep((wire.exchange(),))
    if rig.memory is not None:
        rig.memory.keep(wire, snapshot.id)
    return Remembered(wire, snapshot.id), snapshot


async def _prepare(page: Page, desk: Desk) -> None:
    """Nothing that a page starts leads anywhere: requests go over the desk, windows close, dialogs are dismissed."""

    async def serve(route: Route, request: PageRequest) -> None:
        await desk.serve(route, request)

    # of two routes the later one decides
    await page.route("**/*", serve)
    page.on("dialog", _dismiss)
    page.on("popup", _close)


async def _dismiss(dialog: Dialog) -> None:
    with contextlib.suppress(Error):
        await dialog.dismiss()


async def _close(window: Page) -> None:
    with contextlib.suppress(Error):
        await window.close()


async def _show(page: Page, desk: Desk) -> Wire:
    fragment = desk.fetch.visit.url.partition("#")[2]
    url = desk.asking.url + (f"#{fragment}" if fragment else "")
    await page.goto(url, wait_until="commit", timeout=OWN_SECONDS * 1000)
    rested = await come_to_rest(page, desk)
    async with asyncio.timeout(SERIALISING_SECONDS):
        markup = await document_of(page, desk)
    unseen = _unseen(desk, rested=rested)
    headers: Headers = (("Content-Type", DOM_TYPE), *(((UNSEEN, unseen),) if unseen else ()))
    shown = desk.shown.wire
    return Wire(
        target_uri=page.url if locate(page.url) is not None else shown.target_uri,
        fetched_at=datetime.now(UTC),
        status=shown.status,
        reason_phrase=shown.reason_phrase,
        http_version=shown.http_version,
        headers=headers,
        body=markup.encode("utf-8", "replace"),
        address=shown.address,
        notes=(
            ("via", "browser"),
            ("httpStatus", str(shown.status)),
            *(("unseen", one) for one in (*desk.unanswered, *desk.foreign)),
        ),
        renders=desk.shown.snapshot_id,
    )


async def _crash(page: Page) -> None:
    """Ends when the page's process dies."""
    died = asyncio.Event()
    page.on("crash", lambda _: died.set())
    await died.wait()


def _unseen(desk: Desk, *, rested: bool) -> str:
    """What the browser could not get, in the words of ``UNSEEN``."""
    if desk.unanswered:
        return f"own {desk.reason}" if desk.reason is not None else "own"
    if not rested:
        return "own"
    word = "gone" if desk.gone else "foreign" if desk.foreign else ""
    return f"{word or 'gone'} {desk.reason}" if desk.reason is not None else word
