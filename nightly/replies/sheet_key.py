"""The key (核对密钥) of one data folder by which a sheet that comes back is known; it signs nothing for others."""

from __future__ import annotations

import os
import secrets

from nightly.settings import Settings

_FILE = "sheet.key"
_BYTES = 32


def sheet_key(settings: Settings) -> bytes:
    """The key, made at its first use and readable by its owner only; lost, it only makes sent sheets unreadable."""
    file = settings.data / _FILE
    if not file.exists():
        draft = settings.data / f"{_FILE}.{secrets.token_hex(8)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(secrets.token_bytes(_BYTES))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, file)  # of two processes that make it at once the first one's stays
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_bytes()
