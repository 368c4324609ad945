"""Lock file and tracked files: hashes, no addresses, no path of any machine."""

from __future__ import annotations

import re
import subprocess

import pytest

from shared_data import PROJECT

LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8")


def test_each_locked_version_has_a_hash_and_no_address() -> None:
    assert "://" not in LOCK
    entries = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.M)
    assert [entry.splitlines()[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


def test_each_wanted_package_is_locked() -> None:
    wanted = re.findall(r"^([A-Za-z0-9._-]+)", (PROJECT / "requirements.in").read_text(encoding="utf-8"), re.M)
    locked = {name.lower().replace("_", "-") for name in re.findall(r"^([A-Za-z0-9._-]+)", LOCK, re.M)}
    assert [name for name in wanted if name.lower() not in locked] == []


def test_no_tracked_path_or_file_names_a_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    segments = re.compile(r"(^|/)(work|root|farm)(/|$)")
    assert [name for name in listed.stdout.splitlines() if segments.search(name)] == []
