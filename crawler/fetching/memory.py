"""What this look was already answered, as long as it fits: a browser asks again for the scripts of every page."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from crawler.fetching.wire import Wire

MEMORY_BYTES = 48 * 1024 * 1024
ANSWER_BYTES = 8 * 1024 * 1024
"""A longer answer is not remembered."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """Remembered answer (已收到的响应), archived already."""

    wire: Wire
    snapshot_id: str


class Memory:
    """Memory (响应缓存) of one look: whole 200 answers to GET, by address; the ones not used longest are forgotten."""

    def __init__(self, limit: int = MEMORY_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._answers: OrderedDict[str, Remembered] = OrderedDict()

    def keep(self, wire: Wire, snapshot_id: str) -> None:
        """Remember an answer, if it is one that would be given again."""
        if wire.method != "GET" or wire.status != 200 or wire.trouble or wire.renders or len(wire.body) > ANSWER_BYTES:
            return
        self._forget(wire.target_uri)
        self._answers[wire.target_uri] = Remembered(wire, snapshot_id)
        self._size += len(wire.body)
        while self._size > self._limit:
            self._forget(next(iter(self._answers)))

    def find(self, url: str) -> Remembered | None:
        """The answer to an address, if it is still known."""
        found = self._answers.get(url)
        if found is not None:
            self._answers.move_to_end(url)
        return found

    def _forget(self, url: str) -> None:
        forgotten = self._answers.pop(url, None)
        if forgotten is not None:
            self._size -= len(forgotten.wire.body)
