"""The spider is found by Scrapy's own command, opens no port, and stops where our own side fails."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from loopback_crawl import LinkWalk, crawl, district_of, look_in, open_ledger
from loopback_site import Reply, serve

from crawler.crawling import CrawlStalledError, crawl_look, in_reactor
from ledger.exchange import Exchange
from ledger.snapshot import Snapshot
from ledger.work import Arrival

PROJECT = Path(__file__).resolve().parents[2]
PAGES = {"/robots.txt": Reply(b"", 404), "/": Reply(b'<a href="/1">a</a>'), "/1": Reply(b"ok")}


def test_scrapys_command_lists_it() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert made.stdout.split() == ["portal"]


class DeafWalk(LinkWalk):
    """A walk whose reading fails, as a bug of ours would."""

    def arrive(self, arrival: Arrival) -> None:
        raise LookupError("a bug of ours")


def test_a_bug_of_ours_ends_the_crawl_and_the_next_run_goes_on(tmp_path: Path) -> None:
    with serve(PAGES) as site:
        district = district_of(site.url(), allow=(site.pair,))
        with pytest.raises(LookupError, match="a bug of ours"):
            crawl(tmp_path, DeafWalk([site.url()]), district)
        walk = LinkWalk([site.url()])
        crawl(tmp_path, walk, district)
    assert site.paths() == ["/robots.txt", "/", "/1"]
    assert len(walk.arrived) == 2


def test_nothing_is_read_that_could_not_be_kept(tmp_path: Path) -> None:
    def full(_exchanges: Sequence[Exchange]) -> tuple[Snapshot, ...]:
        raise OSError(28, "No space left on device")

    with serve(PAGES) as site, open_ledger(tmp_path) as ledger:
        look = look_in(ledger)
        walk = LinkWalk([site.url()])
        ledger.keep_all = full  # type: ignore[method-assign]  # the disk is what is exchanged here
        with pytest.raises(OSError, match="No space left"):
            in_reactor(
                lambda: crawl_look(ledger, walk, district=district_of(site.url(), allow=(site.pair,)), look=look)
            )
    assert walk.arrived == {}


class EndlessWalk(LinkWalk):
    """A walk that waits for what it never asked for."""

    @property
    def finished(self) -> bool:
        return False


def test_a_walk_that_never_finishes_is_said_so(tmp_path: Path) -> None:
    with serve(PAGES) as site, pytest.raises(CrawlStalledError):
        crawl(tmp_path, EndlessWalk([site.url()]), district_of(site.url(), allow=(site.pair,)))
    with open_ledger(tmp_path) as ledger:
        assert ledger.observations(look_in(ledger).id) == ()


def test_several_crawls_run_one_after_the_other_in_one_process(tmp_path: Path) -> None:
    with serve(PAGES) as one, serve(PAGES) as two, open_ledger(tmp_path) as ledger:
        look = look_in(ledger)
        walks = [LinkWalk([site.url()]) for site in (one, two)]

        async def main() -> int:
            allow = (one.pair, two.pair)
            for site, walk in zip((one, two), walks, strict=True):
                await crawl_look(ledger, walk, district=district_of(site.url(), allow=allow), look=look)
            return len(asyncio.all_tasks())

        assert in_reactor(main) == 1
    assert [len(walk.arrived) for walk in walks] == [2, 4]
