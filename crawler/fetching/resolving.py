"""Names to addresses: only those that the gate admits come back, so the connection goes to what was decided on."""

from __future__ import annotations

import asyncio
import socket

from aiohttp.abc import AbstractResolver, ResolveResult

from crawler.fetching.addresses import Gate
from crawler.fetching.failures import FetchFailedError
from ledger.reason import Reason


class GatedResolver(AbstractResolver):
    """Resolver (域名解析) behind the gate; the system's own, so hosts files and local names work."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Addresses of a host that may be connected to.

        Raises:
            FetchFailedError: when it has addresses and none may be connected to.
        """
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
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
