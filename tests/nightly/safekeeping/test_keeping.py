"""The archive proves itself: everything is read again within the cycle, and damage is found, named and told."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kept_night import KeptNight, keep_night, opened
from ledger.archive.verifying import chosen
from ledger.custody import CustodyKind
from ledger.exchange import Exchange
from ledger.night import LookKind
from nightly.cli import app
from nightly.errors import Exit, NightError
from nightly.safekeeping.keeping import damage_sentence, verify_archive
from nightly.settings import read_settings

NIGHT = date(2026, 3, 1)
FILE = "wanzhou-2026-03-01-0001.warc.gz"
NOW = datetime(2026, 3, 1, 20, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder."""
    monkeypatch.delenv("MINGCHA_ARCHIVE_URL", raising=False)
    return tmp_path / "data"


def _verify(data: Path, *words: str) -> str:
    return CliRunner().invoke(app, ["custody", "verify", *words, "--data", str(data)], catch_exceptions=False).output


def test_a_whole_archive_is_found_whole(data: Path) -> None:
    for day in range(3):
        keep_night(data, NIGHT + timedelta(days=day))

    assert "存档复核：文件 3 个，记录 9 条，损坏 0 个" in _verify(data, "--all")

    with opened(data) as ledger:
        (event,) = ledger.custody()
    assert event.kind is CustodyKind.VERIFIED
    assert {name: event.facts[name] for name in ("scope", "files", "records", "damaged", "away")} == {
        "scope": "all",
        "files": "3",
        "records": "9",
        "damaged": "0",
        "away": "0",
    }
    assert len(event.facts["intact"].splitlines()) == 3


def _cut_record(path: Path, kept: KeptNight, data: Path) -> None:
    with opened(data) as ledger:
        last = ledger.snapshot(kept.passed)
    path.write_bytes(path.read_bytes()[: last.offset])


