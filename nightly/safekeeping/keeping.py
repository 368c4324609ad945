"""The archive proves itself: a sample is read again each night, damage becomes an incident, closed files move on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import structlog

from ledger.archive.verifying import FileCheck, chosen
from ledger.custody import CustodyKind
from ledger.errors import StoreAwayError, StoreTakenError
from ledger.keeping import Damage, damage_facts, open_damage, removed_files, verified_facts, verified_files
from ledger.ledger import Ledger
from nightly.errors import Exit, NightError
from nightly.operating import operator
from nightly.settings import Settings

log = structlog.get_logger()

FILE_NAME = re.compile(r"(?P<district>.+)-(?P<night>\d{4}-\d{2}-\d{2})-\d{4,}\.warc\.gz")


@dataclass(frozen=True, slots=True)
class Round:
    """Round of verification (一次存档复核): what was read, what of it is damaged, and which store was away."""

    checks: tuple[FileCheck, ...]
    damage: tuple[Damage, ...]
    away: str = ""

    @property
    def sentence(self) -> str:
        """What a person is told."""
        records = sum(one.records for one in self.checks)
        said = f"存档复核：文件 {len(self.checks)} 个，记录 {records} 条，损坏 {len(self.damage)} 个"
        return f"{said}；存放位置无法访问：{self.away}" if self.away else said


def verify_archive(
    ledger: Ledger, settings: Settings, night: date, now: datetime, *, whole: bool = False, count: int | None = None
) -> Round:
    """Read part of the archive again and record the result; damage is an incident, each once until it changes.

    Args:
        night: for which the sample is drawn.
        whole: everything instead of a sample.
        count: so many files instead of the night's share, those verified longest ago first.
    """
    events = ledger.custody()
    verified, damaged = verified_files(events), open_damage(events)
    gone = removed_files(events)
    names = [one.name for one in ledger.archive_files() if one.name not in gone and not ledger.is_growing(one.name)]
    nights = {name: one.night for name, one in verified.items()}
    sample = chosen(names, nights, night, settings.verify_nights)
    if count is not None:
        sample = chosen(names, nights, night, 1)[:count]
    wanted = tuple(names) if whole else tuple(dict.fromkeys((*(name for name in damaged if name in names), *sample)))
    checks: list[FileCheck] = []
    away, unread = "", 0
    for name in wanted:
        if away and ledger.archive_path(name) is None:
            # asked once: a store that is away may take its time to say nothing
            unread += 1
            continue
        try:
            checks.append(ledger.check_file(name, verified[name].sha256 if name in verified else ""))
        except StoreAwayError as error:
            away, unread = str(error), unread + 1
    scope = "all" if whole else "sample" if count is None else str(count)
    for check in checks:
        if check.problems:
            _note_damage(ledger, check, damaged.get(check.name), night, now)
    facts = verified_facts(night, scope, checks, unread)
    ledger.add_custody(CustodyKind.VERIFIED, facts, actor=operator(), now=now)
    still = open_damage(ledger.custody())
    return Round(tuple(checks), tuple(still.values()), away)


def move_closed(ledger: Ledger) -> None:
    """After a night closed files go to the store; where it is away they wait in the local folder for the next night."""
    try:
        ledger.move_closed()
    except (StoreAwayError, StoreTakenError) as error:
        log.warning("archive files wait locally", problem=str(error))


def damage_sentence(ledger: Ledger) -> str:
    """What the office is told of damage that is not mended; empty where there is none."""
    found = tuple(open_damage(ledger.custody()).values())
    if not found:
        return ""
    verdicts = sum(len(one.verdicts) for one in found)
    files = "、".join(one.file for one in found)
    return f"存档损坏：{files}；涉及核验结论 {verdicts} 条，恢复前不得作为依据（mingcha custody verify --all）"


def refuse_damage(found: Iterable[Damage]) -> None:
    """End with an exit code of its own where evidence is damaged.

    Raises:
        NightError: naming each file, and the verdicts that rest on it.
    """
    told = []
    for one in found:
        verdicts = "; ".join(one.verdicts) or "no verdict"
        told.append(f"{one.file} ({len(one.problems)} problems; first: {one.problems[0]}; rests on it: {verdicts})")
    if told:
        raise NightError(
            f"archived evidence is damaged: {', '.join(told)}; restore it from a backup, then run: "
            "mingcha custody verify --all",
            Exit.DAMAGED,
        )


def _note_damage(ledger: Ledger, check: FileCheck, before: Damage | None, night: date, now: datetime) -> None:
    """One event and one incident for each damage, and again only when what is damaged has changed."""
    verdicts = tuple(_verdicts_on(ledger, check))
    facts = damage_facts(night, check, verdicts)
    if before is not None and before.problems == tuple(facts["problems"].splitlines()):
        return
    ledger.add_custody(CustodyKind.DAMAGE_FOUND, facts, actor=operator(), now=now)
    sentence = f"存档文件 {check.name} 损坏，涉及核验结论 {len(verdicts)} 条"
    # no fact "night": it holds no standings, as an incident of a portal does
    told = {"subject": "archive", "file": check.name, "found_on": night.isoformat(), "sentence": sentence}
    ledger.add_event("incident", told, now)
    log.warning("archive file damaged", file=check.name, problems=len(check.problems), verdicts=len(verdicts))


def _verdicts_on(ledger: Ledger, check: FileCheck) -> Iterator[str]:
    """``night obligation`` of every standing and verdict that cites a damaged response."""
    match = FILE_NAME.fullmatch(check.name)
    if match is None:
        return
    damaged = ledger.resting_on(one.snapshot_id for one in check.problems if one.snapshot_id)
    for night in ledger.nights(match["district"]):
        cited = {one.obligation_id for one in ledger.standings(night.id) if damaged.intersection(one.evidence)}
        for look in ledger.looks(night.id):
            cited |= {one.obligation_id for one in ledger.verdicts(look.id) if damaged.intersection(one.evidence)}
        yield from (f"{night.night} {obligation}" for obligation in sorted(cited))
