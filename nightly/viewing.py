"""From the ledger to the view that the reports are written from."""

from __future__ import annotations

from dataclasses import replace

from ledger.custody import CustodyKind
from ledger.ledger import Ledger
from ledger.night import Night
from ledger.observation import ColumnObservation
from ledger.privacy import masked
from ledger.reply import fold_replies, open_disputes
from ledger.verdict import NightStanding
from nightly.preparing import Prepared
from nightly.safekeeping.keeping import damage_sentence
from reports.view import NightView, night_view


def view_night(prepared: Prepared, ledger: Ledger, night: Night, pictures: dict[str, str] | None = None) -> NightView:
    """The night as readers see it: private numbers that a sentence quotes from a page are starred.

    Args:
        pictures: file name of the page picture by obligation id.

    Raises:
        ReportError: when obligations and standings differ.
    """
    standings = ledger.standings(night.id)
    reviews = ledger.reviews(night.district_id)
    replies = fold_replies(ledger.custody(CustodyKind.REPLIED), night.district_id)
    incident = [
        facts["sentence"] for _, _, facts in ledger.events("incident") if facts.get("night") == str(night.night)
    ]
    view = night_view(
        district=prepared.district,
        night=night,
        looks=ledger.looks(night.id),
        directories=prepared.directories,
        obligations=prepared.obligations,
        standings=[_starred(one) for one in standings],
        gaps=ledger.gaps(night.district_id, night.night),
        columns=columns_behind(prepared, ledger, night, standings),
        reviews=reviews,
        disputes=open_disputes(replies, reviews),
        pictures=pictures,
        held_by_incident=incident[-1] if incident else "",
    )
    return replace(view, damaged=damage_sentence(ledger))


def _starred(standing: NightStanding) -> NightStanding:
    """TRUST: reports, exports and pictures never show private data."""
    remarks = tuple(masked(remark) for remark in standing.remarks)
    return replace(standing, detail=masked(standing.detail), remarks=remarks)


def columns_behind(
    prepared: Prepared, ledger: Ledger, night: Night, standings: tuple[NightStanding, ...]
) -> dict[str, ColumnObservation]:
    """The column observation that each standing rests on: of its address first, else of its first root."""
    latest: dict[tuple[str, tuple[str, ...]], ColumnObservation] = {}
    for look in ledger.looks(night.id):
        for seen in ledger.observations(look.id):
            if isinstance(seen, ColumnObservation):
                latest[seen.root, seen.steps] = seen
    by_id = {standing.obligation_id: standing for standing in standings}
    found = {}
    for owed in prepared.obligations:
        if owed.path is None:
            continue
        steps = owed.path.labels[1:]
        choices = [latest[root, steps] for root in owed.roots if (root, steps) in latest]
        evidence = set(by_id[owed.id].evidence)
        fitting = [one for one in choices if one.snapshot_id in evidence or one.url == by_id[owed.id].url]
        if choices:
            found[owed.id] = (fitting or choices)[0]
    return found
