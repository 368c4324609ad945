"""Ledgers to test on: one on SQLite, one on PostgreSQL, and literal nights, visits and exchanges."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ledger.ledger import Ledger
from ledger.night import Look, LookKind, Night
from postgres import postgres_server, postgres_url

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ledger_literal import NOW

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
