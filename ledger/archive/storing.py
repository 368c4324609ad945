"""A store for closed archive files on another disk or in an object store, reached through fsspec; only bytes here."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import fsspec

from ledger.archive.appending import sync_folder
from ledger.errors import StoreAwayError, StoreTakenError

MARK = "mingcha-archive.txt"
"""File in the store that says whose it is: an empty mount point or a stranger's bucket is told apart by it."""
BLOCK = 4 * 1024 * 1024
"""Bytes read at once where a whole file is read."""
_OPTIONS: dict[str, dict[str, Any]] = {
    # a night must not wait long for a store that is away; its own listing may be older than what was just written
    "s3": {
        "config_kwargs": {"connect_timeout": 5, "read_timeout": 60, "retries": {"max_attempts": 2}},
        "use_listings_cache": False,
    },
}


class Store:
    """Store (存档库): a folder at an address that fsspec knows, marked as this archive's own.

    Attributes:
        url: ``s3://bucket/folder``, ``file:///mnt/disk``, a plain path ...
    """

    def __init__(self, url: str, note: Path) -> None:
        """Nothing is asked of the store yet.

        Args:
            note: local file that remembers the mark, so that a store that lost it is not taken for a new one.
        """
        self.url = url
        self._note = note
        self._opened: tuple[Any, str] | None = None

    def read(self, name: str, offset: int, length: int) -> bytes | None:
        """A range of a file in one request; None when there is no such file.

        Raises:
            StoreAwayError: the store does not answer, or is not the one that the files were moved to.
        """
        with self._asked() as (files, root):
            try:
                return bytes(files.cat_file(f"{root}/{name}", start=offset, end=offset + length))
            except FileNotFoundError:
                self._compare_marks(files, root)
                return None
            except Exception:
                # S3 answers 416 to a range behind the end, where a file is read as empty: it is cut, not away
                if files.size(f"{root}/{name}") > offset:
                    raise
                return b""

    def size_of(self, name: str) -> int | None:
        """Size in bytes; None when there is no such file."""
        with self._asked() as (files, root):
            files.invalidate_cache()
            try:
                return int(files.size(f"{root}/{name}"))
            except FileNotFoundError:
                self._compare_marks(files, root)
                return None

    def take(self, path: Path) -> str:
        """Copy a closed file, read it back and compare; gives its hex SHA-256. The local one stays.

        Raises:
            StoreAwayError: the store does not answer, or what is read back differs.
            StoreTakenError: another file has this name there.
        """
        digest = _digest_of_beginning(path, path.stat().st_size)
        with self._asked() as (files, root):
            self._mark(files, root)
        size = self.size_of(path.name)
        if size is not None and self._digest(path.name, size) == digest:
            return digest
        if size and self._digest(path.name, size) != _digest_of_beginning(path, size):
            raise StoreTakenError(self.url, path.name)
        with self._asked() as (files, root):
            files.put_file(str(path), f"{root}/{path.name}")
            _sync(files, f"{root}/{path.name}")
        if self._digest(path.name, path.stat().st_size) != digest:
            raise StoreAwayError(self.url, f"{path.name} differs after it was copied there")
        return digest

    def remove(self, name: str) -> None:
        """Delete a file; nothing happens when it is not there."""
        with self._asked() as (files, root):
            if files.exists(f"{root}/{name}"):
                files.rm_file(f"{root}/{name}")

    def _digest(self, name: str, size: int) -> str:
        found = hashlib.sha256()
        for start in range(0, size, BLOCK):
            found.update(self.read(name, start, min(BLOCK, size - start)) or b"")
        return found.hexdigest()

    @contextmanager
    def _asked(self) -> Iterator[tuple[Any, str]]:
        """The file system and the root in it; whatever goes wrong there names the store."""
        try:
            if self._opened is None:
                protocol = self.url.partition("://")[0] if "://" in self.url else "file"
                files, root = fsspec.url_to_fs(self.url, **_OPTIONS.get(protocol, {}))
                self._opened = files, str(root).rstrip("/")
            yield self._opened
        except (StoreAwayError, StoreTakenError):
            raise
        except ImportError as error:
            raise StoreAwayError(self.url, f"{error}; for s3:// install mingcha[s3]") from error
        except Exception as error:  # each kind of store has errors of its own, without a common class
            raise StoreAwayError(self.url, f"{type(error).__name__}: {error}") from error

    def _mark(self, files: Any, root: str) -> None:
        """Mark the store as ours when the first file goes there."""
        if not self._note.exists():
            if _is_local(files) and not files.isdir(root):
                raise StoreAwayError(self.url, "there is no such folder; make it, or mount the disk")
            # a kill between note and mark must not lock us out: the note counts only once the mark is there
            pending = self._note.with_suffix(".new")
            mark = pending.read_text() if pending.exists() else f"archive store of one Mingcha, {uuid4()}\n"
            if _text_of(files, f"{root}/{MARK}") in ("", mark):
                pending.write_text(mark)
                files.pipe_file(f"{root}/{MARK}", mark.encode())
                _sync(files, f"{root}/{MARK}")
                pending.rename(self._note)
                sync_folder(self._note.parent)
        self._compare_marks(files, root)

    def _compare_marks(self, files: Any, root: str) -> None:
        here = self._note.read_text() if self._note.exists() else ""
        if not here or here != _text_of(files, f"{root}/{MARK}"):
            raise StoreAwayError(
                self.url,
                f"it does not bear this archive's mark ({MARK}): a disk that is not mounted, or another's store",
            )


def _text_of(files: Any, path: str) -> str:
    try:
        return str(files.cat_file(path).decode("utf-8", "replace"))
    except FileNotFoundError:
        return ""


def _is_local(files: Any) -> bool:
    return isinstance(files, fsspec.get_filesystem_class("file"))


def _sync(files: Any, path: str) -> None:
    """What is to be deleted here must be on the other disk, not in its memory."""
    if not _is_local(files):
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(Path(path).parent)


def _digest_of_beginning(path: Path, size: int) -> str:
    found = hashlib.sha256()
    with path.open("rb") as stream:
        for start in range(0, size, BLOCK):
            found.update(stream.read(min(BLOCK, size - start)))
    return found.hexdigest()
