"""Recorded real pages as arrivals, read from the folder beside the checkout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from ledger.work import Arrival, Visit
from shared_data import SHARED


@cache
def recorded(name: str) -> tuple[Arrival, ...]:
    """All responses of one recording, in its order."""
    return tuple(recorded_in(SHARED / "real" / f"{name}.warc.gz"))


def recorded_in(path: Path) -> Iterator[Arrival]:
    """All responses of the recording in a file."""
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response":
                continue
            body = record.content_stream().read()
            url = record.rec_headers.get_header("WARC-Target-URI")
            at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
            status = int(record.http_headers.get_statuscode())
            headers = tuple((key, value) for key, value in record.http_headers.headers)
            yield Arrival(
                Visit(url, url), url, status, headers, body, record.rec_headers.get_header("WARC-Record-ID"), at
            )
