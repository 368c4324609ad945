"""What the custody log says of archive files: verified when, damaged still, removed by rule; folds, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ledger.archive.verifying import FileCheck
from ledger.custody import CustodyEvent, CustodyKind


@dataclass(frozen=True, slots=True)
class Verified:
    """Verified file (已复核的存档文件): the night it was last found whole, and its hex SHA-256 then."""

    night: date
    sha256: str


@dataclass(frozen=True, slots=True)
class Damage:
    """Damage (存档损坏) of one file that is not mended yet.

    Attributes:
        event: number of the custody event that told of it.
        problems: one a line, ``snapshot id: what is wrong``.
        verdicts: one a line, ``night obligation id``: what cannot be proved until the file is restored.
    """

    file: str
    event: int
    problems: tuple[str, ...]
    verdicts: tuple[str, ...]


def verified_files(events: Iterable[CustodyEvent]) -> dict[str, Verified]:
    """Every file that was ever found whole, with the last time."""
    found: dict[str, Verified] = {}
    for event in events:
        if event.kind is CustodyKind.VERIFIED:
            night = date.fromisoformat(event.facts["night"])
            for line in event.facts["intact"].splitlines():
                digest, _, name = line.partition("  ")
                found[name] = Verified(night, digest)
    return found


def open_damage(events: Iterable[CustodyEvent]) -> dict[str, Damage]:
    """Files whose newest verification found damage; a file that was restored and verified again is whole."""
    found: dict[str, Damage] = {}
    for event in events:
        if event.kind is CustodyKind.DAMAGE_FOUND:
            facts = event.facts
            lines = tuple(facts["problems"].splitlines()), tuple(facts["verdicts"].splitlines())
            found[facts["file"]] = Damage(facts["file"], event.number, *lines)
        elif event.kind is CustodyKind.VERIFIED:
            for line in event.facts["intact"].splitlines():
                found.pop(line.partition("  ")[2], None)
        elif event.kind is CustodyKind.REMOVED:
            found.pop(event.facts.get("file", ""), None)
    return found


def removed_files(events: Iterable[CustodyEvent]) -> frozenset[str]:
    """Names of archive files that a retention rule removed, or was about to."""
    kinds = (event for event in events if event.kind is CustodyKind.REMOVED)
    return frozenset(event.facts["file"] for event in kinds if "file" in event.facts)


def verified_facts(night: date, scope: str, checks: Iterable[FileCheck], away: int) -> Mapping[str, str]:
    """Facts of a VERIFIED event.

    Args:
        scope: ``sample``, ``all`` or a number of files asked for.
        away: how many files could not be read, for their store was away.
    """
    done = tuple(checks)
    intact = [one for one in done if not one.problems]
    return {
        "night": night.isoformat(),
        "scope": scope,
        "files": str(len(done)),
        "records": str(sum(one.records for one in done)),
        "bytes": str(sum(one.bytes for one in done)),
        "damaged": str(len(done) - len(intact)),
        "away": str(away),
        "intact": "".join(f"{one.sha256}  {one.name}\n" for one in intact),
    }


def damage_facts(night: date, check: FileCheck, verdicts: Iterable[str]) -> Mapping[str, str]:
    """Facts of a DAMAGE_FOUND event."""
    return {
        "night": night.isoformat(),
        "file": check.name,
        "problems": "".join(f"{one.snapshot_id or '-'}: {one.sentence}\n" for one in check.problems),
        "verdicts": "".join(f"{one}\n" for one in verdicts),
    }
