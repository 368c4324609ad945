"""SIGKILL at random points: nothing acknowledged is lost, nothing cited is unreadable, nothing is doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_literal import NOW, visit_of
from sqlalchemy import func, select
from warcio.archiveiterator import ArchiveIterator

from ledger.database import tables
from ledger.database.engine import open_engine
from ledger.ledger import Ledger
from ledger.night import LookKind, NightState

PROJECT = Path(__file__).resolve().parents[3]


def _killed_after(url: str, archive: Path, seed: int, seconds: float) -> list[str]:
    """Addresses that a writer acknowledged before it was killed, so long after it was ready."""
    command = [sys.executable, str(Path(__file__).with_name("archive_writer.py")), url, str(archive), str(seed)]
    child = subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(PROJECT)}
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    alarm = threading.Timer(seconds, child.send_signal, [signal.SIGKILL])
    alarm.start()
    said = child.stdout.read()
    assert child.wait() == -signal.SIGKILL
    # the last line may have been cut by the kill
    return [line for line in said.split("\n")[:-1] if line]


@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_kills_lose_nothing(database_url: str, reopen: Callable[..., Ledger], tmp_path: Path, kills: int) -> None:
    chance = random.Random(46)
    acknowledged: list[str] = []
    for seed in range(kills):
        acknowledged += _killed_after(database_url, tmp_path / "archive", seed, chance.uniform(0.01, 0.25))

    ledger = reopen(file_limit=200_000)
    night = ledger.nights("wanzhou")[0]
    look = ledger.begin_look(night.id, LookKind.FIRST, NOW)
    arrivals = list(ledger.arrivals(look.id))
    engine = open_engine(database_url)
    with engine.connect() as connection:
        cited = connection.execute(select(tables.snapshot.c.id)).scalars().all()
        files = connection.execute(select(func.count(tables.snapshot.c.archive_file.distinct()))).scalar_one()
    engine.dispose()

    done = [arrival.url for arrival in arrivals]
    assert len(done) == len(set(done))
    assert set(acknowledged) <= set(done)
    # each kill may have stored one arrival that it could no longer say
    assert len(acknowledged) <= len(done) <= len(acknowledged) + kills
    assert len(done) > kills
    assert len(done) <= len(cited) <= len(done) + kills
    for snapshot_id in cited:
        assert ledger.read_snapshot(snapshot_id).status == 200
    assert len(ledger.pending(look.id)) <= kills

    ledger.want(look.id, [visit_of("http://a/after")])
    ledger.end_night(night.id, NightState.FINISHED, NOW)
    paths = sorted((tmp_path / "archive").iterdir())
    assert {path.name[-8:] for path in paths} == {".warc.gz"}
    assert len(paths) >= files
    kinds = []
    for path in paths:
        with path.open("rb") as stream:
            kinds += [record.rec_type for record in ArchiveIterator(stream, check_digests="raise")]
    responses = kinds.count("response") + kinds.count("revisit")
    assert len(cited) <= responses <= len(cited) + kills
