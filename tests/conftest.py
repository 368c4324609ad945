"""Set-up that every test shares: the tests folder is importable, and skips for want of ../shared are counted."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from shared_data import ABSENT

WHOLE_NIGHTS = ("small_night", "answered", "judged")
"""Fixtures that take minutes: whoever uses one is tested by the one worker that has it."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share a whole night stay together when several workers test (``--dist loadgroup``)."""
    for item in items:
        shared = [name for name in WHOLE_NIGHTS if name in getattr(item, "fixturenames", ())]
        if shared:
            item.add_marker(pytest.mark.xdist_group(shared[0]))


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