def _flip_inside(path: Path, kept: KeptNight, data: Path) -> None:
    with opened(data) as ledger:
        row = ledger.snapshot(kept.accused)
    body = bytearray(path.read_bytes())
    body[row.offset + row.length // 2] ^= 1
    path.write_bytes(body)


def _forge(path: Path, kept: KeptNight, data: Path) -> None:
    """The record is written anew with another block and in another length, every gzip checksum right."""
    with opened(data) as ledger:
        row = ledger.snapshot(kept.accused)
    body = path.read_bytes()
    plain = gzip.decompress(body[row.offset : row.offset + row.length]).replace(b"accused", b"defence")
    path.write_bytes(
        body[: row.offset] + gzip.compress(plain, compresslevel=0, mtime=0) + body[row.offset + row.length :]
    )


def _flip_header(path: Path, kept: KeptNight, data: Path) -> None:
    """A byte of the gzip header that no checksum covers."""
    body = bytearray(path.read_bytes())
    body[4] ^= 1
    path.write_bytes(body)


def _remove(path: Path, kept: KeptNight, data: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("harm", "named"),
    [
        (_cut_record, {"2026-03-01 d/b/1@x"}),
        (_flip_inside, {"2026-03-01 d/a/1@x"}),
        (_forge, {"2026-03-01 d/a/1@x", "2026-03-01 d/b/1@x"}),
        (_flip_header, set()),
        (_remove, {"2026-03-01 d/a/1@x", "2026-03-01 d/b/1@x"}),
    ],
)
def test_damage_is_found_named_and_told_once(
    data: Path, harm: Callable[[Path, KeptNight, Path], None], named: set[str]
) -> None:
    kept = keep_night(data, NIGHT)
    keep_night(data, NIGHT + timedelta(days=1))
    _verify(data, "--all")
    path = data / "archive" / FILE
    whole = path.read_bytes()
    harm(path, kept, data)

    for _ in range(2):
        with pytest.raises(NightError, match=f"archived evidence is damaged: {FILE}") as error:
            _verify(data, "--all")
        assert error.value.code is Exit.DAMAGED
        assert all(verdict in str(error.value) for verdict in named)

    with opened(data) as ledger:
        (event,) = ledger.custody(CustodyKind.DAMAGE_FOUND)
        assert event.facts["file"] == FILE
        assert set(event.facts["verdicts"].splitlines()) == named
        ((_, _, incident),) = ledger.events("incident")
        assert incident["file"] == FILE
        assert FILE in damage_sentence(ledger)

    path.write_bytes(whole)  # restored from a backup
    assert "损坏 0 个" in _verify(data)
    with opened(data) as ledger:
        assert damage_sentence(ledger) == ""
        assert ledger.broken_link() is None


def test_a_damaged_original_damages_what_repeats_it(data: Path) -> None:
    keep_night(data, NIGHT)
    with opened(data) as ledger:
        night = ledger.nights("wanzhou")[0]
        look = ledger.begin_look(night.id, LookKind.DAY, NOW)
        page = Exchange("http://a/again", 200, (), b"2026-03-01 accused" * 300, NOW)
        repeated = ledger.keep(page)
        ledger.end_look(look.id, NOW)
        assert ledger.resting_on([ledger.kept_in(FILE)[1].snapshot.id]) >= {repeated.id}
    assert "文件 2 个，记录 4 条，损坏 0 个" in _verify(data, "--all")


@pytest.mark.parametrize("cycle", [1, 7, 30])
def test_everything_comes_up_within_the_cycle(cycle: int) -> None:
    verified: dict[str, date] = {}
    files: list[str] = []
    for day in range(120):
        night = NIGHT + timedelta(days=day)
        files.append(f"a-{night}-0001.warc.gz")
        sample = chosen(files, verified, night, cycle)
        assert sample == chosen(files, dict(reversed(verified.items())), night, cycle)
        assert len(sample) == len(set(sample))
        # no night has to read much more than its share
        assert len(sample) <= 2 + -(-len(files) // cycle)
        verified.update(dict.fromkeys(sample, night))
        assert min(verified.values()) > night - timedelta(days=cycle + 1)
    assert set(verified) == set(files)


def test_after_nights_that_did_not_run_all_that_is_due_comes_up() -> None:
    files = [f"a-{number:04d}" for number in range(100)]
    sample = chosen(files, dict.fromkeys(files, NIGHT), NIGHT + timedelta(days=45), 30)
    assert sorted(sample) == files


def test_a_sample_asked_for_takes_the_oldest(data: Path) -> None:
    for day in range(4):
        keep_night(data, NIGHT + timedelta(days=day))
    settings = read_settings(data)
    seen = []
    with opened(data) as ledger:
        for day in range(4):
            done = verify_archive(ledger, settings, NIGHT + timedelta(days=day), NOW, count=1)
            seen += [one.name for one in done.checks]
    assert len(set(seen)) == 4


def test_a_store_that_is_away_is_no_damage(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_night(data, NIGHT)
    disk = tmp_path / "disk"
    disk.mkdir()
    monkeypatch.setenv("MINGCHA_ARCHIVE_URL", str(disk))
    assert "已移出存档文件 1 个" in CliRunner().invoke(app, ["custody", "move", "--data", str(data)]).output
    assert "文件 1 个，记录 3 条，损坏 0 个" in _verify(data, "--all")

    disk.rename(tmp_path / "unplugged")
    with pytest.raises(NightError, match=r"archive store .*disk cannot be used"):
        _verify(data, "--all")
    with opened(data) as ledger:
        assert ledger.custody(CustodyKind.DAMAGE_FOUND) == ()
        assert ledger.custody(CustodyKind.VERIFIED)[-1].facts["away"] == "1"


@pytest.mark.parametrize("given", ["0", "-3", "x", "1.5", "３"])
def test_a_cycle_that_is_no_number_is_refused(data: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("MINGCHA_VERIFY_NIGHTS", given)
    with pytest.raises(NightError, match=r"MINGCHA_VERIFY_NIGHTS=.*not a whole number of at least 1"):
        read_settings(data)
