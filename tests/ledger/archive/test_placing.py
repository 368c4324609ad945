"""Closed archive files may lie elsewhere, and are read there as here; a store that is away is said to be away."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import fsspec
import pytest
from ledger_literal import NOW, page_exchange

from ledger.archive.storing import MARK
from ledger.errors import EvidenceDamagedError, StoreAwayError, StoreTakenError
from ledger.ledger import Ledger
from ledger.night import LookKind, Night, NightState
from stores import a_store, new_bucket, s3_server

FIRST, SECOND = "wanzhou-2021-11-30-0001.warc.gz", "wanzhou-2021-11-30-0002.warc.gz"


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The database plays no part in where files lie."""
    return f"sqlite:///{tmp_path}/mingcha.db"


@pytest.fixture(params=["folder", "memory", "s3"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A store of each kind."""
    with a_store(request.param, tmp_path, monkeypatch) as url:
        yield url


def _night_kept(ledger: Ledger, *, end: bool = True) -> tuple[Night, list[str]]:
    """A night with three responses, one of them a revisit; ids of their snapshots."""
    night = ledger.begin_night(
        "wanzhou", date(2021, 11, 30), planned=[], facts={}, confirm_now=False, replayed=False, now=NOW
    )
    look = ledger.begin_look(night.id, LookKind.FIRST, NOW)
    body = bytes(range(256)) * 40
    plain = replace(page_exchange(), headers=(("Content-Type", "text/html"),))
    pages = [replace(plain, target_uri=f"http://a/{n}", body=body if n else b"first") for n in range(3)]
    kept = [ledger.keep(page).id for page in pages]
    if end:
        ledger.end_look(look.id, NOW)
        ledger.end_night(night.id, NightState.FINISHED, NOW)
    return night, kept


def test_a_closed_file_moves_and_is_read_there(reopen: Callable[..., Ledger], store_url: str, tmp_path: Path) -> None:
    ledger = reopen(store_url=store_url)
    _, kept = _night_kept(ledger)
    bodies = [ledger.read_snapshot(one).body for one in kept]
    members = [ledger.member(one) for one in kept]
    digest = hashlib.sha256((tmp_path / "archive" / FIRST).read_bytes()).hexdigest()

    assert ledger.move_closed() == (FIRST,)

    assert not list((tmp_path / "archive").glob("*.warc.gz*"))
    again = reopen(store_url=store_url)
    assert [again.read_snapshot(one).body for one in kept] == bodies
    assert [again.member(one) for one in kept] == members
    assert again.archived_bytes(FIRST, 0, 2) == b"\x1f\x8b"
    check = again.check_file(FIRST)
    assert (check.problems, check.records, check.sha256) == ((), 3, digest)
    files, root = fsspec.url_to_fs(store_url)
    assert hashlib.sha256(files.cat_file(f"{root}/{FIRST}")).hexdigest() == digest
    assert again.move_closed() == ()
    with pytest.raises(EvidenceDamagedError, match="the file is gone"):
        reopen(store_url="").read_snapshot(kept[0])


def test_a_snapshot_is_read_by_one_range_request(
    reopen: Callable[..., Ledger], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with a_store("s3", tmp_path, monkeypatch) as url:
        ledger = reopen(store_url=url)
        _, kept = _night_kept(ledger)
        ledger.move_closed()
        caplog.clear()
        with caplog.at_level("INFO", logger="werkzeug"):
            ledger.read_snapshot(kept[0])

    asked = [record.getMessage() for record in caplog.records if record.name == "werkzeug"]
    assert [line.partition('"')[2] for line in asked if FIRST in line and '" 206 ' in line]
    assert len(asked) == 1


def test_a_growing_file_stays_and_the_next_takes_no_used_name(reopen: Callable[..., Ledger], store_url: str) -> None:
    ledger = reopen(store_url=store_url)
    night, kept = _night_kept(ledger, end=False)
    assert ledger.move_closed() == ()
    ledger.end_night(night.id, NightState.FINISHED, NOW)
    assert ledger.move_closed() == (FIRST,)

    look = ledger.begin_look(night.id, LookKind.DAY, NOW)
    later = ledger.keep(replace(page_exchange(), headers=(), target_uri="http://a/later", body=bytes(range(256)) * 40))
    ledger.end_look(look.id, NOW)

    assert later.archive_file == SECOND
    assert ledger.move_closed() == (SECOND,)
    # a revisit whose original lies in the store
    assert ledger.read_snapshot(later.id).body == ledger.read_snapshot(kept[1]).body == bytes(range(256)) * 40


def test_a_file_lost_or_altered_in_the_store_is_damaged(reopen: Callable[..., Ledger], store_url: str) -> None:
    ledger = reopen(store_url=store_url)
    _, kept = _night_kept(ledger)
    ledger.move_closed()
    files, root = fsspec.url_to_fs(store_url)
    whole = files.cat_file(f"{root}/{FIRST}")

    files.pipe_file(f"{root}/{FIRST}", whole[:-9] + bytes(9))
    with pytest.raises(EvidenceDamagedError):
        ledger.read_snapshot(kept[-1])
    files.pipe_file(f"{root}/{FIRST}", whole[: ledger.snapshot(kept[-1]).offset])
    with pytest.raises(EvidenceDamagedError):
        ledger.read_snapshot(kept[-1])
    assert {one.snapshot_id for one in ledger.check_file(FIRST).problems} == {kept[-1]}
    files.rm_file(f"{root}/{FIRST}")
    with pytest.raises(EvidenceDamagedError, match="the file is gone"):
        ledger.read_snapshot(kept[0])
    assert {one.snapshot_id for one in ledger.check_file(FIRST).problems} == set(kept)


def test_a_store_without_its_mark_is_away_and_nothing_is_called_damaged(
    reopen: Callable[..., Ledger], store_url: str
) -> None:
    ledger = reopen(store_url=store_url)
    _, kept = _night_kept(ledger)
    ledger.move_closed()
    files, root = fsspec.url_to_fs(store_url)
    files.rm_file(f"{root}/{FIRST}")
    files.rm_file(f"{root}/{MARK}")

    with pytest.raises(StoreAwayError, match="a disk that is not mounted, or another's store") as away:
        ledger.read_snapshot(kept[0])
    assert store_url in str(away.value)


def test_a_copy_cut_by_a_kill_is_made_again(reopen: Callable[..., Ledger], store_url: str, tmp_path: Path) -> None:
    ledger = reopen(store_url=store_url)
    _, kept = _night_kept(ledger)
    files, root = fsspec.url_to_fs(store_url)
    files.pipe_file(f"{root}/{FIRST}", (tmp_path / "archive" / FIRST).read_bytes()[:100])

    assert ledger.move_closed() == (FIRST,)
    assert ledger.read_snapshot(kept[0]).body == b"first"


def test_a_strangers_file_is_never_overwritten(reopen: Callable[..., Ledger], store_url: str, tmp_path: Path) -> None:
    ledger = reopen(store_url=store_url)
    _, kept = _night_kept(ledger)
    files, root = fsspec.url_to_fs(store_url)
    files.pipe_file(f"{root}/{FIRST}", b"somebody else's evidence")

    with pytest.raises(StoreTakenError, match=f"another file named {FIRST} lies there"):
        ledger.move_closed()
    assert files.cat_file(f"{root}/{FIRST}") == b"somebody else's evidence"
    assert (tmp_path / "archive" / FIRST).exists()
    assert ledger.read_snapshot(kept[0]).body == b"first"


def test_a_store_of_another_archive_is_not_used(reopen: Callable[..., Ledger], store_url: str, tmp_path: Path) -> None:
    files, root = fsspec.url_to_fs(store_url)
    files.pipe_file(f"{root}/{MARK}", b"archive store of one Mingcha, another\n")
    ledger = reopen(store_url=store_url)
    _night_kept(ledger)

    with pytest.raises(StoreAwayError, match="does not bear this archive's mark"):
        ledger.move_closed()
    assert (tmp_path / "archive" / FIRST).exists()


def test_a_night_goes_on_while_the_store_is_away(
    reopen: Callable[..., Ledger], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with s3_server(monkeypatch) as (_, port):
        url = f"s3://{new_bucket()}/archive"
    ledger = reopen(store_url=url)

    _, kept = _night_kept(ledger)
    with pytest.raises(StoreAwayError, match=r"archive store s3://.* cannot be used: .*files wait in the local folder"):
        ledger.move_closed()

    assert (tmp_path / "archive" / FIRST).exists()
    assert ledger.read_snapshot(kept[0]).body == b"first"
    with s3_server(monkeypatch, port):
        new = new_bucket()
        back = reopen(store_url=f"s3://{new}/archive")
        assert back.move_closed() == (FIRST,)
        assert back.read_snapshot(kept[0]).body == b"first"
    with pytest.raises(StoreAwayError, match=f"s3://{new}/archive"):
        back.read_snapshot(kept[0])


def test_a_folder_that_is_not_there_is_not_made(reopen: Callable[..., Ledger], tmp_path: Path) -> None:
    ledger = reopen(store_url=str(tmp_path / "unmounted" / "disk"))
    _night_kept(ledger)

    with pytest.raises(StoreAwayError, match="there is no such folder; make it, or mount the disk"):
        ledger.move_closed()
    assert not (tmp_path / "unmounted").exists()
