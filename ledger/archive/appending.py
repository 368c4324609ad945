"""One growing archive file: made, locked, repaired, appended to and closed, each step synced to the disk."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
from pathlib import Path
from typing import Self

import structlog

from ledger.archive.warc import whole_members

OPEN_SUFFIX = ".open"
"""Behind the name of a file while it grows."""

_PIECE_BYTES = 1024 * 1024

log = structlog.get_logger(__name__)


class GrowingFile:
    """Growing file (写入中的存档文件), held by an exclusive lock until it is let go or closed for good.

    ``name`` is the final one; ``size`` is what is on the disk.
    """

    def __init__(self, folder: Path, name: str, descriptor: int, size: int) -> None:
        self.name = name
        self.size = size
        self._folder = folder
        self._descriptor = descriptor

    @classmethod
    def create(cls, folder: Path, name: str) -> Self:
        """Make a new, empty file.

        Raises:
            FileExistsError: when it is there already.
        """
        descriptor = os.open(folder / (name + OPEN_SUFFIX), os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        sync_folder(folder)
        return cls(folder, name, descriptor, 0)

    @classmethod
    def claim(cls, folder: Path, name: str, cited_end: int) -> Self | None:
        """Take over a file that nobody holds and cut its torn tail; None when it is gone or another process has it.

        Args:
            cited_end: where the last record that the database cites ends; up to there all was synced before.
        """
        path = folder / (name + OPEN_SUFFIX)
        try:
            descriptor = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        if not path.exists():
            # its holder closed it for good between the two steps
            os.close(descriptor)
            return None
        size = os.fstat(descriptor).st_size
        start = min(cited_end, size)
        whole = start + whole_members(os.pread(descriptor, size - start, start))
        if whole < size:
            log.info("torn tail cut", file=name, at=whole, bytes_cut=size - whole)
            os.ftruncate(descriptor, whole)
            os.fsync(descriptor)
        return cls(folder, name, descriptor, whole)

    def append(self, members: bytes) -> None:
        """Write behind the end; on the disk, and read back as it was given, when this returns.

        Raises:
            OSError: when the disk is full or fails, or gives back other bytes (``EIO``); the file is as long as before
                and let go, since after a failed sync nothing is known about an open file.
        """
        try:
            written = 0
            while written < len(members):
                written += os.pwrite(self._descriptor, memoryview(members)[written:], self.size + written)
            os.fsync(self._descriptor)
            self._compare(members)
        except OSError:
            try:
                os.ftruncate(self._descriptor, self.size)
            finally:
                self.let_go()
            raise
        self.size += len(members)

    def _compare(self, members: bytes) -> None:
        """What a row is going to cite must be what the file gives back."""
        given, seen, place = hashlib.sha256(members), hashlib.sha256(), 0
        while piece := os.pread(self._descriptor, min(_PIECE_BYTES, len(members) - place), self.size + place):
            seen.update(piece)
            place += len(piece)
        if seen.digest() != given.digest():
            raise OSError(errno.EIO, f"{self.name}: the disk gives back other bytes than were written")

    def let_go(self) -> None:
        """Unlock it; it may be claimed again."""
        os.close(self._descriptor)

    def close_for_good(self) -> None:
        """Give it its final name and unlock it."""
        (self._folder / (self.name + OPEN_SUFFIX)).rename(self._folder / self.name)
        sync_folder(self._folder)
        self.let_go()


def sync_folder(folder: Path) -> None:
    """Make names that were added or changed survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
