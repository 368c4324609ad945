"""The database is set up safely, upgraded once, and never used by a program that is too old."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from ledger.database import tables
from ledger.database.engine import open_engine
from ledger.errors import LedgerTooNewError
from ledger.ledger import Ledger


def test_the_migrations_make_the_tables_that_the_code_uses(database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()


def test_sqlite_survives_a_power_cut_and_checks_references(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/new/folder/mingcha.db")
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 60_000}


def test_a_citation_waits_for_no_disk_and_what_rests_on_it_does(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/mingcha.db")
    modes = []
    for options in ({"lasts_with_next": True}, {}, {"lasts_with_next": True}, {}):
        with engine.connect().execution_options(**options) as connection, connection.begin():
            modes.append(connection.exec_driver_sql("PRAGMA synchronous").scalar())
    engine.dispose()

    assert modes == [1, 2, 1, 2]


def test_a_database_in_memory_can_be_opened() -> None:
    engine = open_engine("sqlite://")
    assert engine.dialect.name == "sqlite"
    engine.dispose()


def test_opening_again_changes_nothing(database_url: str, reopen: Callable[..., Ledger]) -> None:
    reopen().add_event("started", {"pid": "1"})

    assert reopen().events() == (("started", None, {"pid": "1"}),)


def test_a_newer_database_is_refused_and_left_alone(database_url: str, reopen: Callable[..., Ledger]) -> None:
    reopen().close()
    engine = open_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    with pytest.raises(
        LedgerTooNewError, match="has schema 9999, this program knows schemas up to 0002; run the newer"
    ):
        reopen()


def test_several_programs_may_open_an_empty_database_at_once(database_url: str, tmp_path: Path) -> None:
    program = "import sys; from ledger.database.engine import open_engine; open_engine(sys.argv[1]).dispose()"
    command = [sys.executable, "-c", program, database_url]
    project = Path(__file__).resolve().parents[3]

    running = [subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE) for _ in range(3)]

    assert [(one.communicate()[1], one.returncode) for one in running] == [(b"", 0)] * 3


def test_readers_do_not_wait_for_a_writer(database_url: str, ledger: Ledger) -> None:
    ledger.add_event("before", {})
    engine = open_engine(database_url)

    with engine.begin() as connection:
        connection.execute(text("INSERT INTO event (kind, facts) VALUES ('half', '{}')"))
        during = [kind for kind, *_ in ledger.events()]
    engine.dispose()

    assert during == ["before"]
    assert [kind for kind, *_ in ledger.events()] == ["before", "half"]
