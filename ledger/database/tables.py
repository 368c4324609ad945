"""Tables of the ledger (台账); what they hold, and nothing about how they are read or written."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from ledger.encoding import moment_of, moment_text


class Moment(TypeDecorator[datetime]):
    """Moment (时刻): UTC as sortable text, the same on every database."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else moment_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else moment_of(value)


class PageText(TypeDecorator[str]):
    """Text from a page or address (网页文字), which may hold what databases refuse: NUL, lone surrogates.

    Such text, and text that begins with a quotation mark, is stored as a JSON string.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or (value.isprintable() and not value.startswith('"')):
            return value
        return json.dumps(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        if isinstance(value, str) and value.startswith('"'):
            return str(json.loads(value))
        return value if value is None else str(value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key() -> Column[int]:
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def _of(table: str, *, nullable: bool = False) -> Column[Any]:
    return Column(f"{table}_id", ForeignKey(f"{table}.id"), nullable=nullable)


night = Table(
    "night",
    metadata,
    _key(),
    Column("district_id", Text, nullable=False),
    Column("night", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("planned_count", Integer, nullable=False),
    Column("confirm_now", Boolean, nullable=False),
    Column("replayed", Boolean, nullable=False),
    Column("facts", Text, nullable=False),
    UniqueConstraint("district_id", "night"),
)
planned = Table(
    "planned",
    metadata,
    _key(),
    _of("night"),
    Column("obligation_id", Text, nullable=False),
    Column("organ_id", Text, nullable=False),
    UniqueConstraint("night_id", "obligation_id"),
)
look = Table(
    "look",
    metadata,
    _key(),
    _of("night"),
    Column("ordinal", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("obligation_ids", Text, nullable=False),
    UniqueConstraint("night_id", "ordinal"),
)
visit = Table(
    "visit",
    metadata,
    _key(),
    _of("look"),
    # addresses may be longer than what an index of PostgreSQL takes (2,704 bytes)
    Column("key_digest", String(64), nullable=False),
    Column("key", PageText, nullable=False),
    Column("url", PageText, nullable=False),
    Column("kind", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("referrer", PageText, nullable=False),
    UniqueConstraint("look_id", "key_digest"),
)
snapshot = Table(
    "snapshot",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("target_uri", PageText, nullable=False),
    Column("fetched_at", Moment, nullable=False),
    Column("status", Integer, nullable=False),
    Column("content_type", PageText, nullable=False),
    Column("payload_digest", String(71), nullable=False),
    Column("archive_file", Text, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("address", Text, nullable=False),
    Column("refers_to", ForeignKey("snapshot.id")),
    Index(None, "payload_digest"),
    Index(None, "archive_file"),
)
arrival = Table(
    "arrival",
    metadata,
    _key(),
    _of("look"),
    Column("visit_id", ForeignKey("visit.id"), nullable=False, unique=True),
    Column("url", PageText, nullable=False),
    Column("status", Integer),
    Column("headers", Text, nullable=False),
    Column("snapshot_id", ForeignKey("snapshot.id")),
    Column("fetched_at", Moment, nullable=False),
    Column("redirects", Text, nullable=False),
    Column("reason", Text),
    Index(None, "look_id"),
)
observation = Table(
    "observation",
    metadata,
    _key(),
    _of("look"),
    Column("kind", Text, nullable=False),
    Column("root", Text, nullable=False),
    Column("steps", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("payload_digest", String(64), nullable=False),
    UniqueConstraint("look_id", "payload_digest"),
)
judgement = Table(
    "judgement",
    metadata,
    _key(),
    _of("night"),
    _of("look", nullable=True),
    Column("subject", Text, nullable=False),
    Column("version", Integer, nullable=False),
    # of a look: (look, findings); of a night: (night, standings) and (night, gaps)
    UniqueConstraint("night_id", "subject", "version"),
)
verdict = Table(
    "verdict",
    metadata,
    _key(),
    _of("judgement"),
    Column("obligation_id", Text, nullable=False),
    Column("check_id", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Index(None, "judgement_id"),
)
finding = Table(
    "finding",
    metadata,
    _key(),
    _of("judgement"),
    Column("obligation_id", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("payload", Text, nullable=False),
    UniqueConstraint("judgement_id", "obligation_id"),
)
standing = Table(
    "standing",
    metadata,
    _key(),
    _of("judgement"),
    Column("obligation_id", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("payload", Text, nullable=False),
    UniqueConstraint("judgement_id", "obligation_id"),
)
gap = Table(
    "gap",
    metadata,
    _key(),
    _of("judgement"),
    Column("gap_id", Text, nullable=False),
    Column("obligation_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("payload", Text, nullable=False),
    UniqueConstraint("judgement_id", "gap_id"),
)
review = Table(
    "review",
    metadata,
    _key(),
    Column("district_id", Text, nullable=False),
    Column("gap_id", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Index(None, "district_id"),
)
event = Table(
    "event",
    metadata,
    _key(),
    Column("kind", Text, nullable=False),
    Column("happened_at", Moment),
    Column("facts", Text, nullable=False),
)
custody = Table(
    "custody",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("happened_at", Moment, nullable=False),
    Column("actor", PageText, nullable=False),
    Column("facts", Text, nullable=False),
    # one event follows another once: a chain that forks cannot be stored
    Column("previous", String(64), nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
)

APPEND_ONLY = (
    planned,
    visit,
    snapshot,
    arrival,
    observation,
    judgement,
    verdict,
    finding,
    standing,
    gap,
    review,
    event,
    custody,
)
"""Tables in which nothing is ever changed or deleted; triggers refuse it."""
CHANGING = {night: ("state", "finished_at"), look: ("finished_at",)}
"""Tables in which a row's end is noted later, and the columns for it; all else of them stays."""
