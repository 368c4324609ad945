"""The environment of a night (取证环境): what ran, on what, by whom, with which clock; recorded once, cited by all."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from importlib.metadata import distributions, version
from pathlib import Path

from crawler.browsing.launching import browser_build
from ledger.ledger import Ledger
from ledger.night import Night
from nightly.clock import now
from nightly.clock_check import UNCHECKED, VARIABLE, against_dates, against_server, read_clock_setting
from nightly.operating import operator
from nightly.preparing import Prepared

NOT_RECORDED = "not_recorded"
CLOCK_EVENT = "clock"
_SOURCES = Path(__file__).resolve().parent.parent
_GIT_SECONDS = 20


def environment_facts(prepared: Prepared, replay: Sequence[Path] = ()) -> dict[str, str]:
    """Facts of the night that begins.

    ``MINGCHA_EGRESS`` describes how this machine reaches the net (address, line, city), which no program can know.
    ``clock`` says what ``MINGCHA_CLOCK`` asked for: the difference to a time server, else ``unchecked``.

    Raises:
        NightError: ``MINGCHA_CLOCK`` is not as it should be.
    """
    return {
        "program": f"mingcha {version('mingcha')}",
        "commit": _commit(),
        "lock": _digest_of(_SOURCES / "requirements.lock"),
        "packages": _packages_digest(),
        "python": platform.python_version(),
        "catalogue": prepared.catalogue.digest,
        "district_file": prepared.district_digest,
        "browser": browser_build() or NOT_RECORDED,
        "system": _system(),
        "clock": _clock(),
        "egress": os.environ.get("MINGCHA_EGRESS", "").strip() or NOT_RECORDED,
        "operator": operator(),
        "replayed": "、".join(file.name for file in replay),
    }


def note_clock(ledger: Ledger, night: Night) -> None:
    """After the walk: with ``MINGCHA_CLOCK=dates``, what the answers' own clocks say of ours."""
    if os.environ.get(VARIABLE, "").strip() != "dates" or night.replayed:
        return
    arrivals = [one for look in ledger.looks(night.id) for one in ledger.arrived(look.id)]
    ledger.add_event(CLOCK_EVENT, {"night_id": str(night.id), "clock": against_dates(arrivals)}, now())


def environment_of(ledger: Ledger, night: Night) -> dict[str, str]:
    """Facts as they were recorded when the night began, with the clock check that came after the walk."""
    mine = str(night.id)
    checks = [facts["clock"] for _, _, facts in ledger.events(CLOCK_EVENT) if facts.get("night_id") == mine]
    facts = ledger.night_facts(night.id)
    return {**facts, "clock": checks[-1]} if checks else facts


def _clock() -> str:
    server = read_clock_setting(os.environ.get(VARIABLE, "").strip())
    return against_server(*server, now) if server else UNCHECKED


@cache
def _commit() -> str:
    """Commit of the checkout that runs, ``+changed`` behind it where files differ; of an installed wheel nothing."""
    git = shutil.which("git")
    if git is None or not (_SOURCES / ".git").exists():
        return NOT_RECORDED
    try:
        commit, changes = (
            subprocess.run(
                [git, "-C", str(_SOURCES), *words], capture_output=True, text=True, timeout=_GIT_SECONDS, check=True
            ).stdout.strip()
            for words in (("rev-parse", "HEAD"), ("status", "--porcelain", "--untracked-files=no"))
        )
    except (OSError, subprocess.SubprocessError):
        return NOT_RECORDED
    return f"{commit}+changed" if changes else commit


def _digest_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else NOT_RECORDED


@cache
def _packages_digest() -> str:
    """SHA-256 over name and version of every package that is installed: what really ran, whatever the lock says."""
    lines = sorted({f"{one.name.casefold()}=={one.version}" for one in distributions()})
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _system() -> str:
    try:
        named = platform.freedesktop_os_release().get("PRETTY_NAME", "")
    except OSError:
        named = ""
    return f"{named} {platform.platform()}".strip()
