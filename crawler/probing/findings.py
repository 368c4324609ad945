"""What a probe found (探查结果): facts and guesses with their sources, ready to be proposed; no page is read here."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.district import OrganKind
from crawler.probing.adopting import Adoption
from crawler.probing.families import Recognised
from crawler.probing.identity import Said, Settled
from crawler.probing.mentioned import Mention
from crawler.probing.roster import Candidate
from crawler.probing.tracing import Traced
from ledger.reason import Reason


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeper of a site (主办单位) that is no government's portal: the one organ that is proposed for it."""

    name: str
    kind: OrganKind
    said: Said


@dataclass(frozen=True, slots=True)
class RobotsSeen:
    """robots.txt as seen (爬虫协议) of one origin.

    Attributes:
        delay_seconds: Crawl-delay for our agent, or None.
        forbids_all: nothing may be fetched.
        reason: why it could not be read; then nothing may be fetched either.
    """

    origin: str
    delay_seconds: float | None = None
    rule_count: int = 0
    forbids_all: bool = False
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Doubt (未能探明): something that could not be told, where, and why."""

    what: str
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings (探查结果) of one probe.

    Attributes:
        home: address of the home page to propose.
        shown: whether the home page could be read; nothing else is told otherwise.
        place: name of the place, and who says so; None where it was not told.
        mentions: units that titles name and no index lists.
        scripted: addresses of pages whose menus or lists are made by scripts.
        request_count: visits made, robots.txt included.
    """

    home: str
    shown: bool = False
    refused: Reason | None = None
    place: Said | None = None
    name: Said | None = None
    code: Settled = field(default_factory=Settled)
    badge: str = ""
    keeper: Keeper | None = None
    families: tuple[Recognised, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    mentions: tuple[Mention, ...] = ()
    adoption: Adoption = field(default_factory=lambda: Adoption(("national_base",), ""))
    traced: tuple[Traced, ...] = ()
    scripted: tuple[str, ...] = ()
    robots: tuple[RobotsSeen, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    request_count: int = 0
    page_count: int = 0
