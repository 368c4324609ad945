"""Capture under SIGKILL: after each kill every row that cites a record finds that record whole, and nothing is doubled.

Usage: python tests/bench/kill_capture.py [--kills 150] [--seed 46]
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
WRITER = PROJECT / "tests" / "ledger" / "archive" / "archive_writer.py"
sys.path[:0] = [str(PROJECT), str(WRITER.parent)]

from archive_writer import NOW  # noqa: E402 - beside the test that it was made for

from ledger.errors import LedgerError  # noqa: E402
from ledger.ledger import Ledger  # noqa: E402
from ledger.night import Look, LookKind  # noqa: E402

FILE_LIMIT = 200_000


def main() -> int:
    """Kill, open again, read all that is cited; exit 1 when a cited record is missing or an arrival is doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=150)
    parser.add_argument("--seed", type=int, default=46)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="mingcha-kill-"))
    url, archive, chance = f"sqlite:///{folder / 'ledger.sqlite'}", folder / "archive", random.Random(chosen.seed)
    said: set[str] = set()
    read: set[str] = set()
    lost = doubled = unsaid = 0
    for number in range(chosen.kills):
        said |= set(killed(url, archive, number, chance.uniform(0.005, 0.2)))
        with Ledger.open(url, archive, file_limit=FILE_LIMIT) as ledger:
            look = ledger.begin_look(ledger.nights("wanzhou")[0].id, LookKind.FIRST, NOW)
            missing, twice, gone = compared(ledger, look, said, read)
        lost, doubled, unsaid = lost + missing, doubled + twice, unsaid + gone
    print(
        f"{chosen.kills} kills while pages were captured: {len(said)} acknowledged, {len(read)} cited records read back"
    )
    print(f"cited and not readable {lost}, acknowledged and not there {unsaid}, doubled {doubled}")
    shutil.rmtree(folder)
    return 1 if lost or doubled or unsaid else 0


def killed(url: str, archive: Path, seed: int, seconds: float) -> list[str]:
    """Addresses that a writer acknowledged before it was killed, so long after it was ready."""
    command = [
        sys.executable,
        str(WRITER),
        url,
        str(archive),
        str(seed),
    ]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment, cwd=PROJECT
    )
    assert child.stdout is not None
    child.stdout.readline()
    threading.Timer(seconds, child.send_signal, [signal.SIGKILL]).start()
    lines = child.stdout.read().split("\n")[:-1]
    child.wait()
    return [line for line in lines if line]


def compared(ledger: Ledger, look: Look, said: set[str], read: set[str]) -> tuple[int, int, int]:
    """How many cited records cannot be read, arrivals stand twice, and acknowledged ones are gone."""
    arrived = ledger.arrived(look.id)
    urls = [one.url for one in arrived]
    lost = 0
    for one in arrived:
        if one.snapshot_id and one.snapshot_id not in read:
            try:
                ledger.read_snapshot(one.snapshot_id)
            except LedgerError:
                lost += 1
            read.add(one.snapshot_id)
    return lost, len(urls) - len(set(urls)), len(said - set(urls))


if __name__ == "__main__":
    raise SystemExit(main())
