"""The one place where nightly reads a clock."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ledger.night import SHANGHAI


def now() -> datetime:
    """The present moment, UTC."""
    return datetime.now(UTC)


def tonight(moment: datetime) -> date:
    """The night's date: the date in Asia/Shanghai when the crawl starts (CONTRACTS: Night)."""
    return moment.astimezone(SHANGHAI).date()
