"""The custody log is one chain, whoever appends to it and however many at once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from ledger_literal import NOW
from sqlalchemy import create_engine

from ledger.custody import NO_PREVIOUS, CustodyKind, broken_link, custody_digest
from ledger.database.engine import MIGRATIONS
from ledger.errors import LedgerError
from ledger.ledger import Ledger

PROJECT = Path(__file__).resolve().parents[3]
APPENDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ledger.custody import CustodyKind
from ledger.ledger import Ledger
with Ledger.open(sys.argv[1], Path(sys.argv[2])) as ledger:
    print("ready", flush=True)
    sys.stdin.readline()
    number, met = 0, False
    while number < 40 or not met:  # on until one of its own follows one of the other
        facts = {"of": sys.argv[3], "n": str(number)}
        made = ledger.add_custody(CustodyKind.EXPORTED, facts, actor="x", now=datetime.now(UTC))
        met = met or any(one.facts["of"] != sys.argv[3] for one in ledger.custody() if one.number < made.number)
        number += 1
"""


def test_events_follow_each_other(ledger: Ledger, reopen: Callable[..., Ledger]) -> None:
    first = ledger.add_custody(CustodyKind.EXPORTED, {"文件": "总览.html", "odd": "\ud800\x00"}, actor="张三", now=NOW)
    second = ledger.add_custody(CustodyKind.VIEWED, {}, actor="\x00", now=NOW)

    assert (first.number, first.previous) == (1, NO_PREVIOUS)
    assert (second.number, second.previous) == (2, first.digest)
    assert first.digest == custody_digest(first)
    assert reopen().custody() == (first, second)
    assert reopen().custody(CustodyKind.VIEWED) == (second,)
    assert ledger.broken_link() is None


def test_an_edited_a_missing_and_a_swapped_event_are_named(ledger: Ledger) -> None:
    for number in range(4):
        ledger.add_custody(CustodyKind.EXPORTED, {"n": str(number)}, actor="张三", now=NOW)
    one, two, three, four = ledger.custody()

    assert broken_link((one, replace(two, actor="李四"), three, four)) == 2
    assert broken_link((one, three, four)) == 2
    assert broken_link((one, two, four, three)) == 3
    forged = replace(two, actor="李四")
    assert broken_link((one, replace(forged, digest=custody_digest(forged)), three, four)) == 3


def test_an_event_names_somebody(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="it names nobody; set MINGCHA_OPERATOR"):
        ledger.add_custody(CustodyKind.VIEWED, {}, actor=" ", now=NOW)
    assert ledger.custody() == ()


def test_processes_that_append_at_once_do_not_fork_the_chain(database_url: str, ledger: Ledger, tmp_path: Path) -> None:
    words = [sys.executable, "-c", APPENDER, database_url, str(tmp_path / "archive")]
    running = [
        subprocess.Popen(
            [*words, name],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
        )
        for name in "ab"
    ]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    ended = []
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in running:
        ended.append((one.communicate()[1], one.returncode))

    assert ended == [("", 0)] * 2
    events = ledger.custody()
    assert ledger.broken_link() is None
    for name in "ab":
        numbers = [int(event.facts["n"]) for event in events if event.facts["of"] == name]
        assert numbers == list(range(len(numbers)))
        assert len(numbers) >= 40
    # both ran at the same time, else nothing was shown
    order = "".join(event.facts["of"] for event in events)
    assert "ab" in order
    assert "ba" in order


def test_a_database_of_the_first_release_is_upgraded(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql("INSERT INTO event (kind, facts) VALUES ('old', '{}')")
    engine.dispose()

    with Ledger.open(url, tmp_path / "archive") as ledger:
        assert ledger.events() == (("old", None, {}),)
        assert ledger.add_custody(CustodyKind.EXPORTED, {}, actor="张三", now=NOW).number == 1
    with sqlite3.connect(tmp_path / "old.db") as plain, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        plain.execute("DELETE FROM custody")
