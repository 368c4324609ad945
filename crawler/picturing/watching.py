"""A watched browser: whatever a page does to it, work goes on within a time, with a new browser where need be."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import threading
from collections.abc import Iterator
from typing import Any, Self

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from crawler.browsing.launching import CURE, launches

_log = logging.getLogger(__name__)

_ARGUMENTS = ("--blink-settings=imageAnimationPolicy=2",)
"""Animated images stand at their first frame."""


class WatchedBrowser:
    """Watched browser (受控浏览器) for pictures; one thread uses it."""

    def __init__(self, playwright: Playwright, options: dict[str, Any], browser: Browser) -> None:
        self._playwright = playwright
        self._options = options
        self._browser = browser
        self._process = _process_of(browser)

    @classmethod
    def open(cls, chosen: str) -> Self | None:
        """A browser; None, with one warning, where there is none.

        Args:
            chosen: path of a browser; else MINGCHA_BROWSER, else Playwright's own, else the system's.
        """
        playwright = sync_playwright().start()
        problem = "no browser found"
        for options in launches(chosen):
            taken = {**options, "args": [*options["args"], *_ARGUMENTS]}
            try:
                return cls(playwright, taken, playwright.chromium.launch(**taken))
            except Error as error:
                problem = error.message.partition("\n")[0]
        playwright.stop()
        _log.warning("No screenshots: %s; %s", problem, CURE)
        return None

    def close(self) -> None:
        """End the browser."""
        with contextlib.suppress(Error):
            self._browser.close()
        self._playwright.stop()

    def running(self) -> Browser:
        """The browser, another one where the last died.

        Raises:
            Error: where none can be launched any more.
        """
        if not self._browser.is_connected():
            self._browser = self._playwright.chromium.launch(**self._options)
            self._process = _process_of(self._browser)
        return self._browser

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Work that ends within this time: a page whose script never ends takes the browser with it.

        What then waits for the browser raises Playwright's ``Error``.
        """
        watch = threading.Timer(seconds, _kill, (self._process,))
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()


def _process_of(browser: Browser) -> int:
    session = browser.new_browser_cdp_session()
    try:
        known = session.send("SystemInfo.getProcessInfo")["processInfo"]
    finally:
        session.detach()
    return next(int(one["id"]) for one in known if one["type"] == "browser")


def _kill(process: int) -> None:
    _log.warning("A page did not let go of the browser; a new one is launched")
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
