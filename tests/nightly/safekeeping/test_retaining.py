"""A rule removes whole archive files and pictures whose term is over, with an event first; what is held stays."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kept_night import keep_night, opened
from ledger.custody import CustodyKind
from ledger.encoding import moment_text
from ledger.errors import EvidenceRemovedError
from ledger.exchange import Exchange
from ledger.night import LookKind
from ledger.picture import Picture, PictureKind
from ledger.reply import Reply
from ledger.review import Review, ReviewConclusion
from ledger.verdict import GapState
from nightly.cli import app
from nightly.errors import NightError
from nightly.picture_index import write_index
from nightly.safekeeping.retaining import decisions, retain
from nightly.safekeeping.terms import Terms, read_terms
from nightly.settings import read_settings
from shared_data import PROJECT

NIGHT = date(2024, 3, 1)
LATER = date(2024, 3, 2)
FILE = "wanzhou-2024-03-01-0001.warc.gz"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
TERMS = Terms("retention.toml", 365)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder without any rule."""
    monkeypatch.delenv("MINGCHA_ARCHIVE_URL", raising=False)
    monkeypatch.delenv("MINGCHA_KEEP_DAYS", raising=False)
    monkeypatch.setenv("MINGCHA_OPERATOR", "王五")
    return tmp_path / "data"


def _retain(data: Path, now: datetime = NOW, terms: Terms = TERMS) -> dict[str, str]:
    """Apply the rule; reason for staying, or empty, by file name."""
    with opened(data) as ledger:
        return {one.name: one.kept_for for one in retain(ledger, read_settings(data), terms, now)}


def _files(data: Path) -> list[str]:
    return sorted(path.name for path in (data / "archive").glob("*.warc.gz"))


def test_without_a_rule_everything_stays(data: Path) -> None:
    keep_night(data, NIGHT, state=GapState.CLOSED)
    assert _retain(data, terms=read_terms(data)) == {}
    assert _files(data) == [FILE]


def test_what_is_beyond_its_term_goes_and_says_so(data: Path) -> None:
    kept = keep_night(data, NIGHT, state=GapState.CLOSED)
    digest = hashlib.sha256((data / "archive" / FILE).read_bytes()).hexdigest()

    assert _retain(data) == {FILE: ""}

    assert _files(data) == []
    with opened(data) as ledger:
        (event,) = ledger.custody()
        assert (event.kind, event.actor) == (CustodyKind.REMOVED, "王五")
        assert event.facts["file"] == FILE
        assert event.facts["sha256"] == digest
        assert event.facts["records"] == "3"
        assert event.facts["rule"] == "retention.toml: 365 days"
        # rows stay, and reading says what became of the bytes
        assert ledger.snapshot(kept.passed).archive_file == FILE
        assert len(ledger.standings(kept.night_id)) == 2
        with pytest.raises(EvidenceRemovedError, match=r"a retention rule removed this file \(custody event 1"):
            ledger.read_snapshot(kept.passed)
        with pytest.raises(EvidenceRemovedError):
            ledger.member(kept.passed)
    assert _retain(data) == {}
    done = CliRunner().invoke(app, ["custody", "verify", "--all", "--data", str(data)], catch_exceptions=False)
    assert "文件 0 个" in done.output
    assert "损坏 0 个" in done.output


def test_the_term_is_counted_in_whole_days_of_shanghai(data: Path) -> None:
    keep_night(data, NIGHT, state=GapState.CLOSED)
    # ended 2024-03-01 19:00 UTC, which is the 2nd in Shanghai
    last = datetime(2025, 3, 2, 15, 59, tzinfo=UTC)
    assert _retain(data, last) == {}
    assert _retain(data, last + timedelta(minutes=2)) == {FILE: ""}


def test_an_open_gap_holds_its_evidence_until_it_is_closed(data: Path) -> None:
    keep_night(data, NIGHT, state=GapState.CONFIRMED)
    assert _retain(data) == {FILE: "问题 G1 尚未销号"}
    assert _files(data) == [FILE]

    keep_night(data, LATER, state=GapState.CLOSED)
    assert _retain(data, datetime(2025, 3, 3, tzinfo=UTC)) == {FILE: ""}


def test_only_the_nights_of_its_history_are_held(data: Path) -> None:
    keep_night(data, NIGHT, state=GapState.CLOSED)
    keep_night(data, LATER, state=GapState.REOPENED)
    assert _retain(data) == {FILE: "", FILE.replace("03-01", "03-02"): "问题 G1 尚未销号"}


