"""A night of a real ledger as packs are made from, for tests of what stands in a pack."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from ledger.snapshot import Snapshot
from nightly.preparing import prepare
from nightly.viewing import view_night
from nights import opened
from reports.pack.contents.record import EvidenceRecord
from reports.pack.member import Scope
from reports.pack.source import NightSource, Withheld


def source_of(district: Path, data: Path, night: date, **more: object) -> NightSource:
    """The whole night; keyword arguments replace what the source is given."""
    prepared = prepare(str(district), night)
    with opened(data) as ledger:
        found = ledger.night(prepared.district.id, night)
        assert found is not None
        looks = ledger.looks(found.id)
        ids = {one.snapshot_id for look in looks for one in ledger.arrivals(look.id) if one.snapshot_id}
        facts: dict[str, object] = {
            "scope": Scope(prepared.district.id, night),
            "view": view_night(prepared, ledger, found),
            "looks": looks,
            "observations": {look.id: ledger.observations(look.id) for look in looks},
            "verdicts": {look.id: ledger.verdicts(look.id) for look in looks},
            "gaps": ledger.gaps(prepared.district.id, night),
            "snapshots": [ledger.snapshot(one) for one in sorted(ids)],
            "environment": {"program": "mingcha"},
            "chain": (),
        }
        return NightSource(**{**facts, **more})  # type: ignore[arg-type]


def records_of(snapshots: list[Snapshot], withheld: tuple[Withheld, ...] = ()) -> dict[str, EvidenceRecord]:
    """A record for each snapshot, one behind the other, withheld ones left out of the WACZ."""
    out = {one.snapshot_id for one in withheld}
    return {
        one.id: EvidenceRecord(
            hashlib.sha256(one.id.encode()).hexdigest(), one.id not in out, None if one.id in out else one.offset
        )
        for one in snapshots
    }
