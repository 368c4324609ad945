"""Undoing a response's Content-Encoding, bounded; the one place that does it, live and archived."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]

from ledger.exchange import Headers
from ledger.reason import Reason

try:  # in the standard library from Python 3.14 (PEP 784)
    from compression import zstd  # type: ignore[import-not-found]
except ImportError:
    from backports import zstd

DECODED_LIMIT = 64 * 1024 * 1024
"""Largest body in bytes after decoding; more is a bomb (TRUST 8: 3 KB of brotli made 1.1 GB)."""
CODINGS_LIMIT = 4
"""More codings than that in one answer are an attack, never a portal."""
_STEP = 64 * 1024


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded body (解码后的正文). ``fault`` is ``TRUNCATED``, ``BOMB`` or ``ENCODING``, or None when it is whole."""

    body: bytes
    fault: Reason | None = None


class _TooMuchError(Exception):
    """Raised when decoded output passes the limit, from the decoders here."""


class _UnknownCodingError(Exception):
    """Raised when a coding is not known, from ``_decoder``."""


_DAMAGE = (zlib.error, brotli.error, zstd.ZstdError, EOFError)


def decode_body(body: bytes, headers: Headers, limit: int = DECODED_LIMIT) -> Decoded:
    """Undo all codings named in Content-Encoding, the last applied first (RFC 9110 8.4).

    Args:
        limit: largest size in bytes of any layer.

    Returns:
        The body; what could be decoded with ``TRUNCATED`` where the coding ends early or is damaged, nothing with
        ``BOMB``, the bytes as they are with ``ENCODING`` where the coding is unknown.
    """
    codings = [
        coding
        for name, value in headers
        if name.casefold() == "content-encoding"
        for coding in (part.strip().casefold() for part in value.split(","))
        if coding not in ("", "identity")
    ]
    if len(codings) > CODINGS_LIMIT:
        return Decoded(b"", Reason.BOMB)
    fault: Reason | None = None
    for coding in reversed(codings):
        if not body:
            break
        try:
            body, whole = _undo(coding, body, limit)
        except _TooMuchError:
            return Decoded(b"", Reason.BOMB)
        except _UnknownCodingError:
            return Decoded(body, Reason.ENCODING)
        fault = fault if whole else Reason.TRUNCATED
    return Decoded(body, fault)


def _undo(coding: str, body: bytes, limit: int) -> tuple[bytes, bool]:
    """The decoded bytes, and whether the coding came to its end."""
    match coding:
        case "gzip" | "x-gzip":
            decode = _gzip
        case "deflate":
            decode = _deflate
        case "br":
            decode = _brotli
        case "zstd":
            decode = _zstd
        case _:
            raise _UnknownCodingError(coding)
    return _collected(decode, body, limit)


def _collected(decode: Callable[[bytes], Iterator[bytes | None]], body: bytes, limit: int) -> tuple[bytes, bool]:
    pieces: list[bytes] = []
    size, whole = 0, False
    try:
        for piece in decode(body):
            if piece is None:
                whole = True
                continue
            size += len(piece)
            if size > limit:
                raise _TooMuchError
            pieces.append(piece)
    except _DAMAGE:
        whole = False
    return b"".join(pieces), whole


def _inflate(body: bytes, wbits: int) -> Iterator[bytes | None]:
    """Members one behind the other; bytes after the last that are no member are padding, as browsers treat them."""
    first = True
    while body:
        machine = zlib.decompressobj(wbits)
        if not first and body[:2] != b"\x1f\x8b":
            return
        rest = body
        while not machine.eof:
            piece = machine.decompress(rest, _STEP)
            rest = machine.unconsumed_tail
            yield piece
            if not rest and not machine.eof and len(piece) < _STEP:
                raise EOFError
        yield None
        first, body = False, machine.unused_data


def _gzip(body: bytes) -> Iterator[bytes | None]:
    return _inflate(body, 31)


def _deflate(body: bytes) -> Iterator[bytes | None]:
    """``deflate`` is zlib by RFC 9110; many servers send it bare."""
    is_zlib = len(body) >= 2 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
    return _inflate(body, 15 if is_zlib else -15)


def _brotli(body: bytes) -> Iterator[bytes | None]:
    machine = brotli.Decompressor()
    piece = machine.process(body, output_buffer_limit=_STEP)
    yield piece
    while not machine.is_finished():
        # can_accept_more_data() is no help: it is true while output is still to come
        piece = machine.process(b"", output_buffer_limit=_STEP)
        if not piece and not machine.is_finished():
            raise EOFError
        yield piece
    yield None


def _zstd(body: bytes) -> Iterator[bytes | None]:
    while body:
        # RFC 9659: a decoder for the web needs no window above 8 MB
        machine = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: 23})
        piece = machine.decompress(body, _STEP)
        yield piece
        while not machine.eof:
            if machine.needs_input:
                raise EOFError
            yield machine.decompress(b"", _STEP)
        yield None
        body = machine.unused_data
