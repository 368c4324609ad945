"""All families that the proving ground knows, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portals.families.boda import Boda
from portals.families.epoint import Epoint
from portals.families.family import Family
from portals.families.frames import Frames
from portals.families.gkmlpt import Gkmlpt
from portals.families.hanweb import Hanweb
from portals.families.lonsun import Lonsun
from portals.families.national import National
from portals.families.shell import Shell
from portals.families.trs import Trs
from portals.families.ucap import Ucap

FAMILIES: Mapping[str, Callable[[int], Family]] = {
    family.name: family for family in (Trs, Hanweb, Ucap, Boda, Gkmlpt, Lonsun, Epoint, National, Shell, Frames)
}
