"""Snapshots (网页快照): archived responses, in WARC's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Snapshot (网页快照): one archived response.

    Attributes:
        id: the WARC-Record-ID without ``<urn:uuid:`` and ``>``.
        target_uri: address as requested, one hop of a redirect chain.
        fetched_at: UTC; in a replay the record's own WARC-Date.
        status: HTTP status code.
        payload_digest: ``sha256:`` and the hex digest of the payload as received, before content decoding.
        archive_file: file name inside the archive folder; ``offset`` and ``length`` in bytes of the gzip member.
        address: IP address connected to, or empty where a recording cannot say.
    """

    id: str
    target_uri: str
    fetched_at: datetime
    status: int
    content_type: str
    payload_digest: str
    archive_file: str
    offset: int
    length: int
    address: str = ""
