"""Rights of the program's own database role on PostgreSQL: it may add, and note how a night ended; nothing else."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, text

from ledger.database import tables as t
from ledger.errors import RoleTooStrongError

SCHEDULE = "schedule"
"""The scheduler's list of jobs, no evidence: jobs are changed and deleted there."""

_POWERS = text(
    "SELECT rolsuper, rolcreaterole, rolreplication, "
    "(SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid AND relname = ANY(:tables)) AS owned, "
    "(SELECT string_agg(DISTINCT tableowner, ', ') FROM pg_tables WHERE schemaname = current_schema() "
    " AND tablename = ANY(:tables) AND pg_has_role(:role, tableowner, 'MEMBER')) AS owners "
    "FROM pg_roles WHERE rolname = :role"
)


def grant(engine: Engine, role: str) -> tuple[str, ...]:
    """Give a role the rights that the program needs and take all others away; returns the SQL that was run.

    Args:
        engine: connected as the owner of the tables, which are up to date.
        role: an existing role with LOGIN.

    Raises:
        RoleTooStrongError: there is no such role, or it could change what was written in spite of the grants.
    """
    with engine.begin() as connection:
        _refuse_strong(connection, role)
        statements = _statements(connection, role)
        for statement in statements:
            connection.exec_driver_sql(statement.replace("%", "%%"))
    return statements


def _refuse_strong(connection: Connection, role: str) -> None:
    if connection.dialect.name != "postgresql":
        raise RoleTooStrongError(role, "only PostgreSQL has roles; on SQLite triggers refuse every change")
    names = [table.name for table in t.metadata.sorted_tables]
    found = connection.execute(_POWERS, {"role": role, "tables": names}).first()
    if found is None:
        raise RoleTooStrongError(role, "there is no such role; make it with CREATE ROLE ... LOGIN")
    if found.rolsuper or found.rolcreaterole or found.rolreplication:
        raise RoleTooStrongError(role, "it is a superuser, or makes roles or replicates; choose a plain role")
    if found.owned or found.owners:
        raise RoleTooStrongError(role, "it owns the tables, or is a member of a role that does; choose another")


def _statements(connection: Connection, role: str) -> tuple[str, ...]:
    quoted = connection.dialect.identifier_preparer.quote_identifier
    schema, database = connection.execute(text("SELECT current_schema(), current_database()")).one()
    to, place = quoted(role), quoted(schema)
    made = [
        f"REVOKE CREATE ON SCHEMA {place} FROM PUBLIC, {to}",
        f"REVOKE TEMPORARY ON DATABASE {quoted(database)} FROM PUBLIC, {to}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {place} FROM {to}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {place} FROM {to}",
        f"GRANT USAGE ON SCHEMA {place} TO {to}",
        f"GRANT SELECT ON {place}.alembic_version TO {to}",
    ]
    for table in t.metadata.sorted_tables:
        made.append(f"REVOKE ALL ON {place}.{quoted(table.name)} FROM PUBLIC")
        made.append(f"GRANT SELECT, INSERT ON {place}.{quoted(table.name)} TO {to}")
        if columns := t.CHANGING.get(table):
            made.append(f"GRANT UPDATE ({', '.join(map(quoted, columns))}) ON {place}.{quoted(table.name)} TO {to}")
    sequences = text("SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1")
    # USAGE draws the next number; setting a sequence back would need UPDATE
    for name in connection.execute(sequences).scalars():
        made.append(f"GRANT USAGE ON SEQUENCE {place}.{quoted(name)} TO {to}")
    if connection.dialect.has_table(connection, SCHEDULE):
        made.append(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {place}.{quoted(SCHEDULE)} TO {to}")
    return tuple(made)
