"""A child process for the kill test: keeps responses without end, and says each one that is acknowledged."""

from __future__ import annotations

import random
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import structlog

from ledger.exchange import Exchange
from ledger.ledger import Ledger
from ledger.night import LookKind
from ledger.work import Arrival, Visit, visit_key

NOW = datetime(2021, 11, 30, 18, 0, tzinfo=UTC)


def write_without_end(url: str, archive: Path, seed: int) -> None:
    """Want, keep and record visit after visit; a third of them repeat an earlier payload."""
    chance = random.Random(seed)
    large = bytes(chance.randbytes(5000))
    with Ledger.open(url, archive, file_limit=200_000) as ledger:
        night = ledger.begin_night(
            "wanzhou", date(2021, 11, 30), planned=[], facts={}, confirm_now=False, replayed=False, now=NOW
        )
        look = ledger.begin_look(night.id, LookKind.FIRST, NOW)
        print("ready", flush=True)
        for number in range(1_000_000):
            address = f"http://a/{seed}/{number}"
            visit = Visit(visit_key(address), address)
            ledger.want(look.id, [visit])
            body = large if number % 3 == 0 else chance.randbytes(chance.randrange(1, 30_000))
            at = NOW + timedelta(seconds=number)
            snapshot = ledger.keep(Exchange(address, 200, (("X", str(number)),), body, at))
            ledger.record_arrival(look.id, Arrival(visit, address, 200, (), body, snapshot.id, at))
            print(address, flush=True)


if __name__ == "__main__":
    # standard output is what the test reads; what the ledger logs (a torn tail) goes elsewhere
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    write_without_end(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
