"""Archive files grow, close, survive torn tails and full disks, and never give back what was not written."""

from __future__ import annotations

import fcntl
import os
import resource
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_literal import HTML, NOW, page_exchange
from structlog.testing import capture_logs
from warcio.archiveiterator import ArchiveIterator

from ledger.archive.appending import GrowingFile
from ledger.archive.page_archive import Archive
from ledger.errors import EvidenceDamagedError, LedgerError, UnknownSnapshotError
from ledger.ledger import Ledger
from ledger.night import Look, LookKind, Night, NightState
from ledger.reason import Reason

FINAL = "wanzhou-2021-11-30-0001.warc.gz"
GROWING = FINAL + ".open"


def _names(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "archive").iterdir())


def _kinds(path: Path) -> list[str]:
    with path.open("rb") as stream:
        return [record.rec_type for record in ArchiveIterator(stream, check_digests="raise")]


def test_a_kept_response_is_read_back_decoded_and_as_sent(ledger: Ledger, look: Look) -> None:
    exchange = page_exchange()
    snapshot = ledger.keep(exchange)
    archived = ledger.read_snapshot(snapshot.id)

    assert archived.body.decode() == HTML
    assert (archived.raw_body, archived.headers, archived.status) == (exchange.body, exchange.headers, 200)
    assert (archived.url, archived.fetched_at, archived.fault) == (exchange.target_uri, NOW, None)
    assert archived.header("content-type") == "text/html;charset=utf-8"
    assert archived.header("Age") == ""
    assert ledger.snapshot(snapshot.id) == snapshot
    assert (snapshot.archive_file, snapshot.address) == (FINAL, "192.0.2.1")


def test_a_bomb_and_a_cut_body_are_kept_and_named(ledger: Ledger, look: Look) -> None:
    cut = ledger.keep(page_exchange(body=page_exchange().body[:-9]))
    unknown = ledger.keep(page_exchange(headers=(("Content-Encoding", "sdch"),), body=b"abc"))

    assert ledger.read_snapshot(cut.id).fault is Reason.TRUNCATED
    assert ledger.read_snapshot(unknown.id).fault is Reason.ENCODING


def test_a_file_is_named_and_closed_at_the_end_of_the_night(
    reopen: Callable[..., Ledger], look: Look, night: Night, tmp_path: Path
) -> None:
    first = reopen()
    first.begin_look(night.id, LookKind.FIRST, NOW)
    snapshot = first.keep(page_exchange())
    first.end_look(look.id, NOW)
    assert _names(tmp_path) == [GROWING]
    first.end_night(night.id, NightState.FINISHED, NOW)

    assert _names(tmp_path) == [FINAL]
    assert _kinds(tmp_path / "archive" / FINAL) == ["warcinfo", "request", "response"]
    assert first.read_snapshot(snapshot.id).body.decode() == HTML
    assert first.archive_path(FINAL) == tmp_path / "archive" / FINAL
    assert first.archive_path("other.warc.gz") is None


def test_a_look_by_day_gets_a_file_of_its_own(ledger: Ledger, look: Look, night: Night, tmp_path: Path) -> None:
    ledger.keep(page_exchange())
    ledger.end_night(night.id, NightState.FINISHED, NOW)
    by_day = ledger.begin_look(night.id, LookKind.DAY, NOW)
    again = ledger.keep(page_exchange())
    ledger.end_look(by_day.id, NOW)

    assert _names(tmp_path) == [FINAL, FINAL.replace("0001", "0002")]
    assert ledger.read_snapshot(again.id).body.decode() == HTML


def test_a_closed_ledger_goes_on_in_the_same_file(
    reopen: Callable[..., Ledger], look: Look, night: Night, tmp_path: Path
) -> None:
    for seconds in range(3):
        with reopen() as ledger:
            ledger.begin_look(night.id, LookKind.FIRST, NOW)
            ledger.keep(page_exchange(seconds=seconds, text=str(seconds) * 2000))

    assert _names(tmp_path) == [GROWING]
    assert _kinds(tmp_path / "archive" / GROWING) == ["warcinfo"] + ["request", "response"] * 3
    reopen().end_night(night.id, NightState.FINISHED, NOW)
    assert _names(tmp_path) == [FINAL]


