"""Records hold what went over the wire, byte for byte, and other programs can read them."""

from __future__ import annotations

import gzip
import hashlib
import random
import zlib
from io import BytesIO

import pytest
from ledger_literal import HTML, NOW, page_exchange
from warcio.archiveiterator import ArchiveIterator

from ledger.archive.warc import (
    DamagedRecordError,
    pack_exchange,
    pack_warcinfo,
    parse_response,
    payload_digest,
    whole_members,
)
from ledger.snapshot import Snapshot

ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
EXCHANGE = page_exchange(notes=(("via", "http://www.wz.example/old"),), request_body=b"page=2", method="POST")
DIGEST = payload_digest(EXCHANGE.body)
ORIGINAL = Snapshot(
    "11111111-d9cb-469f-a165-70867728950e", "http://www.wz.example/a", NOW, 200, "text/html", DIGEST, "f.warc.gz", 0, 9
)


def _plain(member: bytes) -> bytes:
    machine = zlib.decompressobj(31)
    plain = machine.decompress(member)
    assert machine.eof
    assert not machine.unused_data
    return plain


def test_a_response_record_is_the_wire_byte_for_byte() -> None:
    packed = pack_exchange(EXCHANGE, ID, DIGEST)
    head, _, block = _plain(packed.members[packed.offset :]).partition(b"\r\n\r\n")

    expected = (
        b"HTTP/1.1 200 OK\r\nServer: ******\r\ncontent-TYPE: text/html;charset=utf-8\r\nSet-Cookie: a=1\r\n"
        b"Set-Cookie: b=2\r\nContent-Encoding: gzip\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n"
        b"X-Name: \xe4\xb8\x87\xe5\xb7\x9e \xff\r\n\r\n"
    ) + EXCHANGE.body
    assert block == expected + b"\r\n\r\n"
    assert head.decode().split("\r\n") == [
        "WARC/1.1",
        "WARC-Type: response",
        f"WARC-Record-ID: <urn:uuid:{ID}>",
        "WARC-Date: 2021-11-30T18:00:00.000000Z",
        "WARC-Target-URI: http://www.wz.example/",
        f"WARC-Payload-Digest: {DIGEST}",
        "WARC-IP-Address: 192.0.2.1",
        f"WARC-Block-Digest: sha256:{hashlib.sha256(expected).hexdigest()}",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(expected)}",
    ]
    assert packed.length == len(packed.members) - packed.offset


def test_what_was_packed_is_read_back_exactly() -> None:
    packed = pack_exchange(EXCHANGE, ID, DIGEST)
    stored = parse_response(packed.members[packed.offset :])

    assert (stored.record_id, stored.http_version, stored.status, stored.reason_phrase) == (ID, "HTTP/1.1", 200, "OK")
    assert (stored.headers, stored.body) == (EXCHANGE.headers, EXCHANGE.body)
    assert not stored.is_revisit


@pytest.mark.parametrize(
    "changes",
    [
        {"reason_phrase": "", "status": 412},
        {"reason_phrase": "Not  Found", "http_version": "HTTP/1.0", "status": 404},
        {"headers": ()},
        {"headers": (("X", ""), ("Y", " a: b "), ("Content-Encoding", "gzip"))},
        {"body": b""},
        {"body": b"\r\n\r\n"},
        {"truncated": "disconnect", "address": "2001:db8::1"},
    ],
)
def test_odd_answers_are_read_back_exactly(changes: dict[str, object]) -> None:
    exchange = page_exchange(**changes)
    packed = pack_exchange(exchange, ID, payload_digest(exchange.body))
    stored = parse_response(packed.members[packed.offset :])

    assert (stored.http_version, stored.status, stored.reason_phrase, stored.headers, stored.body) == (
        exchange.http_version,
        exchange.status,
        exchange.reason_phrase,
        exchange.headers,
        exchange.body,
    )


