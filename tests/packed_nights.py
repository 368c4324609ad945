"""Three nights of a small portal walked, sealed, signed, stamped, packed, and a stranger's night; for the harness."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nights
from pack_authority import authority
from pack_forging import unzipped
from pack_mutations import Genuine
from portals.demonstration import build
from portals.serving import serve

DAYS = ("2021-11-28", "2021-11-29", "2021-11-30")


def make_nights(folder: Path) -> None:
    """Walk and pack; ``folder/packs`` holds the chain, ``folder/stranger`` the same date of another data folder."""
    portal = build(departments=2, towns=1)
    with serve(portal) as served:
        district = portal.write_district(folder / "district", served.ports)
        for data, days in (("data", DAYS), ("other", DAYS[1:2])):
            for day in days:
                nights.run(district, folder / data, "--as-of", day, "--confirm-now", "--no-pictures")
    pack_nights(folder, district)


def pack_nights(folder: Path, district: Path) -> None:
    """Pack every night of ``folder/data`` and ``folder/other`` with a local time-stamp authority."""
    with authority(folder / "authority") as running:
        stamping = {"MINGCHA_TIMESTAMP_URLS": running.url, "MINGCHA_TIMESTAMP_CAS": str(running.ca_file)}
        for data, days, out in (("other", DAYS[1:2], "stranger"), ("data", DAYS, "packs-new")):
            for day in days:
                words = ["--night", day, "--data", str(folder / data), "--out", str(folder / out)]
                subprocess.run(
                    [sys.executable, "-m", "nightly.cli", "pack", str(district), *words],
                    env={**os.environ, **stamping},
                    check=True,
                )
    (folder / "packs-new").rename(folder / "packs")


def genuine_of(folder: Path) -> Genuine:
    """What ``make_nights`` left."""
    packs = {path.name: path.read_bytes() for path in sorted((folder / "packs").glob("*.zip"))}
    (stranger,) = (folder / "stranger").glob("*.zip")
    keys = json.loads(unzipped(next(iter(packs.values())))["keys/keys.json"])
    return Genuine(
        packs,
        stranger.read_bytes(),
        keys[-1]["fingerprint"],
        folder / "authority" / "ca.pem",
        lambda text: token_over(text, folder / "authority"),
    )


def token_over(text: bytes, folder: Path) -> bytes:
    """A genuine token of the local authority, as anybody gets one."""
    with tempfile.TemporaryDirectory() as here:
        # a serial number of its own: two processes ask at once
        cnf = (folder / "openssl.cnf").read_text(encoding="utf-8").replace(f"{folder}/serial", f"{here}/serial")
        (Path(here) / "openssl.cnf").write_text(cnf, encoding="utf-8")
        shutil.copy(folder / "serial", here)
        (Path(here) / "text").write_bytes(text)
        asked = ["-query", "-data", "text", "-sha256", "-cert", "-out", "asked"]
        answered = ["-reply", "-config", "openssl.cnf", "-queryfile", "asked", "-token_out", "-out", "token"]
        for words in (asked, answered):
            subprocess.run(["openssl", "ts", *words], cwd=here, check=True, capture_output=True)
        return (Path(here) / "token").read_bytes()
