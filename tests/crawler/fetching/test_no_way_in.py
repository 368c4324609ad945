"""No connection goes to an address that is not global, whatever a portal or a resolver says, but to allowed pairs."""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from loopback_crawl import LinkWalk, crawl, district_of
from loopback_site import Reply, Site, serve

from crawler.crawling import in_reactor
from crawler.fetching.addresses import Gate
from crawler.fetching.failures import FetchFailedError
from crawler.fetching.resolving import GatedResolver, guest_connector
from ledger.reason import Reason

ROBOTS = {"/robots.txt": Reply(b"", 404)}
_watched: list[list[tuple[str, int]]] = []


def _on_connect(event: str, arguments: tuple[Any, ...]) -> None:
    """Sees every connection of this process before it is made, and lets none leave the machine."""
    if event != "socket.connect" or not _watched or not isinstance(arguments[1], tuple):
        return
    address, port = str(arguments[1][0]), int(arguments[1][1])
    _watched[-1].append((address, port))
    if not ipaddress.ip_address(address.partition("%")[0]).is_loopback:
        raise OSError(f"a test may not connect to {address}")


sys.addaudithook(_on_connect)


@contextmanager
def connections() -> Iterator[list[tuple[str, int]]]:
    """Addresses to which this process connects inside the block."""
    _watched.append([])
    try:
        yield _watched[-1]
    finally:
        _watched.pop()


def targets(port: int) -> list[str]:
    """Ways in: the metadata address of clouds, private and local addresses, in every spelling; this machine's port."""
    hosts = [
        "169.254.169.254",
        "10.0.0.1",
        "192.168.0.1:8080",
        f"[::1]:{port}",
        f"localhost:{port}",
        f"localhost.:{port}",
        f"LOCALHOST:{port}",
        f"127.0.0.2:{port}",
        f"2130706434:{port}",
        f"0x7f000002:{port}",
        f"0177.0.0.2:{port}",
        f"127.2:{port}",
        f"0.0.0.0:{port}",
        f"[::ffff:127.0.0.1]:{port}",
        f"[::ffff:a9fe:a9fe]:{port}",
        f"[::]:{port}",
        "2852039166",
        "0xa9.0xfe.0xa9.0xfe",
        f"www.gov.cn@127.0.0.2:{port}",
        f"127.0.0.1:80@127.0.0.2:{port}",
        f"１２７.0.0.2:{port}",
    ]
    return [f"http://{host}/" for host in hosts]


def crawled(folder: Path, portal: Site, first: list[str]) -> tuple[LinkWalk, list[tuple[str, int]]]:
    walk = LinkWalk(first, follow=False)
    with connections() as made:
        crawl(folder, walk, district_of(portal.url(), allow=(portal.pair,), delay_seconds=0.001))
    return walk, made


def test_no_spelling_of_an_address_leads_in(tmp_path: Path) -> None:
    with serve(ROBOTS) as portal, serve({"/": Reply(b"secret")}, "0.0.0.0") as inside:
        wanted = targets(inside.port)
        walk, made = crawled(tmp_path, portal, wanted)
        assert (inside.log, made) == ([], [])
    # a second address of one host off the site is not asked for at all
    assert {arrival.reason for arrival in walk.arrived.values()} == {Reason.ADDRESS_BLOCKED, Reason.REDIRECT_OFFSITE}
    assert len(walk.arrived) == len(wanted)


def test_no_redirect_leads_in(tmp_path: Path) -> None:
    with serve({"/": Reply(b"secret")}, "0.0.0.0") as inside:
        ways = targets(inside.port)
        moved = {f"/{number}": Reply(b"", 302, (("Location", way),)) for number, way in enumerate(ways)}
        with serve({**ROBOTS, **moved}) as portal:
            walk, made = crawled(tmp_path, portal, [portal.url(path) for path in moved])
        assert inside.log == []
    assert set(made) == {("127.0.0.1", portal.port)}
    assert {arrival.reason for arrival in walk.arrived.values()} == {Reason.REDIRECT_OFFSITE}


@pytest.mark.parametrize("number", range(0, 21, 4))
def test_no_redirect_of_robots_leads_in(tmp_path: Path, number: int) -> None:
    with serve({"/": Reply(b"User-agent: *\nDisallow:\n")}, "0.0.0.0") as inside:
        with serve({"/robots.txt": Reply(b"", 302, (("Location", targets(inside.port)[number]),))}) as portal:
            walk, made = crawled(tmp_path, portal, [portal.url()])
        assert inside.log == []
    assert set(made) == {("127.0.0.1", portal.port)}
    assert walk.by_url()[portal.url()].reason is Reason.ADDRESS_BLOCKED


class Flipping:
    """A resolver that says another address each time it is asked."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def __call__(self, host: str, port: int, family: socket.AddressFamily) -> Sequence[tuple[Any, ...]]:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answer]


def asked(lookup: Flipping, url: str, gate: Gate) -> tuple[list[tuple[str, int]], BaseException | None]:
    async def main() -> BaseException | None:
        async with aiohttp.ClientSession(connector=guest_connector(GatedResolver(gate, lookup))) as session:
            try:
                async with session.get(url) as response:
                    await response.read()
            except (aiohttp.ClientError, FetchFailedError, OSError) as error:
                return error
        return None

    with connections() as made:
        error = in_reactor(main)
    return made, error


def test_a_name_that_turns_inwards_is_not_followed() -> None:
    lookup = Flipping(("10.0.0.1",), ("8.8.8.8",))
    made, error = asked(lookup, "http://flip.example/", Gate(frozenset()))
    assert (made, lookup.asked) == ([], 1)
    assert isinstance(error, FetchFailedError)
    assert error.reason is Reason.ADDRESS_BLOCKED


def test_the_address_that_was_decided_on_is_the_one_connected_to() -> None:
    lookup = Flipping(("8.8.8.8",), ("127.0.0.1",))
    made, error = asked(lookup, "http://flip.example/", Gate(frozenset()))
    assert (made, lookup.asked) == ([("8.8.8.8", 80)], 1)
    assert isinstance(error, aiohttp.ClientConnectorError)


def test_of_several_answers_only_the_admitted_are_tried() -> None:
    lookup = Flipping(("127.0.0.1", "169.254.169.254", "8.8.8.8", "::ffff:10.0.0.1"))
    made, _ = asked(lookup, "http://mixed.example/", Gate(frozenset()))
    assert made == [("8.8.8.8", 80)]


def test_an_allowed_name_may_lead_to_this_machine_on_that_port_only() -> None:
    with serve({"/": Reply(b"ok")}) as site:
        gate = Gate(frozenset({f"portal.example:{site.port}"}))
        allowed = asked(Flipping(("127.0.0.1",)), f"http://portal.example:{site.port}/", gate)
        other = asked(Flipping(("127.0.0.1",)), "http://portal.example:1/", gate)
    assert allowed == ([("127.0.0.1", site.port)], None)
    assert other[0] == []
    assert isinstance(other[1], FetchFailedError)
