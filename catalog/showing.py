"""Rows of ``catalog show``: the catalogue as flat text, one requirement and path a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from catalog.path import DisclosurePath
from catalog.requirement import Directory, Requirement

COLUMNS = (
    *("directory", "requirement_id", "item", "path", "origin", "scope", "lead", "responsible"),
    *("document_number", "clause", "channels", "valid_from", "valid_to"),
)
"""Keys of a row, in order; an empty string where there is nothing."""


def rows(directories: Iterable[Directory]) -> Iterator[dict[str, str]]:
    """One row a requirement and path, one with an empty path for a requirement without any; order of the data."""
    for directory in directories:
        for requirement in directory.requirements:
            for path in requirement.paths or (None,):
                yield _row(directory, requirement, path)


def _row(directory: Directory, requirement: Requirement, path: DisclosurePath | None) -> dict[str, str]:
    texts = (
        directory.id,
        requirement.id,
        requirement.item,
        str(path) if path else "",
        path.origin.value if path else "",
        requirement.scope.value,
        "、".join(requirement.lead),
        "、".join(requirement.responsible),
        directory.document_number,
        requirement.clause,
        "、".join(requirement.channels),
        _day(requirement.valid_from or directory.valid_from),
        _day(requirement.valid_to),
    )
    return dict(zip(COLUMNS, texts, strict=True))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
