"""All families that the proving ground knows, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portals.families.family import Family
from portals.families.hanweb import Hanweb
from portals.families.trs import Trs

FAMILIES: Mapping[str, Callable[[int], Family]] = {
    "trs": Trs,
    "hanweb": Hanweb,
}
