"""Recorded answers: by address, de-chunked or decoded or not; the two real recordings whole."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from loopback_crawl import LinkWalk, crawl, district_of, open_ledger
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.fetching.replay import Recording, RecordingError, candidates
from ledger.archive.decoding import decode_body
from ledger.reason import Reason
from shared_data import SHARED, needs_shared

HOME = "http://www.wz.gov.cn/"
DATE = "2021-11-29T08:00:00Z"


def record(
    folder: Path,
    *pages: tuple[str, bytes, list[tuple[str, str]]],
    date: str = DATE,
    name: str = "a.warc.gz",
    status: str = "200 OK",
) -> Path:
    """A WARC file whose HTTP heads are written as given, true or not."""
    file = folder / name
    with file.open("ab") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url, body, headers in pages:
            head = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
            made = writer.create_warc_record(
                url, "response", payload=BytesIO(body), http_headers=head, warc_headers_dict={"WARC-Date": date}
            )
            writer.write_record(made)
    return file


def test_an_address_is_found_as_written_with_and_without_index(tmp_path: Path) -> None:
    file = record(tmp_path, (f"{HOME}a/index.html", b"a", []), (f"{HOME}b/", b"b", []), (f"{HOME}c/?x=1", b"c", []))
    recording = Recording.open([file])
    found = {}
    for path in ("a/", "a/index.html", "b/", "b/index.html", "c/index.html?x=1", "c/", "a"):
        recorded = recording.find(HOME + path)
        found[path] = recorded.body if recorded else None
    assert found == {
        "a/": b"a",
        "a/index.html": b"a",
        "b/": b"b",
        "b/index.html": b"b",
        "c/index.html?x=1": b"c",
        "c/": None,
        "a": None,
    }


def test_the_scheme_is_as_recorded(tmp_path: Path) -> None:
    recording = Recording.open([record(tmp_path, ("https://www.wz.gov.cn/", b"a", []))])
    assert recording.find(HOME) is None


def test_candidates_keep_the_query() -> None:
    assert candidates("http://a.cn/b/?p=1") == ("http://a.cn/b/?p=1", "http://a.cn/b/index.html?p=1")
    assert candidates("mailto:a@b.cn") == ()


def test_the_newest_of_several_records_counts(tmp_path: Path) -> None:
    new = record(tmp_path, (HOME, b"new", []), date="2021-11-30T00:00:00Z", name="new.warc.gz")
    old = record(tmp_path, (HOME, b"old", []), date="2021-11-01T00:00:00Z", name="old.warc.gz")
    recorded = Recording.open([new, old]).find(HOME)
    assert recorded is not None
    assert (recorded.body, recorded.recorded_at) == (b"new", datetime(2021, 11, 30, tzinfo=UTC))


PAGE = "<p>政务公开</p>".encode()


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (PAGE, []),
        (PAGE, [("Transfer-Encoding", "chunked")]),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), [("Transfer-Encoding", "chunked")]),
        (PAGE, [("Content-Encoding", "gzip"), ("Content-Length", "7")]),
        (gzip.compress(PAGE, mtime=0), [("Content-Encoding", "gzip")]),
        (PAGE, [("Content-Encoding", "br")]),
        (PAGE, [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]),
    ],
)
def test_a_body_reads_fine_however_it_was_stored(tmp_path: Path, body: bytes, headers: list[tuple[str, str]]) -> None:
    recorded = Recording.open([record(tmp_path, (HOME, body, headers))]).find(HOME)
    assert recorded is not None
    decoded = decode_body(recorded.body, recorded.headers)
    assert (decoded.body, decoded.fault, recorded.whole) == (PAGE, None, True)


def test_a_short_body_is_not_whole(tmp_path: Path) -> None:
    recorded = Recording.open([record(tmp_path, (HOME, PAGE, [("Content-Length", "9999")]))]).find(HOME)
    assert recorded is not None
    assert not recorded.whole


def test_a_file_that_is_no_recording_says_so(tmp_path: Path) -> None:
    file = tmp_path / "x.warc.gz"
    with pytest.raises(RecordingError, match=r"x\.warc\.gz"):
        Recording.open([file])
    file.write_bytes(b"no archive")
    with pytest.raises(RecordingError, match=r"x\.warc\.gz"):
        Recording.open([file])


@pytest.mark.parametrize("share", [0.13, 0.52, 0.97])
def test_a_damaged_recording_is_not_replayed(tmp_path: Path, share: float) -> None:
    """Damage inside a record; a cut exactly between two leaves a whole, shorter recording that nobody can tell."""
    whole = record(tmp_path, *((f"{HOME}{number}", PAGE * 50, []) for number in range(20))).read_bytes()
    at = int(len(whole) * share)
    cut, flipped = tmp_path / "cut.warc.gz", tmp_path / "flipped.warc.gz"
    cut.write_bytes(whole[:at])
    flipped.write_bytes(whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :])
    for file in (cut, flipped):
        with pytest.raises(RecordingError):
            Recording.open([file])


def test_nobody_is_visited(tmp_path: Path) -> None:
    body = b'<a href="/a/">a</a><a href="/robots.txt">b</a><a href="http://other.example/">c</a>'
    file = record(tmp_path, (HOME, body, [("Content-Type", "text/html")]), (f"{HOME}a/index.html", b"ok", []))
    walk = LinkWalk([HOME])
    crawl(tmp_path, walk, district_of(HOME), replay=(file,))
    arrived = walk.by_url()
    assert {url: (arrival.reason, arrival.body) for url, arrival in arrived.items()} == {
        HOME: (None, body),
        f"{HOME}a/": (None, b"ok"),
        f"{HOME}robots.txt": (Reason.NOT_RECORDED, b""),
        "http://other.example/": (Reason.NOT_RECORDED, b""),
    }
    assert {arrival.fetched_at for arrival in arrived.values()} == {datetime(2021, 11, 29, 8, tzinfo=UTC)}
    with open_ledger(tmp_path) as ledger:
        kept = ledger.snapshot(arrived[f"{HOME}a/"].snapshot_id)
        assert (kept.target_uri, kept.fetched_at) == (f"{HOME}a/index.html", datetime(2021, 11, 29, 8, tzinfo=UTC))


def test_recorded_redirects_are_followed(tmp_path: Path) -> None:
    record(tmp_path, (HOME, b"", [("Location", "/new/")]), status="302 Found")
    file = record(tmp_path, (f"{HOME}new/", b"ok", []))
    walk = LinkWalk([HOME])
    crawl(tmp_path, walk, district_of(HOME), replay=(file,))
    arrival = walk.by_url()[HOME]
    assert (arrival.url, arrival.redirects, arrival.body) == (f"{HOME}new/", (HOME,), b"ok")


@needs_shared
@pytest.mark.parametrize(
    ("name", "start", "count"),
    [
        ("shenyang_housing_bureau.warc.gz", "https://fcj.shenyang.gov.cn/zwgkzdgz/fdzdgknr/", 34),
        ("daozhen_hr_bureau.warc.gz", "http://www.gzdzhrss.com/bmgk/dwzn/", 239),
    ],
)
def test_real_recordings_are_read(tmp_path: Path, name: str, start: str, count: int) -> None:
    file = SHARED / "real" / name
    assert len(Recording.open([file])) == count
    walk = LinkWalk([start], follow=False)
    crawl(tmp_path, walk, district_of(start), replay=(file,))
    arrival = walk.by_url()[start]
    assert (arrival.reason, arrival.status) == (None, 200)
    assert len(arrival.body) > 300
