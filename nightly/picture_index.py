"""The index of a night's pictures (截图索引): which file shows which obligation; written by picturing, read by many."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ledger.encoding import from_json, to_json
from ledger.picture import Picture, PictureKind
from nightly.settings import Settings


def index_file(settings: Settings, district_id: str, night: date) -> Path:
    """Where the index of a night's pictures lies."""
    return settings.pictures / f"{district_id}-{night.isoformat()}.jsonl"


def read_pictures(settings: Settings, district_id: str, night: date) -> tuple[Picture, ...]:
    """The pictures of a night as last made; empty where none were."""
    file = index_file(settings, district_id, night)
    if not file.exists():
        return ()
    return tuple(from_json(Picture, line) for line in file.read_text(encoding="utf-8").splitlines())


def write_index(settings: Settings, district_id: str, night: date, made: Iterable[Picture]) -> None:
    """Write the index, whole or not at all."""
    file = index_file(settings, district_id, night)
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".part")
    with partial.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(to_json(picture) + "\n" for picture in made)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(file)


def page_pictures(made: Iterable[Picture]) -> dict[str, str]:
    """File name of the page picture by obligation id."""
    return {picture.obligation_id: picture.file for picture in made if picture.kind is PictureKind.PAGE}
