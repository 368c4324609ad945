"""Rows of what was seen and judged: observations, judgements and their versions, reviews, events."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, func, insert, select

from ledger.database import tables as t
from ledger.database.nights import look_of_id, night_of_id
from ledger.database.statement import insert_new
from ledger.encoding import dumps, from_json, to_json
from ledger.observation import (
    ArticleObservation,
    ColumnObservation,
    ListingObservation,
    Observation,
    PortalObservation,
    ResourceObservation,
    SectionObservation,
)
from ledger.review import Review
from ledger.verdict import Finding, Gap, NightStanding, Verdict

T = TypeVar("T")

KINDS: dict[str, type[Observation]] = {
    "column": ColumnObservation,
    "listing": ListingObservation,
    "article": ArticleObservation,
    "resource": ResourceObservation,
    "section": SectionObservation,
    "portal": PortalObservation,
}
_NAMES = {kind: name for name, kind in KINDS.items()}

STANDINGS = "standings"
GAPS = "gaps"


def add_observations(connection: Connection, look_id: int, observations: Iterable[Observation]) -> None:
    """Append observations; one that the look holds already, word for word, is passed over (a resumed walk repeats)."""
    rows = []
    for one in observations:
        payload = to_json(one)
        kind = _NAMES[type(one)]
        rows.append(
            {
                "look_id": look_id,
                "kind": kind,
                "root": one.root,
                "steps": dumps(list(getattr(one, "steps", ()))),
                "payload": payload,
                "payload_digest": hashlib.sha256(f"{kind} {payload}".encode()).hexdigest(),
            }
        )
    if rows:
        connection.execute(insert_new(connection, t.observation), rows)


def observations_of(connection: Connection, look_id: int) -> tuple[Observation, ...]:
    """Observations of a look in the order they were added."""
    statement = select(t.observation.c.kind, t.observation.c.payload).where(t.observation.c.look_id == look_id)
    rows = connection.execute(statement.order_by(t.observation.c.id))
    return tuple(from_json(KINDS[kind], payload) for kind, payload in rows)


def add_look_judgement(
    connection: Connection, look_id: int, verdicts: Iterable[Verdict], findings: Iterable[Finding]
) -> None:
    """Append a new version of what one look is judged to show."""
    night_id = look_of_id(connection, look_id).night_id
    judgement = _new_judgement(connection, night_id, f"look {look_id}", look_id)
    _append(
        connection,
        t.verdict,
        judgement,
        [
            {"obligation_id": one.obligation_id, "check_id": one.check_id, "outcome": one.outcome.value}
            | {"payload": to_json(one)}
            for one in verdicts
        ],
    )
    _append(connection, t.finding, judgement, [_standing_row(one) for one in findings])


def verdicts_of(connection: Connection, look_id: int, until: int = 0) -> tuple[Verdict, ...]:
    """Verdicts of a look's newest judgement, in the order given."""
    return _newest(connection, t.verdict, Verdict, look_of_id(connection, look_id).night_id, f"look {look_id}", until)


def findings_of(connection: Connection, look_id: int, until: int = 0) -> tuple[Finding, ...]:
    """Findings of a look's newest judgement, in the order given."""
    return _newest(connection, t.finding, Finding, look_of_id(connection, look_id).night_id, f"look {look_id}", until)


def add_night_standings(connection: Connection, night_id: int, standings: Iterable[NightStanding]) -> None:
    """Append a new version of the night's standings."""
    judgement = _new_judgement(connection, night_id, STANDINGS)
    _append(connection, t.standing, judgement, [_standing_row(one) for one in standings])


def standings_of(connection: Connection, night_id: int, until: int = 0) -> tuple[NightStanding, ...]:
    """The night's newest standings up to a judgement, in the order given."""
    return _newest(connection, t.standing, NightStanding, night_id, STANDINGS, until)


def add_night_gaps(connection: Connection, night_id: int, gaps: Iterable[Gap]) -> None:
    """Append a new version of the gaps as they stand after this night."""
    judgement = _new_judgement(connection, night_id, GAPS)
    rows = [
        {"gap_id": one.id, "obligation_id": one.obligation_id, "state": one.state.value, "payload": to_json(one)}
        for one in gaps
    ]
    _append(connection, t.gap, judgement, rows)


def gaps_of(connection: Connection, night_id: int, until: int = 0) -> tuple[Gap, ...]:
    """The newest gaps of a night up to a judgement, in the order given."""
    return _newest(connection, t.gap, Gap, night_id, GAPS, until)