def test_a_night_that_ended_just_before_a_kill_has_its_file_closed(
    reopen: Callable[..., Ledger], look: Look, night: Night, tmp_path: Path
) -> None:
    with reopen() as ledger:
        ledger.begin_look(night.id, LookKind.FIRST, NOW)
        ledger.keep(page_exchange())
        ledger.end_night(night.id, NightState.FINISHED, NOW)
    (tmp_path / "archive" / FINAL).rename(tmp_path / "archive" / GROWING)
    (tmp_path / "archive" / "strange.warc.gz.open").touch()
    (tmp_path / "archive" / "no-night-0001.warc.gz.open").touch()

    reopen()

    assert _names(tmp_path) == ["no-night-0001.warc.gz.open", "strange.warc.gz.open", FINAL]


def test_a_file_is_closed_by_size(reopen: Callable[..., Ledger], look: Look, night: Night, tmp_path: Path) -> None:
    ledger = reopen(file_limit=1500)
    ledger.begin_look(night.id, LookKind.FIRST, NOW)
    kept = [ledger.keep(page_exchange(f"http://a/{number}", text=f"{number}")) for number in range(5)]

    names = _names(tmp_path)
    assert len(names) > 1
    assert all(name.endswith(".warc.gz") for name in names[:-1])
    assert [ledger.read_snapshot(one.id).body for one in kept] == [b"0", b"1", b"2", b"3", b"4"]


@pytest.mark.parametrize("torn", [b"\x1f\x8b\x08\x00\x00", bytes(999), b"half of the next"])
def test_a_torn_tail_is_cut_and_said(
    reopen: Callable[..., Ledger], look: Look, night: Night, tmp_path: Path, torn: bytes
) -> None:
    with reopen() as ledger:
        ledger.begin_look(night.id, LookKind.FIRST, NOW)
        snapshot = ledger.keep(page_exchange())
    path = tmp_path / "archive" / GROWING
    whole = path.stat().st_size
    with path.open("ab") as stream:
        stream.write(torn)

    with capture_logs() as logs:
        ledger = reopen()

    assert path.stat().st_size == whole
    assert logs == [{"event": "torn tail cut", "log_level": "info", "file": FINAL, "at": whole, "bytes_cut": len(torn)}]
    ledger.begin_look(night.id, LookKind.FIRST, NOW)
    ledger.keep(page_exchange("http://a/"))
    assert ledger.read_snapshot(snapshot.id).body.decode() == HTML
    assert _kinds(path)[-2:] == ["request", "revisit"]


def test_a_file_whose_maker_died_at_once_still_says_what_it_is(ledger: Ledger, look: Look, tmp_path: Path) -> None:
    (tmp_path / "archive" / GROWING).touch()

    ledger.keep(page_exchange())

    assert _kinds(tmp_path / "archive" / GROWING) == ["warcinfo", "request", "response"]


def test_a_whole_record_that_was_never_cited_stays(
    reopen: Callable[..., Ledger], look: Look, night: Night, tmp_path: Path
) -> None:
    path = tmp_path / "archive" / GROWING
    with reopen() as ledger:
        ledger.begin_look(night.id, LookKind.FIRST, NOW)
        ledger.keep(page_exchange())
    pair = path.read_bytes()
    with path.open("ab") as stream:
        stream.write(pair)

    reopen()

    assert path.read_bytes() == pair + pair


def test_a_file_that_another_process_writes_is_left_alone(
    reopen: Callable[..., Ledger], look: Look, night: Night, tmp_path: Path
) -> None:
    with reopen() as ledger:
        ledger.begin_look(night.id, LookKind.FIRST, NOW)
        ledger.keep(page_exchange())
    path = tmp_path / "archive" / GROWING
    with path.open("ab") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        stream.write(b"half")
        stream.flush()
        other = reopen()
        other.begin_look(night.id, LookKind.FIRST, NOW)
        other.keep(page_exchange("http://a/"))
        other.end_night(night.id, NightState.FINISHED, NOW)
        assert path.read_bytes().endswith(b"half")

    assert _names(tmp_path) == [GROWING, FINAL.replace("0001", "0002")]


