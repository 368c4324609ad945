"""Raw evidence is shown to a person only with a record of it, and the log of records proves itself."""

from __future__ import annotations

import gzip
import sqlite3
from datetime import date
from pathlib import Path

import psycopg
import pytest
from apscheduler.schedulers.background import BackgroundScheduler
from typer.testing import CliRunner

from kept_night import keep_night, opened
from ledger.custody import CustodyKind
from nightly.cli import app
from nightly.errors import Exit, NightError
from nightly.operating import operator
from nightly.scheduling import _options, arrange, next_run
from nightly.settings import read_settings

NIGHT = date(2026, 3, 1)


def _mingcha(*words: object) -> str:
    done = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder; who works in it is named."""
    monkeypatch.setenv("MINGCHA_OPERATOR", "王五")
    monkeypatch.delenv("MINGCHA_ARCHIVE_URL", raising=False)
    return tmp_path / "data"


def test_a_page_is_shown_with_a_record(data: Path, tmp_path: Path) -> None:
    kept = keep_night(data, NIGHT)
    page, record = tmp_path / "page.html", tmp_path / "record.warc.gz"

    assert "保管记录第 1 条" in _mingcha(
        "custody", "show", kept.accused, "--out", page, "--for", "申诉复核", "--data", data
    )
    assert "保管记录第 2 条" in _mingcha("custody", "show", kept.accused, "--out", record, "--data", data)

    assert page.read_bytes() == b"2026-03-01 accused" * 300
    assert kept.accused.encode() in gzip.decompress(record.read_bytes())
    with opened(data) as ledger:
        first, second = ledger.custody()
        digest = ledger.snapshot(kept.accused).payload_digest
    assert (first.kind, first.actor) == (CustodyKind.VIEWED, "王五")
    assert first.facts == {
        "snapshot": kept.accused,
        "url": "http://a/accused",
        "payload_digest": digest,
        "form": "body",
        "to": "page.html",
        "for": "申诉复核",
    }
    assert second.facts["form"] == "record"
    assert operator() == "王五"


def test_a_page_that_is_not_there_leaves_neither_file_nor_record(data: Path, tmp_path: Path) -> None:
    keep_night(data, NIGHT)
    done = CliRunner().invoke(app, ["custody", "show", "no-such", "--out", str(tmp_path / "f"), "--data", str(data)])
    assert done.exit_code != 0
    assert not (tmp_path / "f").exists()
    with opened(data) as ledger:
        assert ledger.custody() == ()


def test_the_log_is_listed_and_a_forged_event_found(data: Path, tmp_path: Path) -> None:
    kept = keep_night(data, NIGHT)
    for name in "abc":
        _mingcha("custody", "show", kept.home, "--out", tmp_path / name, "--data", data)
    assert "保管记录 3 条，哈希链完好" in _mingcha("custody", "log", "--check", "--data", data)

    # somebody with the file and tools of his own
    with sqlite3.connect(data / "mingcha.db") as plain:
        plain.execute("DROP TRIGGER custody_refuses_update")
        plain.execute("UPDATE custody SET actor = '李四' WHERE number = 2")
    with pytest.raises(NightError, match="custody event 2 does not follow from the one before") as error:
        _mingcha("custody", "log", "--check", "--data", data)
    assert error.value.code is Exit.DAMAGED


@pytest.mark.postgres
def test_a_role_is_granted_and_works(
    data: Path, tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("CREATE ROLE nightwatch LOGIN")
    monkeypatch.setenv("MINGCHA_DATABASE_URL", postgres_url)
    said = _mingcha("custody", "grant", "nightwatch", "--data", data)
    assert "GRANT SELECT, INSERT ON" in said
    assert 'DELETE ON "public"."schedule"' in said

    monkeypatch.setenv("MINGCHA_DATABASE_URL", postgres_url.replace("//app@", "//nightwatch@"))
    kept = keep_night(data, NIGHT)
    _mingcha("custody", "show", kept.home, "--out", tmp_path / "a", "--data", data)
    assert "哈希链完好" in _mingcha("custody", "log", "--check", "--data", data)
    scheduler = BackgroundScheduler(**_options(read_settings(data)))
    scheduler.start(paused=True)
    arrange(scheduler, read_settings(data), {"wanzhou": "wanzhou"})
    scheduler.shutdown(wait=False)
    assert next_run(read_settings(data), "wanzhou")[:2] == "20"
    with (
        psycopg.connect(postgres_url.replace("//app@", "//nightwatch@")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("DELETE FROM custody")
