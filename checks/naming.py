"""Naming (单位名称): whether a text names an organ; used where many organs share one column."""

from __future__ import annotations

import re
from collections.abc import Iterable

from catalog.district import Organ
from catalog.obligation import Obligation
from catalog.roles import holds_name
from catalog.spelling import fold

_PLACE = re.compile(r"^.{1,6}?(?=[区县])")
_OFFICE_TAIL = re.compile(r"(人民政府|办事处)$")
_PEOPLES = re.compile(
    r"(?:(?:土家|苗|侗|回|满|彝|藏|壮|瑶|白|羌|仡佬|布依|蒙古|土|畲|傣|黎|朝鲜|维吾尔|哈萨克|各|多|少数)族)+(?=[乡镇])|民族(?=[乡镇])"
)
_SHORTEST = 3


def names_of_organ(obligation: Obligation) -> tuple[str, ...]:
    """Names by which a row may name the obligation's organ, with those of the table of organs (区发改委)."""
    return names_of(obligation.organ, obligation.organ_aliases)


def names_of(organ: Organ, others: Iterable[str] = ()) -> tuple[str, ...]:
    """Names by which a row may name the organ; also without the place (区财政局), tail (太安镇) or people (恒合乡).

    Args:
        others: names beside those of the district's file.
    """
    known = tuple(dict.fromkeys((*organ.names, *others)))
    found = dict.fromkeys(known)
    for name in known:
        without_place = _PLACE.sub("", name)
        town = _OFFICE_TAIL.sub("", without_place)
        bare = re.sub(r"^[区县]", "", town) if town != without_place else town
        plain = (_PEOPLES.sub("", one) for one in (town, bare))
        for derived in (without_place, town, bare, *plain):
            if len(derived) >= _SHORTEST:
                found.setdefault(derived)
    return tuple(name for name in found if name not in ("区人民", "县人民"))


def names(text: str, wanted: Iterable[str]) -> bool:
    """Whether the folded text holds one of the names, and not as the beginning of another unit's (区政府办公室)."""
    folded = fold(text)
    return any(holds_name(folded, fold(name)) for name in wanted if name)
