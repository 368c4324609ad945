"""What stays out of a pack (留存备查): records with private data, and those that a rule removed."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.archive import Kept
from ledger.errors import EvidenceRemovedError
from ledger.ledger import Ledger
from reports.pack.source import Withheld

REMOVED = "已按保存期限规则清理，摘要仍在"


def withheld_of(ledger: Ledger, kept: Sequence[Kept], *, is_sealed: bool) -> tuple[Withheld, ...]:
    """What of the kept records a pack only names, with digest, reason and place.

    Args:
        is_sealed: the pack goes to a named recipient and carries private data too; what is gone it cannot carry.

    Raises:
        EvidenceDamagedError: a record is gone or altered, and no rule removed it.
    """
    found = []
    for snapshot in (one.snapshot for one in kept):
        try:
            ledger.read_snapshot(snapshot.id)
        except EvidenceRemovedError:
            found.append(Withheld(snapshot.id, snapshot.target_uri, snapshot.payload_digest, REMOVED))
    return tuple(found)