def test_a_dispute_holds_until_a_person_has_said_something(data: Path) -> None:
    keep_night(data, NIGHT, state=GapState.CLOSED)
    at = NOW - timedelta(days=3)
    reply = Reply("wanzhou", NIGHT, "x", "G1", (), "已在他处公开", "", "0" * 64, at)
    with opened(data) as ledger:
        ledger.add_custody(CustodyKind.REPLIED, reply.facts, actor="x", now=at)
    assert _retain(data) == {FILE: "问题 G1 申诉待复核"}

    review = Review("G1", ReviewConclusion.TRUE, "张三", "", "", NOW - timedelta(days=1))
    with opened(data) as ledger:
        ledger.add_review("wanzhou", review)
    assert _retain(data) == {FILE: ""}


def test_an_open_round_holds_its_night(data: Path) -> None:
    keep_night(data, NIGHT, state=GapState.CLOSED)
    facts = {"round": "R1", "district": "wanzhou"}
    opened_facts = {**facts, "action": "opened", "name": "2024", "cut_off": "2024-03-31", "until": ""}
    frozen = {**facts, "action": "frozen", "night": str(NIGHT), "judgement": "1", "night_ended_at": moment_text(NOW)}
    with opened(data) as ledger:
        ledger.add_custody(CustodyKind.ROUND, opened_facts, actor="x", now=NOW)
    assert _retain(data) == {FILE: "评估轮次 2024 尚未终评"}
    with opened(data) as ledger:
        ledger.add_custody(CustodyKind.ROUND, frozen, actor="x", now=NOW)
        for step in ("初评", "反馈", "申诉", "复核"):
            stepped = {**facts, "action": "stepped", "step": step, "note": ""}
            ledger.add_custody(CustodyKind.ROUND, stepped, actor="x", now=NOW)
    assert _retain(data) == {FILE: "评估轮次 2024 尚未终评"}
    with opened(data) as ledger:
        stepped = {**facts, "action": "stepped", "step": "终评", "note": ""}
        ledger.add_custody(CustodyKind.ROUND, stepped, actor="x", now=NOW)
    assert _retain(data) == {FILE: ""}


def test_what_a_kept_file_repeats_is_kept(data: Path) -> None:
    kept = keep_night(data, NIGHT, state=GapState.CLOSED)
    at = datetime(2024, 3, 2, 3, tzinfo=UTC)
    with opened(data) as ledger:
        look = ledger.begin_look(kept.night_id, LookKind.DAY, at)
        again = ledger.keep(Exchange("http://a/again", 200, (), f"{NIGHT} passed".encode() * 300, at))
        assert again.archive_file != FILE
        ledger.end_look(look.id, at)
    second = again.archive_file
    with (data / "archive" / second).open("r+b") as stream:
        stream.seek(again.offset + 30)
        stream.write(b"\0\0")
    with pytest.raises(NightError, match="damaged"):
        CliRunner().invoke(app, ["custody", "verify", "--all", "--data", str(data)], catch_exceptions=False)

    assert _retain(data) == {FILE: "保留的存档引用其中内容", second: "存档损坏，待处理"}


def test_a_night_that_runs_on_is_left_alone(data: Path) -> None:
    with opened(data) as ledger:
        at = datetime(2024, 3, 1, 18, tzinfo=UTC)
        night = ledger.begin_night("wanzhou", NIGHT, planned=[], facts={}, confirm_now=False, replayed=False, now=at)
        ledger.begin_look(night.id, LookKind.FIRST, at)
        ledger.keep(Exchange("http://a/", 200, (), b"x", at))
        assert {one.kept_for for one in decisions(ledger, read_settings(data), TERMS, NOW.date())} == {"批次未完成"}


def test_a_replay_of_old_records_keeps_its_own_term(data: Path) -> None:
    old = datetime(2019, 1, 1, tzinfo=UTC)
    with opened(data) as ledger:
        night = ledger.begin_night(
            "wanzhou", date(2019, 1, 1), planned=[], facts={}, confirm_now=False, replayed=True, now=NOW
        )
        look = ledger.begin_look(night.id, LookKind.FIRST, NOW)
        ledger.keep(Exchange("http://a/", 200, (), b"x", old))
        ledger.end_look(look.id, NOW)
        ledger.end_night(night.id, ledger.nights("wanzhou")[0].state.FINISHED, NOW)
    assert _retain(data) == {}


def test_pictures_go_with_their_night_and_those_of_open_gaps_stay(data: Path) -> None:
    kept = keep_night(data, NIGHT, state=GapState.CONFIRMED)
    settings = read_settings(data)
    settings.pictures.mkdir()
    made = []
    for obligation, snapshot in (("d/a/1@x", kept.accused), ("d/b/1@x", kept.passed)):
        name = hashlib.sha256(obligation.encode()).hexdigest() + ".png"
        (settings.pictures / name).write_bytes(obligation.encode())
        made.append(Picture(obligation, PictureKind.PAGE, name, (snapshot,)))
    write_index(settings, "wanzhou", NIGHT, made)

    _retain(data)

    assert [path.name for path in settings.pictures.glob("*.png")] == [made[0].file]
    with opened(data) as ledger:
        (event,) = ledger.custody(CustodyKind.REMOVED)
    assert event.facts["pictures"] == made[1].file