def newest_judgement(connection: Connection, night_id: int) -> int:
    """Id of the newest judgement of a night, of its looks or itself; 0 for none."""
    newest = select(func.coalesce(func.max(t.judgement.c.id), 0)).where(t.judgement.c.night_id == night_id)
    found: int = connection.execute(newest).scalar_one()
    return found


def findings_of_some(
    connection: Connection, district_id: str, until: date, obligation_ids: Sequence[str]
) -> tuple[tuple[int, Finding], ...]:
    """Look id and finding of some obligations, by every look of a district up to a night, newest judgements only."""
    judged = (
        select(t.judgement.c.look_id, func.max(t.judgement.c.id).label("id"))
        .join(t.night, t.judgement.c.night_id == t.night.c.id)
        .where(t.night.c.district_id == district_id, t.night.c.night <= until, t.judgement.c.look_id.is_not(None))
        .group_by(t.judgement.c.look_id)
        .subquery()
    )
    statement = (
        select(judged.c.look_id, t.finding.c.payload)
        .join(judged, t.finding.c.judgement_id == judged.c.id)
        .where(t.finding.c.obligation_id.in_(obligation_ids))
        .order_by(t.finding.c.id)
    )
    return tuple((row.look_id, from_json(Finding, row.payload)) for row in connection.execute(statement))


def newest_night_with_gaps(connection: Connection, district_id: str, before: date | None = None) -> int | None:
    """Id of the district's newest night for which gaps were added, before a date if one is given."""
    statement = (
        select(t.night.c.id)
        .join(t.judgement, t.judgement.c.night_id == t.night.c.id)
        .where(t.night.c.district_id == district_id, t.judgement.c.subject == GAPS)
        .order_by(t.night.c.night.desc())
        .limit(1)
    )
    if before is not None:
        statement = statement.where(t.night.c.night < before)
    return connection.execute(statement).scalar()


def append_review(connection: Connection, district_id: str, review: Review) -> None:
    """Append one review."""
    row = {"district_id": district_id, "gap_id": review.gap_id, "payload": to_json(review)}
    connection.execute(insert(t.review), row)


def reviews_of(connection: Connection, district_id: str) -> tuple[Review, ...]:
    """Reviews of a district, oldest first."""
    statement = select(t.review.c.payload).where(t.review.c.district_id == district_id).order_by(t.review.c.id)
    return tuple(from_json(Review, payload) for payload in connection.execute(statement).scalars())


def append_event(connection: Connection, kind: str, facts: Mapping[str, str], now: datetime | None) -> None:
    """Append one event."""
    connection.execute(insert(t.event), {"kind": kind, "happened_at": now, "facts": dumps(dict(facts))})


def events_of(connection: Connection, kind: str | None) -> tuple[tuple[str, datetime | None, dict[str, str]], ...]:
    """Kind, moment and facts of events, oldest first; of one kind if it is given."""
    statement = select(t.event).order_by(t.event.c.id)
    if kind is not None:
        statement = statement.where(t.event.c.kind == kind)
    return tuple((row.kind, row.happened_at, json.loads(row.facts)) for row in connection.execute(statement))


def _standing_row(one: Finding | NightStanding) -> dict[str, Any]:
    return {"obligation_id": one.obligation_id, "standing": one.standing.value, "payload": to_json(one)}


def _new_judgement(connection: Connection, night_id: int, subject: str, look_id: int | None = None) -> int:
    night_of_id(connection, night_id, lock=True)
    mine = (t.judgement.c.night_id == night_id, t.judgement.c.subject == subject)
    version = connection.execute(select(func.coalesce(func.max(t.judgement.c.version), 0) + 1).where(*mine))
    row = {"night_id": night_id, "look_id": look_id, "subject": subject, "version": version.scalar_one()}
    judgement_id: int = connection.execute(insert(t.judgement).returning(t.judgement.c.id), row).scalar_one()
    return judgement_id


def _append(connection: Connection, table: Table, judgement_id: int, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), [{"judgement_id": judgement_id, **row} for row in rows])


def _newest(
    connection: Connection, table: Table, kind: type[T], night_id: int, subject: str, until: int = 0
) -> tuple[T, ...]:
    mine = [t.judgement.c.night_id == night_id, t.judgement.c.subject == subject]
    if until:
        mine.append(t.judgement.c.id <= until)
    newest = select(t.judgement.c.id).where(*mine).order_by(t.judgement.c.version.desc()).limit(1).scalar_subquery()
    rows = connection.execute(select(table.c.payload).where(table.c.judgement_id == newest).order_by(table.c.id))
    return tuple(from_json(kind, payload) for payload in rows.scalars())
