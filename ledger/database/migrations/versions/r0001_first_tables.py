"""The first tables, and triggers that keep what was seen and judged as it was written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = (
    "planned",
    "visit",
    "snapshot",
    "arrival",
    "observation",
    "judgement",
    "verdict",
    "finding",
    "standing",
    "gap",
    "review",
    "event",
)


def upgrade() -> None:
    """Make all tables, then the triggers."""
    _make_independent_tables()
    _make_looks_and_plan()
    _make_observations_and_visits()
    _make_arrivals()
    _make_judged_tables()
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _guard_sqlite() -> None:
    for table in APPEND_ONLY:
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _make_independent_tables() -> None:
    op.create_table(
        "event",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.String(length=27), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_table(
        "night",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=False),
        sa.Column("finished_at", sa.String(length=27), nullable=True),
        sa.Column("planned_count", sa.Integer(), nullable=False),
        sa.Column("confirm_now", sa.Boolean(), nullable=False),
        sa.Column("replayed", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_night"),
        sa.UniqueConstraint("district_id", "night", name="uq_night_district_id_night"),
    )
    op.create_table(
        "review",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("gap_id", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
    )
    op.create_index("ix_review_district_id", "review", ["district_id"], unique=False)
    op.create_table(
        "snapshot",
        sa.Column("number", KEY, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("target_uri", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.String(length=27), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("payload_digest", sa.String(length=71), nullable=False),
        sa.Column("archive_file", sa.Text(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("refers_to", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["refers_to"], ["snapshot.id"], name="fk_snapshot_refers_to_snapshot"),
        sa.PrimaryKeyConstraint("number", name="pk_snapshot"),
        sa.UniqueConstraint("id", name="uq_snapshot_id"),
    )
    op.create_index("ix_snapshot_archive_file", "snapshot", ["archive_file"], unique=False)
    op.create_index("ix_snapshot_payload_digest", "snapshot", ["payload_digest"], unique=False)


def _make_looks_and_plan() -> None:
    op.create_table(
        "look",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("night_id", KEY, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=False),
        sa.Column("finished_at", sa.String(length=27), nullable=True),
        sa.Column("obligation_ids", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["night_id"], ["night.id"], name="fk_look_night_id_night"),
        sa.PrimaryKeyConstraint("id", name="pk_look"),
        sa.UniqueConstraint("night_id", "ordinal", name="uq_look_night_id_ordinal"),
    )
    op.create_table(
        "planned",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("night_id", KEY, nullable=False),
        sa.Column("obligation_id", sa.Text(), nullable=False),
        sa.Column("organ_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["night_id"], ["night.id"], name="fk_planned_night_id_night"),
        sa.PrimaryKeyConstraint("id", name="pk_planned"),
        sa.UniqueConstraint("night_id", "obligation_id", name="uq_planned_night_id_obligation_id"),
    )
    op.create_table(
        "judgement",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("night_id", KEY, nullable=False),
        sa.Column("look_id", KEY, nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["look_id"], ["look.id"], name="fk_judgement_look_id_look"),
        sa.ForeignKeyConstraint(["night_id"], ["night.id"], name="fk_judgement_night_id_night"),
        sa.PrimaryKeyConstraint("id", name="pk_judgement"),
        sa.UniqueConstraint("night_id", "subject", "version", name="uq_judgement_night_id_subject_version"),
    )


def _make_observations_and_visits() -> None:
    op.create_table(
        "observation",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("look_id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("payload_digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["look_id"], ["look.id"], name="fk_observation_look_id_look"),
        sa.PrimaryKeyConstraint("id", name="pk_observation"),
        sa.UniqueConstraint("look_id", "payload_digest", name="uq_observation_look_id_payload_digest"),
    )
    op.create_table(
        "visit",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("look_id", KEY, nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("referrer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["look_id"], ["look.id"], name="fk_visit_look_id_look"),
        sa.PrimaryKeyConstraint("id", name="pk_visit"),
        sa.UniqueConstraint("look_id", "key_digest", name="uq_visit_look_id_key_digest"),
    )


def _make_arrivals() -> None:
    op.create_table(
        "arrival",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("look_id", KEY, nullable=False),
        sa.Column("visit_id", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("snapshot_id", sa.String(length=36), nullable=True),
        sa.Column("fetched_at", sa.String(length=27), nullable=False),
        sa.Column("redirects", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["look_id"], ["look.id"], name="fk_arrival_look_id_look"),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name="fk_arrival_snapshot_id_snapshot"),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name="fk_arrival_visit_id_visit"),
        sa.PrimaryKeyConstraint("id", name="pk_arrival"),
        sa.UniqueConstraint("visit_id", name="uq_arrival_visit_id"),
    )
    op.create_index("ix_arrival_look_id", "arrival", ["look_id"], unique=False)


def _make_judged_tables() -> None:
    op.create_table(
        "finding",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("judgement_id", KEY, nullable=False),
        sa.Column("obligation_id", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgement.id"], name="fk_finding_judgement_id_judgement"),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
        sa.UniqueConstraint("judgement_id", "obligation_id", name="uq_finding_judgement_id_obligation_id"),
    )
    op.create_table(
        "gap",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("judgement_id", KEY, nullable=False),
        sa.Column("gap_id", sa.Text(), nullable=False),
        sa.Column("obligation_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgement.id"], name="fk_gap_judgement_id_judgement"),
        sa.PrimaryKeyConstraint("id", name="pk_gap"),
        sa.UniqueConstraint("judgement_id", "gap_id", name="uq_gap_judgement_id_gap_id"),
    )
    op.create_table(
        "standing",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("judgement_id", KEY, nullable=False),
        sa.Column("obligation_id", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgement.id"], name="fk_standing_judgement_id_judgement"),
        sa.PrimaryKeyConstraint("id", name="pk_standing"),
        sa.UniqueConstraint("judgement_id", "obligation_id", name="uq_standing_judgement_id_obligation_id"),
    )
    op.create_table(
        "verdict",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("judgement_id", KEY, nullable=False),
        sa.Column("obligation_id", sa.Text(), nullable=False),
        sa.Column("check_id", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgement.id"], name="fk_verdict_judgement_id_judgement"),
        sa.PrimaryKeyConstraint("id", name="pk_verdict"),
    )
    op.create_index("ix_verdict_judgement_id", "verdict", ["judgement_id"], unique=False)
