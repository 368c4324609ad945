"""A disk that is full ends the crawl with ENOSPC and the ledger whole; with room the same crawl goes on."""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback_crawl import LinkWalk, crawl, district_of, look_in, open_ledger
from loopback_site import Reply, Site, serve

ROOM = "size=2m"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system in memory, small; only the superuser may mount one."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("mounting a small disk takes the superuser")
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", ROOM, "none", folder], capture_output=True).returncode:
        pytest.skip("this machine mounts no tmpfs")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def pages(body_bytes: int) -> dict[str, Reply]:
    chance = random.Random(46)
    links = b"".join(b'<a href="/%d">x</a>' % number for number in range(40))
    return {
        "/robots.txt": Reply(b"", 404),
        "/": Reply(links),
        **{f"/{number}": Reply(chance.randbytes(body_bytes)) for number in range(40)},
    }


def crawled(folder: Path, site: Site) -> LinkWalk:
    walk = LinkWalk([site.url()])
    crawl(folder, walk, district_of(site.url(), allow=(site.pair,)))
    return walk


@pytest.mark.parametrize("room", [0, 30_000, 50_000, 100_000, 150_000, 200_000, 250_000, 300_000])
@pytest.mark.parametrize("body_bytes", [9_000, 200])
def test_a_full_disk_ends_the_crawl_and_with_room_it_goes_on(small_disk: Path, body_bytes: int, room: int) -> None:
    open_ledger(small_disk).close()
    filler = small_disk / "filler"
    free = shutil.disk_usage(small_disk).free
    filler.write_bytes(bytes(free - room))
    with serve(pages(body_bytes)) as site:
        with pytest.raises(OSError) as raised:
            crawled(small_disk, site)
        assert raised.value.errno == errno.ENOSPC
        asked = len(site.log)
        filler.unlink()
        subprocess.run(["mount", "-o", "remount,size=20m", small_disk], check=True)
        with open_ledger(small_disk) as ledger:
            before = list(ledger.arrivals(look_in(ledger).id))
        walk = crawled(small_disk, site)
        with open_ledger(small_disk) as ledger:
            arrivals = list(ledger.arrivals(look_in(ledger).id))
            assert ledger.pending(look_in(ledger).id) == ()
    assert len(before) < len(walk.arrived) == 41
    assert before or room < 200_000
    assert arrivals[: len(before)] == before
    assert len({arrival.visit.key for arrival in arrivals}) == len(arrivals) == 42
    assert len(site.log) <= asked + 42 - len(before)