def test_the_same_payload_of_one_night_is_stored_once(ledger: Ledger, look: Look, tmp_path: Path) -> None:
    first = ledger.keep(page_exchange())
    size = (tmp_path / "archive" / GROWING).stat().st_size
    again = [ledger.keep(page_exchange(f"http://a/{number}", seconds=number)) for number in range(3)]

    assert _kinds(tmp_path / "archive" / GROWING)[1:] == ["request", "response"] + ["request", "revisit"] * 3
    assert (tmp_path / "archive" / GROWING).stat().st_size < size * 4
    assert [ledger.read_snapshot(one.id).body.decode() for one in again] == [HTML] * 3
    assert {one.payload_digest for one in again} == {first.payload_digest}


def test_small_payloads_and_other_nights_are_stored_whole(ledger: Ledger, look: Look, tmp_path: Path) -> None:
    ledger.keep(page_exchange(body=b"small"))
    ledger.keep(page_exchange(body=b"small"))
    large = page_exchange(body=os.urandom(3000), headers=())
    ledger.keep(large)
    ledger.begin_night(
        "wanzhou", NOW.date().replace(day=29), planned=[], facts={}, confirm_now=False, replayed=False, now=NOW
    )
    other = ledger.keep(large)

    assert "revisit" not in _kinds(tmp_path / "archive" / GROWING)
    assert other.archive_file == "wanzhou-2021-11-29-0001.warc.gz"


def test_a_redirect_chain_is_kept_in_one_go(ledger: Ledger, look: Look, tmp_path: Path) -> None:
    large = os.urandom(3000)
    hops = [
        page_exchange("http://a/1", status=302, headers=(("Location", "/2"),), body=b"", reason_phrase="Found"),
        page_exchange("http://a/2", headers=(), body=large),
        page_exchange("http://a/3", headers=(), body=large),
    ]

    kept = ledger.keep_all(hops)

    assert [(one.target_uri, one.status) for one in kept] == [
        ("http://a/1", 302),
        ("http://a/2", 200),
        ("http://a/3", 200),
    ]
    assert [ledger.read_snapshot(one.id).body for one in kept] == [b"", large, large]
    assert _kinds(tmp_path / "archive" / GROWING)[-1] == "revisit"
    assert ledger.keep_all([]) == ()


def test_nothing_is_kept_outside_a_night(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="begin a night or a look first"):
        ledger.keep(page_exchange())


def test_an_unknown_snapshot_is_named(ledger: Ledger) -> None:
    with pytest.raises(UnknownSnapshotError, match=r"^snapshot 'x': no archived response has this id; check the id$"):
        ledger.read_snapshot("x")


