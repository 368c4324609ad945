"""A night on whose pages an ID number stands: no pack that leaves holds it, the sealed one does and says for whom."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

import nights
from nightly.cli import app
from portals.demonstration import build
from portals.serving import serve

AS_OF = "2021-11-30"
NUMBER = b"11010519491231002X"


@dataclass(frozen=True, slots=True)
class PrivateNight:
    """A finished night whose page of ``obligation_id`` shows the number among its rows."""

    district: Path
    data: Path
    obligation_id: str


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> PrivateNight:
    folder = tmp_path_factory.mktemp("private")
    portal = build(departments=1, towns=1)
    truth = next(
        one
        for one in portal.truth
        if one.standing == "published" and one.address and b"</li>" in portal.pages[one.address].body
    )
    assert truth.address is not None
    shown = portal.pages[truth.address]
    body = shown.body.replace(b"</li>", b"</li><li>" + NUMBER + b"</li>", 1)
    pages = {**portal.pages, truth.address: replace(shown, body=body)}
    with serve(replace(portal, pages=pages)) as served:
        district = portal.write_district(folder / "district", served.ports)
        nights.run(district, folder / "data", "--as-of", AS_OF, "--confirm-now", "--no-pictures", "--no-browser")
    return PrivateNight(district, folder / "data", truth.obligation_id)


def packed(night: PrivateNight, out: Path, *words: str) -> Path:
    """The pack that these words make, found good by the verifier it carries."""
    options = ("--night", AS_OF, "--data", str(night.data), "--out", str(out))
    done = CliRunner().invoke(app, ["pack", str(night.district), *options, *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    (file,) = out.glob("*.zip")
    with zipfile.ZipFile(file) as inner:
        (out / "verify.py").write_bytes(inner.read("verify.py"))
    checked = subprocess.run([sys.executable, out / "verify.py", file], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    return file


def texts(held: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Every file in a zip, zips and gzip members in it opened too."""
    if held[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(held)) as inner:
            for one in inner.namelist():
                yield from texts(inner.read(one), f"{name}/{one}")
    elif held[:2] == b"\x1f\x8b":
        yield from texts(gzip.decompress(held), name)
    else:
        yield name, held


def places(file: Path) -> list[str]:
    """Where in a pack the number stands."""
    return [name for name, text in texts(file.read_bytes(), file.name) if NUMBER in text]


def withheld(file: Path) -> list[dict[str, object]]:
    """What the pack says it does not carry."""
    with zipfile.ZipFile(file) as inner:
        return [json.loads(line) for line in inner.read("data/withheld.jsonl").splitlines()]


@pytest.mark.parametrize("words", [(), ("--for", "assessor")], ids=["whole", "assessor"])
def test_no_pack_that_leaves_holds_the_number(night: PrivateNight, tmp_path: Path, words: tuple[str, ...]) -> None:
    file = packed(night, tmp_path, *words)
    assert places(file) == []
    assert {str(one["places"]) for one in withheld(file)} == {"['正文第 7 段（身份证号）']"}


def test_a_pack_of_the_organ_holds_it_as_little(night: PrivateNight, tmp_path: Path) -> None:
    file = packed(night, tmp_path, "--organ", night.obligation_id.rpartition("@")[2])
    assert places(file) == []
    assert withheld(file)


def test_the_sealed_pack_holds_the_page_and_names_who_it_is_for(night: PrivateNight, tmp_path: Path) -> None:
    file = packed(night, tmp_path, "--sealed", "--recipient", "云川区人民法院")
    found = places(file)
    assert found
    assert all("evidence.wacz" in name for name in found), found
    assert withheld(file) == []
    with zipfile.ZipFile(file) as inner:
        for said in (inner.read("README.txt").decode(), inner.read("index.html").decode()):
            assert "仅供云川区人民法院依法查阅" in said


def test_no_report_or_export_shows_the_number(night: PrivateNight, tmp_path: Path) -> None:
    reports = [path for path in (night.data / "reports").rglob("*") if path.is_file()]
    assert reports
    shown = [name for path in reports for name, text in texts(path.read_bytes(), path.name) if NUMBER in text]
    assert shown == []
