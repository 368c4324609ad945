"""Content codings are undone within bounds."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from backports import zstd

from ledger.archive.decoding import Decoded, decode_body
from ledger.exchange import Headers
from ledger.reason import Reason

TEXT = "政府信息公开目录".encode() * 5000


def _coded(*codings: str) -> Headers:
    return tuple(("Content-Encoding", coding) for coding in codings)


def _bare_deflate(body: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-15)
    return machine.compress(body) + machine.flush()


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ((), TEXT),
        (_coded("identity"), TEXT),
        (_coded("gzip"), gzip.compress(TEXT, mtime=0)),
        (_coded("GZIP"), gzip.compress(TEXT, mtime=0)),
        (_coded("x-gzip"), gzip.compress(TEXT, mtime=0)),
        (_coded("gzip"), gzip.compress(TEXT[:999], mtime=0) + gzip.compress(TEXT[999:], mtime=0)),
        (_coded("gzip"), gzip.compress(TEXT, mtime=0) + b"\r\n"),
        (_coded("deflate"), zlib.compress(TEXT)),
        (_coded("deflate"), _bare_deflate(TEXT)),
        (_coded("br"), brotli.compress(TEXT)),
        (_coded("zstd"), zstd.compress(TEXT)),
        (_coded("zstd"), zstd.compress(TEXT[:999]) + zstd.compress(TEXT[999:])),
        (_coded("gzip, br"), brotli.compress(gzip.compress(TEXT, mtime=0))),
        (_coded("gzip", "br"), brotli.compress(gzip.compress(TEXT, mtime=0))),
    ],
)
def test_a_whole_body_is_decoded(headers: Headers, body: bytes) -> None:
    assert decode_body(body, headers) == Decoded(TEXT)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("deflate", zlib.compress(TEXT)),
        ("br", brotli.compress(TEXT)),
        ("zstd", zstd.compress(TEXT)),
    ],
)
def test_a_cut_body_is_never_called_whole(coding: str, body: bytes) -> None:
    for cut in (1, 2, 5, len(body) // 2, len(body) - 1):
        decoded = decode_body(body[:cut], _coded(coding))

        assert decoded.fault is Reason.TRUNCATED
        assert TEXT.startswith(decoded.body)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_what_is_not_coded_as_said_is_not_whole(coding: str) -> None:
    assert decode_body(b"<html>not compressed at all</html>", _coded(coding)).fault is Reason.TRUNCATED


def test_an_altered_checksum_is_seen() -> None:
    body = bytearray(gzip.compress(TEXT, mtime=0))
    body[-6] ^= 1

    assert decode_body(bytes(body), _coded("gzip")).fault is Reason.TRUNCATED


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(bytes(4_000_000), mtime=0)),
        ("deflate", zlib.compress(bytes(4_000_000))),
        ("br", brotli.compress(bytes(4_000_000))),
        ("zstd", zstd.compress(bytes(4_000_000))),
        ("gzip, br", brotli.compress(gzip.compress(bytes(4_000_000), mtime=0))),
        ("gzip", b"".join([gzip.compress(bytes(100_000), mtime=0)] * 20)),
    ],
)
def test_a_bomb_gives_nothing(coding: str, body: bytes) -> None:
    assert decode_body(body, _coded(coding), limit=1_000_000) == Decoded(b"", Reason.BOMB)


def test_many_codings_are_a_bomb() -> None:
    assert decode_body(b"x", _coded("gzip,gzip,gzip", "gzip, gzip")) == Decoded(b"", Reason.BOMB)


def test_an_unknown_coding_leaves_the_bytes() -> None:
    assert decode_body(b"abc", _coded("sdch")) == Decoded(b"abc", Reason.ENCODING)


def test_an_empty_body_needs_no_decoding() -> None:
    assert decode_body(b"", _coded("gzip")) == Decoded(b"")
