"""Screenshots of archived pages, rendered from the archive alone: no request leaves the machine."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, Request, Route, sync_playwright

from crawler.browsing.launching import CURE, context_options, launches
from crawler.fetching.scope import locate
from ledger.exchange import ArchivedResponse

_log = logging.getLogger(__name__)

PAGE_SECONDS = 20
"""Hard limit for one page, whatever its scripts do."""
VIEWPORT = (1280, 900)
_HOP_BY_HOP = frozenset({"content-encoding", "content-length", "connection", "keep-alive", "set-cookie"})
_GONE_WITH_THE_PAGE = frozenset({"content-security-policy", "content-security-policy-report-only", "refresh"})


class PictureLedger(Protocol):
    """Ledger for pictures (截图取材): what is needed of a ``ledger.ledger.Ledger``."""

    def read_snapshot(self, snapshot_id: str) -> ArchivedResponse: ...


def picture(
    snapshot_ids: Iterable[str],
    ledger: PictureLedger,
    folder: Path,
    *,
    beside: Mapping[str, str] | None = None,
    browser: str = "",
) -> dict[str, Path]:
    """Screenshots of archived pages; runs outside the event loop of a crawl.

    Args:
        folder: where the PNG files go, named by their own SHA-256; made when absent.
        beside: snapshot ids by address of what the archive holds of style sheets, images and scripts; all else is
            refused, so a page may show without its images.
        browser: path of a browser to use; else MINGCHA_BROWSER, else Playwright's own, else the system's.

    Returns:
        The file of each snapshot that could be shown. A snapshot that cannot be is left out, with a warning; without a
        browser all are, and one warning says which to install.
    """
    wanted = tuple(dict.fromkeys(snapshot_ids))
    if not wanted:
        return {}
    made: dict[str, Path] = {}
    with sync_playwright() as playwright:
        running = _launch(playwright, browser)
        if running is None:
            return {}
        folder.mkdir(parents=True, exist_ok=True)
        try:
            for snapshot_id in wanted:
                shot = _shoot(running, ledger.read_snapshot(snapshot_id), ledger, beside or {})
                if shot is not None:
                    made[snapshot_id] = _store(shot, folder)
        finally:
            running.close()
    return made


def _launch(playwright: Playwright, chosen: str) -> Browser | None:
    """A browser; None, with one warning, where there is none."""
    problem = "no browser found"
    for options in launches(chosen):
        try:
            return playwright.chromium.launch(**options)
        except Error as error:
            problem = error.message.partition("\n")[0]
    _log.warning("No screenshots: %s; %s", problem, CURE)
    return None


def _shoot(
    browser: Browser, archived: ArchivedResponse, ledger: PictureLedger, beside: Mapping[str, str]
) -> bytes | None:
    """One picture, in a context of its own, so that no page leaves anything to the next; None where it fails."""
    # what a browser serialised is shown as it was: run again without an answer, its scripts would take it apart
    context = browser.new_context(**context_options(*VIEWPORT), java_script_enabled=not archived.renders)
    try:
        context.set_default_timeout(PAGE_SECONDS * 1000)
        return _shown(context, archived, ledger, beside)
    except Error as error:
        _log.warning("No screenshot of %s: %s", archived.snapshot_id, error.message.partition("\n")[0])
        return None
    finally:
        context.close()


def _shown(
    context: BrowserContext, archived: ArchivedResponse, ledger: PictureLedger, beside: Mapping[str, str]
) -> bytes:
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    context.on("page", lambda other: other.close())  # windows that the page opens
    served: list[Request] = []

    def answer(route: Route) -> None:
        request = route.request
        if not served:  # the first request is our own; where the page wants to go after it is not what was archived
            served.append(request)
            _fulfil(route, archived)
            return
        location = None if request.is_navigation_request() else locate(request.url)
        snapshot_id = beside.get(location.href) if location else None
        if snapshot_id is None:
            route.abort()
        else:
            _fulfil(route, ledger.read_snapshot(snapshot_id))

    context.route("**/*", answer)
    _visit(page, archived.url)
    return page.screenshot(animations="disabled", caret="hide", timeout=PAGE_SECONDS * 1000)


def _visit(page: Page, url: str) -> None:
    """Go there; a page whose resources never end is shown as far as it came."""
    try:
        page.goto(url, wait_until="load", timeout=PAGE_SECONDS * 1000)
    except Error as error:
        if "Timeout" not in error.message:
            raise


def _fulfil(route: Route, archived: ArchivedResponse) -> None:
    dropped = _HOP_BY_HOP | _GONE_WITH_THE_PAGE
    headers = {
        name: value.encode("utf-8", "surrogateescape").decode("latin-1")
        for name, value in archived.headers
        if name.casefold() not in dropped
    }
    status = archived.status if 200 <= archived.status <= 599 and archived.status not in _REDIRECTS else 200
    route.fulfill(status=status, headers=headers, body=archived.body)


_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def _store(shot: bytes, folder: Path) -> Path:
    file = folder / f"{hashlib.sha256(shot).hexdigest()}.png"
    if not file.exists():
        partial = file.with_suffix(".part")
        partial.write_bytes(shot)
        partial.replace(file)
    return file
