"""Digests of archived records: read from the archive, kept from a night's sealing on, since files may be removed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from ledger.archive.page_archive import Kept
from ledger.encoding import dumps
from ledger.errors import EvidenceDamagedError, EvidenceRemovedError
from ledger.ledger import Ledger
from nightly.settings import Settings
from reports.pack.syncing import write_synced


def record_digests(
    ledger: Ledger, kept: Sequence[Kept], settings: Settings, district_id: str, night: date
) -> dict[str, str]:
    """Hex SHA-256 of the gzip member of each snapshot; as sealed where the archive file was removed since.

    Raises:
        EvidenceDamagedError: a record is gone, or differs from what was sealed.
        EvidenceRemovedError: a record was removed by rule before the night was ever sealed.
    """
    before = _sealed(settings, district_id, night)
    found: dict[str, str] = {}
    for snapshot in (one.snapshot for one in kept):
        try:
            member = ledger.archived_bytes(snapshot.archive_file, snapshot.offset, snapshot.length)
        except EvidenceRemovedError:
            if snapshot.id not in before:
                raise
            found[snapshot.id] = before[snapshot.id]
            continue
        found[snapshot.id] = hashlib.sha256(member).hexdigest()
        if before.get(snapshot.id, found[snapshot.id]) != found[snapshot.id]:
            raise EvidenceDamagedError(snapshot.archive_file, snapshot.id, "it differs from what was sealed")
    return found


def keep_digests(digests: dict[str, str], settings: Settings, district_id: str, night: date) -> None:
    """Keep the digests of a sealed night beside the ledger."""
    file = settings.data / "sealed" / f"{district_id}-{night.isoformat()}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_synced(file, dumps(digests).encode())


def _sealed(settings: Settings, district_id: str, night: date) -> dict[str, str]:
    try:
        text = (settings.data / "sealed" / f"{district_id}-{night.isoformat()}.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    digests: dict[str, str] = json.loads(text)
    return digests
