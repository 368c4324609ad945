"""Canonical JSON: the one text of a record, so that its digest can be computed by anyone again."""

from __future__ import annotations

import hashlib
import json
from typing import TypeAlias

Canonical: TypeAlias = "bool | int | str | list[Canonical] | dict[str, Canonical] | None"
"""No floats: their text differs between languages (RFC 8785 needs a whole section for them)."""


def canonical_json(value: Canonical) -> bytes:
    """UTF-8, keys sorted by code point, no spaces, nothing escaped that JSON does not demand; no final newline.

    Lone surrogates, which UTF-8 has no bytes for, stay written as ``\\udXXX``.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "backslashreplace")


def canonical_lines(values: list[dict[str, Canonical]]) -> bytes:
    """JSON Lines: one canonical object a line, each ended by a newline."""
    return b"".join(canonical_json(value) + b"\n" for value in values)


def digest_of(value: Canonical) -> str:
    """Hex SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical_json(value)).hexdigest()
