"""Districts (区县), their organs (部门、镇街) and network limits; facts read from a district file."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class OrganKind(StrEnum):
    """Kind of an organ (机关类别)."""

    GOVERNMENT = "government"
    DEPARTMENT = "department"
    TOWN = "town"
    SUBDISTRICT = "subdistrict"
    INSTITUTION = "institution"
    VERTICAL = "vertical"
    PARTY = "party"
    """May lead, is never accused under 条例."""


@dataclass(frozen=True, slots=True)
class Organ:
    """Organ (部门、镇街): a body of the district that publishes or checks.

    Attributes:
        entry: address of its own page (专属网页) if known; empty otherwise, never required.
        confirmed: ids of requirements that a person confirmed for it (履职依据).
    """

    id: str
    name: str
    kind: OrganKind
    short: str = ""
    aliases: tuple[str, ...] = ()
    entry: str = ""
    confirmed: tuple[str, ...] = ()
    implied: bool = False
    """Not in the roster: added so that the government's own duties have an addressee."""

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, the full one first, without repeats."""
        return tuple(dict.fromkeys(name for name in (self.name, self.short, *self.aliases) if name))


@dataclass(frozen=True, slots=True)
class Network:
    """Network limits (访问限制) of a district's walk.

    Attributes:
        allow: host:port pairs that may be reached although they are not global addresses or not the district's.
        delay_seconds: least gap between two requests to one host; 0 only for a loopback host named in ``allow``.
    """

    allow: tuple[str, ...] = ()
    delay_seconds: float = 2.0


@dataclass(frozen=True, slots=True)
class District:
    """District (区县): a portal, the organs it serves and the directories it adopts.

    Attributes:
        home: address of the portal's home page; empty where nobody here knows it: duties are listed, nothing is walked.
        file: where it was read from, for error messages.
    """

    id: str
    name: str
    home: str
    directories: tuple[str, ...]
    organs: tuple[Organ, ...]
    roster_complete: bool = False
    roster_source: str = ""
    network: Network = field(default_factory=Network)
    adapters: tuple[str, ...] = ()
    """Adapters pinned by the file, in order; empty lets every page choose."""
    forbidden_adapters: tuple[str, ...] = ()
    file: str = ""

    def organ(self, organ_id: str) -> Organ:
        """The organ with this id.

        Raises:
            KeyError: when the district has no such organ.
        """
        for organ in self.organs:
            if organ.id == organ_id:
                return organ
        raise KeyError(organ_id)
