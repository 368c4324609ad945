"""Naming (单位名称): whether a text names an organ; used where many organs share one column."""

from __future__ import annotations

import re
from collections.abc import Iterable

from catalog.district import Organ
from catalog.spelling import fold

_PLACE = re.compile(r"^.{1,6}?(?=[区县])")
_OFFICE_TAIL = re.compile(r"(人民政府|办事处)$")
_SHORTEST = 3


def names_of(organ: Organ) -> tuple[str, ...]:
    """Names by which a row may name the organ: its own, and those without the place (区财政局) or the tail (太安镇)."""
    found = dict.fromkeys(organ.names)
    for name in organ.names:
        without_place = _PLACE.sub("", name)
        town = _OFFICE_TAIL.sub("", without_place)
        bare = re.sub(r"^[区县]", "", town) if town != without_place else town
        for derived in (without_place, town, bare):
            if len(derived) >= _SHORTEST:
                found.setdefault(derived)
    return tuple(name for name in found if name not in ("区人民", "县人民"))


def names(text: str, wanted: Iterable[str]) -> bool:
    """Whether the folded text holds one of the names."""
    folded = fold(text)
    return any(fold(name) in folded for name in wanted if name)
