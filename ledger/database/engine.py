"""Opening the database: connection settings, schema upgrades under a lock."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError

from ledger.errors import LedgerNotUpgradedError, LedgerTooNewError

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
BUSY_MILLISECONDS = 60_000
"""How long a writer waits for another (the scheduler's second look beside a night) before it gives up."""
_UPGRADE_LOCK = 0x6D696E67
"""Key of PostgreSQL's advisory lock for upgrades ("ming")."""

_SQLITE_FULL = frozenset({"SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_SHMMAP"})
"""SHM: the index beside SQLite's log has no room to grow."""
_POSTGRES_FULL = "53100"
_POSTGRES_FORBIDDEN = "42501"
_DROPS = frozenset({sqlite3.SQLITE_DROP_TABLE, sqlite3.SQLITE_DROP_TRIGGER, sqlite3.SQLITE_ALTER_TABLE})
_GUARDING_PRAGMAS = frozenset({"writable_schema", "recursive_triggers"})


def open_engine(url: str) -> Engine:
    """An engine on an up-to-date database; makes the database file of SQLite and its folder if there is none.

    Raises:
        LedgerTooNewError: when a newer program made the database.
        LedgerNotUpgradedError: when an older one made it and this role may not change its tables.
        OSError: with ``ENOSPC`` when the disk is full.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, connect_args={"timeout": BUSY_MILLISECONDS / 1000})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(parsed, pool_pre_ping=True)
        event.listen(engine, "begin", _begin_postgres)
    try:
        with full_disk_named():
            _upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def full_disk_named() -> Iterator[None]:
    """A database that finds the disk full says so as the archive does: ``OSError`` with ``ENOSPC``."""
    try:
        yield
    except DBAPIError as error:
        name = getattr(error.orig, "sqlite_errorname", "")
        if name not in _SQLITE_FULL and getattr(error.orig, "sqlstate", "") != _POSTGRES_FULL:
            raise
        raise OSError(errno.ENOSPC, "no room for the database; nothing of this step is recorded") from error


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # isolation_level None: the driver's own implicit BEGIN would come too late and be deferred
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    # FULL and not NORMAL: a committed row must survive a power cut
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    # a REPLACE that deletes a row is then heard by the triggers that refuse it
    cursor.execute("PRAGMA recursive_triggers=ON")
    cursor.close()
    connection.set_authorizer(_keep_schema)


def _keep_schema(action: int, first: str | None, second: str | None, *_where: str | None) -> int:
    """SQLite has no roles; this much it can refuse to the program itself: to do away with the triggers."""
    if action == sqlite3.SQLITE_PRAGMA:
        setting = second is not None and (first or "").casefold() in _GUARDING_PRAGMAS
        return sqlite3.SQLITE_DENY if setting else sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY if action in _DROPS else sqlite3.SQLITE_OK


@contextmanager
def _schema_open(connection: Connection) -> Iterator[None]:
    """Migrations may change the schema."""
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.set_authorizer(None)
    try:
        yield
    finally:
        driver.set_authorizer(_keep_schema)


def _begin_sqlite(connection: Connection) -> None:
    # readers stay deferred and so never wait for a writer
    options = connection.get_execution_options()
    if options.get("reads_only", False):
        connection.exec_driver_sql("BEGIN")
        return
    # set each time, for the connection comes from a pool; inside a transaction it may not be changed
    connection.exec_driver_sql(f"PRAGMA synchronous={'NORMAL' if options.get('lasts_with_next') else 'FULL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_postgres(connection: Connection) -> None:
    if connection.get_execution_options().get("lasts_with_next"):
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")


def _upgrade(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    newest = script.get_current_head()
    with engine.connect().execution_options(reads_only=True) as connection:
        if _revision_of(connection) == newest:
            return
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        found = _revision_of(connection)
        if found is not None and found not in known:
            raise LedgerTooNewError(engine.url.render_as_string(), found, str(newest))
        config.attributes["connection"] = connection
        try:
            with _schema_open(connection):
                command.upgrade(config, "head")
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", "") != _POSTGRES_FORBIDDEN:
                raise
            raise LedgerNotUpgradedError(engine.url.render_as_string(), found, str(newest)) from error


def _revision_of(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
