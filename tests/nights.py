"""Whole nights as child processes, and the table by which two nights are compared; for tests and benches."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from catalog.obligation import Obligation
from ledger.ledger import Ledger
from ledger.verdict import NightStanding
from nightly.preparing import Prepared, prepare
from nightly.settings import read_settings

ROW_FIELDS = ("obligation", "standing", "suspected", "reason", "url", "match", "caused_by", "evidence")


def command(district: Path, data: Path, *options: str, verb: str = "run") -> list[str]:
    """The command line of one night."""
    return [sys.executable, "-m", "nightly.cli", verb, str(district), "--data", str(data), *options]


def run(district: Path, data: Path, *options: str, verb: str = "run") -> subprocess.CompletedProcess[str]:
    """Run one night to its end.

    Raises:
        AssertionError: when it exits with anything but 0; holds what it printed.
    """
    done = subprocess.run(command(district, data, *options, verb=verb), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def run_killed(district: Path, data: Path, *options: str, kills: int, within: float, seed: int) -> int:
    """Run one night and SIGKILL it at random moments; then let the same command finish.

    Args:
        within: seconds after the start within which each kill falls.

    Returns:
        How many kills really hit a running night.
    """
    chance = random.Random(seed)
    hits = 0
    for _ in range(kills):
        child = subprocess.Popen(
            command(district, data, *options),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            child.wait(timeout=chance.uniform(0.3, within))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            hits += 1
    run(district, data, *options)
    return hits


@dataclass(frozen=True, slots=True)
class Table:
    """A night's table: one row an obligation, compared as CONTRACTS says (kill test "equal")."""

    rows: tuple[tuple[object, ...], ...]
    planned: int
    arrivals: int

    def differences(self, other: Table) -> list[tuple[object, ...]]:
        """Rows that only one of the two has."""
        return sorted(set(self.rows) ^ set(other.rows), key=str)


def table(district: Path, data: Path, night: date) -> Table:
    """Read the table of a finished night from its ledger."""
    prepared = prepare(str(district), night)
    with opened(data) as ledger:
        found = ledger.night(prepared.district.id, night)
        assert found is not None
        rows = tuple(_row(ledger, prepared, one) for one in ledger.standings(found.id))
        arrivals = sum(1 for look in ledger.looks(found.id) for _ in ledger.arrivals(look.id))
        return Table(rows, len(ledger.planned(found.id)), arrivals)


def _row(ledger: Ledger, prepared: Prepared, one: NightStanding) -> tuple[object, ...]:
    digests = tuple(sorted(ledger.snapshot(snapshot).payload_digest for snapshot in one.evidence))
    values = (one.standing, one.suspected, one.reason, one.url, one.match, one.caused_by)
    return (one.obligation_id, *(str(value or "") for value in values), digests)


@contextmanager
def opened(data: Path) -> Iterator[Ledger]:
    """The ledger of a data folder."""
    settings = read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        yield ledger


def of_id(obligations: tuple[Obligation, ...], obligation_id: str) -> Obligation:
    """The obligation with this id."""
    return next(one for one in obligations if one.id == obligation_id)


def seconds(district: Path, data: Path, *options: str) -> float:
    """How long one whole night takes."""
    began = time.monotonic()
    run(district, data, *options)
    return time.monotonic() - began
