"""By which system a portal is built (建站系统): marks in its pages and shapes of its addresses; the table is data."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

MARK_WEIGHT = 3
SHAPES_COUNTED = 6
"""An address shape that stands on many links says no more than one that stands on six."""


@dataclass(frozen=True, slots=True)
class Family:
    """Family (建站系统) of portals, and the marks by which it is told."""

    name: str
    title: str
    adapters: frozenset[str]
    source: tuple[tuple[str, str], ...]
    """As the data writes it, and folded."""
    url: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Mark (识别标记) of a family as seen on a page.

    Attributes:
        what: the words, or the address that has the family's shape.
        page: address of the page on which it stood.
    """

    what: str
    page: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """Recognised family (识别结果), with the marks it rests on and how much they weigh together."""

    family: Family
    marks: tuple[Mark, ...]
    weight: int


@cache
def families() -> tuple[Family, ...]:
    """The table of families, as data gives it."""
    table = tomllib.loads(files("crawler.probing").joinpath("families.toml").read_text(encoding="utf-8"))
    return tuple(
        Family(
            one["name"],
            one["title"],
            frozenset(one["adapters"]),
            tuple((mark, mark.casefold()) for mark in one["source"]),
            tuple(re.compile(shape, re.IGNORECASE) for shape in one["url"]),
        )
        for one in table["family"]
    )


@dataclass(slots=True)
class Traces:
    """Traces (系统痕迹) of all families on the pages read so far."""

    _marks: dict[str, dict[str, Mark]] = field(default_factory=dict)
    _shapes: dict[str, dict[str, Mark]] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)

    def read(self, url: str, source: str, adapters: Iterable[str], links: Iterable[str]) -> None:
        """Take down what one page shows.

        Args:
            source: without comments.
            adapters: names of the adapters that took the page.
            links: addresses of the portal's own that it offers.
        """
        folded = source.casefold()
        took, addresses = set(adapters), list(dict.fromkeys(links))
        for family in families():
            marks = self._marks.setdefault(family.name, {})
            for mark, sought in family.source:
                if sought in folded:
                    marks.setdefault(mark, Mark(mark, url))
            for name in sorted(family.adapters & took):
                marks.setdefault(f"adapter {name}", Mark(f"读取适配器 {name}", url))
            for shape in family.url:
                fitting = [one for one in addresses if shape.search(one)]
                if fitting:
                    self._shapes.setdefault(family.name, {}).setdefault(shape.pattern, Mark(fitting[0], url))
                    self._counts[family.name] += len(fitting)

    def recognised(self) -> tuple[Recognised, ...]:
        """Families whose marks were seen, heaviest first; address shapes alone need three addresses."""
        found = []
        for order, family in enumerate(families()):
            marks = tuple(self._marks.get(family.name, {}).values())
            shapes = tuple(self._shapes.get(family.name, {}).values())
            counted = min(self._counts[family.name], SHAPES_COUNTED)
            weight = MARK_WEIGHT * len(marks) + counted
            if marks or counted >= 3:
                found.append((-weight, order, Recognised(family, (*marks, *shapes), weight)))
        return tuple(one for _, _, one in sorted(found, key=lambda one: one[:2]))
