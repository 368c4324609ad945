"""The hash chain of a district's nights (批次链): a night that is missing, replaced or altered breaks it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from reports.pack.canonical import digest_of
from reports.pack.source import NightRoot

FIRST_PREVIOUS = "0" * 64
"""Stands for the root before the district's first."""


def tables_digests(tables: Mapping[str, bytes]) -> dict[str, str]:
    """Hex SHA-256 of the lines of each table, as the whole-night pack has them in ``data``."""
    return {name: hashlib.sha256(tables[name]).hexdigest() for name in sorted(tables)}


def sealed(district_id: str, night: str, tables: Mapping[str, str], previous: str) -> NightRoot:
    """The next link of a district's chain.

    Args:
        night: ISO date.
        tables: hex digests by table name.
        previous: the root that was sealed before, or ``FIRST_PREVIOUS``.
    """
    content = digest_of({"tables": dict(tables)})
    root = digest_of({"district": district_id, "night": night, "content": content, "previous": previous})
    return NightRoot(district_id, night, content, previous, root, dict(tables))


def broken_at(chain: Iterable[NightRoot]) -> NightRoot | None:
    """The first link that does not follow from the one before, or None where all hold."""
    previous = FIRST_PREVIOUS
    for link in chain:
        if link.previous != previous or link != sealed(link.district_id, link.night, link.tables, previous):
            return link
        previous = link.root
    return None
