"""On SQLite, which has no roles: REPLACE is refused on any connection, and the program drops no trigger."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Table, UniqueConstraint, text
from sqlalchemy.exc import DBAPIError

from ledger.database import tables
from ledger.database.engine import open_engine
from ledger.ledger import Ledger

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("table", tables.metadata.sorted_tables, ids=lambda table: table.name)
def test_a_row_cannot_be_replaced(full: Path, table: Table, recursive: str) -> None:
    name = table.name
    plain = sqlite3.connect(full, isolation_level=None)
    plain.execute(f"PRAGMA recursive_triggers={recursive}")
    before = plain.execute(f"SELECT * FROM {name}").fetchall()
    assert before

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        plain.execute(f"INSERT OR REPLACE INTO {name} SELECT * FROM {name}")
    assert plain.execute(f"SELECT * FROM {name}").fetchall() == before
    plain.close()


UNIQUE = [
    (table.name, [column.name for column in constraint.columns])
    for table in tables.metadata.sorted_tables
    for constraint in (*table.constraints, *table.indexes)
    if isinstance(constraint, UniqueConstraint) or getattr(constraint, "unique", False)
]


@pytest.mark.parametrize(("name", "key"), UNIQUE)
def test_a_row_cannot_be_replaced_by_its_other_key(full: Path, name: str, key: list[str]) -> None:
    plain = sqlite3.connect(full, isolation_level=None)
    before = plain.execute(f"SELECT * FROM {name}").fetchall()
    columns = [column.name for column in tables.metadata.tables[name].columns]
    altered = ["4711" if column == columns[0] else f'"{column}"' for column in columns]
    assert columns[0] not in key
    with suppress(sqlite3.IntegrityError):  # refused loudly, or passed over as the program's own repetition
        plain.execute(f"INSERT OR REPLACE INTO {name} SELECT {', '.join(altered)} FROM {name}")
    assert plain.execute(f"SELECT * FROM {name}").fetchall() == before
    plain.close()


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER verdict_refuses_update",
        "DROP TABLE verdict",
        "ALTER TABLE verdict RENAME TO other",
        "PRAGMA writable_schema=ON",
        "PRAGMA recursive_triggers=OFF",
    ],
)
def test_the_program_cannot_do_away_with_a_trigger(database_url: str, statement: str) -> None:
    engine = open_engine(database_url)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="not authorized"):
        connection.execute(text(statement))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA recursive_triggers").scalar() == 1
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM night",
        "UPDATE night SET night = '2020-01-01'",
        "UPDATE night SET facts = '{}'",
        "DELETE FROM look",
        "UPDATE look SET obligation_ids = '[]'",
    ],
)
def test_of_nights_and_looks_only_their_end_is_noted(full: Path, statement: str) -> None:
    with sqlite3.connect(full) as plain, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        plain.execute(statement)


@pytest.fixture
def full(database_url: str, full_ledger: Ledger) -> Path:
    """Database file of a ledger with a row in every table."""
    full_ledger.close()
    return Path(database_url.removeprefix("sqlite:///"))
