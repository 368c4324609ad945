"""Terms of keeping (保存期限): for how many days archive files and pictures are kept; without a rule for ever."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nightly.errors import NightError

FILE = "retention.toml"
SETTING = "MINGCHA_KEEP_DAYS"
LEAST_DAYS = 30
"""A shorter term would remove what three looks over two dates and an organ's answer still need."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms (保存期限) in days; None keeps for ever. ``source`` is where they were read, for events and people."""

    source: str
    days: int | None = None
    districts: Mapping[str, int] = field(default_factory=dict)

    def of(self, district_id: str) -> int | None:
        """Days for one district."""
        return self.districts.get(district_id, self.days)


def read_terms(data: Path) -> Terms:
    """``retention.toml`` in the data folder, else ``MINGCHA_KEEP_DAYS``, else everything is kept.

    Raises:
        NightError: naming file, entry and cure; nothing is removed by a rule that is not understood.
    """
    file = data / FILE
    given = os.environ.get(SETTING, "").strip()
    if file.exists():
        if given:
            raise NightError(f"{file} and {SETTING} both name a term; unset one of them")
        return _read_file(file)
    if not given:
        return Terms("")
    if not given.isascii() or not given.isdecimal():
        raise NightError(f"{SETTING}={given}: not a whole number of days; write for example {SETTING}=1095")
    return Terms(f"{SETTING}={given}", _days(int(given), SETTING))


def _read_file(file: Path) -> Terms:
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NightError(f"{file}: no valid TOML ({error}); mend it") from error
    if given.get("schema") != 1:
        raise NightError(f"{file}: write 'schema = 1' first")
    unknown = sorted(set(given) - {"schema", "keep_days", "district"})
    if unknown:
        raise NightError(f"{file}: unknown entry {unknown[0]!r}; known are schema, keep_days and [district]")
    days = _days(given["keep_days"], f"{file}: keep_days") if "keep_days" in given else None
    districts = given.get("district", {})
    if not isinstance(districts, dict):
        raise NightError(f"{file}: district is a table; write [district] and below it: wanzhou = 1095")
    return Terms(FILE, days, {name: _days(value, f"{file}: district.{name}") for name, value in districts.items()})


def _days(value: Any, place: str) -> int:
    if type(value) is not int or value < LEAST_DAYS:
        raise NightError(f"{place}: {value!r} is not a whole number of at least {LEAST_DAYS} days; change it")
    return value
