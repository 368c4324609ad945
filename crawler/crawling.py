"""One look's crawl: builds rig, errands and spider, runs them, and hands what was observed to the ledger."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from catalog.district import District
from crawler.browsing.sharing import close_shared_browser
from crawler.fetching.addresses import Gate, is_loopback
from crawler.fetching.asking import Guest
from crawler.fetching.errands import Errands
from crawler.fetching.memory import Memory
from crawler.fetching.permitting import Permits
from crawler.fetching.politeness import Budget, Manners
from crawler.fetching.replay import Recording
from crawler.fetching.rig import Rig
from crawler.fetching.rounds import CrawlProgress, LookLedger, Round, Walking
from crawler.fetching.scope import locate, scope_of
from crawler.spider import PortalSpider
from ledger.night import Look
from ledger.reason import Reason

__all__ = ["Budget", "CrawlEnd", "CrawlProgress", "crawl_look", "in_reactor"]

T = TypeVar("T")
_log = logging.getLogger(__name__)
_BROWSER = "crawler.browsing.rendering.BrowserDownloadHandler"
_REPLAY = "crawler.fetching.replaying.ReplayDownloadHandler"


class CrawlStalledError(Exception):
    """Raised when a walk wants nothing more and is not finished, from ``crawl_look``."""


@dataclass(frozen=True, slots=True)
class CrawlEnd:
    """End of a crawl (抓取结束) of one look.

    Attributes:
        request_count: requests of this run, redirects, second tries and robots.txt included.
        browser_pages, browser_requests: pages that a browser showed in this run, and requests made for them.
        left_alone: hosts that refused five visits in a row, or asked for a long pause, and why.
        observation_count: observations of the look that the ledger now holds.
    """

    request_count: int
    arrived_count: int
    byte_count: int
    seconds: float
    left_alone: Mapping[str, Reason]
    observation_count: int
    browser_pages: int = 0
    browser_requests: int = 0


def in_reactor(main: Callable[[], Awaitable[T]]) -> T:
    """Run ``main`` in an event loop of its own and give back what it gives; it may await several crawls in a row."""

    async def run() -> T:
        try:
            return await main()
        finally:
            await close_shared_browser()

    # Pages are many small objects that live long: collecting them every 700 allocations costs 8 % (STACK 7).
    thresholds = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    try:
        return asyncio.run(run())
    finally:
        gc.set_threshold(*thresholds)


async def crawl_look(
    ledger: LookLedger,
    walk: Walking,
    *,
    district: District,
    look: Look,
    replay: tuple[Path, ...] = (),
    progress: Callable[[CrawlProgress], None] | None = None,
    budget: Budget | None = None,
    browser: bool = False,
) -> CrawlEnd:
    """Fetch all that a walk wants, archive and record it, and store what was observed when the walk has finished.

    Called again after a kill with a new walk it feeds what the ledger holds and fetches only what is missing.

    Args:
        walk: a ``crawler.walking.walk.Walk``, new.
        replay: WARC files that answer instead of the portal; robots.txt is then not consulted, nobody is visited.
        progress: called after each arrival.
        browser: visits by browser may be wanted; without one each of them ends as ``needs_browser``. Not in a replay.

    Raises:
        RecordingError: when a replay file cannot be read.
        CrawlStalledError: when the walk stops asking before it has finished.
        Exception: whatever the ledger or the walk raised; nothing is lost, the next run goes on.
    """
    browser = browser and not replay
    settings = _settings(district, browser=browser, replayed=bool(replay))
    agent = str(settings["USER_AGENT"])
    budget = budget or Budget()
    manners = Manners(district.network, budget, time.monotonic())
    recording = Recording.open(replay) if replay else None

    def report(kind: str, facts: Mapping[str, str]) -> None:
        ledger.add_event(kind, {"look": str(look.id), **facts})

    errands = Errands(scope_of(district), manners, agent.partition("/")[0], replayed=bool(replay))
    rig = Rig(
        keep=ledger.keep_all,
        guest=Guest(Gate(frozenset(district.network.allow)), manners, report),
        permits=Permits(errands),
        budget=budget,
        report=report,
        memory=Memory() if browser else None,
        recording=recording,
    )
    turn = Round(ledger, walk, errands, look.id, progress, now=_clock(recording))
    try:
        await AsyncCrawlerRunner(settings).crawl(PortalSpider, rig=rig, turn=turn, agent=agent)
    finally:
        await rig.guest.close()
    if turn.failure is not None:
        raise turn.failure
    if not walk.finished:
        raise CrawlStalledError(
            f"look {look.id}: the walk wants nothing more and is not finished; report this with its ledger"
        )
    end = _end(ledger, walk, look, turn, manners)
    return replace(end, browser_pages=rig.counts["pages"], browser_requests=rig.counts["requests"])


def _settings(district: District, *, browser: bool, replayed: bool) -> Settings:
    """Settings of the framework for one look."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    if browser:
        settings.set("DOWNLOAD_HANDLERS", {"http": _BROWSER, "https": _BROWSER}, priority="cmdline")
    if replayed:
        settings.set("DOWNLOAD_HANDLERS", {"http": _REPLAY, "https": _REPLAY}, priority="cmdline")
    if not replayed and not settings["MINGCHA_CONTACT"] and not _is_here(district):
        _log.warning(
            "The crawler names no contact; set MINGCHA_CONTACT to a mail or web address that portals can reach"
        )
    return settings


def _is_here(district: District) -> bool:
    home = locate(district.home)
    return home is None or is_loopback(home.host)


def _clock(recording: Recording | None) -> Callable[[], datetime]:
    """The time of now, or of the recording: a replay knows nothing of the day on which it runs."""
    if recording is None:
        return lambda: datetime.now(UTC)
    newest = recording.newest
    return lambda: newest


def _end(ledger: LookLedger, walk: Walking, look: Look, turn: Round, manners: Manners) -> CrawlEnd:
    stored = len(ledger.observations(look.id))
    if not stored:  # a run that was killed between here and the end of its look stored them already
        observations = walk.observations()
        ledger.add_observations(look.id, observations)
        stored = len(observations)
    state = turn.state()
    return CrawlEnd(
        request_count=state.request_count,
        arrived_count=state.arrived_count,
        byte_count=state.byte_count,
        seconds=state.seconds,
        left_alone=dict(manners.left_alone),
        observation_count=stored,
    )
