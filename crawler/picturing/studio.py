"""The studio: a browser that shows archived pages, always the same way, and takes their pictures."""

from __future__ import annotations

import contextlib
import functools
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import BrowserContext, Error, Page, Route

from crawler.browsing.launching import context_options
from crawler.picturing.framing import Box, Clip, Shown, clips_of_page, clips_of_screen
from crawler.picturing.masking import UnmaskedError, mask
from crawler.picturing.order import Mark, MarkKind, Shot, Tone
from crawler.picturing.serving import PictureLedger, Serving
from crawler.picturing.watching import WatchedBrowser
from ledger.exchange import ArchivedResponse

_log = logging.getLogger(__name__)

PAGE_SECONDS = 20
VIEWPORT = (1280, 900)
SCRIPT_MILLISECONDS = 3000
"""Of the page's own clock: what a page shows within it after it was loaded is in the picture."""
COLOURS = {Tone.FAULT: "#d4000f", Tone.GOOD: "#0a7a3a", Tone.WAY: "#0b57d0"}
_MARK = files("crawler.picturing").joinpath("mark.js").read_text("utf-8")
_STILL = files("crawler.picturing").joinpath("still.js").read_text("utf-8")
_UNMARK = "() => document.querySelectorAll('mingcha-mark').forEach((one) => one.remove())"
_STOP_TICKERS = "() => document.querySelectorAll('marquee').forEach((one) => { one.behavior = 'alternate'; })"
_SIZE = """() => { const [root, body] = [document.documentElement, document.body];
  return [Math.max(root.scrollWidth, innerWidth), Math.max(root.scrollHeight, body ? body.scrollHeight : 0, 60)]; }"""


@dataclass(frozen=True, slots=True)
class Taken:
    """Taken shot (已截画面): PNG pieces from top to bottom, and what they show."""

    pieces: tuple[bytes, ...]
    shown: Shown


