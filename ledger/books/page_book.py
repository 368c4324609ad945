"""The ledger's interface to the work list (访问清单) and the page archive (网页存档)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from ledger.archive.decoding import decode_body
from ledger.archive.page_archive import Kept
from ledger.books.custody_book import removal_of
from ledger.books.holding import Holding, series_of
from ledger.database import worklist
from ledger.errors import EvidenceDamagedError, EvidenceRemovedError, LedgerError, UnknownSnapshotError
from ledger.exchange import ArchivedResponse, Exchange
from ledger.snapshot import Snapshot
from ledger.work import Arrival, Visit


class PageBook(Holding):
    """Page book (访问与存档簿): what is wanted, what was kept, what arrived."""

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

        A power cut may take the citation away again, but never from under an arrival: that lasts only with it.

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
            with self._change_that_lasts_with_next() as connection:
                worklist.add_snapshots(connection, kept)
        return tuple(one.snapshot for one in kept)

    def record_arrival(self, look_id: int, arrival: Arrival) -> None:
        """Mark a visit as done; a second arrival of the same key changes nothing. The body is not stored again."""
        with self._change() as connection:
            worklist.add_arrival(connection, look_id, arrival)

    def advance(self, look_id: int, arrivals: Sequence[Arrival], visits: Sequence[Visit]) -> None:
        """Record arrivals and put the visits that follow from them on the work list: both, or neither."""
        with self._change() as connection:
            worklist.add_visits(connection, look_id, visits)
            for arrival in arrivals:
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

    def arrived(self, look_id: int) -> tuple[Arrival, ...]:
        """All arrivals of a look in the order they came, without bodies: nothing is read from the archive."""
        with self._view() as connection:
            return worklist.arrivals_of(connection, look_id)

    def snapshot(self, snapshot_id: str) -> Snapshot:
        """Where an archived response stands.

        Raises:
            UnknownSnapshotError: when there is none of this id.
        """
        return self._kept(snapshot_id)[0]

    def kept_of(self, district_id: str, night: date) -> tuple[Kept, ...]:
        """All that a night archived, in archive order, each with what it refers to; nothing of it is read."""
        with self._view() as connection:
            return worklist.snapshots_of(connection, series_of(district_id, night))

    def read_snapshot(self, snapshot_id: str) -> ArchivedResponse:
        """An archived response, its digest verified and its content coding undone.

        Raises:
            UnknownSnapshotError: when there is none of this id.
            EvidenceDamagedError: when the archived bytes are gone or altered.
            EvidenceRemovedError: when a retention rule removed them.
            StoreAwayError: when they lie in a store that cannot be used.
        """
        snapshot, original = self._kept(snapshot_id)
        with self._removal_named():
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
            renders=stored.refers_to if stored.is_rendering else "",
        )

    def archive_path(self, file_name: str) -> Path | None:
        """Where an archive file is in the local folder, closed or growing; None when it is gone or in a store."""
        return self._archive.places.path_of(file_name)

    def member(self, snapshot_id: str) -> bytes:
        """The gzip member of an archived response, byte for byte, wherever its file lies; errors as of reading."""
        snapshot, _ = self._kept(snapshot_id)
        with self._removal_named():
            return self._archive.member(snapshot)

    def archived_bytes(self, file_name: str, offset: int, length: int) -> bytes:
        """A range of an archive file, wherever it lies, as much of it as there is; errors as of reading."""
        with self._removal_named():
            found = self._archive.places.read(file_name, offset, length)
            if found is None:
                raise EvidenceDamagedError(file_name, f"at {offset}", "the file is gone")
            return found

    @contextmanager
    def _removal_named(self) -> Iterator[None]:
        """A file that a retention rule removed is not damaged."""
        try:
            yield
        except EvidenceDamagedError as error:
            with self._view() as connection:
                event = removal_of(connection, error.file)
            if event is None:
                raise
            raise EvidenceRemovedError(error.file, error.snapshot_id, event) from error

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
