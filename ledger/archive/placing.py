"""Where archive files are: growing ones in the local folder, closed ones there or in a store; moving and removing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import structlog

from ledger.archive.appending import OPEN_SUFFIX, sync_folder
from ledger.archive.storing import BLOCK, Store

NOTE = "store.txt"
"""Local file that remembers the mark of the store."""

log = structlog.get_logger(__name__)


class Placing:
    """Places of archive files (存档位置): a local folder and, if one is named, a store beside it."""

    def __init__(self, folder: Path, store_url: str = "") -> None:
        self.folder = folder
        self.store = Store(store_url, folder / NOTE) if store_url else None

    def path_of(self, name: str) -> Path | None:
        """Where a file is in the local folder, closed or still growing; None when it is not there."""
        closed, growing = self.folder / name, self.folder / (name + OPEN_SUFFIX)
        # the closed name is asked for once more: it may be renamed between the two questions
        return next((path for path in (closed, growing, closed) if path.exists()), None)

    def read(self, name: str, offset: int, length: int) -> bytes | None:
        """A range of a file, as much of it as there is; None when the file is nowhere.

        Raises:
            StoreAwayError: it is not here, and the store cannot be asked.
        """
        path = self.path_of(name)
        if path is not None:
            try:
                with path.open("rb") as stream:
                    stream.seek(offset)
                    return stream.read(length)
            except FileNotFoundError:
                # closed or moved to the store in between
                return self.read(name, offset, length)
        return self.store.read(name, offset, length) if self.store else None

    def size_of(self, name: str) -> int | None:
        """Size in bytes; None when the file is nowhere."""
        path = self.path_of(name)
        if path is not None:
            return path.stat().st_size
        return self.store.size_of(name) if self.store else None

    def blocks(self, name: str) -> Iterator[bytes]:
        """The whole file in order, in blocks of ``BLOCK`` bytes."""
        for offset in range(0, self.size_of(name) or 0, BLOCK):
            yield self.read(name, offset, BLOCK) or b""

    def closed(self) -> tuple[str, ...]:
        """Names of the closed files in the local folder, in order."""
        return tuple(sorted(path.name for path in self.folder.glob("*.warc.gz")))

    def move(self, name: str) -> None:
        """Move a closed file to the store: copied, read back and compared, and only then removed here.

        Raises:
            StoreAwayError: the store cannot take it; the file stays here.
            StoreTakenError: another file has this name there; the file stays here.
        """
        path = self.folder / name
        if self.store is None or not path.exists():
            return
        digest = self.store.take(path)
        path.unlink(missing_ok=True)
        sync_folder(self.folder)
        log.info("archive file moved", file=name, store=self.store.url, sha256=digest)

    def remove(self, name: str) -> None:
        """Delete a closed file here and in the store; nothing happens where it is not."""
        (self.folder / name).unlink(missing_ok=True)
        sync_folder(self.folder)
        if self.store is not None:
            self.store.remove(name)