def test_another_program_reads_all_records() -> None:
    info = pack_warcinfo("f.warc.gz", (("software", "mingcha/1"), ("isPartOf", "wanzhou")), NOW)
    packed = pack_exchange(EXCHANGE, ID, DIGEST)
    revisit = pack_exchange(EXCHANGE, ID.replace("0", "1"), DIGEST, ORIGINAL)
    records = []
    for record in ArchiveIterator(BytesIO(info + packed.members + revisit.members), check_digests="raise"):
        raw = record.raw_stream.read()
        records.append((record.rec_type, record.rec_headers, record.http_headers, raw))

    kinds = [kind for kind, *_ in records]
    assert kinds == ["warcinfo", "request", "metadata", "response", "request", "metadata", "revisit"]
    assert records[0][3] == b"software: mingcha/1\r\nisPartOf: wanzhou\r\n"
    assert records[1][2].statusline == "/ HTTP/1.1"
    assert records[1][3] == b"page=2"
    assert records[1][1].get_header("WARC-Concurrent-To") == f"<urn:uuid:{ID}>"
    assert records[2][3] == b"via: http://www.wz.example/old\r\n"
    assert gzip.decompress(records[3][3]).decode() == HTML
    assert records[6][3] == b""
    assert records[6][1].get_header("WARC-Refers-To-Target-URI") == ORIGINAL.target_uri
    assert records[6][1].get_header("WARC-Profile").endswith("/1.1/revisit/identical-payload-digest")
    assert {headers.protocol for _, headers, *_ in records} == {"WARC/1.1"}


def test_a_revisit_names_its_original_and_keeps_its_own_headers() -> None:
    packed = pack_exchange(EXCHANGE, ID, DIGEST, ORIGINAL)
    stored = parse_response(packed.members[packed.offset :])

    assert (stored.is_revisit, stored.refers_to, stored.body) == (True, ORIGINAL.id, b"")
    assert stored.headers == EXCHANGE.headers


def test_lines_cannot_be_smuggled_into_a_record() -> None:
    exchange = page_exchange(
        "http://a/\r\nWARC-Type: request", headers=(("X", "a\r\nY: b"),), truncated="time\r\nWARC-Record-ID: <x>"
    )
    packed = pack_exchange(exchange, ID, payload_digest(exchange.body))
    stored = parse_response(packed.members[packed.offset :])

    assert stored.headers == (("X", "a%0D%0AY: b"),)
    assert stored.record_id == ID


@pytest.mark.parametrize("uri, line", [("http://a/b?c#d", "GET /b?c HTTP/1.1"), ("https://a", "GET / HTTP/1.1")])
def test_the_request_line_is_as_sent(uri: str, line: str) -> None:
    packed = pack_exchange(page_exchange(uri), ID, DIGEST)

    assert _plain(packed.members[: packed.offset]).partition(b"\r\n\r\n")[2].startswith(line.encode() + b"\r\nHost: ")


def test_no_altered_record_is_believed() -> None:
    packed = pack_exchange(EXCHANGE, ID, DIGEST)
    member = packed.members[packed.offset :]
    plain = _plain(member)

    for index in range(0, len(member), 7):
        altered = bytearray(member)
        altered[index] ^= 0x10
        try:
            stored = parse_response(bytes(altered))
        except DamagedRecordError:
            continue
        # some bits of a gzip member carry nothing (time, system, unused codes)
        assert stored == parse_response(member)
    for forged in (plain.replace(b"200 OK", b"404 OK"), plain.replace(b"WARC/1.1", b"HTTP/1.1"), b"", b"WARC/1.1"):
        with pytest.raises(DamagedRecordError):
            parse_response(gzip.compress(forged, mtime=0))
    for cut in range(0, len(member), 50):
        with pytest.raises(DamagedRecordError):
            parse_response(member[:cut])


def test_other_records_are_no_response() -> None:
    packed = pack_exchange(page_exchange(), ID, DIGEST)

    with pytest.raises(DamagedRecordError, match="no response record"):
        parse_response(packed.members[: packed.offset])


def test_only_whole_members_count() -> None:
    packed = pack_exchange(EXCHANGE, ID, DIGEST)
    request_end = (
        len(packed.members)
        - packed.length
        - len(packed.members[packed.offset - _last_member_length(packed.members[: packed.offset]) : packed.offset])
    )

    assert whole_members(b"") == 0
    assert whole_members(packed.members) == len(packed.members)
    assert whole_members(packed.members[:-1]) == packed.offset
    assert whole_members(packed.members + b"\x1f") == len(packed.members)
    assert whole_members(packed.members + bytes(20)) == len(packed.members)
    assert whole_members(packed.members[: packed.offset - 1]) == request_end


def test_members_longer_than_a_step_and_many_of_them_count() -> None:
    long = gzip.compress(random.Random(46).randbytes(200_000), mtime=0)
    members = long + packed_pair() * 50 + long

    assert whole_members(members) == len(members)
    assert whole_members(members[:-3]) == len(members) - len(long)


def packed_pair() -> bytes:
    """Request, metadata and response of the literal exchange."""
    return pack_exchange(EXCHANGE, ID, DIGEST).members


def _last_member_length(members: bytes) -> int:
    first = zlib.decompressobj(31)
    first.decompress(members)
    return len(first.unused_data)
