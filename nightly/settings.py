"""Where a night keeps its things: data folder, database, archive and reports."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nightly.errors import NightError


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings (运行设置) of one installation.

    Attributes:
        data: folder for everything a night leaves behind; made when missing.
        database_url: SQLAlchemy URL; ``MINGCHA_DATABASE_URL``, else SQLite in ``data``.
        verify_nights: ``MINGCHA_VERIFY_NIGHTS``, the cycle within which every archive file is read again.
    """

    data: Path
    database_url: str
    verify_nights: int = 30

    @property
    def archive(self) -> Path:
        """Folder of the WARC files."""
        return self.data / "archive"

    def reports(self, district_id: str, night: date) -> Path:
        """Folder of one night's reports."""
        return self.data / "reports" / district_id / night.isoformat()

    @property
    def pictures(self) -> Path:
        """Folder of screenshots, named by digest."""
        return self.data / "pictures"


def read_settings(data: Path) -> Settings:
    """Settings from the command line and the environment (CONTRACTS: Numbers)."""
    data.mkdir(parents=True, exist_ok=True)
    url = os.environ.get("MINGCHA_DATABASE_URL") or f"sqlite:///{(data / 'mingcha.db').resolve()}"
    return Settings(data, url, _whole_number("MINGCHA_VERIFY_NIGHTS", 30))


def _whole_number(name: str, default: int) -> int:
    given = os.environ.get(name, "").strip()
    if not given:
        return default
    if not given.isascii() or not given.isdecimal() or int(given) < 1:
        raise NightError(f"{name}={given}: not a whole number of at least 1; change it or unset it")
    return int(given)
