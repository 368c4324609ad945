"""What a whole night leaves in the custody log, and how damage shows to the office."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kept_night import opened
from ledger.custody import CustodyKind
from nightly.cli import app
from nightly.errors import Exit, NightError


@pytest.fixture
def night(small_night, tmp_path: Path) -> tuple[str, Path]:  # type: ignore[no-untyped-def]
    """District file and a data folder of its own, as the night left it."""
    shutil.copytree(small_night.data, tmp_path / "data")
    return str(small_night.district), tmp_path / "data"


def _mingcha(*words: object) -> str:
    done = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_night_is_sealed_verified_and_its_reports_recorded(night: tuple[str, Path], small_night) -> None:  # type: ignore[no-untyped-def]
    _, data = night
    assert "存档复核：文件 1 个" in small_night.printed
    with opened(data) as ledger:
        events = ledger.custody()
        assert ledger.broken_link() is None
    kinds = [event.kind for event in events]
    assert kinds.index(CustodyKind.NIGHT_SEALED) < kinds.index(CustodyKind.VERIFIED) < kinds.index(CustodyKind.EXPORTED)
    (report,) = [event for event in events if event.kind is CustodyKind.EXPORTED]
    folder = next(path.parent for path in data.rglob("总览.html"))
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files
    )
    assert report.facts["sha256"] == hashlib.sha256(sums.encode()).hexdigest()
    assert report.facts["files"] == str(len(files))


def test_exports_are_recorded_with_the_digest_of_what_left(night: tuple[str, Path], tmp_path: Path) -> None:
    district, data = night
    lines, sheet = tmp_path / "verdicts.jsonl", tmp_path / "review.xlsx"
    _mingcha("export", "verdicts", district, "--data", data, "--out", lines)
    words = ["export", "verdicts", district, "--data", str(data), "--format", "csv"]
    printed = CliRunner().invoke(app, words, catch_exceptions=False).stdout_bytes
    _mingcha("review", "export", district, "--data", data, "--out", sheet)

    with opened(data) as ledger:
        *_, first, second, third = ledger.custody(CustodyKind.EXPORTED)
    assert [one.facts["what"] for one in (first, second, third)] == ["verdicts", "verdicts", "review"]
    assert first.facts["sha256"] == hashlib.sha256(lines.read_bytes()).hexdigest()
    assert first.facts["lines"] == str(len(lines.read_text(encoding="utf-8").splitlines()))
    assert (first.facts["to"], second.facts["to"]) == ("verdicts.jsonl", "standard output")
    assert second.facts["sha256"] == hashlib.sha256(printed).hexdigest()
    assert third.facts["sha256"] == hashlib.sha256(sheet.read_bytes()).hexdigest()


def test_damage_is_in_status_and_in_the_overview(night: tuple[str, Path], tmp_path: Path) -> None:
    district, data = night
    lines = tmp_path / "verdicts.jsonl"
    _mingcha("export", "verdicts", district, "--data", data, "--out", lines)
    rows = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    accused = next(row for row in rows if row["confirmed"] and row["evidence"])
    with opened(data) as ledger:
        snapshot = ledger.snapshot(accused["evidence"][0])
    path = data / "archive" / snapshot.archive_file
    body = bytearray(path.read_bytes())
    body[snapshot.offset + 40] ^= 0xFF
    path.write_bytes(body)

    with pytest.raises(NightError, match="archived evidence is damaged") as refused:
        _mingcha("custody", "verify", "--all", "--data", data)
    assert refused.value.code is Exit.DAMAGED
    assert "2021-11-30 " in str(refused.value)
    status = CliRunner().invoke(app, ["status", district, "--data", str(data)])
    assert status.exit_code != 0
    assert f"存档损坏：{path.name}" in status.output
    _mingcha("report", district, "--as-of", "2021-11-30", "--no-pictures", "--data", data)
    overview = next(data.rglob("总览.html"))
    assert f"存档损坏：{path.name}" in overview.read_text(encoding="utf-8")
    organs = "".join(one.read_text(encoding="utf-8") for one in (overview.parent / "单位").rglob("*.html"))
    assert "存档损坏" not in organs
