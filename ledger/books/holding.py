"""What a ledger holds open: the engine, the archive, and for which night pages are being kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection, Engine

from ledger.archive.page_archive import Archive
from ledger.database import worklist
from ledger.database.engine import full_disk_named


class Holding:
    """Open database and archive (已打开的台账), beneath the parts of the ledger's interface."""

    def __init__(self, engine: Engine, archive: Archive) -> None:
        self._engine = engine
        self._archive = archive
        self._series = ""
        self._writing = threading.Lock()

    @contextmanager
    def _change(self) -> Iterator[Connection]:
        with full_disk_named(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _change_that_lasts_with_next(self) -> Iterator[Connection]:
        """A change that survives a kill at once, and a power cut from the next change on: one log, kept in order."""
        with (
            full_disk_named(),
            self._engine.connect().execution_options(lasts_with_next=True) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _view(self) -> Iterator[Connection]:
        with full_disk_named(), self._engine.connect().execution_options(reads_only=True) as connection:
            yield connection

    def _cited_end(self, file_name: str) -> int:
        with self._view() as connection:
            return worklist.cited_end(connection, file_name)

    def _close_archive_of(self, district_id: str, night: date) -> None:
        with self._writing:
            self._archive.finish_all(series_of(district_id, night), self._cited_end)


def series_of(district_id: str, night: date) -> str:
    """Beginning of the names of a night's archive files."""
    return f"{district_id}-{night.isoformat()}"
