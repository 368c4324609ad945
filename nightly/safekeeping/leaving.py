"""What leaves the data folder for a reader is an event of the custody log, recorded before the reader has it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ledger.custody import CustodyEvent, CustodyKind
from ledger.ledger import Ledger
from nightly.clock import now
from nightly.operating import operator


def record_export(
    ledger: Ledger, what: str, district_id: str, night: date, *, to: str, body: bytes, facts: Mapping[str, str]
) -> CustodyEvent:
    """Record that a file of results leaves.

    Args:
        what: name of the export (``verdicts``, ``review``).
        to: name of the file it goes to, or ``standard output``.
        body: its bytes; their digest is recorded.
        facts: what else is worth knowing (form, number of lines).
    """
    told = {
        "what": what,
        "district": district_id,
        "night": night.isoformat(),
        "to": to,
        "sha256": hashlib.sha256(body).hexdigest(),
        "bytes": str(len(body)),
    }
    return ledger.add_custody(CustodyKind.EXPORTED, {**told, **facts}, actor=operator(), now=now())


def record_folder(ledger: Ledger, what: str, district_id: str, night: date, folder: Path) -> CustodyEvent:
    """Record that a folder of reports was written; the digest is that of its ``sha256sum`` list, sorted by path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    digests = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    body = "".join(f"{digest}  {name}\n" for name, digest in digests.items()).encode()
    facts = {"files": str(len(files))}
    return record_export(ledger, what, district_id, night, to=folder.name, body=body, facts=facts)
