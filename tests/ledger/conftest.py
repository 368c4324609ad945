"""Ledgers to test on: one on SQLite, one on PostgreSQL, and literal nights, visits and exchanges."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ledger.custody import CustodyKind
from ledger.ledger import Ledger
from ledger.night import Look, LookKind, Night
from ledger.observation import PortalObservation
from ledger.review import Review, ReviewConclusion
from ledger.standing import Standing
from ledger.verdict import Finding, Gap, GapState, NightStanding, Outcome, Verdict
from postgres import postgres_server, postgres_url

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.append(str(Path(__file__).resolve().parent / "books"))  # its tests and the next ones' run again as a role
sys.path.append(str(Path(__file__).resolve().parent / "database"))

from ledger_literal import NOW, arrival_of, page_exchange, visit_of

__all__ = ["postgres_server", "postgres_url"]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/mingcha.db"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def reopen(database_url: str, tmp_path: Path) -> Iterator[Callable[..., Ledger]]:
    """Opens the same database and archive again, as after a kill; all are closed at the end."""
    opened: list[Ledger] = []

    def opening(**options: int) -> Ledger:
        opened.append(Ledger.open(database_url, tmp_path / "archive", **options))
        return opened[-1]

    yield opening
    for one in opened:
        one.close()


@pytest.fixture
def ledger(reopen: Callable[..., Ledger]) -> Ledger:
    """An empty ledger."""
    return reopen()


@pytest.fixture
def night(ledger: Ledger) -> Night:
    """A night of 万州 that owes three obligations."""
    return ledger.begin_night(
        "wanzhou",
        date(2021, 11, 30),
        planned=[("d/budget/1@finance", "finance"), ("d/budget/1@health", "health"), ("d/rules/1@gov", "gov")],
        facts={"catalogue": "sha256:1"},
        confirm_now=False,
        replayed=False,
        now=NOW,
    )


@pytest.fixture
def look(ledger: Ledger, night: Night) -> Look:
    """The night's first look."""
    return ledger.begin_look(night.id, LookKind.FIRST, NOW)


@pytest.fixture
def full_ledger(ledger: Ledger, night: Night, look: Look) -> Ledger:
    """A ledger with a row in every table."""
    visit = visit_of("http://www.wz.example/")
    ledger.want(look.id, [visit])
    snapshot = ledger.keep(page_exchange())
    ledger.record_arrival(look.id, arrival_of(visit, snapshot.id, page_exchange().headers))
    ledger.add_observations(look.id, [PortalObservation("portal", "start", visit.url, snapshot.id, NOW, True, 40)])
    verdict = Verdict("o", "column.exists", Outcome.SATISFIED, "", (snapshot.id,))
    ledger.add_judgement(look.id, [verdict], [Finding("o", Standing.PUBLISHED, "")])
    ledger.add_standings(night.id, [NightStanding("o", night.night, Standing.PUBLISHED, "")])
    ledger.add_gaps(night.id, [Gap("G1", "o", GapState.NEW, Standing.EMPTY, night.night, ())])
    ledger.add_review("wanzhou", Review("G1", ReviewConclusion.TRUE, "张三", "", "", NOW))
    ledger.add_event("started", {}, NOW)
    ledger.add_custody(CustodyKind.EXPORTED, {}, actor="张三", now=NOW)
    return ledger
