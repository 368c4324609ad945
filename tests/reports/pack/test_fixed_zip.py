"""Zip files whose bytes follow from their members alone."""

from __future__ import annotations

import io
import zipfile

import pytest

from reports.pack import fixed_zip
from reports.pack.errors import PackTooLargeError
from reports.pack.fixed_zip import FixedZip, pieces_of


def zipped() -> bytes:
    """Two members, one with a Chinese name, in two pieces."""
    file = io.BytesIO()
    with FixedZip(file) as packed:
        packed.add("报告/总览.html", [b"<html>", b"</html>"])
        packed.add("b.txt", [b""])
    return file.getvalue()


def test_the_same_members_give_the_same_bytes() -> None:
    assert zipped() == zipped()


def test_nothing_depends_on_where_and_when() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped())) as packed:
        assert packed.testzip() is None
        for entry in packed.infolist():
            assert (entry.compress_type, entry.date_time) == (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0))
            assert (entry.create_system, entry.external_attr, entry.extra) == (3, 0o100644 << 16, b"")
            assert entry.flag_bits == (0 if entry.filename.isascii() else 0x800)
            assert (entry.create_version, entry.extract_version, entry.comment) == (20, 20, b"")


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixed_zip, "LARGEST", 100)
    with pytest.raises(PackTooLargeError, match="--organ"), FixedZip(io.BytesIO()) as packed:
        packed.add("a", [b"x" * 200])


def test_pieces_begin_at_the_beginning() -> None:
    file = io.BytesIO(b"abc")
    file.seek(2)
    assert b"".join(pieces_of(file)) == b"abc"
