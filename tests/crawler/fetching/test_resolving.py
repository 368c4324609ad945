"""What a name resolved to is noted for the archive, also where nothing of it may be connected to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from typing import Any

import pytest

from crawler.fetching.addresses import Gate
from crawler.fetching.failures import FetchFailedError
from crawler.fetching.resolving import GatedResolver
from ledger.encoding import moment_of


def resolver(*addresses: str) -> GatedResolver:
    async def lookup(host: str, port: int, family: socket.AddressFamily) -> Sequence[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return GatedResolver(Gate(frozenset()), lookup)


def test_all_addresses_of_the_answer_are_noted_with_their_moment() -> None:
    resolving = resolver("8.8.8.8", "10.0.0.1", "8.8.8.8")
    admitted = asyncio.run(resolving.resolve("portal.example", 80))
    assert [one["host"] for one in admitted] == ["8.8.8.8", "8.8.8.8"]
    notes = dict(resolving.notes("portal.example"))
    assert notes["dnsAnswer"] == "8.8.8.8 10.0.0.1"
    assert moment_of(notes["dnsAnsweredAt"]).tzinfo is not None


def test_an_answer_that_leads_inwards_is_noted_too() -> None:
    resolving = resolver("10.0.0.1")
    with pytest.raises(FetchFailedError):
        asyncio.run(resolving.resolve("portal.example", 80))
    assert dict(resolving.notes("portal.example"))["dnsAnswer"] == "10.0.0.1"


def test_an_address_that_is_no_name_has_no_answer() -> None:
    assert resolver().notes("127.0.0.1") == ()
