"""Custody events (保管记录): what became of the evidence after it was seen, each with the digest of the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ledger.encoding import dumps, moment_text

NO_PREVIOUS = "0" * 64
"""What stands for the digest before the first event."""


class CustodyKind(StrEnum):
    """Kind of a custody event (保管记录类别)."""

    NIGHT_SEALED = "night_sealed"
    """A night's root was fixed (district, night, content, previous, root)."""
    PACKED = "packed"
    """A pack was written for someone."""
    SEALED_PACK = "sealed_pack"
    """Raw records left with a named recipient."""
    EXPORTED = "exported"
    VIEWED = "viewed"
    """Raw evidence was shown to a person."""
    STAMPED = "stamped"
    """A time-stamp token was obtained."""
    KEY_MADE = "key_made"
    KEY_RETIRED = "key_retired"
    VERIFIED = "verified"
    """Part of the archive was read again and compared with its digests."""
    DAMAGE_FOUND = "damage_found"
    """Archived bytes are gone or differ: an incident."""
    REMOVED = "removed"
    """Files were deleted by a retention rule; digests stay."""
    REPLIED = "replied"
    """An organ answered on a gap (整改链接、申诉理由)."""
    RECHECKED = "rechecked"
    """A gap was looked at again after a reply."""
    ROUND = "round"
    """A step of an assessment round (初评、反馈、申诉、复核、终评)."""


@dataclass(frozen=True, slots=True)
class CustodyEvent:
    """Custody event (保管记录): one entry of the hash chain of one data folder.

    Attributes:
        number: 1 for the first; no number is left out.
        happened_at: UTC.
        actor: who or what did it (operator's name, ``mingcha``), never empty.
        previous: ``digest`` of the entry before, ``NO_PREVIOUS`` for the first; hex SHA-256.
        digest: hex SHA-256 over all other fields, see ``custody_digest``.
    """

    number: int
    kind: CustodyKind
    happened_at: datetime
    actor: str
    facts: Mapping[str, str] = field(default_factory=dict)
    previous: str = NO_PREVIOUS
    digest: str = ""


def custody_digest(event: CustodyEvent) -> str:
    """Hex SHA-256 over the canonical JSON (sorted keys, no spaces, UTF-8) of all fields but ``digest``."""
    plain = {
        "actor": event.actor,
        "facts": {name: event.facts[name] for name in sorted(event.facts)},
        "happened_at": moment_text(event.happened_at),
        "kind": event.kind.value,
        "number": event.number,
        "previous": event.previous,
    }
    return hashlib.sha256(dumps(plain).encode()).hexdigest()


def broken_link(events: Iterable[CustodyEvent]) -> int | None:
    """Number of the first event that does not follow from the one before, or None where the chain holds.

    Args:
        events: from the first on, in order.
    """
    previous, expected = NO_PREVIOUS, 1
    for event in events:
        if event.number != expected or event.previous != previous or event.digest != custody_digest(event):
            return expected
        previous, expected = event.digest, expected + 1
    return None
