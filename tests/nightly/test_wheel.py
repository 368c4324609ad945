"""The wheel carries data, templates and migrations: installed in an empty environment elsewhere it checks and walks."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from portals.demonstration import build
from portals.serving import serve
from shared_data import PROJECT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built without network from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(PROJECT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_all_data_files(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        str(file.relative_to(PROJECT))
        for pattern in (
            "catalog/data/**/*.toml",
            "reports/templates/*.*",
            "reports/pack/carried/*.*",
            "crawler/picturing/*.js",
            "crawler/probing/*.toml",
            "crawler/refusal/*.toml",
            "checks/*.toml",
            "ledger/database/migrations/**/*.py",
        )
        for file in PROJECT.glob(pattern)
    }
    assert len(wanted) > 15
    assert wanted - names == set()
    assert not [name for name in names if name.startswith("tests")]


@pytest.mark.timeout(600)
def test_installed_elsewhere_it_checks_the_catalogue_and_walks_a_portal(wheel: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    venv.create(elsewhere, with_pip=True)
    pip = [
        str(elsewhere / "bin" / "python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
    ]
    _call([*pip, "--require-hashes", "--no-compile", "-r", str(PROJECT / "requirements.lock")], tmp_path)
    _call([*pip, str(wheel)], tmp_path)
    mingcha = str(elsewhere / "bin" / "mingcha")
    assert "无误" in _call([mingcha, "catalog", "check"], tmp_path)
    portal = build(departments=1, towns=1)
    with serve(portal) as served:
        district = portal.write_district(tmp_path / "district", served.ports)
        data = str(tmp_path / "data")
        out = _call([mingcha, "run", str(district), "--as-of", "2021-11-30", "--data", data, "--confirm-now"], tmp_path)
    assert "总览" in out
    assert list((tmp_path / "data" / "reports").rglob("总览.html"))


def _call(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
