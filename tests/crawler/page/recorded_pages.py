"""Recorded real pages as arrivals, read from the folder beside the checkout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache

from warcio.archiveiterator import ArchiveIterator

from ledger.work import Arrival, Visit
from shared_data import SHARED


@cache
def recorded(name: str) -> tuple[Arrival, ...]:
    """All responses of one recording, in its order."""
    return tuple(_arrivals(name))


def _arrivals(name: str) -> Iterator[Arrival]:
    with (SHARED / "real" / f"{name}.warc.gz").open("rb") as stream:
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
