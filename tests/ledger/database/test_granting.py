"""On PostgreSQL the program's own role can add and nothing else; the database refuses it, not the program."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from ledger_literal import NOW
from psycopg import sql
from sqlalchemy import create_engine

from ledger.custody import CustodyKind
from ledger.database import tables
from ledger.database.engine import MIGRATIONS, open_engine
from ledger.database.granting import grant
from ledger.errors import LedgerNotUpgradedError, RoleTooStrongError
from ledger.ledger import Ledger
from roles import granted_url, plain_role, url_of

pytestmark = pytest.mark.postgres

NAMES = [table.name for table in tables.metadata.sorted_tables]


def _refused(url: str, statement: str) -> str:
    with (
        psycopg.connect(url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege) as refusal,
    ):
        connection.execute(sql.SQL(statement))
    return str(refusal.value)


@pytest.fixture
def app_url(postgres_url: str) -> str:
    """The database as the program's role."""
    return granted_url(postgres_url)


@pytest.mark.parametrize("name", NAMES)
def test_no_row_can_be_changed_or_taken_away(app_url: str, name: str) -> None:
    first = next(iter(tables.metadata.tables[name].columns)).name
    for statement in (
        f"UPDATE {name} SET {first} = {first}",
        f"DELETE FROM {name}",
        f"TRUNCATE {name}",
        f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE",
    ):
        assert "permission denied" in _refused(app_url, statement)
    for statement in (
        f"DROP TRIGGER {name}_refuses_change ON {name}",
        f"ALTER TABLE {name} DISABLE TRIGGER ALL",
        f"ALTER TABLE {name} OWNER TO CURRENT_USER",
        f"DROP TABLE {name} CASCADE",
    ):
        assert "must be owner" in _refused(app_url, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "SET session_replication_role = replica",
        "UPDATE alembic_version SET version_num = '0001'",
        "CREATE TABLE mine (a int)",
        "CREATE TEMPORARY TABLE custody (a int)",
        "SELECT setval('observation_id_seq', 1)",
        "INSERT INTO custody VALUES (1, 'x', '', '', '', '', '') ON CONFLICT (number) DO UPDATE SET kind = 'y'",
        "SELECT * FROM custody FOR UPDATE",
        "UPDATE night SET facts = '{}'",
        "UPDATE look SET obligation_ids = '[]'",
    ],
)
def test_no_way_around(app_url: str, statement: str) -> None:
    assert _refused(app_url, statement)


def test_the_role_cannot_give_itself_more(app_url: str) -> None:
    with psycopg.connect(app_url) as connection:
        # PostgreSQL only warns here
        connection.execute("GRANT ALL ON custody TO CURRENT_USER")
        may = connection.execute("SELECT has_table_privilege('custody', 'UPDATE, DELETE, TRUNCATE')").fetchone()
    assert may == (False,)


def test_the_owner_himself_meets_the_triggers(postgres_url: str) -> None:
    open_engine(postgres_url).dispose()
    for name in NAMES:
        first = next(iter(tables.metadata.tables[name].columns)).name
        for statement in (f"DELETE FROM {name}", f"UPDATE {name} SET {first} = {first}", f"TRUNCATE {name} CASCADE"):
            # ALWAYS triggers fire for one that calls itself a replica, too
            with (
                psycopg.connect(postgres_url, options="-c session_replication_role=replica") as connection,
                pytest.raises(psycopg.errors.RaiseException, match="is append-only"),
            ):
                connection.execute(sql.SQL(statement))


def test_the_program_opens_an_up_to_date_database_without_the_owner(app_url: str, tmp_path: Path) -> None:
    with Ledger.open(app_url, tmp_path / "archive") as ledger:
        ledger.add_custody(CustodyKind.EXPORTED, {}, actor="张三", now=NOW)
        assert ledger.broken_link() is None


def test_an_older_database_asks_for_the_owner(postgres_url: str, tmp_path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    role = plain_role(postgres_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"GRANT SELECT ON alembic_version TO {_quoted(role)}")
    engine.dispose()

    with pytest.raises(LedgerNotUpgradedError, match=r"has schema 0001, .*mingcha custody grant ROLE"):
        Ledger.open(url_of(postgres_url, role), tmp_path / "archive")


def test_a_role_that_grants_cannot_bind_is_refused(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    member = plain_role(postgres_url)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(sql.SQL("GRANT app TO {}").format(sql.Identifier(member)))

    for role, problem in (
        ("nobody here", "there is no such role"),
        (plain_role(postgres_url, "SUPERUSER LOGIN"), "it is a superuser"),
        (plain_role(postgres_url, "CREATEROLE LOGIN"), "or makes roles"),
        (member, "a member of a role that does"),
    ):
        with pytest.raises(RoleTooStrongError, match=problem):
            grant(engine, role)
    engine.dispose()


def test_sqlite_has_no_roles(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/mingcha.db")
    with pytest.raises(RoleTooStrongError, match="only PostgreSQL has roles"):
        grant(engine, "mingcha")
    engine.dispose()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
