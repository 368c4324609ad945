"""Disclosure paths (公开路径) and their steps; facts only, no matching against pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PathOrigin(StrEnum):
    """Origin of a path (路径来源): how we know that the column is to stand there."""

    PRINTED = "printed"
    """Printed in the notice after 公开路径："""
    TEXT = "text"
    """A column named in the running text of the notice."""
    CUSTOMARY = "customary"
    """Our knowledge, with a source; never gives ``missing`` or ``path_deviates``."""


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a disclosure path (栏目层级).

    Attributes:
        label: as printed in the notice; never split at "/", which may belong to the label (预算/决算).
        may_be_skipped: portals leave this level out (法定主动公开内容); the walk then looks through it.
    """

    label: str
    may_be_skipped: bool = False


@dataclass(frozen=True, slots=True)
class DisclosurePath:
    """Disclosure path (公开路径): steps from the portal to a leaf column, outermost first, never empty.

    The first step is the site itself (政府网站): it is the start page and is never looked for as a column.
    """

    steps: tuple[Step, ...]
    origin: PathOrigin
    source: str = ""
    """Where a customary path is known from; empty for printed and text paths."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of all steps, outermost first."""
        return tuple(step.label for step in self.steps)

    def __str__(self) -> str:
        return ">".join(self.labels)