def test_a_moved_file_is_removed_from_its_store(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_night(data, NIGHT, state=GapState.CLOSED)
    (tmp_path / "disk").mkdir()
    monkeypatch.setenv("MINGCHA_ARCHIVE_URL", str(tmp_path / "disk"))
    with opened(data) as ledger:
        assert ledger.move_closed() == (FILE,)
    digest = hashlib.sha256((tmp_path / "disk" / FILE).read_bytes()).hexdigest()

    assert _retain(data) == {FILE: ""}
    assert not (tmp_path / "disk" / FILE).exists()
    with opened(data) as ledger:
        assert ledger.custody()[0].facts["sha256"] == digest


def test_a_dry_run_removes_nothing(data: Path) -> None:
    keep_night(data, NIGHT, state=GapState.CLOSED)
    (data / "retention.toml").write_text("schema = 1\n[district]\nwanzhou = 365\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["custody", "retain", "--dry-run", "--data", str(data)], catch_exceptions=False)
    assert "到期 1 项：将清理 1 项，保留 0 项" in done.output
    assert _files(data) == [FILE]
    done = CliRunner().invoke(app, ["custody", "retain", "--data", str(data)], catch_exceptions=False)
    assert "到期 1 项：已清理 1 项，保留 0 项" in done.output
    assert _files(data) == []


def test_what_was_announced_before_a_kill_is_removed_without_a_second_event(data: Path) -> None:
    keep_night(data, NIGHT, state=GapState.CLOSED)
    facts = {"kind": "archive", "file": FILE, "sha256": "0" * 64}
    with opened(data) as ledger:
        ledger.add_custody(CustodyKind.REMOVED, facts, actor="x", now=NOW)
    assert _retain(data) == {}
    assert _files(data) == []
    with opened(data) as ledger:
        assert len(ledger.custody()) == 1


def test_kills_leave_no_file_gone_without_its_event(data: Path) -> None:
    for day in range(12):
        keep_night(data, NIGHT + timedelta(days=day), state=GapState.CLOSED)
    names = set(_files(data))
    chance = random.Random(46)
    words = [sys.executable, "-m", "nightly.cli", "custody", "retain", "--data", str(data)]
    environment = {**os.environ, "MINGCHA_KEEP_DAYS": "365"}
    began = time.monotonic()
    subprocess.run([*words, "--dry-run"], cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL)
    takes = time.monotonic() - began
    for _ in range(4):
        child = subprocess.Popen(words, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL)
        try:
            child.wait(timeout=takes * chance.uniform(0.6, 1.1))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        with opened(data) as ledger:
            announced = {event.facts["file"] for event in ledger.custody(CustodyKind.REMOVED)}
        left = set(_files(data))
        assert names - left <= announced
        # announced and not removed yet: at most the one in hand
        assert len(announced & left) <= 1
        names = left
        if not left:
            break

    subprocess.run(words, cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL)
    assert _files(data) == []
    with opened(data) as ledger:
        removed = [event.facts["file"] for event in ledger.custody(CustodyKind.REMOVED)]
        assert len(removed) == len(set(removed)) == 12
        assert ledger.broken_link() is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("keep_days = 365", "write 'schema = 1' first"),
        ("schema = 1\nkeep_days = '365'", "keep_days: '365' is not a whole number of at least 30 days"),
        ("schema = 1\nkeep_days = 3", "keep_days: 3 is not a whole number of at least 30 days"),
        ("schema = 1\nkeep_days = true", "keep_days: True is not"),
        ("schema = 1\nkeepdays = 365", "unknown entry 'keepdays'"),
        ("schema = 1\ndistrict = 365", r"write \[district\]"),
        ("schema = 1\n[district]\nwanzhou = -1", "district.wanzhou: -1 is not"),
        ("schema = ", "no valid TOML"),
    ],
)
def test_a_rule_that_is_not_understood_removes_nothing(data: Path, text: str, problem: str) -> None:
    keep_night(data, NIGHT, state=GapState.CLOSED)
    (data / "retention.toml").write_text(text, encoding="utf-8")
    with pytest.raises(NightError, match=problem):
        CliRunner().invoke(app, ["custody", "retain", "--data", str(data)], catch_exceptions=False)
    assert _files(data) == [FILE]


def test_two_rules_are_one_too_many(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data.mkdir()
    (data / "retention.toml").write_text("schema = 1\nkeep_days = 365", encoding="utf-8")
    monkeypatch.setenv("MINGCHA_KEEP_DAYS", "1000")
    with pytest.raises(NightError, match="both name a term; unset one of them"):
        read_terms(data)
    (data / "retention.toml").unlink()
    assert read_terms(data).of("wanzhou") == 1000
    monkeypatch.setenv("MINGCHA_KEEP_DAYS", "long")
    with pytest.raises(NightError, match="not a whole number of days"):
        read_terms(data)
