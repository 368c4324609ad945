"""Small files that are there as a whole or not at all, also after a power cut."""

from __future__ import annotations

import os
from pathlib import Path


def write_synced(file: Path, body: bytes, mode: int = 0o644) -> None:
    """Write under a temporary name in the same folder, sync, rename, sync the folder."""
    partial = file.with_name(f".{file.name}.{os.getpid()}.part")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as stream:
        os.fchmod(descriptor, mode)
        stream.write(body)
        stream.flush()
        os.fsync(descriptor)
    os.replace(partial, file)
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Make names that were added or changed survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
