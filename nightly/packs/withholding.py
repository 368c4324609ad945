"""What stays out of a pack (留存备查): records with private data, and those that a rule removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from ledger.archive.page_archive import Kept
from ledger.errors import EvidenceRemovedError
from ledger.exchange import ArchivedResponse
from ledger.ledger import Ledger
from ledger.privacy import find_private, masked
from reports.pack.privacy import WITHHELD_REASON, private_places, unexamined
from reports.pack.source import Withheld

REMOVED = "已按保存期限规则清理，摘要仍在"


@dataclass(frozen=True, slots=True)
class Sifted:
    """Sifted records (个人信息筛查结果).

    Attributes:
        withheld: what the pack only names, with digest, reason and place.
        unexamined_count: records that are carried although nobody can look into them for private data (PDF, images).
    """

    withheld: tuple[Withheld, ...]
    unexamined_count: int


def sift(ledger: Ledger, kept: Sequence[Kept], *, is_sealed: bool) -> Sifted:
    """Read every record once more and decide whether the pack carries it.

    Args:
        is_sealed: the pack goes to a named recipient and carries private data too; what is gone it cannot carry.

    Raises:
        EvidenceDamagedError: a record is gone or altered, and no rule removed it.
    """
    withheld, unexamined_count = [], 0
    for snapshot in (one.snapshot for one in kept):
        try:
            archived = ledger.read_snapshot(snapshot.id)
        except EvidenceRemovedError:
            withheld.append(Withheld(snapshot.id, masked(snapshot.target_uri), snapshot.payload_digest, REMOVED))
            continue
        if is_sealed:
            continue
        if places := _places(archived):
            reason = (snapshot.id, masked(snapshot.target_uri), snapshot.payload_digest, WITHHELD_REASON)
            withheld.append(Withheld(*reason, places))
        elif unexamined(archived):
            unexamined_count += 1
    return Sifted(tuple(withheld), unexamined_count)


def _places(archived: ArchivedResponse) -> tuple[str, ...]:
    in_address = ("网页地址",) if find_private(unquote(archived.url)) else ()
    return (*in_address, *private_places(archived))
