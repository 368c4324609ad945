"""When a page has come to rest, and what it then shows as one document."""

from __future__ import annotations

import asyncio
import contextlib
import time

from playwright.async_api import Error, Frame, Page

from crawler.browsing.desk import Desk

OWN_SECONDS = 30.0
"""Time that a page may take beside what its requests wait for our manners: hung programs end here."""
TOTAL_SECONDS = 300.0
SETTLE_SECONDS = 6.0
"""Time after loading within which a page must come to rest."""
QUIET_SECONDS = 0.3
"""Requests and the timers of loading are known, so this need only outlast what a program does in one go."""
RESTING_SECONDS = 3.0
_TICK = 0.05
DOM_LIMIT = 8 * 1024 * 1024
FRAMES = 8

WATCH = """(() => {
  if (window.__atRest) return;
  let changed = performance.now(), waiting = 0, inside = false;
  const later = window.setTimeout;
  const patched = function (task, delay, ...rest) {
    const counts = !inside && typeof task === "function" && (delay || 0) <= 4000;
    if (!counts) return later.call(window, task, delay, ...rest);
    waiting += 1;
    return later.call(window, (...given) => {
      waiting -= 1;
      inside = true;
      try { task(...given); } finally { inside = false; }
    }, delay, ...rest);
  };
  try { window.setTimeout = patched; } catch (error) { /* a page may forbid it */ }
  const ended = () => { waiting -= 1; changed = performance.now(); };
  if (window.fetch) {
    const ask = window.fetch;
    window.fetch = function (...given) {
      waiting += 1;
      const answer = ask.apply(window, given);
      answer.then(ended, ended);
      return answer;
    };
  }
  if (window.XMLHttpRequest) {
    const send = XMLHttpRequest.prototype.send;
    XMLHttpRequest.prototype.send = function (...given) {
      waiting += 1;
      this.addEventListener("loadend", ended, { once: true });
      return send.apply(this, given);
    };
  }
  const watch = new MutationObserver(() => { changed = performance.now(); });
  watch.observe(document, { childList: true, subtree: true, characterData: true });
  Object.defineProperty(window, "__atRest", {
    value: () => [performance.now() - changed, waiting, document.readyState], enumerable: false,
  });
})();"""
"""Notes when the document last changed or was answered, and how many answers and timers of its loading are to come."""

_UNSEEN = """(frame) => {
  const style = getComputedStyle(frame);
  return ["width", "height"].every((side) => parseFloat(style[side]) <= 2);
}"""
"""Whether a frame has the size of a counter: nobody sees what it holds, now or after any click."""

_FRAME = """() => {
  const body = document.body ? document.body.cloneNode(true) : null;
  if (!body) return "";
  for (const one of body.querySelectorAll("script,style,noscript")) one.remove();
  for (const name of ["href", "src"])
    for (const one of body.querySelectorAll("[" + name + "]")) {
      const written = one.getAttribute(name);
      if (written && !/^(#|javascript:|data:)/i.test(written.trim()))
        try { one.setAttribute(name, new URL(written, document.baseURI).href); } catch (error) { /* as written */ }
    }
  return body.innerHTML;
}"""
_DOCUMENT = """(frames) => {
  const top = document.documentElement.cloneNode(true);
  const body = document.createElement("body"), set = top.querySelector("frameset");
  for (const frame of top.querySelectorAll("iframe[data-shown-frame],frame[data-shown-frame]")) {
    const shown = document.createElement("div");
    shown.setAttribute("data-shown-frame", frame.getAttribute("src") || "");
    shown.innerHTML = frames[frame.getAttribute("data-shown-frame")] || "";
    if (frame.localName === "frame") body.append(shown);
    else frame.replaceWith(shown);
  }
  if (set && body.firstChild) set.replaceWith(body);
  return "<!DOCTYPE html>" + top.outerHTML;
}"""


async def come_to_rest(page: Page, desk: Desk) -> bool:
    """Wait until the page has loaded and rests: nothing asked for, nothing changing, no timer of its loading to come.

    Returns:
        Whether it did; one that is still busy after its time may show more to a patient visitor.

    Raises:
        TimeoutError: when it took all its time before it had loaded.
    """
    limit = min(OWN_SECONDS, desk.rig.budget.page_seconds)
    begun, own, after = time.monotonic(), 0.0, 0.0
    before = begun
    while True:
        await asyncio.sleep(_TICK)
        now = time.monotonic()
        if not desk.busy:
            own += now - before
            after += now - before if desk.loaded.is_set() else 0.0
        before = now
        if desk.loaded.is_set() and not desk.busy and now - desk.last >= QUIET_SECONDS:
            with contextlib.suppress(TimeoutError):  # a program that never lets go; its time runs
                if await asyncio.wait_for(_rests(page), RESTING_SECONDS):
                    return True
        if after >= SETTLE_SECONDS:
            return False
        if own >= limit or now - begun >= TOTAL_SECONDS:
            if desk.loaded.is_set():
                return False
            raise TimeoutError("the page did not load in its time")


async def _rests(page: Page) -> bool:
    for frame in page.frames[:FRAMES]:
        try:
            state = await frame.evaluate("window.__atRest ? window.__atRest() : [1e9, 0, document.readyState]")
        except Error:  # it is just going elsewhere, or it was never let in
            if frame is page.main_frame:
                return False
            continue
        quiet, timers, ready = state
        if quiet < QUIET_SECONDS * 1000 or timers > 0 or ready == "loading":
            return False
    return True


async def document_of(page: Page, desk: Desk) -> str:
    """The page and those of its frames that were answered as one document, as a visitor sees them together."""
    inner: dict[str, str] = {}
    for number, frame in enumerate(page.main_frame.child_frames[:FRAMES]):
        if frame.url.partition("#")[0] not in desk.documents:
            continue
        try:
            element = await frame.frame_element()
            if await element.evaluate(_UNSEEN):
                continue
            markup = await _inside(frame)
            await element.evaluate("(one, name) => one.setAttribute('data-shown-frame', name)", str(number))
        except Error:  # a frame that goes away while it is read shows nothing
            continue
        inner[str(number)] = markup
    shown: str = await page.evaluate(_DOCUMENT, inner)
    return shown[:DOM_LIMIT]


async def _inside(frame: Frame) -> str:
    """What a frame shows, with what its own frames show behind it."""
    parts: list[str] = [await frame.evaluate(_FRAME)]
    for child in frame.child_frames[:FRAMES]:
        try:
            parts.append(await child.evaluate(_FRAME))
        except Error:  # see above
            continue
    return "".join(parts)
