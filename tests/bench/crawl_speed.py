"""Pages a second and memory: a look with archive and ledger against a bare Scrapy spider, same pages, same machine.

Run it with ``./dev bench``, or ``python tests/bench/crawl_speed.py --pages 1000``. Ratios are of one run; the server is
a process of its own on loopback, each crawl another one, so peaks of memory do not mix.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import multiprocessing
import re
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests" / "crawler")]

# imported before any child is forked: what is measured is the crawl, not the start of Python
from loopback_crawl import LinkWalk, crawl, district_of, open_ledger  # noqa: E402
from scrapy import Request, Spider  # noqa: E402
from scrapy.crawler import AsyncCrawlerProcess  # noqa: E402
from scrapy.http import Response  # noqa: E402

ROWS = 200
"""Rows of a page, which make about 40 KB: STACK 7 measured pages of 30-65 KB."""


def page(number: int, count: int) -> bytes:
    """A list page in the style of a portal, with links to the next ten pages."""
    links = "".join(f'<a href="/{n}.html">栏目{n}</a>' for n in range(number * 10 + 1, min(number * 10 + 11, count)))
    rows = "".join(
        f'<li><span class="date">2021-{row % 12 + 1:02}-15</span><b title="关于{number}号事项的通知{row}">'
        f"关于公开第{number}号事项有关情况的通知（{row}）</b></li>"
        for row in range(ROWS)
    )
    return (
        f"<!doctype html><html><head><title>{number}</title></head><body>{links}<ul>{rows}</ul></body></html>".encode()
    )


def serve(hosts: list[str], count: int, ready: Connection) -> None:
    """Serve the pages on one port of each host, keep-alive, until killed."""
    answers = {f"/{n}.html": page(n, count) for n in range(count)}
    heads = {
        path: b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body)
        for path, body in answers.items()
    }
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                writer.write(heads[path] + answers[path] if path in answers else missing)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def main() -> None:
        first = await asyncio.start_server(answer, hosts[0], 0)
        port = first.sockets[0].getsockname()[1]
        for host in hosts[1:]:
            await asyncio.start_server(answer, host, port)
        ready.send(port)
        await first.serve_forever()

    asyncio.run(main())


def bare(starts: list[str], hosts: int, _folder: Path) -> dict[str, float]:
    """Scrapy as it comes, one request a host at a time: downloads, finds links with one expression, keeps nothing."""
    got = {"pages": 0, "bytes": 0}
    seen: set[str] = set()

    class Bare(Spider):
        name = "bare"

        async def start(self) -> AsyncIterator[Any]:
            for url in starts:
                yield Request(url)

        def parse(self, response: Response) -> Any:
            got["pages"] += 1
            got["bytes"] += len(response.body)
            for found in re.findall(rb'href="([^"]*)"', response.body):
                url = response.urljoin(found.decode())
                if url not in seen:
                    seen.add(url)
                    yield Request(url)

    process = AsyncCrawlerProcess(
        {
            "LOG_ENABLED": False,
            "CONCURRENT_REQUESTS": 2 * hosts,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": 0,
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
        }
    )
    began = time.perf_counter()
    process.crawl(Bare)
    process.start()
    return {**got, "seconds": time.perf_counter() - began}


def ours(starts: list[str], _hosts: int, folder: Path) -> dict[str, float]:
    """A look: robots.txt asked for, each answer archived and synced, work list and arrivals in SQLite.

    The tables are made before the clock starts: that is once an installation, not once a night.
    """
    pairs = tuple(re.findall(r"//([^/]*)/", " ".join(starts)))
    walk = LinkWalk(starts)
    open_ledger(folder).close()
    began = time.perf_counter()
    end = crawl(folder, walk, district_of(starts[0], allow=pairs))
    return {"pages": len(walk.arrived), "bytes": end.byte_count, "seconds": time.perf_counter() - began}


def measured(run: Callable[..., dict[str, float]], starts: list[str], hosts: int) -> dict[str, float]:
    """One crawl in a fresh process: its counts, seconds, CPU seconds and peak memory in MB."""

    def child(sender: Connection) -> None:
        logging.disable(logging.CRITICAL)
        before = resource.getrusage(resource.RUSAGE_SELF)
        with tempfile.TemporaryDirectory() as folder:
            figures = run(starts, hosts, Path(folder))
        usage = resource.getrusage(resource.RUSAGE_SELF)
        sender.send(
            {
                **figures,
                "cpu": usage.ru_utime + usage.ru_stime - before.ru_utime - before.ru_stime,
                "peak": usage.ru_maxrss / 1024,
            }
        )

    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=child, args=(sender,))
    process.start()
    sender.close()
    try:
        figures: dict[str, float] = receiver.recv()
    finally:
        process.join()
    return figures


def compare(hosts: list[str], count: int, rounds: int) -> dict[str, Any]:
    """Both crawls over the same hosts, in turn; the median of each by seconds."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    server = multiprocessing.get_context("fork").Process(target=serve, args=(hosts, count, sender), daemon=True)
    server.start()
    try:
        port = receiver.recv()
        starts = [f"http://{host}:{port}/0.html" for host in hosts]
        runs: dict[str, list[dict[str, float]]] = {"bare": [], "ours": []}
        for _ in range(rounds):
            runs["bare"].append(measured(bare, starts, len(hosts)))
            runs["ours"].append(measured(ours, starts, len(hosts)))
    finally:
        server.kill()
        server.join()
    middle = {name: sorted(made, key=lambda run: run["seconds"])[len(made) // 2] for name, made in runs.items()}
    wanted = count * len(hosts)
    if any(run["pages"] != wanted for made in runs.values() for run in made):
        raise SystemExit(f"a crawl missed pages: wanted {wanted}, got {runs}")
    return middle


def line(name: str, run: dict[str, float], base: dict[str, float]) -> str:
    speed, base_speed = run["pages"] / run["seconds"], base["pages"] / base["seconds"]
    cpu = 1000 * run["cpu"] / run["pages"]
    return f"{name:<44}{speed:>9.0f}{speed / base_speed:>8.2f}{cpu:>14.2f}{run['peak']:>10.0f}"


def main() -> None:
    """Print the table, or the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000, help="pages in all, shared out over the hosts")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, of which the median counts")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    table = {
        "one connection": compare(["127.0.0.1"], chosen.pages, chosen.rounds),
        "8 loopback addresses": compare([f"127.0.0.{n}" for n in range(1, 9)], chosen.pages // 8, chosen.rounds),
    }
    if chosen.json:
        print(json.dumps(table))
        return
    print(f"{'crawl':<44}{'pages/s':>9}{'ratio':>8}{'CPU s/1,000':>14}{'peak MB':>10}")
    for title, runs in table.items():
        print(line(f"bare Scrapy, {title}", runs["bare"], runs["bare"]))
        print(line(f"look with archive and ledger, {title}", runs["ours"], runs["bare"]))


if __name__ == "__main__":
    main()
