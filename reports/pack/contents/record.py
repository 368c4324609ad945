"""Where an archived response stands inside a pack; given by whoever copies the archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """Evidence record (包内存档记录): the WARC record of one snapshot.

    Attributes:
        digest: hex SHA-256 of the record's gzip member, byte for byte as our archive holds it; empty where the archive
            does not hold it any more.
        in_wacz: whether ``evidence.wacz`` of this pack carries it.
        offset: where the member begins inside ``archive/evidence.warc.gz`` of the WACZ; None where it does not stand.
    """

    digest: str
    in_wacz: bool
    offset: int | None = None


Records = Mapping[str, EvidenceRecord]
"""By snapshot id."""
