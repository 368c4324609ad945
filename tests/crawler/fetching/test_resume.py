"""kill -9 at random moments, run again until done: nothing lost, nothing doubled, next to nothing fetched twice."""

from __future__ import annotations

import random
from collections import Counter
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from loopback_crawl import LinkWalk, crawl, district_of, look_in, open_ledger
from loopback_site import Reply, Site, serve


def pages() -> dict[str, Reply]:
    """150 pages: a menu of 10 columns with 14 articles each, one redirect, one missing page."""
    made = {
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /no/\n"),
        "/moved": Reply(b"", 302, (("Location", "/new"),)),
    }
    columns = b"".join(b'<a href="/c%d/">c</a>' % column for column in range(10))
    made["/"] = Reply(columns + b'<a href="/moved">m</a><a href="/gone">g</a><a href="/no/x">n</a>')
    made["/new"] = Reply(b"moved here")
    for column in range(10):
        made[f"/c{column}/"] = Reply(b"".join(b'<a href="/c%d/%d.html">a</a>' % (column, n) for n in range(14)))
        made.update({f"/c{column}/{n}.html": Reply(b"text %d" % n, seconds=0.002) for n in range(14)})
    return made


def child(folder: Path, site: Site) -> BaseProcess:
    """A crawl in a process of its own; forked, for a fresh interpreter takes longer to start than the crawl."""
    district = district_of(site.url(), allow=(site.pair,))
    process = get_context("fork").Process(target=crawl, args=(folder, LinkWalk([site.url()]), district), daemon=True)
    process.start()
    return process


def table(folder: Path) -> dict[str, tuple[object, ...]]:
    """How every visit ended, without what differs between two honest runs (time, snapshot id)."""
    with open_ledger(folder) as ledger:
        look = look_in(ledger)
        arrivals = list(ledger.arrivals(look.id))
        assert len({arrival.visit.key for arrival in arrivals}) == len(arrivals)
        assert ledger.pending(look.id) == ()
        return {
            arrival.visit.key.replace(arrival.visit.url, arrival.visit.url.partition("//")[2].partition("/")[2]): (
                arrival.url.partition("//")[2].partition("/")[2],
                arrival.status,
                arrival.body,
                arrival.reason,
                len(arrival.redirects),
            )
            for arrival in arrivals
        }


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_crawl_ends_like_an_unkilled_one(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with serve(pages()) as site:
        crawl(tmp_path / "whole", LinkWalk([site.url()]), district_of(site.url(), allow=(site.pair,)))
        needed = Counter(site.paths())
        site.log.clear()
        kills = 0
        while True:
            goal = len(site.log) + chance.randrange(2, 30)
            process = child(tmp_path / "killed", site)
            while process.is_alive() and len(site.log) < goal:
                process.join(chance.random() * 0.01)
            if process.is_alive() and kills < 8:
                process.kill()
                process.join()
                kills += 1
                continue
            process.join()
            assert process.exitcode == 0
            break
    assert kills >= 2
    assert table(tmp_path / "killed") == table(tmp_path / "whole")
    asked = Counter(site.paths())
    assert set(asked) == set(needed)
    again = {path: asked[path] - needed[path] for path in needed if asked[path] > needed[path]}
    chain = {path: again.pop(path, 0) for path in ("/moved", "/new")}  # a chain in flight is begun anew, both hops
    assert max(again.values(), default=0) <= 1
    assert len(again) + max(chain.values()) <= kills
