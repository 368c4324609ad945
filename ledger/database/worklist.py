"""Rows of the work list (访问清单): visits wanted, snapshots kept, arrivals; on a connection that the caller holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from ledger.archive.page_archive import Kept
from ledger.database import tables as t
from ledger.database.statement import insert_new
from ledger.encoding import dumps
from ledger.reason import Reason
from ledger.snapshot import Snapshot
from ledger.work import Arrival, Visit, VisitKind

_SNAPSHOT = t.snapshot.c

# made once: building a statement costs more than SQLite needs to answer it
_VISIT_OF_KEY = select(t.visit.c.id).where(
    t.visit.c.look_id == bindparam("look_id"), t.visit.c.key_digest == bindparam("key_digest")
)
_SNAPSHOT_OF_ID = select(t.snapshot).where(_SNAPSHOT.id == bindparam("id"))
_ORIGINAL = (
    select(t.snapshot)
    .where(_SNAPSHOT.payload_digest == bindparam("digest"), _SNAPSHOT.refers_to.is_(None))
    .where(func.substr(_SNAPSHOT.archive_file, 1, bindparam("size")) == bindparam("beginning"))
    .order_by(_SNAPSHOT.number)
    .limit(1)
)
_ADD_SNAPSHOTS = insert(t.snapshot)
_CITED_END = select(func.max(_SNAPSHOT.offset + _SNAPSHOT.length)).where(
    _SNAPSHOT.archive_file == bindparam("archive_file")
)


def add_visits(connection: Connection, look_id: int, visits: Iterable[Visit]) -> None:
    """Insert visits in the order wanted; keys that the look has already are passed over."""
    rows = [_visit_row(look_id, visit) for visit in visits]
    if rows:
        connection.execute(insert_new(connection, t.visit), rows)


def pending_visits(connection: Connection, look_id: int) -> tuple[Visit, ...]:
    """Visits without an arrival, in the order wanted."""
    statement = (
        select(t.visit)
        .outerjoin(t.arrival, t.arrival.c.visit_id == t.visit.c.id)
        .where(t.visit.c.look_id == look_id, t.arrival.c.id.is_(None))
        .order_by(t.visit.c.id)
    )
    return tuple(_visit(row) for row in connection.execute(statement))


def add_arrival(connection: Connection, look_id: int, arrival: Arrival) -> bool:
    """Mark a visit as done with its facts; False, and nothing changed, when it was done before."""
    key = {"look_id": look_id, "key_digest": _digest(arrival.visit.key)}
    visit_id = connection.execute(_VISIT_OF_KEY, key).scalar()
    if visit_id is None:
        add_visits(connection, look_id, [arrival.visit])
        visit_id = connection.execute(_VISIT_OF_KEY, key).scalar_one()
    row = {
        "look_id": look_id,
        "visit_id": visit_id,
        "url": arrival.url,
        "status": arrival.status,
        "headers": dumps([list(header) for header in arrival.headers]),
        "snapshot_id": arrival.snapshot_id or None,
        "fetched_at": arrival.fetched_at,
        "redirects": dumps(list(arrival.redirects)),
        "reason": None if arrival.reason is None else arrival.reason.value,
    }
    return connection.execute(insert_new(connection, t.arrival), row).rowcount == 1


def arrivals_of(connection: Connection, look_id: int) -> tuple[Arrival, ...]:
    """Arrivals of a look in the order they came, without their bodies."""
    done = t.arrival.c
    statement = (
        select(
            t.visit,
            done.url.label("final_url"),
            done.status,
            done.headers,
            done.snapshot_id,
            done.fetched_at,
            done.redirects,
            done.reason,
        )
        .join(t.arrival, done.visit_id == t.visit.c.id)
        .where(done.look_id == look_id)
        .order_by(done.id)
    )
    return tuple(_arrival(row) for row in connection.execute(statement))


def add_snapshots(connection: Connection, kept: Sequence[Kept]) -> None:
    """Commit what the archive has on the disk."""
    rows = []
    for one in kept:
        snapshot = one.snapshot
        row = {name: getattr(snapshot, name) for name in Snapshot.__slots__}
        rows.append({**row, "refers_to": one.refers_to or None})
    connection.execute(_ADD_SNAPSHOTS, rows)


def find_snapshot(connection: Connection, snapshot_id: str) -> Kept | None:
    """A snapshot and the id of the original it repeats, or of the response it renders."""
    row = connection.execute(_SNAPSHOT_OF_ID, {"id": snapshot_id}).first()
    return None if row is None else Kept(_snapshot(row), row.refers_to or "")


def find_original(connection: Connection, series: str, digest: str) -> Snapshot | None:
    """The first response of a series with this payload."""
    beginning = f"{series}-"
    row = connection.execute(_ORIGINAL, {"digest": digest, "size": len(beginning), "beginning": beginning}).first()
    return None if row is None else _snapshot(row)


def snapshots_of(connection: Connection, series: str) -> tuple[Kept, ...]:
    """All that was kept in the archive files of a series, in archive order, each with what it refers to."""
    beginning = f"{series}-"
    statement = (
        select(t.snapshot)
        .where(func.substr(_SNAPSHOT.archive_file, 1, len(beginning)) == beginning)
        .order_by(func.length(_SNAPSHOT.archive_file), _SNAPSHOT.archive_file, _SNAPSHOT.offset)
    )
    rows = connection.execute(statement)
    # another district's name may begin with this one and a dash: only a number may follow
    return tuple(
        Kept(_snapshot(row), row.refers_to or "")
        for row in rows
        if row.archive_file.removeprefix(beginning).partition(".")[0].isdecimal()
    )


def cited_end(connection: Connection, archive_file: str) -> int:
    """Where the last record that the database knows ends in a file; 0 for none."""
    return connection.execute(_CITED_END, {"archive_file": archive_file}).scalar() or 0


def snapshots_in(connection: Connection, archive_file: str) -> tuple[Kept, ...]:
    """All that is cited from one archive file, by offset, each with what it refers to."""
    rows = connection.execute(
        select(t.snapshot).where(_SNAPSHOT.archive_file == archive_file).order_by(_SNAPSHOT.offset)
    )
    return tuple(Kept(_snapshot(row), row.refers_to or "") for row in rows)


def referring_to(connection: Connection, snapshot_ids: Iterable[str]) -> frozenset[str]:
    """Ids of the snapshots that repeat or render one of these."""
    found: set[str] = set()
    ids = sorted(snapshot_ids)
    for start in range(0, len(ids), 500):  # SQLite takes so many parameters at once, everywhere
        wanted = ids[start : start + 500]
        found.update(connection.execute(select(_SNAPSHOT.id).where(_SNAPSHOT.refers_to.in_(wanted))).scalars())
    return frozenset(found)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _visit_row(look_id: int, visit: Visit) -> dict[str, Any]:
    return {
        "look_id": look_id,
        "key_digest": _digest(visit.key),
        "key": visit.key,
        "url": visit.url,
        "kind": visit.kind.value,
        "method": visit.method,
        "body": visit.body,
        "referrer": visit.referrer,
    }


def _visit(row: Row[Any]) -> Visit:
    return Visit(
        key=row.key,
        url=row.url,
        kind=VisitKind(row.kind),
        method=row.method,
        body=bytes(row.body),
        referrer=row.referrer,
    )


def _arrival(row: Row[Any]) -> Arrival:
    return Arrival(
        visit=_visit(row),
        url=row.final_url,
        status=row.status,
        headers=tuple((name, value) for name, value in json.loads(row.headers)),
        body=b"",
        snapshot_id=row.snapshot_id or "",
        fetched_at=row.fetched_at,
        redirects=tuple(json.loads(row.redirects)),
        reason=None if row.reason is None else Reason(row.reason),
    )


def _snapshot(row: Row[Any]) -> Snapshot:
    return Snapshot(**{name: getattr(row, name) for name in Snapshot.__slots__})
