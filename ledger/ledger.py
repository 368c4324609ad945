"""The ledger (台账): the one object through which all else reads and writes the database and the page archive."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from ledger import nights, recording, worklist
from ledger.archive import FILE_LIMIT, Archive
from ledger.decoding import decode_body
from ledger.engine import open_engine
from ledger.errors import LedgerError, UnknownSnapshotError
from ledger.exchange import ArchivedResponse, Exchange
from ledger.night import Look, LookKind, Night, NightState
from ledger.observation import Observation
from ledger.review import Review
from ledger.snapshot import Snapshot
from ledger.verdict import Finding, Gap, NightStanding, Verdict
from ledger.work import Arrival, Visit

_SERIES = re.compile(r"(?P<district>.+)-(?P<night>\d{4}-\d{2}-\d{2})")


class Ledger:
    """Ledger (台账): what was seen and judged, append-only, with the archived pages that prove it.

    Every method is one transaction that is on the disk when it returns. ``now`` is always UTC.
    """

    def __init__(self, engine: Engine, archive: Archive) -> None:
        self._engine = engine
        self._archive = archive
        self._series = ""
        self._writing = threading.Lock()

    @classmethod
    def open(cls, url: str, archive: Path, *, file_limit: int = FILE_LIMIT) -> Self:
        """Open database and archive, upgrade the one and repair the other where a kill left a torn tail.

        Args:
            url: an SQLAlchemy address, ``sqlite:///...`` or ``postgresql://...``.
            archive: the folder of WARC files; made if there is none.

        Raises:
            LedgerTooNewError: when a newer program made the database.
        """
        engine = open_engine(url)
        ledger = cls(engine, Archive(archive, _program(), file_limit))
        ledger._archive.repair(ledger._cited_end, ledger._is_finished)
        return ledger

    def close(self) -> None:
        """Let go of database and archive."""
        self._archive.close()
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    # nights and looks

    def begin_night(
        self,
        district_id: str,
        night: date,
        *,
        planned: Sequence[tuple[str, str]],
        facts: Mapping[str, str],
        confirm_now: bool,
        replayed: bool,
        now: datetime,
    ) -> Night:
        """The night of this district and date: as it was begun before, else a new one.

        Args:
            planned: obligation id and organ id of all that the night owes, ids unique.
            facts: digests and settings worth knowing later.
        """
        row = {
            "district_id": district_id,
            "night": night,
            "state": NightState.RUNNING.value,
            "started_at": now,
            "confirm_now": confirm_now,
            "replayed": replayed,
            "facts": facts,
        }
        with self._change() as connection:
            nights.add_night(connection, row, planned)
            begun = nights.find_night(connection, district_id, night)
        if begun is None:
            raise LedgerError(f"night {night} of {district_id}: it was not stored; check the database's permissions")
        self._series = _series(begun.district_id, begun.night)
        return begun

    def night(self, district_id: str, night: date) -> Night | None:
        """The night of a district and date, or None."""
        with self._view() as connection:
            return nights.find_night(connection, district_id, night)

    def nights(self, district_id: str) -> tuple[Night, ...]:
        """All nights of a district, oldest first."""
        with self._view() as connection:
            return nights.find_nights(connection, district_id)

    def night_facts(self, night_id: int) -> dict[str, str]:
        """What was noted when the night began."""
        with self._view() as connection:
            return nights.night_facts(connection, night_id)

    def end_night(self, night_id: int, state: NightState, now: datetime) -> None:
        """Note how a night ended, and close its archive file."""
        with self._change() as connection:
            nights.set_night_end(connection, night_id, state, now)
            row = nights.night_of_id(connection, night_id)
        with self._writing:
            self._archive.finish_all(_series(row.district_id, row.night), self._cited_end)

    def planned(self, night_id: int) -> tuple[str, ...]:
        """Ids of all obligations that the night plans, in plan order."""
        return tuple(obligation for obligation, _ in self.planned_organs(night_id))

    def planned_organs(self, night_id: int) -> tuple[tuple[str, str], ...]:
        """Obligation id and organ id of all that the night plans, in plan order."""
        with self._view() as connection:
            return nights.planned_of(connection, night_id)

    def begin_look(self, night_id: int, kind: LookKind, now: datetime, obligation_ids: Sequence[str] = ()) -> Look:
        """The night's unfinished look of this kind, else a new one; what is kept from now on is filed under it."""
        with self._change() as connection:
            look = nights.open_look(connection, night_id, kind, now, obligation_ids)
            row = nights.night_of_id(connection, night_id)
        self._series = _series(row.district_id, row.night)
        return look

    def end_look(self, look_id: int, now: datetime) -> None:
        """Note that a look ended; of a night that ended before (a look by day) the archive file is closed too."""
        with self._change() as connection:
            night_id = nights.set_look_end(connection, look_id, now)
            row = nights.night_of_id(connection, night_id)
        if row.state != NightState.RUNNING:
            with self._writing:
                self._archive.finish_all(_series(row.district_id, row.night), self._cited_end)

    def looks(self, night_id: int) -> tuple[Look, ...]:
        """Looks of a night in the order they began."""
        with self._view() as connection:
            return nights.looks_of_night(connection, night_id)

    def looks_of(self, district_id: str) -> tuple[Look, ...]:
        """All looks of a district, oldest first."""
        with self._view() as connection:
            return nights.looks_of_district(connection, district_id)

    # the work list and the archive

    def want(self, look_id: int, visits: Iterable[Visit]) -> None:
        """Put visits on the work list; a key that the look has already is passed over."""
        with self._change() as connection:
            worklist.add_visits(connection, look_id, visits)

    def pending(self, look_id: int) -> tuple[Visit, ...]:
        """Visits that have not arrived, in the order wanted."""
        with self._view() as connection:
            return worklist.pending_visits(connection, look_id)

    def keep(self, exchange: Exchange) -> Snapshot:
        """Archive one response before anything reads it; on the disk and cited when this returns.

        Raises:
            OSError: when the disk is full; nothing is then cited.
        """
        return self.keep_all((exchange,))[0]

    def keep_all(self, exchanges: Sequence[Exchange]) -> tuple[Snapshot, ...]:
        """Archive the hops of a redirect chain together: one sync and one transaction for all."""
        if not exchanges:
            return ()
        if not self._series:
            raise LedgerError("nothing can be archived outside a look; begin a night or a look first")
        with self._writing:
            kept = self._archive.write(self._series, exchanges, self._original, self._cited_end)
            with self._change() as connection:
                worklist.add_snapshots(connection, kept)
        return tuple(one.snapshot for one in kept)

    def record_arrival(self, look_id: int, arrival: Arrival) -> None:
        """Mark a visit as done; a second arrival of the same key changes nothing. The body is not stored again."""
        with self._change() as connection:
            worklist.add_arrival(connection, look_id, arrival)

    def arrivals(self, look_id: int) -> Iterator[Arrival]:
        """All arrivals of a look in the order they came, with bodies from the archive.

        Raises:
            EvidenceDamagedError: when an archived response cannot be read back as it was written.
        """
        with self._view() as connection:
            done = worklist.arrivals_of(connection, look_id)
        for arrival in done:
            if arrival.snapshot_id:
                yield replace(arrival, body=self.read_snapshot(arrival.snapshot_id).body)
            else:
                yield arrival

    def snapshot(self, snapshot_id: str) -> Snapshot:
        """Where an archived response stands.

        Raises:
            UnknownSnapshotError: when there is none of this id.
        """
        return self._kept(snapshot_id)[0]

    def read_snapshot(self, snapshot_id: str) -> ArchivedResponse:
        """An archived response, its digest verified and its content coding undone.

        Raises:
            UnknownSnapshotError: when there is none of this id.
            EvidenceDamagedError: when the archived bytes are gone or altered.
        """
        snapshot, original = self._kept(snapshot_id)
        stored = self._archive.read(snapshot, original)
        decoded = decode_body(stored.body, stored.headers)
        return ArchivedResponse(
            snapshot_id=snapshot.id,
            url=snapshot.target_uri,
            status=stored.status,
            headers=stored.headers,
            body=decoded.body,
            fetched_at=snapshot.fetched_at,
            raw_body=stored.body,
            reason_phrase=stored.reason_phrase,
            http_version=stored.http_version,
            fault=decoded.fault,
        )

    def archive_path(self, file_name: str) -> Path | None:
        """Where an archive file is now, closed or still growing; None when it is gone."""
        return self._archive.path_of(file_name)

    # what was seen and judged

    def add_observations(self, look_id: int, observations: Iterable[Observation]) -> None:
        """Append observations; one that the look holds already, word for word, is passed over."""
        with self._change() as connection:
            recording.add_observations(connection, look_id, observations)

    def observations(self, look_id: int) -> tuple[Observation, ...]:
        """Observations of a look in the order added."""
        with self._view() as connection:
            return recording.observations_of(connection, look_id)

    def add_judgement(self, look_id: int, verdicts: Iterable[Verdict], findings: Iterable[Finding]) -> None:
        """Append a judgement of a look; readers take the newest from now on."""
        with self._change() as connection:
            recording.add_look_judgement(connection, look_id, verdicts, findings)

    def verdicts(self, look_id: int) -> tuple[Verdict, ...]:
        """Verdicts of a look's newest judgement."""
        with self._view() as connection:
            return recording.verdicts_of(connection, look_id)

    def findings(self, look_id: int) -> tuple[Finding, ...]:
        """Findings of a look's newest judgement."""
        with self._view() as connection:
            return recording.findings_of(connection, look_id)

    def add_standings(self, night_id: int, standings: Iterable[NightStanding]) -> None:
        """Append the night's standings as a new version."""
        with self._change() as connection:
            recording.add_night_standings(connection, night_id, standings)

    def standings(self, night_id: int) -> tuple[NightStanding, ...]:
        """The night's newest standings."""
        with self._view() as connection:
            return recording.standings_of(connection, night_id)

    def add_gaps(self, night_id: int, gaps: Iterable[Gap]) -> None:
        """Append the gaps as they stand after this night, as a new version."""
        with self._change() as connection:
            recording.add_night_gaps(connection, night_id, gaps)

    def gaps(self, district_id: str, night: date | None = None) -> tuple[Gap, ...]:
        """Gaps as they stood after that very night, newest version; without a night, after the newest that has any."""
        with self._view() as connection:
            if night is None:
                night_id = recording.newest_night_with_gaps(connection, district_id)
            else:
                found = nights.find_night(connection, district_id, night)
                night_id = None if found is None else found.id
            return () if night_id is None else recording.gaps_of(connection, night_id)

    def gaps_before(self, district_id: str, night: date) -> tuple[Gap, ...]:
        """Gaps as they stood after the newest night before this one for which gaps were added."""
        with self._view() as connection:
            night_id = recording.newest_night_with_gaps(connection, district_id, night)
            return () if night_id is None else recording.gaps_of(connection, night_id)

    def add_review(self, district_id: str, review: Review) -> None:
        """Append one review of the office."""
        with self._change() as connection:
            recording.append_review(connection, district_id, review)

    def reviews(self, district_id: str) -> tuple[Review, ...]:
        """Reviews of a district, oldest first."""
        with self._view() as connection:
            return recording.reviews_of(connection, district_id)

    def add_event(self, kind: str, facts: Mapping[str, str], now: datetime | None = None) -> None:
        """Append to the log of events; without ``now`` only the order is known."""
        with self._change() as connection:
            recording.append_event(connection, kind, facts, now)

    def events(self, kind: str | None = None) -> tuple[tuple[str, datetime | None, dict[str, str]], ...]:
        """Kind, moment and facts of events, oldest first; of one kind if it is given."""
        with self._view() as connection:
            return recording.events_of(connection, kind)

    @contextmanager
    def _change(self) -> Iterator[Connection]:
        with self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _view(self) -> Iterator[Connection]:
        with self._engine.connect().execution_options(reads_only=True) as connection:
            yield connection

    def _kept(self, snapshot_id: str) -> tuple[Snapshot, Snapshot | None]:
        with self._view() as connection:
            kept = worklist.find_snapshot(connection, snapshot_id)
            if kept is None:
                raise UnknownSnapshotError(snapshot_id)
            original = worklist.find_snapshot(connection, kept.refers_to) if kept.refers_to else None
        return kept.snapshot, original.snapshot if original else None

    def _original(self, series: str, digest: str) -> Snapshot | None:
        with self._view() as connection:
            return worklist.find_original(connection, series, digest)

    def _cited_end(self, file_name: str) -> int:
        with self._view() as connection:
            return worklist.cited_end(connection, file_name)

    def _is_finished(self, series: str) -> bool:
        match = _SERIES.fullmatch(series)
        if match is None:
            return False
        night = self.night(match["district"], date.fromisoformat(match["night"]))
        return night is not None and night.state is not NightState.RUNNING


def _series(district_id: str, night: date) -> str:
    return f"{district_id}-{night.isoformat()}"


def _program() -> str:
    try:
        return f"mingcha/{version('mingcha')}"
    except PackageNotFoundError:
        return "mingcha"
