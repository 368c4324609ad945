"""Rows of nights (核验批次) and looks (核验轮次), on a connection that the caller holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from ledger.database import tables as t
from ledger.database.statement import insert_new
from ledger.encoding import dumps
from ledger.errors import LedgerError
from ledger.night import Look, LookKind, Night, NightState

_LOOKS = select(t.look, t.night.c.night, t.night.c.replayed).join(t.night, t.look.c.night_id == t.night.c.id)


def add_night(connection: Connection, night: Mapping[str, Any], planned: Sequence[tuple[str, str]]) -> None:
    """Insert a night and what it plans, unless this district and date have one."""
    row = {**night, "planned_count": len(planned), "facts": dumps(dict(night["facts"]))}
    statement = insert_new(connection, t.night).returning(t.night.c.id)
    night_id = connection.execute(statement, row).scalar()
    if night_id is not None and planned:
        rows = [{"night_id": night_id, "obligation_id": obligation, "organ_id": organ} for obligation, organ in planned]
        connection.execute(insert(t.planned), rows)


def find_nights(connection: Connection, district_id: str) -> tuple[Night, ...]:
    """All nights of a district, oldest first."""
    rows = connection.execute(select(t.night).where(t.night.c.district_id == district_id).order_by(t.night.c.night))
    return tuple(_night(row) for row in rows)


def find_night(connection: Connection, district_id: str, night: date) -> Night | None:
    """The night of a district and date."""
    row = connection.execute(
        select(t.night).where(t.night.c.district_id == district_id, t.night.c.night == night)
    ).first()
    return None if row is None else _night(row)


def night_of_id(connection: Connection, night_id: int, *, lock: bool = False) -> Row[Any]:
    """One night's row; ``lock`` keeps others from numbering looks and judgements meanwhile (SQLite locks anyway)."""
    statement = select(t.night).where(t.night.c.id == night_id)
    row = connection.execute(statement.with_for_update() if lock else statement).first()
    if row is None:
        raise LedgerError(f"night {night_id}: the ledger holds no such night; begin it first")
    return row


def night_facts(connection: Connection, night_id: int) -> dict[str, str]:
    """What was noted when the night began."""
    facts: dict[str, str] = json.loads(night_of_id(connection, night_id).facts)
    return facts


def planned_of(connection: Connection, night_id: int) -> tuple[tuple[str, str], ...]:
    """Obligation id and organ id of all that the night plans, in plan order."""
    statement = select(t.planned.c.obligation_id, t.planned.c.organ_id).where(t.planned.c.night_id == night_id)
    return tuple((row[0], row[1]) for row in connection.execute(statement.order_by(t.planned.c.id)))


def set_night_end(connection: Connection, night_id: int, state: NightState, now: datetime) -> None:
    """Note how and when a night ended; a night that is judged again may end again."""
    night_of_id(connection, night_id, lock=True)
    finished_at = None if state is NightState.RUNNING else now
    connection.execute(
        update(t.night).where(t.night.c.id == night_id).values(state=state.value, finished_at=finished_at)
    )


def open_look(
    connection: Connection, night_id: int, kind: LookKind, now: datetime, obligation_ids: Sequence[str]
) -> Look:
    """The unfinished look of this kind, else a new one."""
    night_of_id(connection, night_id, lock=True)
    mine = t.look.c.night_id == night_id
    unfinished = _LOOKS.where(mine, t.look.c.kind == kind.value, t.look.c.finished_at.is_(None))
    row = connection.execute(unfinished.order_by(t.look.c.ordinal)).first()
    if row is None:
        ordinal = connection.execute(select(func.coalesce(func.max(t.look.c.ordinal), 0) + 1).where(mine)).scalar_one()
        connection.execute(
            insert(t.look).values(
                night_id=night_id,
                ordinal=ordinal,
                kind=kind.value,
                started_at=now,
                obligation_ids=dumps(list(obligation_ids)),
            )
        )
        row = connection.execute(_LOOKS.where(mine, t.look.c.ordinal == ordinal)).one()
    return _look(row)


def set_look_end(connection: Connection, look_id: int, now: datetime) -> int:
    """Note when a look ended, once; returns its night's id."""
    night_id = look_of_id(connection, look_id).night_id
    connection.execute(
        update(t.look).where(t.look.c.id == look_id, t.look.c.finished_at.is_(None)).values(finished_at=now)
    )
    return night_id


def look_of_id(connection: Connection, look_id: int) -> Look:
    """One look."""
    row = connection.execute(_LOOKS.where(t.look.c.id == look_id)).first()
    if row is None:
        raise LedgerError(f"look {look_id}: the ledger holds no such look; begin it first")
    return _look(row)


def looks_of_night(connection: Connection, night_id: int) -> tuple[Look, ...]:
    """Looks of a night in the order they began."""
    rows = connection.execute(_LOOKS.where(t.look.c.night_id == night_id).order_by(t.look.c.ordinal))
    return tuple(_look(row) for row in rows)


def looks_of_district(connection: Connection, district_id: str) -> tuple[Look, ...]:
    """All looks of a district, oldest night first."""
    statement = _LOOKS.where(t.night.c.district_id == district_id).order_by(t.night.c.night, t.look.c.ordinal)
    return tuple(_look(row) for row in connection.execute(statement))


def _night(row: Row[Any]) -> Night:
    return Night(
        id=row.id,
        district_id=row.district_id,
        night=row.night,
        state=NightState(row.state),
        started_at=row.started_at,
        finished_at=row.finished_at,
        planned_count=row.planned_count,
        confirm_now=row.confirm_now,
        replayed=row.replayed,
    )


def _look(row: Row[Any]) -> Look:
    return Look(
        id=row.id,
        night_id=row.night_id,
        night=row.night,
        ordinal=row.ordinal,
        kind=LookKind(row.kind),
        started_at=row.started_at,
        finished_at=row.finished_at,
        obligation_ids=tuple(json.loads(row.obligation_ids)),
        replayed=row.replayed,
    )
