"""The ledger's interface to the custody log (保管记录): appended one behind the other, read, and checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, text

from ledger.books.holding import Holding
from ledger.custody import NO_PREVIOUS, CustodyEvent, CustodyKind, broken_link, custody_digest
from ledger.database import tables as t
from ledger.encoding import dumps
from ledger.errors import LedgerError

_CHAIN_LOCK = 0x6D696E68
"""Key of PostgreSQL's advisory lock for the end of the chain: a table lock would need rights that nobody is given."""


class CustodyBook(Holding):
    """Custody book (保管记录簿): one hash chain a database."""

    def add_custody(self, kind: CustodyKind, facts: Mapping[str, str], *, actor: str, now: datetime) -> CustodyEvent:
        """Append one event behind the last; of several processes at once each waits for the one before.

        Args:
            actor: who or what did it, never empty.
            now: UTC.

        Raises:
            LedgerError: nobody is named.
        """
        if not actor.strip():
            raise LedgerError(f"custody event {kind}: it names nobody; set MINGCHA_OPERATOR")
        with self._change() as connection:
            return append_custody(connection, kind, facts, actor, now)

    def custody(self, kind: CustodyKind | None = None) -> tuple[CustodyEvent, ...]:
        """All events, oldest first; of one kind if it is given."""
        statement = select(t.custody).order_by(t.custody.c.number)
        if kind is not None:
            statement = statement.where(t.custody.c.kind == kind.value)
        with self._view() as connection:
            return tuple(_event(row) for row in connection.execute(statement))

    def broken_link(self) -> int | None:
        """Number of the first event that does not follow from the one before; None where the whole chain holds."""
        return broken_link(self.custody())


def append_custody(
    connection: Connection, kind: CustodyKind, facts: Mapping[str, str], actor: str, now: datetime
) -> CustodyEvent:
    """Append one event on a connection that the caller holds, in its transaction."""
    if connection.dialect.name == "postgresql":
        # SQLite has one writer at a time anyway
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    last = connection.execute(
        select(t.custody.c.number, t.custody.c.digest).order_by(t.custody.c.number.desc()).limit(1)
    ).first()
    number, previous = (last.number + 1, last.digest) if last else (1, NO_PREVIOUS)
    event = CustodyEvent(number, kind, now, actor, dict(facts), previous)
    event = replace(event, digest=custody_digest(event))
    row = {name: getattr(event, name) for name in CustodyEvent.__slots__}
    connection.execute(insert(t.custody), {**row, "kind": kind.value, "facts": dumps(dict(facts))})
    return event


def removal_of(connection: Connection, file_name: str) -> int | None:
    """Number of the event by which a retention rule removed this file; None where none did."""
    statement = select(t.custody.c.number, t.custody.c.facts).where(t.custody.c.kind == CustodyKind.REMOVED.value)
    rows = connection.execute(statement.order_by(t.custody.c.number))
    return next((row.number for row in rows if json.loads(row.facts).get("file") == file_name), None)


def _event(row: Row[tuple[object, ...]]) -> CustodyEvent:
    return CustodyEvent(
        number=row.number,
        kind=CustodyKind(row.kind),
        happened_at=row.happened_at,
        actor=row.actor,
        facts=json.loads(row.facts),
        previous=row.previous,
        digest=row.digest,
    )
