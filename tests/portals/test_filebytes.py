"""Files are what their names say."""

from __future__ import annotations

import struct

from portals import filebytes


def test_pdf_begins_and_ends_as_a_pdf_and_points_at_its_table() -> None:
    content = filebytes.pdf("Yunchuan 2021")
    assert content.startswith(b"%PDF-1.4")
    assert content.endswith(b"%%EOF\n")
    start = int(content.split(b"startxref\n")[1].split(b"\n")[0])
    assert content[start : start + 4] == b"xref"


def test_png_has_the_size_asked_for() -> None:
    assert struct.unpack(">II", filebytes.png(30, 20, 1, 2, 3)[16:24]) == (30, 20)


def test_office_files_are_compound_documents() -> None:
    assert {content[:8].hex() for content in (filebytes.doc(), filebytes.xls())} == {"d0cf11e0a1b11ae1"}


def test_film_begins_with_its_type() -> None:
    assert filebytes.mp4()[4:8] == b"ftyp"
