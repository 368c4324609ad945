"""A small night in a data folder, made through the ledger alone: three pages, two obligations, one gap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ledger.exchange import Exchange
from ledger.ledger import Ledger
from ledger.night import LookKind, NightState
from ledger.standing import Standing
from ledger.verdict import Finding, Gap, GapEvent, GapState, NightStanding, Outcome, Verdict
from nightly.settings import read_settings

HEADERS = (("Content-Type", "text/html"),)


@dataclass(frozen=True, slots=True)
class KeptNight:
    """What was kept: snapshot ids of the home page, of the page behind the gap and of the page behind the pass."""

    night_id: int
    home: str
    accused: str
    passed: str


def opened(data: Path) -> Ledger:
    """The ledger of a data folder, as commands open it."""
    settings = read_settings(data)
    return Ledger.open(settings.database_url, settings.archive)


def keep_night(
    data: Path, night: date, *, state: GapState = GapState.CONFIRMED, district: str = "wanzhou"
) -> KeptNight:
    """Walk, judge and end a night whose first obligation has a gap in this state."""
    at = datetime(night.year, night.month, night.day, 18, tzinfo=UTC)
    with opened(data) as ledger:
        begun = ledger.begin_night(
            district,
            night,
            planned=[("d/a/1@x", "x"), ("d/b/1@x", "x")],
            facts={},
            confirm_now=False,
            replayed=False,
            now=at,
        )
        look = ledger.begin_look(begun.id, LookKind.FIRST, at)
        names = ("home", "accused", "passed")
        kept = [
            ledger.keep(Exchange(f"http://a/{name}", 200, HEADERS, f"{night} {name}".encode() * 300, at)).id
            for name in names
        ]
        ledger.end_look(look.id, at)
        verdicts = [
            Verdict("d/a/1@x", "column.exists", Outcome.VIOLATED, "", (kept[1],)),
            Verdict("d/b/1@x", "column.exists", Outcome.SATISFIED, "", (kept[2],)),
        ]
        findings = [
            Finding("d/a/1@x", Standing.EMPTY, "", evidence=(kept[1],)),
            Finding("d/b/1@x", Standing.PUBLISHED, "", evidence=(kept[2],)),
        ]
        ledger.add_judgement(look.id, verdicts, findings)
        standings = [
            NightStanding("d/a/1@x", night, Standing.EMPTY, "", confirmed=True, evidence=(kept[1],)),
            NightStanding("d/b/1@x", night, Standing.PUBLISHED, "", evidence=(kept[2],)),
        ]
        ledger.add_standings(begun.id, standings)
        history = (GapEvent(night, state, Standing.EMPTY, ""),)
        ledger.add_gaps(begun.id, [Gap("G1", "d/a/1@x", state, Standing.EMPTY, night, history)])
        ledger.end_night(begun.id, NightState.FINISHED, at + timedelta(hours=1))
    return KeptNight(begun.id, *kept)
