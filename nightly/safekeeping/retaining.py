"""Removing archive files and pictures whose term is over: the event first, then the file; rows stay as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ledger.books.keeping_book import ArchiveFile
from ledger.custody import CustodyKind
from ledger.encoding import from_json
from ledger.keeping import open_damage, removed_files
from ledger.ledger import Ledger
from ledger.night import SHANGHAI, Night, NightState
from ledger.picture import Picture
from nightly.operating import operator
from nightly.picture_index import read_pictures
from nightly.safekeeping.held import Held, held_of
from nightly.safekeeping.keeping import FILE_NAME
from nightly.safekeeping.terms import Terms
from nightly.settings import Settings

ARCHIVE, PICTURES = "archive", "pictures"


@dataclass(frozen=True, slots=True)
class Decision:
    """Decision (保留或清理) on one archive file, or on the pictures of one night.

    Attributes:
        name: of the archive file, or of the night's index of pictures.
        expired_on: the first day on which the rule would remove it.
        kept_for: Chinese reason for which it stays in spite of the rule; empty where it goes.
        pictures: file names, of a decision on pictures.
    """

    kind: str
    name: str
    district_id: str
    night: date
    expired_on: date
    records: int
    kept_for: str = ""
    pictures: tuple[str, ...] = ()


def decisions(ledger: Ledger, settings: Settings, terms: Terms, today: date) -> tuple[Decision, ...]:
    """What the rule says of everything whose term is over.

    Args:
        today: date in Asia/Shanghai.
    """
    files = _files_by_night(ledger)
    made: list[Decision] = []
    for district_id in sorted({district for district, _ in files}):
        days = terms.of(district_id)
        if days is None:
            continue
        held = held_of(ledger, district_id)
        for night in ledger.nights(district_id):
            mine = files.get((district_id, night.night), ())
            expired_on = _last_day(ledger, night, mine) + timedelta(days=days + 1)
            if expired_on <= today and mine:
                made += _of_files(ledger, night, mine, expired_on, held)
            if expired_on <= today:
                made += _of_pictures(settings, night, expired_on, held)
    return tuple(made)


def retain(ledger: Ledger, settings: Settings, terms: Terms, now: datetime) -> tuple[Decision, ...]:
    """Remove what may go; what an interrupted run announced is removed first. Gives all decisions.

    Raises:
        StoreAwayError: the store cannot be used; what was announced is removed by the next run.
    """
    _finish_announced(ledger, settings)
    made = decisions(ledger, settings, terms, now.astimezone(SHANGHAI).date())
    for one in made:
        if one.kept_for:
            continue
        facts = {
            "kind": one.kind,
            "district": one.district_id,
            "night": one.night.isoformat(),
            "rule": f"{terms.source}: {terms.of(one.district_id)} days",
            "records": str(one.records),
        }
        if one.kind == ARCHIVE:
            facts |= {"file": one.name, **_digest_of(ledger, one.name)}
        else:
            # a picture's name is its digest
            facts["pictures"] = "\n".join(one.pictures)
        ledger.add_custody(CustodyKind.REMOVED, facts, actor=operator(), now=now)
        _delete(ledger, settings, facts)
    return made


def _finish_announced(ledger: Ledger, settings: Settings) -> None:
    for event in ledger.custody(CustodyKind.REMOVED):
        _delete(ledger, settings, dict(event.facts))


def _delete(ledger: Ledger, settings: Settings, facts: dict[str, str]) -> None:
    if facts["kind"] == ARCHIVE:
        if ledger.places.size_of(facts["file"]) is not None:
            ledger.places.remove(facts["file"])
        return
    for name in facts["pictures"].splitlines():
        (settings.pictures / name).unlink(missing_ok=True)


def _digest_of(ledger: Ledger, name: str) -> dict[str, str]:
    found, size = hashlib.sha256(), 0
    for block in ledger.places.blocks(name):
        found.update(block)
        size += len(block)
    return {"sha256": found.hexdigest(), "bytes": str(size)}


def _files_by_night(ledger: Ledger) -> dict[tuple[str, date], tuple[ArchiveFile, ...]]:
    gone = removed_files(ledger.custody(CustodyKind.REMOVED))
    found: dict[tuple[str, date], tuple[ArchiveFile, ...]] = {}
    for one in ledger.archive_files():
        match = FILE_NAME.fullmatch(one.name)
        # a file of no night is nobody's to remove
        if match is not None and one.name not in gone:
            key = match["district"], date.fromisoformat(match["night"])
            found[key] = (*found.get(key, ()), one)
    return found


def _last_day(ledger: Ledger, night: Night, files: Iterable[ArchiveFile]) -> date:
    """The day from which the term runs: the last on which anything of the night was fetched or noted, +08:00.

    A replay's records carry old dates; the night itself does not.
    """
    looks = ledger.looks(night.id)
    noted = [
        night.started_at,
        night.finished_at,
        *(look.finished_at for look in looks),
        *(one.newest_at for one in files),
    ]
    return max(moment for moment in noted if moment is not None).astimezone(SHANGHAI).date()


def _of_files(
    ledger: Ledger, night: Night, files: tuple[ArchiveFile, ...], expired_on: date, held: Held
) -> Iterator[Decision]:
    damaged = open_damage(ledger.custody())
    reasons: dict[str, str] = {}
    for one in files:
        kept = {row.snapshot.id for row in ledger.kept_in(one.name)}
        if night.state is not NightState.FINISHED or ledger.is_growing(one.name):
            reasons[one.name] = "批次未完成"
        elif one.name in damaged:
            reasons[one.name] = "存档损坏，待处理"
        elif night.night in held.nights:
            reasons[one.name] = held.nights[night.night]
        elif cited := kept & held.snapshots.keys():
            reasons[one.name] = held.snapshots[min(cited)]
    # what a file that stays repeats must stay readable: revisits refer within their night
    while more := _referred(ledger, files, reasons):
        reasons |= dict.fromkeys(more, "保留的存档引用其中内容")
    for one in files:
        yield Decision(
            ARCHIVE, one.name, night.district_id, night.night, expired_on, one.records, reasons.get(one.name, "")
        )


def _referred(ledger: Ledger, files: Iterable[ArchiveFile], staying: Iterable[str]) -> set[str]:
    stays = set(staying)
    wanted = {row.refers_to for name in stays for row in ledger.kept_in(name) if row.refers_to}
    going = [one.name for one in files if one.name not in stays]
    return {name for name in going if wanted & {row.snapshot.id for row in ledger.kept_in(name)}}


def _of_pictures(settings: Settings, night: Night, expired_on: date, held: Held) -> Iterator[Decision]:
    index = f"{night.district_id}-{night.night}.jsonl"
    there = [one for one in read_pictures(settings, night.district_id, night.night) if _exists(settings, one.file)]
    staying = {one.file: reason for one in there if (reason := _picture_held(one.obligation_id, night, held))}
    shared = _named_elsewhere(settings, index)
    staying |= {one.file: "另一批次也引用" for one in there if one.file in shared}
    going = tuple(sorted({one.file for one in there} - set(staying)))
    if going:
        yield Decision(PICTURES, index, night.district_id, night.night, expired_on, len(going), pictures=going)
    if staying:
        reason = next(iter(staying.values()))
        yield Decision(
            PICTURES, index, night.district_id, night.night, expired_on, len(staying), reason, tuple(sorted(staying))
        )


def _picture_held(obligation_id: str, night: Night, held: Held) -> str:
    if night.state is not NightState.FINISHED:
        return "批次未完成"
    return held.nights.get(night.night, "") or held.obligations.get(obligation_id, "")


def _named_elsewhere(settings: Settings, index: str) -> frozenset[str]:
    """Pictures that another night's index names too: the same bytes have the same name."""
    others = [path for path in settings.pictures.glob("*.jsonl") if path.name != index]
    lines = (line for path in others for line in path.read_text(encoding="utf-8").splitlines())
    return frozenset(from_json(Picture, line).file for line in lines)


def _exists(settings: Settings, name: str) -> bool:
    return (settings.pictures / name).exists()
