"""Set-up that every test shares: the tests folder is importable, and skips for want of ../shared are counted."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from pathlib import Path

import coverage
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from shared_data import ABSENT

MEASURED = ("checks", "ledger", "reports/pack", "reports/verifying", "nightly/packs", "nightly/safekeeping")
"""Rooms whose tests are traced, for the coverage that CI states (判断与佐证): tracing takes thrice the time."""
A_WORKER_EACH = frozenset({"postgres_server"})
"""Fixtures of ours for a whole run that each worker may well have for itself."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share a night or a browser stay with one worker (``--dist loadgroup``), which makes it once."""
    for item in items:
        group = _sharing(item)
        if group:
            item.add_marker(pytest.mark.xdist_group(group))


def _sharing(item: pytest.Item) -> str:
    """Name of the set-up of ours that a test shares with others: a fixture of the run, or those of its module."""
    known = getattr(item, "_fixtureinfo", None)
    ours: dict[str, str] = {
        name: defined[-1].scope
        for name, defined in (known.name2fixturedefs if known else {}).items()
        if defined[-1].baseid and name not in A_WORKER_EACH
    }
    of_run = sorted(name for name, scope in ours.items() if scope == "session")
    if of_run:
        return of_run[0]
    return item.nodeid.partition("::")[0] if "module" in ours.values() else ""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Stop tracing while a test runs that no measured room has; ``MINGCHA_MEASURE=all`` traces every test."""
    if os.environ.get("MINGCHA_MEASURE") == "all" or _is_measured(item.path):
        return (yield)
    stopped = []  # in a worker of pytest-xdist, pytest-cov has started two
    while (measuring := coverage.Coverage.current()) is not None:
        measuring.stop()
        stopped.append(measuring)
    try:
        return (yield)
    finally:
        for measuring in reversed(stopped):
            measuring.start()


def _is_measured(file: Path) -> bool:
    below = file.relative_to(Path(__file__).resolve().parent)
    return any(below.is_relative_to(room) for room in MEASURED)


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Bytes are no name for a case: compressed ones hold the time, and two workers must collect the same names."""
    return argname if isinstance(val, bytes) else None


def _skipped_for_shared(terminal: pytest.TerminalReporter) -> int:
    return sum(ABSENT in str(report.longrepr) for report in terminal.stats.get("skipped", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests were skipped for want of ../shared."""
    count = _skipped_for_shared(terminalreporter)
    terminalreporter.write_line(f"{count} tests skipped for want of ../shared")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With CI=true a test that was skipped for want of ../shared fails the run."""
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and terminal is not None and _skipped_for_shared(terminal) and not exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
