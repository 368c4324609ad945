"""SQL that SQLite and PostgreSQL spell alike but SQLAlchemy keeps in two places."""

from __future__ import annotations

import functools

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that passes over rows which are already there by any unique key."""
    return _insert_new(connection.dialect.name, table)


@functools.cache
def _insert_new(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