class Studio:
    """Studio (截图室): one browser for many pages; nothing that a page starts leads anywhere."""

    def __init__(self, browser: WatchedBrowser, page_seconds: float = PAGE_SECONDS) -> None:
        self._browser = browser
        self._page_seconds = page_seconds
        self._table: Page | None = None
        self._composed = 0

    @classmethod
    def open(cls, chosen: str = "", *, page_seconds: float = PAGE_SECONDS) -> Self | None:
        """A studio; None, with one warning, where there is no browser.

        Args:
            chosen: path of a browser; else MINGCHA_BROWSER, else Playwright's own, else the system's.
            page_seconds: how long is waited for a page to load; as long again for each picture of it, and once more.
        """
        browser = WatchedBrowser.open(chosen)
        return None if browser is None else cls(browser, page_seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._browser.close()

    def shoot(
        self, archived: ArchivedResponse, shots: Sequence[Shot], ledger: PictureLedger, beside: Mapping[str, str]
    ) -> dict[Shot, Taken]:
        """Pictures of one archived page, masked, one for each mark; the page is shown once for all of them.

        A page that cannot be shown gives none, with a warning.
        """
        try:
            with self._browser.within((2 + len(shots)) * self._page_seconds):
                return self._shot(archived, shots, Serving(archived, ledger, beside))
        except (Error, UnmaskedError) as error:
            _log.warning("No screenshot of %s: %s", archived.snapshot_id, str(error).partition("\n")[0])
            return {}

    def _shot(self, archived: ArchivedResponse, shots: Sequence[Shot], serving: Serving) -> dict[Shot, Taken]:
        # what a browser serialised is shown as it was: run again without an answer, its scripts would take it apart
        runs = not archived.renders
        context = self._browser.running().new_context(**context_options(*VIEWPORT), java_script_enabled=runs)
        try:
            context.set_default_timeout(self._page_seconds * 1000)
            page = _still_page(context, archived.fetched_at, runs=runs)
            context.route("**/*", serving.answer)
            _visit(page, archived.url)
            if runs:
                _run_scripts(page)
            page.evaluate(_STOP_TICKERS)
            count = mask(page)
            return {shot: _take(page, shot, count) for shot in shots}
        finally:
            with contextlib.suppress(Error):
                context.close()

    def blank(self, **options: Any) -> Page:
        """An empty page in a context of its own, which lives as long as the studio."""
        return self._browser.running().new_context(**options).new_page()

    def compose(self, document: str, images: Mapping[str, bytes], width: int) -> bytes:
        """A PNG of a document of our own, as high as it is; its images are these, and no script of it runs.

        Args:
            images: bytes by name; the document refers to them by name alone.
        """
        self._composed += 1
        address = f"http://picture.invalid/{self._composed}/"  # another each time: nothing comes from the cache
        held = {address: (document.encode(), "text/html; charset=utf-8")}
        held |= {address + name: (body, "image/png") for name, body in images.items()}
        with self._browser.within(3 * self._page_seconds):
            page = self._clean_table(width)
            page.route("**/*", functools.partial(_hand_over, held))
            try:
                page.goto(address, wait_until="load")
                return page.screenshot(full_page=True, animations="disabled", caret="hide")
            finally:
                page.unroute("**/*")

    def _clean_table(self, width: int) -> Page:
        """Where captions and cards are put together: documents of our own, in which nothing runs."""
        if self._table is None or self._table.is_closed():
            self._table = self.blank(**context_options(width, 100), java_script_enabled=False)
        self._table.set_viewport_size({"width": width, "height": 100})
        return self._table


def _hand_over(held: Mapping[str, tuple[bytes, str]], route: Route) -> None:
    body, content_type = held.get(route.request.url, (b"", ""))
    if content_type:
        route.fulfill(body=body, content_type=content_type)
    else:
        route.abort()


def _still_page(context: BrowserContext, moment: datetime, *, runs: bool) -> Page:
    """A page whose clock stands at the moment the page was fetched, and in which nothing moves by itself."""
    if runs:
        context.clock.install(time=moment)
        context.clock.pause_at(moment)
        context.add_init_script(_STILL)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("popup", lambda other: other.close())
    session = context.new_cdp_session(page)
    session.send("Animation.enable")
    session.send("Animation.setPlaybackRate", {"playbackRate": 0})
    return page


def _visit(page: Page, url: str) -> None:
    """Go there; a page whose resources never end is shown as far as it came."""
    try:
        page.goto(url, wait_until="load")
    except Error as error:
        if "Timeout" not in error.message:
            raise


def _run_scripts(page: Page) -> None:
    """Let the page's timers run for a while of its own time, twice, so that what they asked for is used too."""
    for share in (2, 2):
        page.clock.run_for(SCRIPT_MILLISECONDS // share)
        page.evaluate("() => new Promise((done) => queueMicrotask(done))")


def _take(page: Page, shot: Shot, masked_count: int) -> Taken:
    boxes, is_folded = framed(page, shot.mark)
    try:
        across, down = page.evaluate(_SIZE)
        made = clips_of_page(across, down, boxes) if shot.whole else clips_of_screen(down, boxes, VIEWPORT)
        pieces = tuple(_piece(page, clip) for clip in made.clips)
    finally:
        if boxes:
            unframe(page)
    return Taken(pieces, Shown(made.clips, made.left_out, bool(boxes), is_folded and bool(boxes), masked_count))


def framed(page: Page, mark: Mark) -> tuple[list[Box], bool]:
    """Frame what is to be marked; where the frames are, and whether it lies folded away below them."""
    if mark.kind is MarkKind.NONE:
        return [], False
    wanted = {
        "kind": mark.kind.value,
        "labels": list(mark.labels),
        "url": mark.url,
        "more": mark.more,
        "colour": COLOURS[mark.tone],
    }
    drawn: dict[str, Any] = page.evaluate(_MARK, wanted)
    boxes = [Box(int(one["left"]), int(one["top"]), int(one["right"]), int(one["bottom"])) for one in drawn["boxes"]]
    return boxes, bool(drawn["folded"])


def unframe(page: Page) -> None:
    """Take all frames away again."""
    page.evaluate(_UNMARK)


def _piece(page: Page, clip: Clip) -> bytes:
    return page.screenshot(
        full_page=True,
        clip={"x": 0, "y": clip.top, "width": clip.width, "height": clip.height},
        animations="disabled",
        caret="hide",
    )
