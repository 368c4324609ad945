"""Names to addresses: only those that the gate admits come back, so the connection goes to what was decided on."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from crawler.fetching.addresses import Gate
from crawler.fetching.failures import FetchFailedError
from ledger.encoding import moment_text
from ledger.exchange import Headers
from ledger.reason import Reason

Lookup = Callable[[str, int, socket.AddressFamily], Awaitable[Sequence[tuple[Any, ...]]]]
"""Answers as ``socket.getaddrinfo`` does."""


async def system_lookup(host: str, port: int, family: socket.AddressFamily) -> Sequence[tuple[Any, ...]]:
    """The system's own resolver, so hosts files and local names work."""
    return await asyncio.get_running_loop().getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)


def guest_connector(resolver: GatedResolver) -> aiohttp.TCPConnector:
    """Connections of a guest: one a host, and only to addresses that the gate admitted when the name was resolved."""
    return aiohttp.TCPConnector(resolver=resolver, limit_per_host=1)


class GatedResolver(AbstractResolver):
    """Resolver (域名解析) behind the gate."""

    def __init__(self, gate: Gate, lookup: Lookup = system_lookup) -> None:
        self._gate = gate
        self._lookup = lookup
        self._answers: dict[str, Headers] = {}

    def notes(self, host: str) -> Headers:
        """The newest answer for a host and when it came, for the archive; nothing for an address that is no name."""
        return self._answers.get(host, ())

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Addresses of a host that may be connected to.

        Raises:
            FetchFailedError: when it has addresses and none may be connected to.
        """
        found = await self._lookup(host, port, family)
        places = dict.fromkeys(str(place[0]) for *_, place in found)
        self._answers[host] = (("dnsAnswer", " ".join(places)), ("dnsAnsweredAt", moment_text(datetime.now(UTC))))
        admitted = [
            ResolveResult(
                hostname=host,
                host=str(place[0]),
                port=port,
                family=kind,
                proto=protocol,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, protocol, _, place in found
            if self._gate.admits(f"{host}:{port}", str(place[0]))
        ]
        if found and not admitted:
            raise FetchFailedError(Reason.ADDRESS_BLOCKED, f"{host} resolves to addresses that are not global")
        return admitted

    async def close(self) -> None:
        """Nothing is held open."""
