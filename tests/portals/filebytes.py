"""Bytes of attachments, images and media: small real files made here, nothing fetched."""

from __future__ import annotations

import struct
import zlib
from functools import cache


@cache
def pdf(text: str) -> bytes:
    """A one-page PDF whose text is ``text`` (ASCII letters and digits)."""
    stream = f"BT /F1 18 Tf 72 720 Td ({text}) Tj ET".encode("ascii", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


@cache
def xls() -> bytes:
    """The head of an old workbook (compound document), enough to be no web page."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<HHH", 0x3E, 3, 0xFFFE) + b"\1" * 2018


@cache
def doc() -> bytes:
    """The head of an old Word file (compound document), enough to be no web page."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<HHH", 0x3E, 3, 0xFFFE) + b"\0" * 1506


@cache
def png(width: int, height: int, red: int, green: int, blue: int) -> bytes:
    """A plain image of one colour."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes((red, green, blue)) * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@cache
def mp4() -> bytes:
    """The first boxes of an MP4 file."""
    ftyp = b"ftypisom\0\0\2\0isomiso2mp41"
    free = b"free" + b"\0" * 400
    return b"".join(struct.pack(">I", len(box) + 4) + box for box in (ftyp, free))
