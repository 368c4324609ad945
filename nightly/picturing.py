"""Pictures of a judged night: page pictures and click-path cards, and the index that names them."""

from __future__ import annotations

import contextlib
import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from catalog.obligation import Obligation
from crawler.fetching.scope import locate
from crawler.picturing.choosing import chosen, is_accused
from crawler.picturing.order import CardOrder, PageOrder, Source
from crawler.picturing.ordering import Subject, card_order, page_order, snapshots_of
from ledger.errors import LedgerError
from ledger.ledger import Ledger
from ledger.night import Night
from ledger.observation import ColumnObservation, ListingObservation, ResourceObservation, SectionObservation
from ledger.picture import Picture
from ledger.verdict import NightStanding
from ledger.work import VisitKind
from nightly.picture_index import write_index
from nightly.preparing import Prepared
from nightly.settings import Settings
from nightly.viewing import columns_behind


def make_pictures(prepared: Prepared, settings: Settings, ledger: Ledger, night: Night) -> tuple[Picture, ...]:
    """Make the pictures of a judged night and write their index, replacing what an earlier judgement made.

    Without a browser there are none, and a warning says so; the index then is empty.
    """
    from crawler.picturing.making import make  # loads Playwright, which a night without pictures never needs

    beside = kept_beside(ledger, night)
    orders = tuple(orders_of(prepared, ledger, night, beside))
    sources = functools.cache(functools.partial(source_of, ledger))
    made = make(orders, ledger, settings.pictures, source_of=sources, beside=beside)
    write_index(settings, prepared.district.id, night.night, made)
    return made


def source_of(ledger: Ledger, snapshot_id: str) -> Source:
    """Where an archived page is from, as captions state it.

    Raises:
        LedgerError: there is none of this id, or its bytes are gone or altered.
    """
    snapshot = ledger.snapshot(snapshot_id)
    digest = hashlib.sha256(ledger.member(snapshot_id)).hexdigest()
    return Source(
        snapshot_id,
        snapshot.target_uri,
        snapshot.fetched_at,
        snapshot.status,
        snapshot.payload_digest,
        digest,
        bool(ledger.read_snapshot(snapshot_id).renders),
    )


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a night saw, by place: the newest listing, broken resources, and how organs' pages were reached."""

    listings: Mapping[tuple[str, tuple[str, ...]], tuple[ListingObservation, ...]]
    broken: Mapping[tuple[str, tuple[str, ...]], tuple[ResourceObservation, ...]]
    sections: Mapping[str, SectionObservation]


def orders_of(
    prepared: Prepared, ledger: Ledger, night: Night, beside: Mapping[str, str]
) -> Iterator[PageOrder | CardOrder]:
    standings = {one.obligation_id: one for one in ledger.standings(night.id)}
    columns = columns_behind(prepared, ledger, night, tuple(standings.values()))
    sight = _sight(ledger, night)
    owed = {one.id: one for one in prepared.obligations}

    def snapshot_of(url: str) -> str:
        location = locate(url)
        return beside.get(location.href, "") if location else ""

    for obligation_id in chosen(prepared.obligations, standings.values(), night.night):
        subject = _subject(owed[obligation_id], standings[obligation_id], columns.get(obligation_id), sight)
        ids = (*snapshots_of(subject), *(snapshot_of(one.referring_url) for one in subject.resources))
        subject = replace(subject, kinds=_kinds(ledger, ids))
        page = page_order(subject, snapshot_of)
        if page is not None:
            yield page
        card = card_order(subject) if is_accused(subject.standing) else None
        if card is not None:
            yield card


def _sight(ledger: Ledger, night: Night) -> _Sight:
    listings: dict[tuple[str, tuple[str, ...]], tuple[ListingObservation, ...]] = {}
    broken: dict[tuple[str, tuple[str, ...]], tuple[ResourceObservation, ...]] = {}
    sections: dict[str, SectionObservation] = {}
    for look in ledger.looks(night.id):
        for one in ledger.observations(look.id):
            if isinstance(one, ListingObservation):
                listings[one.root, one.steps] = (one, *listings.get((one.root, one.steps), ()))
            elif isinstance(one, ResourceObservation) and one.broken:
                broken[one.root, one.steps] = (one, *broken.get((one.root, one.steps), ()))
            elif isinstance(one, SectionObservation):
                sections[one.root] = one
    return _Sight(listings, broken, sections)


def _subject(owed: Obligation, standing: NightStanding, column: ColumnObservation | None, sight: _Sight) -> Subject:
    if column is None:
        return Subject(owed, standing)
    place, evidence = (column.root, column.steps), set(standing.evidence)
    listings = sight.listings.get(place, ())
    resting_on = [one for one in listings if evidence & set(one.snapshot_ids)]
    listing = next(iter((*resting_on, *listings)), None)
    broken = sight.broken.get(place, ())
    named = [one for one in broken if one.snapshot_id in evidence]
    return Subject(owed, standing, column, listing, sight.sections.get(column.root), named or broken)


def _kinds(ledger: Ledger, ids: Iterable[str]) -> dict[str, str]:
    """Content types of the snapshots that the ledger knows."""
    kinds = {}
    for snapshot_id in filter(None, dict.fromkeys(ids)):
        with contextlib.suppress(LedgerError):
            kinds[snapshot_id] = ledger.snapshot(snapshot_id).content_type
    return kinds


def kept_beside(ledger: Ledger, night: Night) -> dict[str, str]:
    """Snapshot ids of what was fetched and answered well, by address; the newest look's first."""
    kept: dict[str, str] = {}
    for look in reversed(ledger.looks(night.id)):
        for one in ledger.arrived(look.id):
            usable = one.snapshot_id and one.visit.method == "GET" and one.status is not None and one.status < 300
            if not usable or one.visit.kind is VisitKind.RENDERED:
                continue
            for url in (one.visit.url, one.url):
                location = locate(url)
                if location is not None:
                    kept.setdefault(location.href, one.snapshot_id)
    return kept
