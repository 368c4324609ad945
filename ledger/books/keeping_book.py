"""The ledger's interface to its archive files (存档文件): which there are, what they hold, where they lie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from ledger.archive.appending import OPEN_SUFFIX
from ledger.archive.page_archive import Kept
from ledger.archive.placing import Placing
from ledger.archive.verifying import FileCheck, check_file
from ledger.books.holding import Holding
from ledger.database import tables as t
from ledger.database import worklist
from ledger.snapshot import Snapshot

_SNAPSHOT = t.snapshot.c


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """Archive file (存档文件) as the rows that cite it know it.

    Attributes:
        records: how many rows cite it, at least 1.
        end: where the last cited record ends, in bytes.
        newest_at: when its newest cited record was fetched, UTC.
    """

    name: str
    records: int
    end: int
    newest_at: datetime


class KeepingBook(Holding):
    """Keeping book (存档保管簿): archive files after they were written."""

    @property
    def places(self) -> Placing:
        """Where archive files are."""
        return self._archive.places

    def archive_files(self) -> tuple[ArchiveFile, ...]:
        """All files that a row cites, by name; whether they are still there is not asked."""
        statement = (
            select(
                _SNAPSHOT.archive_file,
                func.count(),
                func.max(_SNAPSHOT.offset + _SNAPSHOT.length),
                func.max(_SNAPSHOT.fetched_at, type_=t.Moment()),
            )
            .group_by(_SNAPSHOT.archive_file)
            .order_by(func.length(_SNAPSHOT.archive_file), _SNAPSHOT.archive_file)
        )
        with self._view() as connection:
            return tuple(ArchiveFile(*row) for row in connection.execute(statement))

    def kept_in(self, file_name: str) -> tuple[Kept, ...]:
        """All rows that cite a file, by offset, each with what it refers to."""
        with self._view() as connection:
            return worklist.snapshots_in(connection, file_name)

    def is_growing(self, file_name: str) -> bool:
        """Whether a file is still written."""
        path = self._archive.places.path_of(file_name)
        return path is not None and path.name.endswith(OPEN_SUFFIX)

    def check_file(self, file_name: str, known: str = "") -> FileCheck:
        """Read an archive file again and compare it with every row that cites it.

        Args:
            known: hex SHA-256 that it had when it was verified before, or empty.

        Raises:
            StoreAwayError: it lies in a store that cannot be used.
        """

        def original_of(snapshot_id: str) -> Snapshot | None:
            with self._view() as connection:
                found = worklist.find_snapshot(connection, snapshot_id)
            return found.snapshot if found else None

        return check_file(self._archive.places, file_name, self.kept_in(file_name), original_of, known)

    def resting_on(self, snapshot_ids: Iterable[str]) -> frozenset[str]:
        """These snapshots and all that repeat or render one of them."""
        wanted = frozenset(snapshot_ids)
        with self._view() as connection:
            return wanted | worklist.referring_to(connection, wanted)

    def move_closed(self) -> tuple[str, ...]:
        """Move closed files that a row cites to the store; names of those moved, none where no store is named.

        Raises:
            StoreAwayError: the store cannot be used; what was not moved yet waits in the local folder.
            StoreTakenError: another file has a name there; it waits likewise.
        """
        places = self._archive.places
        if places.store is None:
            return ()
        # a file without a citation stays: the next one of its night is numbered by citations and local names
        names = [name for name in places.closed() if self._cited_end(name)]
        for name in names:
            places.move(name)
        return tuple(names)
