"""The custody log, and refusals that need no setting of a connection: REPLACE, deleted nights, edited looks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CUSTODY = "custody"
ABORT, IGNORE = "ABORT", "IGNORE"
UNIQUE: dict[str, tuple[str, tuple[str, ...], str]] = {
    # table: primary key, other unique key, what a row that has it already meets. IGNORE where the program itself adds
    # the same row twice (a resumed walk repeats itself): the second is passed over, as ON CONFLICT DO NOTHING asks
    "planned": ("id", ("night_id", "obligation_id"), ABORT),
    "visit": ("id", ("look_id", "key_digest"), IGNORE),
    "snapshot": ("number", ("id",), ABORT),
    "arrival": ("id", ("visit_id",), IGNORE),
    "observation": ("id", ("look_id", "payload_digest"), IGNORE),
    "judgement": ("id", ("night_id", "subject", "version"), ABORT),
    "verdict": ("id", (), ABORT),
    "finding": ("id", ("judgement_id", "obligation_id"), ABORT),
    "standing": ("id", ("judgement_id", "obligation_id"), ABORT),
    "gap": ("id", ("judgement_id", "gap_id"), ABORT),
    "review": ("id", (), ABORT),
    "event": ("id", (), ABORT),
    "custody": ("number", ("previous",), ABORT),
    "night": ("id", ("district_id", "night"), IGNORE),
    "look": ("id", ("night_id", "ordinal"), ABORT),
}
FIXED = {
    "night": ("id", "district_id", "night", "started_at", "planned_count", "confirm_now", "replayed", "facts"),
    "look": ("id", "night_id", "ordinal", "kind", "started_at", "obligation_ids"),
}
"""Columns of the two tables that change which do not: how a night ended may be noted again, nothing else."""


def upgrade() -> None:
    """Make the table, then the refusals."""
    op.create_table(
        CUSTODY,
        sa.Column("number", KEY, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.String(length=27), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_custody"),
        sa.UniqueConstraint("previous", name="uq_custody_previous"),
    )
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _guard_sqlite() -> None:
    for verb in ("update", "delete"):
        _refuse(f"{CUSTODY}_refuses_{verb}", f"BEFORE {verb.upper()} ON {CUSTODY}", CUSTODY)
    for table, columns in FIXED.items():
        _refuse(f"{table}_refuses_delete", f"BEFORE DELETE ON {table}", table)
        _refuse(f"{table}_refuses_update", f"BEFORE UPDATE OF {', '.join(columns)} ON {table}", table)
    for table, (key, unique, meets) in UNIQUE.items():
        # INSERT OR REPLACE deletes the older row, and without PRAGMA recursive_triggers no delete trigger hears of it
        steps = [_if_there(table, (key,), ABORT)] + ([_if_there(table, unique, meets)] if unique else [])
        op.execute(f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} BEGIN {' '.join(steps)} END")


def _refuse(name: str, when: str, table: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")


def _if_there(table: str, columns: tuple[str, ...], meets: str) -> str:
    same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
    raised = (
        f"RAISE(ABORT, '{table} is append-only: its unique {columns[0]} is taken')"
        if meets == ABORT
        else "RAISE(IGNORE)"
    )
    return f"SELECT {raised} WHERE EXISTS (SELECT 1 FROM {table} WHERE {same});"


def _guard_postgresql() -> None:
    events = {CUSTODY: "UPDATE OR DELETE OR TRUNCATE"}
    for table, columns in FIXED.items():
        events[table] = f"UPDATE OF {', '.join(columns)} OR DELETE OR TRUNCATE"
    for table, event in events.items():
        op.execute(
            f"CREATE TRIGGER {table}_refuses_change BEFORE {event} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    for table in UNIQUE:
        # ALWAYS: a session that calls itself a replica is refused too
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_refuses_change")
