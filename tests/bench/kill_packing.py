"""Packing killed at random points: under the final name stands the whole pack or nothing.

Usage: python tests/bench/kill_packing.py [--kills 60] [--folder F] [--seed 1]
Half of the kills find no pack there before, half an older one. Each moment is random within the time that packing
takes, so that start, copying, hashing, signing, writing and renaming are all hit; what each kill hit is printed.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import nights
from nightly.cli import app
from portals.demonstration import build
from portals.serving import serve

AS_OF = "2021-11-30"


def make_night(folder: Path) -> Path:
    """Walk a night of a small portal; the district file."""
    portal = build(departments=2, towns=1)
    with serve(portal) as served:
        district = portal.write_district(folder / "district", served.ports)
        nights.run(district, folder / "data", "--as-of", AS_OF, "--confirm-now", "--no-pictures", "--no-browser")
    return district


def begun(words: list[str]) -> int:
    """A child that packs, loaded already: all of its time is packing. Its process id."""
    if child := os.fork():
        return child
    code = 1
    try:
        with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
            app(words, standalone_mode=False)
        code = 0
    finally:
        os._exit(code)


def killed(words: list[str], after: float) -> bool:
    """Start packing and kill it; whether it was still running."""
    child, ends = begun(words), time.monotonic() + after
    while time.monotonic() < ends:
        if os.waitpid(child, os.WNOHANG)[0]:
            return False
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def packed_whole(words: list[str]) -> float:
    """Pack without a kill; seconds.

    Raises:
        AssertionError: it failed.
    """
    began = time.monotonic()
    assert os.waitpid(begun(words), 0)[1] == 0
    return time.monotonic() - began


def digest_of(file: Path) -> str:
    """Hex SHA-256, or empty where there is no such file."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def is_whole(pack: Path) -> bool:
    """What the verifier inside says of a pack that is not the one we know: templates may change while this runs."""
    if zipfile.is_zipfile(pack):
        with zipfile.ZipFile(pack) as packed:
            verifier = packed.read("verify.py")
        return (
            subprocess.run([sys.executable, "-", pack], input=verifier, capture_output=True, check=False).returncode
            == 0
        )
    return False


def main() -> None:
    """Print what was hit; exit 1 where something half stood under the final name."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="of a night walked before (district/district.toml, data)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mingcha-kill-") as temporary:
        folder = options.folder or Path(temporary)
        district, out = (
            folder / "district" / "district.toml" if options.folder else make_night(folder),
            folder / "packs",
        )
        words = ["pack", str(district), "--data", str(folder / "data"), "--night", AS_OF, "--out", str(out)]
        nights.run(district, folder / "data", *words[4:], verb="pack")
        seconds = packed_whole(words)
        (pack,) = out.glob("*.zip")
        whole, chance, seen, wrong = digest_of(pack), random.Random(options.seed), Counter[str](), 0
        while sum(seen.values()) < options.kills:
            if sum(seen.values()) % 2:
                pack.unlink(missing_ok=True)
            before = digest_of(pack)
            if not killed(words, chance.uniform(0, 1.1) * seconds):
                seconds = packed_whole(words)  # how busy the machine is changes
                continue
            drafts = [one.name for one in out.iterdir() if one != pack]
            stage = "while the draft was written" if drafts else "before the draft"
            if (found := digest_of(pack)) and not before:
                stage = "after the renaming"
            seen[stage] += 1
            wrong += (bool(before) and not found) or (found not in ("", whole) and not is_whole(pack))
        packed_whole(words)
        again = is_whole(pack) and [one.name for one in out.iterdir()] == [pack.name]
    print(f"{sum(seen.values())} kills of packings that take {seconds:.1f} s: {dict(seen)}")
    print(f"half packs under the final name: {wrong}; packed again afterwards whole, no draft left: {again}")
    sys.exit(wrong > 0 or not again)


if __name__ == "__main__":
    main()
