"""SIGKILL at the n-th write or sync of a crawl: what is cited reads back, nothing is doubled, the rest is fetched."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from loopback_crawl import LinkWalk, crawl, district_of, look_in, open_ledger
from loopback_site import Reply, serve
from sqlalchemy import select

from ledger.database import tables
from ledger.database.engine import open_engine

CHILD = Path(__file__).with_name("crawl_child.py")
CALLS = [("fsync", 5), ("fsync", 9), ("fdatasync", 16), ("pwrite64", 200), ("fdatasync", 24)]


def pages() -> dict[str, Reply]:
    made = {f"/{number}": Reply(b"text %d " % number * 300) for number in range(10)}
    made["/moved"] = Reply(b"", 302, (("Location", "/new"),))
    made["/new"] = Reply(b"moved here")
    links = b"".join(b'<a href="%s">x</a>' % path.encode() for path in made if path != "/new")
    return {**made, "/": Reply(links), "/robots.txt": Reply(b"", 404)}


def killed_at(call: str, number: int, folder: Path, home: str, pair: str) -> bool:
    """Whether the kill came; a crawl that makes fewer such calls ends by itself."""
    inject = ["-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}"]
    command = ["strace", "-f", "-qq", "-o", "/dev/null", *inject, sys.executable, str(CHILD), str(folder), home, pair]
    return subprocess.run(command, capture_output=True, timeout=60).returncode != 0


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="no strace on this machine")
def test_a_kill_at_any_write_loses_and_doubles_nothing(tmp_path: Path) -> None:
    hits = 0
    with serve(pages()) as site:
        for call, number in CALLS:
            folder = tmp_path / f"{call}-{number}"
            folder.mkdir()
            site.log.clear()
            hits += killed_at(call, number, folder, site.url(), site.pair)
            with open_ledger(folder) as ledger:
                before = list(ledger.arrivals(look_in(ledger).id))
                for snapshot_id in cited(folder):
                    assert ledger.read_snapshot(snapshot_id).status in (200, 302, 404)
            crawl(folder, LinkWalk([site.url()]), district_of(site.url(), allow=(site.pair,)))
            with open_ledger(folder) as ledger:
                after = list(ledger.arrivals(look_in(ledger).id))
                assert ledger.pending(look_in(ledger).id) == ()
            assert after[: len(before)] == before
            keys = [arrival.visit.key for arrival in after]
            assert len(keys) == len(set(keys)) == 13, (call, number)
            assert {(a.status, a.reason is None) for a in after} == {(200, True), (404, False)}
            asked = Counter(site.paths())
            again = sum(asked.values()) - 14
            assert again <= (2 if asked["/moved"] > 1 else 1), (call, number, asked)
    assert hits == len(CALLS)


def cited(folder: Path) -> list[str]:
    engine = open_engine(f"sqlite:///{folder / 'ledger.sqlite'}")
    with engine.connect() as connection:
        found = list(connection.execute(select(tables.snapshot.c.id)).scalars())
    engine.dispose()
    return found
