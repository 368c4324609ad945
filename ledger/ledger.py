"""The ledger (台账): the one object through which all else reads and writes the database and the page archive."""

from __future__ import annotations

import os
import re
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Self

from ledger.archive.page_archive import FILE_LIMIT, Archive
from ledger.books.custody_book import CustodyBook
from ledger.books.judgement_book import JudgementBook
from ledger.books.keeping_book import KeepingBook
from ledger.books.night_book import NightBook
from ledger.books.page_book import PageBook
from ledger.database.engine import open_engine
from ledger.night import NightState

STORE_SETTING = "MINGCHA_ARCHIVE_URL"
_SERIES = re.compile(r"(?P<district>.+)-(?P<night>\d{4}-\d{2}-\d{2})")


class Ledger(NightBook, PageBook, JudgementBook, CustodyBook, KeepingBook):
    """Ledger (台账): what was seen and judged, append-only, with the archived pages that prove it.

    Every method is one transaction that is on the disk when it returns. ``now`` is always UTC.
    """

    @classmethod
    def open(cls, url: str, archive: Path, *, file_limit: int = FILE_LIMIT, store_url: str | None = None) -> Self:
        """Open database and archive, upgrade the one and repair the other where a kill left a torn tail.

        Args:
            url: an SQLAlchemy address, ``sqlite:///...`` or ``postgresql://...``.
            archive: the folder of WARC files; made if there is none.
            store_url: where closed files are moved to, empty for nowhere; None for what the environment names. Every
                reader must ask the same store, so it is no option of single commands.

        Raises:
            LedgerTooNewError: when a newer program made the database.
        """
        engine = open_engine(url)
        store = os.environ.get(STORE_SETTING, "") if store_url is None else store_url
        ledger = cls(engine, Archive(archive, _program(), file_limit, store))
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

    def _is_finished(self, series: str) -> bool:
        match = _SERIES.fullmatch(series)
        if match is None:
            return False
        night = self.night(match["district"], date.fromisoformat(match["night"]))
        return night is not None and night.state is not NightState.RUNNING


def _program() -> str:
    try:
        return f"mingcha/{version('mingcha')}"
    except PackageNotFoundError:
        return "mingcha"
