"""Bombs of the public suite through a real crawl in a child process: named, kept, and within 512 MB."""

from __future__ import annotations

import gzip
import resource
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from loopback_crawl import LinkWalk, crawl, district_of
from loopback_site import Reply, Site, serve

from ledger.reason import Reason
from shared_data import SHARED, needs_shared

SUITE = SHARED / "suites" / "scrapy-compressed"
LIMIT_MB = 512 - 128
"""Of 512 MB, 128 are the program itself; a fork of the tests may begin with more, so what is added counts."""
ENDLESS_CHUNK = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"x" * 20_000_000
pytestmark = [needs_shared, pytest.mark.shared]


def packed(body: bytes, coding: str) -> Reply:
    return Reply(body, headers=(("Content-Type", "text/html"), ("Content-Encoding", coding)))


def of_suite(name: str, coding: str) -> Reply:
    return packed((SUITE / name).read_bytes(), coding)


def nested(levels: int) -> bytes:
    """Zeros, compressed again and again: each layer is small, the innermost is 200 MB."""
    body = b"".join([gzip.compress(bytes(20 * 1024 * 1024), 9, mtime=0)] * 10)
    for _ in range(levels):
        body = gzip.compress(body, 9, mtime=0)
    return body


def in_child(folder: Path, site: Site, urls: list[str]) -> tuple[dict[str, Reason | None], float]:
    """Reason of each address, and the most memory in MB that the process of the crawl took for it."""
    receiver, sender = get_context("fork").Pipe(duplex=False)

    def child(out: Connection) -> None:
        walk = LinkWalk(urls, follow=False)
        crawl(folder, walk, district_of(site.url(), allow=(site.pair,)))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        out.send(({url: arrival.reason for url, arrival in walk.by_url().items()}, peak))

    process = get_context("fork").Process(target=child, args=(sender,))
    process.start()
    sender.close()
    answer: tuple[dict[str, Reason | None], float] = receiver.recv()
    process.join()
    return answer


def test_bombs_are_named_and_cost_little(tmp_path: Path) -> None:
    wanted: dict[str, tuple[Reply, Reason | None]] = {
        "/br": (of_suite("bomb-br.bin", "br"), Reason.BOMB),
        "/deflate": (of_suite("bomb-deflate.bin", "deflate"), Reason.BOMB),
        "/gzip": (of_suite("bomb-gzip.bin", "gzip"), Reason.BOMB),
        "/zstd": (of_suite("bomb-zstd.bin", "zstd"), Reason.BOMB),
        "/nested": (packed(nested(2), "gzip, gzip, gzip"), Reason.BOMB),
        "/mixed": (packed(brotli.compress(nested(1)), "gzip, gzip, br"), Reason.BOMB),
        "/many": (packed(nested(0), "gzip, gzip, gzip, gzip, gzip"), Reason.BOMB),
        "/eof": (of_suite("unexpected-eof.gz", "gzip"), Reason.TRUNCATED),
        "/crc": (of_suite("truncated-crc-error.gz", "gzip"), Reason.TRUNCATED),
        "/short": (of_suite("truncated-crc-error-short.gz", "gzip"), Reason.TRUNCATED),
        "/html-br": (of_suite("html-br.bin", "br"), None),
        "/html-zstd": (of_suite("html-zstd-streaming-no-content-size.bin", "zstd"), None),
        "/html-raw": (of_suite("html-rawdeflate.bin", "deflate"), None),
        "/html-thrice": (of_suite("html-gzip-deflate-gzip.bin", "gzip, deflate, gzip"), None),
        "/endless": (Reply(raw=b"HTTP/1.1 200 OK\r\n\r\n" + b"<p>" * (12 * 1024 * 1024)), Reason.TOO_LARGE),
        "/headers": (Reply(raw=b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 2_000_000), Reason.TOO_LARGE),
        "/header": (Reply(raw=b"HTTP/1.1 200 OK\r\nX-A: " + b"b" * 20_000_000), Reason.TOO_LARGE),
        "/chunks": (Reply(raw=ENDLESS_CHUNK), Reason.TRUNCATED),
    }
    pages = {"/robots.txt": Reply(b"", 404), **{path: reply for path, (reply, _) in wanted.items()}}
    with serve(pages) as site:
        idle = in_child(tmp_path / "idle", site, [site.url("/html-br")])[1]
        reasons, peak = in_child(tmp_path / "bombs", site, [site.url(path) for path in wanted])
    assert {path: reasons[site.url(path)] for path in wanted} == {path: why for path, (_, why) in wanted.items()}
    assert peak - idle < LIMIT_MB, f"{peak:.0f} MB, of which {idle:.0f} without a bomb"
