"""The one browser of a process, shared by all crawls of an event loop; launched when needed, replaced when dead."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import NotSupported

from crawler.browsing.launching import CURE, launches

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Playwright

PAGES_A_BROWSER = 200
"""After so many pages the browser is closed and launched anew: it grows, whatever its pages do."""
PAGES_AT_ONCE = 2
CLOSING_SECONDS = 10


class NoBrowserError(Exception):
    """Raised when no browser can be launched, from ``SharedBrowser.launch_browser``."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"no browser: {problem}; {CURE}")


class _Held:
    """What one event loop holds of Playwright."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.starting = asyncio.Lock()
        self.seats = asyncio.Semaphore(PAGES_AT_ONCE)
        self.seated = 0
        self.pages = 0
        self.playwright: Playwright | None = None
        self.browser: Browser | None = None
        self.problem = ""


_held: _Held | None = None


def _here() -> _Held:
    global _held
    loop = asyncio.get_running_loop()
    if _held is None or _held.loop is not loop:
        _held = _Held(loop)
    return _held


class SharedBrowser:
    """Shared browser (共用浏览器): a browser provider of scrapy-playwright; all handlers get the same browser."""

    def __init__(self, config: Any = None) -> None:
        """Args: ``config`` of scrapy-playwright, of which nothing is needed."""

    async def start(self) -> None:
        """Nothing is started before a page needs it."""

    async def launch_browser(self) -> Browser:
        """The browser of this process.

        Raises:
            NoBrowserError: when there is none, or none that starts; found out once.
        """
        held = _here()
        async with held.starting:
            if held.browser is not None and held.browser.is_connected():
                return held.browser
            if held.problem:
                raise NoBrowserError(held.problem)
            held.browser = await _launched(held)
            held.pages = 0
            return held.browser

    async def launch_persistent_context(self, context_kwargs: dict[str, Any]) -> BrowserContext:
        """Nothing is kept from one night to the next.

        Raises:
            NotSupported: always; no setting of ours asks for it.
        """
        raise NotSupported("a browser that remembers earlier nights would not see what a visitor sees")

    async def close(self) -> None:
        """Handlers come and go; ``close_shared_browser`` closes it."""


async def _launched(held: _Held) -> Browser:
    from playwright.async_api import Error, async_playwright

    if held.playwright is None:
        held.playwright = await async_playwright().start()
    held.problem = "none is installed"
    for options in launches():
        try:
            browser = await held.playwright.chromium.launch(**options)
        except Error as error:
            held.problem = error.message.partition("\n")[0]
        else:
            held.problem = ""
            return browser
    raise NoBrowserError(held.problem)


@contextlib.asynccontextmanager
async def seat() -> Any:
    """Room for one page; before it is given the browser is replaced if it has shown its share and nobody looks."""
    held = _here()
    async with held.seats:
        if held.pages >= PAGES_A_BROWSER and not held.seated:
            await discard_browser()
        held.seated += 1
        held.pages += 1
        try:
            yield
        finally:
            held.seated -= 1


async def discard_browser() -> None:
    """Close the browser, so that the next page gets a new one."""
    held = _here()
    browser, held.browser = held.browser, None
    if browser is not None:
        with contextlib.suppress(Exception):  # a browser that is dead cannot be closed, and need not be
            await asyncio.wait_for(browser.close(), CLOSING_SECONDS)


async def close_shared_browser() -> None:
    """Close what this event loop holds of a browser, if anything."""
    global _held
    if _held is None or _held.loop is not asyncio.get_running_loop():
        return
    await discard_browser()
    playwright, _held = _held.playwright, None
    if playwright is not None:
        with contextlib.suppress(Exception):
            await asyncio.wait_for(playwright.stop(), CLOSING_SECONDS)
