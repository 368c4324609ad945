"""Zip files whose every byte follows from their members: all stored, one fixed date, no extra fields, no comments."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from typing import BinaryIO

from reports.pack.errors import PackTooLargeError

FIXED_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say: when a member was packed says nothing of when it was seen."""
UNIX = 3
MODE = 0o100644
LARGEST = (1 << 32) - 1
_STEP = 1024 * 1024


class FixedZip:
    """Zip of fixed bytes (定字节压缩包), open for writing; close it with ``with``."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=False)

    def __enter__(self) -> FixedZip:
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        self._zip.close()

    def add(self, path: str, pieces: Iterable[bytes]) -> None:
        """Write one member piece by piece.

        Raises:
            PackTooLargeError: over 4 GiB, which would need the fields of zip64.
        """
        entry = zipfile.ZipInfo(path, FIXED_DATE)
        entry.create_system, entry.external_attr = UNIX, MODE << 16
        try:
            with self._zip.open(entry, "w") as member:
                for piece in pieces:
                    member.write(piece)
        except (RuntimeError, zipfile.LargeZipFile) as error:
            raise PackTooLargeError(f"{path}: {error}; pack the night organ by organ (--organ)") from error
        if self._file.tell() > LARGEST:
            raise PackTooLargeError(f"{path} ends behind 4 GiB; pack the night organ by organ (--organ)")


def pieces_of(file: BinaryIO) -> Iterable[bytes]:
    """A file from its beginning, a megabyte at a time."""
    file.seek(0)
    while piece := file.read(_STEP):
        yield piece
