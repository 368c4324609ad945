"""Records are copied byte for byte, with what stands before them, and damage is named."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ledger.archive.warc import pack_exchange, pack_warcinfo, payload_digest
from ledger.exchange import Exchange
from reports.pack.archive_copy import CopiedRecord, Stretch, copied_records
from reports.pack.errors import CopyError

NOW = datetime(2021, 11, 30, 18, tzinfo=UTC)


def exchange(number: int, **more: object) -> Exchange:
    """A page with a body of its own."""
    facts: dict[str, object] = {
        "target_uri": f"http://a/{number}",
        "status": 200,
        "headers": (("Content-Type", "text/html"),),
        "body": f"page {number}".encode(),
        "fetched_at": NOW,
        "notes": (("via", "test"),),
    }
    return Exchange(**{**facts, **more})  # type: ignore[arg-type]


def archive_of(*exchanges: Exchange) -> tuple[bytes, list[Stretch]]:
    """An archive file, and where each exchange stands in it; ids are their numbers."""
    raw = pack_warcinfo("file", (), NOW)
    stretches, start = [], 0
    for number, one in enumerate(exchanges):
        packed = pack_exchange(one, str(number), payload_digest(one.body))
        raw += packed.members
        stretches.append(Stretch(str(number), "file", start, len(raw)))
        start = len(raw)
    return raw, stretches


def copied(raw: bytes, stretches: list[Stretch]) -> list[CopiedRecord]:
    """What is copied of these stretches."""
    return list(copied_records(stretches, lambda _, offset, length: raw[offset : offset + length]))


def test_all_stretches_together_are_the_file_without_its_heading() -> None:
    raw, stretches = archive_of(exchange(0), exchange(1), exchange(2, renders="1"))
    records = copied(raw, stretches)
    assert [one.kind for one in records] == [*["request", "metadata", "response"] * 2, "metadata", "conversion"]
    assert raw.endswith(b"".join(one.member for one in records))
    assert {one.of for one in records} == {"0", "1", "2"}


def test_only_the_wanted_record_is_copied() -> None:
    raw, stretches = archive_of(exchange(0), exchange(1))
    # a record that the ledger never cited stands before the wanted one
    records = copied(raw, [Stretch("1", "file", 0, stretches[1].end)])
    assert [one.of for one in records] == ["1"] * 3


def test_a_cut_and_an_altered_record_are_named() -> None:
    raw, stretches = archive_of(exchange(0))
    with pytest.raises(CopyError, match="is cut"):
        copied(raw, [replace(stretches[0], end=stretches[0].end - 1)])
    altered = raw[:-9] + bytes([raw[-9] ^ 255]) + raw[-8:]
    with pytest.raises(CopyError, match="damaged"):
        copied(altered, stretches)


def test_a_record_that_is_not_there_is_named() -> None:
    raw, stretches = archive_of(exchange(0))
    with pytest.raises(CopyError, match="does not stand"):
        copied(raw, [replace(stretches[0], record_id="other")])


def test_what_is_no_record_is_named() -> None:
    with pytest.raises(CopyError, match="no WARC record"):
        copied(gzip.compress(b"text", mtime=0), [Stretch("0", "file", 0, 100)])