def test_damaged_evidence_is_never_given_out(ledger: Ledger, look: Look, tmp_path: Path) -> None:
    path = tmp_path / "archive" / GROWING
    first = ledger.keep(page_exchange())
    second = ledger.keep(page_exchange("http://a/", text="other" * 2000))
    again = ledger.keep(page_exchange("http://a/again"))
    whole = path.read_bytes()
    altered = bytearray(whole)
    altered[first.offset + first.length // 2] ^= 0xFF
    moved = whole[: first.offset] + whole[second.offset : second.offset + second.length]

    for content, problem in [(bytes(altered), ""), (whole[: first.offset + 9], "is cut"), (moved, ""), (b"", "")]:
        path.write_bytes(content)
        with pytest.raises(EvidenceDamagedError, match=f"{FINAL}: snapshot {first.id}.*{problem}.*restore this file"):
            ledger.read_snapshot(first.id)
        with pytest.raises(EvidenceDamagedError):
            ledger.read_snapshot(again.id)
    path.unlink()
    with pytest.raises(EvidenceDamagedError, match="the file is gone"):
        ledger.read_snapshot(first.id)


def test_a_full_disk_leaves_the_file_as_it_was(ledger: Ledger, look: Look, tmp_path: Path) -> None:
    path = tmp_path / "archive" / GROWING
    first = ledger.keep(page_exchange())
    size = path.stat().st_size
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # a file size limit fails in the middle of a write as a full disk does
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 9000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            ledger.keep(page_exchange(body=os.urandom(30_000), headers=()))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert path.stat().st_size == size
    later = ledger.keep(page_exchange(text="room again"))
    assert _kinds(path) == ["warcinfo", "request", "response", "request", "response"]
    assert ledger.read_snapshot(first.id).body.decode() == HTML
    assert ledger.read_snapshot(later.id).body == b"room again"


def test_nothing_is_cited_that_the_disk_gives_back_otherwise(
    ledger: Ledger, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive" / GROWING
    ledger.keep(page_exchange())
    size = path.stat().st_size
    sound = os.pread

    def failing(descriptor: int, count: int, offset: int) -> bytes:
        """A disk that loses one bit of what was written last."""
        got = sound(descriptor, count, offset)
        return got[:-1] + bytes([got[-1] ^ 1]) if got and offset >= size else got

    with monkeypatch.context() as patch:
        patch.setattr(os, "pread", failing)
        with pytest.raises(OSError, match="gives back other bytes"):
            ledger.keep(page_exchange(text="lost"))

    assert path.stat().st_size == size
    assert ledger.read_snapshot(ledger.keep(page_exchange(text="kept")).id).body == b"kept"


def test_a_revisit_without_its_original_is_damage(tmp_path: Path) -> None:
    archive = Archive(tmp_path, "mingcha")
    first, again = archive.write("a", [page_exchange(), page_exchange()], lambda *_: None, lambda _: 0)

    assert again.refers_to == first.snapshot.id
    assert archive.read(again.snapshot, first.snapshot).body == page_exchange().body
    with pytest.raises(EvidenceDamagedError, match="the record it refers to is unknown"):
        archive.read(again.snapshot)
    wrong = replace(first.snapshot, payload_digest="sha256:0")
    with pytest.raises(EvidenceDamagedError, match="the payload differs from its digest"):
        archive.read(wrong)
    archive.close()


def test_names_that_others_took_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a-b-0007.warc.gz").touch()
    (tmp_path / "b-0001.warc.gz.open.bak").touch()
    archive = Archive(tmp_path, "mingcha")

    names = [archive.write(series, [page_exchange()], lambda *_: None, lambda _: 0)[0] for series in ("a-b", "b", "b")]
    archive.close()

    assert [one.snapshot.archive_file for one in names] == ["a-b-0008.warc.gz", "b-0001.warc.gz", "b-0001.warc.gz"]


def test_a_file_is_claimed_only_while_it_grows(tmp_path: Path) -> None:
    made = GrowingFile.create(tmp_path, "a-0001.warc.gz")

    assert GrowingFile.claim(tmp_path, "a-0001.warc.gz", 0) is None
    with pytest.raises(FileExistsError):
        GrowingFile.create(tmp_path, "a-0001.warc.gz")
    made.close_for_good()
    assert GrowingFile.claim(tmp_path, "a-0001.warc.gz", 0) is None
    assert [path.name for path in tmp_path.iterdir()] == ["a-0001.warc.gz"]


def test_a_rendering_is_kept_beside_the_response_it_shows(ledger: Ledger, look: Look, tmp_path: Path) -> None:
    wire = ledger.keep(page_exchange())
    dom = HTML.replace("</title>", "</title><p>脚本写出的菜单</p>").encode()
    shown = page_exchange(
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=dom,
        renders=wire.id,
        status=203,
        notes=(("via", "browser"),),
    )
    # the same DOM twice is stored twice, and never stands in for what went over the wire
    first, second = ledger.keep_all((shown, shown))
    plain = ledger.keep(page_exchange(headers=(), body=dom))

    archived = ledger.read_snapshot(first.id)
    assert (archived.body, archived.raw_body, archived.status, archived.renders) == (dom, dom, 203, wire.id)
    assert archived.headers == (("Content-Type", "text/html; charset=utf-8"),)
    assert ledger.read_snapshot(second.id).body == dom
    assert (ledger.read_snapshot(plain.id).renders, ledger.read_snapshot(wire.id).renders) == ("", "")
    growing = tmp_path / "archive" / GROWING
    rendering = ["metadata", "conversion"]
    assert _kinds(growing) == ["warcinfo", "request", "response", *rendering, *rendering, "request", "response"]
    with growing.open("rb") as stream:
        records = [record.rec_headers for record in ArchiveIterator(stream) if record.rec_type == "conversion"]
    named = ("WARC-Refers-To", "WARC-Target-URI", "Content-Type")
    assert [records[0].get_header(name) for name in named] == [
        f"<urn:uuid:{wire.id}>",
        "http://www.wz.example/",
        "text/html; charset=utf-8",
    ]
