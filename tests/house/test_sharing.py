"""Tests that share a night are tested by one worker: pytest-xdist has stopped grouping before, without a word."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SHARED = """
import os
import pytest

@pytest.fixture(scope="module")
def night():
    yield os.getpid()

@pytest.mark.parametrize("number", range(6))
def test_it(night, number):
    print(f"<{night}>")
"""


def test_tests_of_one_fixture_have_one_worker(tmp_path: Path) -> None:
    conftest = Path(__file__).resolve().parents[1] / "conftest.py"
    (tmp_path / "conftest.py").write_text(conftest.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "shared_data.py").write_text('ABSENT = "absent"', encoding="utf-8")
    for name in ("test_one.py", "test_two.py"):
        (tmp_path / name).write_text(SHARED, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-n", "3", "--dist", "loadgroup", "-rP", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    printed = done.stdout + done.stderr
    workers = {line for line in printed.splitlines() if line.startswith("<")}
    assert "12 passed" in printed, printed
    assert len(workers) == 2, printed
