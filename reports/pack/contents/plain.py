"""From records to canonical values, with private numbers starred; no knowledge of any one record here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum

from ledger.encoding import moment_text
from ledger.night import SHANGHAI
from ledger.privacy import find_private, starred
from reports.pack.canonical import Canonical

NAMES = frozenset({"id", "snapshot_id", "snapshot_ids", "evidence", "obligation_id", "previous", "root", "digest"})
"""Fields that name a thing: stars in a name would break what refers to it."""
ADDRESSES = frozenset({"url", "referring_url", "target_uri"})
"""Looked at each by itself; a response whose address holds a private number is withheld, so nothing refers to it."""


class UnplainError(TypeError):
    """Raised when a value has no canonical form, from ``plain_of``."""


def plain_of(value: object) -> Canonical:
    """A record as canonical JSON takes it: enums by value, moments as ``ledger.encoding.moment_text`` writes them.

    Raises:
        UnplainError: for a type without a rule (floats among them).
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str | int):
        return value
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain_of(one) for one in value]
    if isinstance(value, frozenset):
        return sorted((plain_of(one) for one in value), key=str)
    if isinstance(value, Mapping):
        return {str(plain_of(name)): plain_of(one) for name, one in value.items()}
    if is_dataclass(value):
        return {field.name: plain_of(getattr(value, field.name)) for field in fields(value)}
    raise UnplainError(f"{type(value).__name__}: no rule turns this type into canonical JSON")


def line_of(value: object) -> dict[str, Canonical]:
    """A record as one line of a table."""
    plain = plain_of(value)
    if not isinstance(plain, dict):
        raise UnplainError(f"{type(value).__name__}: a line is an object")
    return plain


def private_numbers(line: Mapping[str, Canonical]) -> dict[str, str]:
    """Private numbers in a line's text, each with its starred form.

    Numbers are sought in all of its text at once: cells of one table tell together what no cell tells alone. Addresses
    are looked at one by one.
    """
    found: dict[str, str] = {}
    for text in ("\n".join(_texts(dict(line))), *_addresses(dict(line))):
        for span in find_private(text):
            number = text[span.start : span.end]
            found[number] = starred(number, span.kind)
    return found


def without_private(line: dict[str, Canonical]) -> dict[str, Canonical]:
    """The line with every private number starred, wherever in it the number stands."""
    numbers = private_numbers(line)
    return {name: _starred(name, value, numbers) for name, value in line.items()}


def _texts(value: Canonical) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in NAMES and name not in ADDRESSES:
                yield from _texts(one)


def _addresses(value: Canonical, name: str = "") -> Iterator[str]:
    if isinstance(value, str) and name in ADDRESSES:
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _addresses(one, name)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _addresses(one, key)


def _starred(name: str, value: Canonical, numbers: Mapping[str, str]) -> Canonical:
    """One field's value; ``name`` is that of the field, also for what stands in its lists."""
    if name in NAMES:
        return value
    if isinstance(value, list):
        return [_starred(name, one, numbers) for one in value]
    if isinstance(value, dict):
        return {key: _starred(key, one, numbers) for key, one in value.items()}
    if not isinstance(value, str):
        return value
    for number, stars in numbers.items():
        value = value.replace(number, stars)
    return value


def second_text(moment: datetime | None) -> str:
    """``2021-11-29T18:15:09Z``, as CONTRACTS' export line has it; empty for None."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def local_text(moment: datetime | None) -> str:
    """``2021-11-30T02:15:09+08:00``; empty for None."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M:%S+08:00") if moment else ""
