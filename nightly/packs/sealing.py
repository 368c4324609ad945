"""Sealing a night (封存批次): its root is fixed right after judging, as an event that nothing can take back."""

from __future__ import annotations

import json
from datetime import datetime

from ledger.custody import CustodyEvent, CustodyKind
from ledger.encoding import dumps
from ledger.ledger import Ledger
from ledger.night import Night
from nightly.errors import NightError
from nightly.operating import operator
from nightly.packs.gathering import night_source
from nightly.packs.record_digests import keep_digests, record_digests
from nightly.preparing import Prepared
from nightly.settings import Settings
from reports.pack.chain import FIRST_PREVIOUS, sealed, tables_digests
from reports.pack.contents.record import EvidenceRecord
from reports.pack.contents.tables import whole_night_tables
from reports.pack.member import Scope
from reports.pack.source import NightRoot


def seal_night(prepared: Prepared, ledger: Ledger, night: Night, settings: Settings, now: datetime) -> NightRoot:
    """Fix the night's root; a night whose content is as it was sealed last is not sealed again.

    Judged again with another outcome, it becomes one link more of the chain (``resealed``); the older stays.

    Raises:
        EvidenceDamagedError: an archived record is gone, or differs from what was sealed before.
    """
    kept = ledger.kept_of(night.district_id, night.night)
    digests = record_digests(ledger, kept, settings, night.district_id, night.night)
    tables = tables_now(prepared, ledger, night, settings, digests)
    links = [root_of(event) for event in seals(ledger, night.district_id)]
    mine = [one for one in links if one.night == night.night.isoformat()]
    previous = links[-1].root if links else FIRST_PREVIOUS
    link = sealed(night.district_id, night.night.isoformat(), tables, previous)
    if mine and mine[-1].content == link.content:
        return mine[-1]
    keep_digests(digests, settings, night.district_id, night.night)
    facts = {
        "district": link.district_id,
        "night": link.night,
        "content": link.content,
        "previous": link.previous,
        "root": link.root,
        "tables": dumps(dict(link.tables)),
    }
    if mine:
        facts["resealed"] = mine[-1].root
    ledger.add_custody(CustodyKind.NIGHT_SEALED, facts, actor=operator(), now=now)
    return link


def sealed_chain(ledger: Ledger, night: Night) -> tuple[tuple[NightRoot, ...], tuple[CustodyEvent, ...]]:
    """The district's chain up to this night's newest link, and the whole custody log up to that event.

    Raises:
        NightError: the night was never sealed.
    """
    events = seals(ledger, night.district_id)
    mine = [number for number, one in enumerate(events) if one.facts["night"] == night.night.isoformat()]
    if not mine:
        raise NightError(
            f"night {night.night} of {night.district_id} was never sealed; judge it again: "
            f"mingcha judge {night.district_id} --as-of {night.night}"
        )
    chain = tuple(root_of(event) for event in events[: mine[-1] + 1])
    last = events[mine[-1]].number
    return chain, tuple(event for event in ledger.custody() if event.number <= last)


def tables_now(
    prepared: Prepared, ledger: Ledger, night: Night, settings: Settings, digests: dict[str, str]
) -> dict[str, str]:
    """Digests of the night's tables as the ledger holds them now."""
    whole = night_source(prepared, ledger, night, settings, Scope(night.district_id, night.night))
    records = {snapshot: EvidenceRecord(digest, in_wacz=True) for snapshot, digest in digests.items()}
    return tables_digests(whole_night_tables(whole, records))


def seals(ledger: Ledger, district_id: str) -> list[CustodyEvent]:
    """All sealings of a district's nights, in the order in which they were sealed."""
    return [one for one in ledger.custody(CustodyKind.NIGHT_SEALED) if one.facts["district"] == district_id]


def root_of(event: CustodyEvent) -> NightRoot:
    """The link that an event fixed."""
    facts = event.facts
    tables: dict[str, str] = json.loads(facts["tables"])
    return NightRoot(facts["district"], facts["night"], facts["content"], facts["previous"], facts["root"], tables)
