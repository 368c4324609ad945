"""Check codes (核对码) of the sheets that are to be answered: they tell whether a row came back as it was sent."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_CODE_DIGITS = 20


@dataclass(frozen=True, slots=True)
class SheetOrigin:
    """Origin of a sheet (表格来源): the night it was made from and whose it is; ``organ_id`` is empty for all."""

    district_id: str
    night: date
    organ_id: str = ""


def row_code(key: bytes, origin: SheetOrigin, table: str, cells: Sequence[str]) -> str:
    """Code of one row, from everything in it that nobody may change; only who holds the key can make it.

    Args:
        key: of this installation; without one there is no code, and a sheet without codes is not taken back.
        table: name of the sheet within the file.
        cells: the fixed cells in the order of the columns, see ``settled``.
    """
    if not key:
        return ""
    said = (origin.district_id, origin.night.isoformat(), origin.organ_id, table, *map(settled, cells))
    told_apart = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in said)
    return hmac.new(key, told_apart, hashlib.sha256).hexdigest()[:_CODE_DIGITS]


def settled(value: object) -> str:
    """A cell's text as it survives opening and saving: one sign for line ends, no blank ends, whole numbers plain."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()
