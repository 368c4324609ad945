"""One portal of one family sat through one whole night, in this process: built, served, walked, judged, compared."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from catalog.obligation import Obligation
from crawler.browsing.launching import is_browser_here
from ledger.ledger import Ledger
from ledger.verdict import NightStanding
from ledger.work import VisitKind
from nightly.clock import now
from nightly.crawling import begin, crawl_night
from nightly.judging import judge_night
from nightly.preparing import Prepared, prepare
from nightly.progress import Shown
from nightly.settings import read_settings
from portals.compare_truth import Judged
from portals.demonstration import build
from portals.families.shelf import FAMILIES
from portals.publishing import Portal, Truth
from portals.serving import RequestLog, serve

_SHARED_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where a night's ledger lies: thousands of commits of nights that nobody keeps need no disk."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures (计数) of one night; requests are of the first look, as CONTRACTS counts them.

    Attributes:
        walked: obligations that a crawler can walk.
        least: least possible requests; None where only some requirements are walked, for the truth counts all.
        rendered: visits by the browser, in all looks.
        least_gap_seconds: between the beginnings of two requests to one host, as the server saw it.
        static: one request gives one list page and no script is needed, so that the least is what CONTRACTS counts.
        parallel: most requests under way at one time on one host, as the server saw it.
    """

    walked: int
    requests: int
    least: int | None
    rendered: int
    static: bool
    least_gap_seconds: float
    parallel: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Sitting:
    """Sitting (一次测验): one night against its truth."""

    family: str
    seed: int
    rows: tuple[Judged, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Size:
    """Size (规模) of a portal and of what is walked of it.

    Attributes:
        requirements: ids of the requirements that are walked; empty for all.
    """

    departments: tuple[int, int] = (3, 5)
    towns: tuple[int, int] = (1, 3)
    news: tuple[int, int] = (4, 9)
    rows: tuple[int, int] = (5, 8)
    requirements: frozenset[str] = frozenset()


USUAL = Size()
SMALL = Size(
    departments=(1, 2),
    towns=(1, 2),
    news=(3, 4),
    requirements=frozenset({"budget", "contact", "normative_documents", "guide", "progress", "work_plan", "fees"}),
)
"""What CI walks of each family: an organ's columns."""


def portal_of(family: str, seed: int, size: Size = USUAL) -> Portal:
    """The portal of a family and seed; the same for the same arguments."""
    chance = random.Random(f"size {family} {seed}")
    return build(
        seed,
        departments=chance.randrange(*size.departments),
        towns=chance.randrange(*size.towns),
        news=chance.randrange(*size.news),
        rows=chance.randrange(*size.rows),
        family=FAMILIES[family](seed),
        browser=is_browser_here(),
    )


def sit(family: str, seed: int, size: Size = USUAL) -> Sitting:
    """Walk and judge one portal and compare every walked obligation with its truth."""
    portal = portal_of(family, seed, size)
    with tempfile.TemporaryDirectory(prefix="mingcha-exam-", dir=_SHARED_MEMORY) as folder, serve(portal) as served:
        prepared = prepare(str(portal.write_district(Path(folder) / "district", served.ports)), portal.as_of)
        prepared = _only(prepared, size.requirements)
        settings = read_settings(Path(folder) / "data")
        began = time.monotonic()
        with Ledger.open(settings.database_url, settings.archive) as ledger:
            night = begin(prepared, ledger, confirm_now=True, replay=())
            with Shown(Console(quiet=True)) as shown:
                crawl_night(prepared, ledger, night, (), shown)
            standings = judge_night(prepared, ledger, night, now()).standings
            looks = [list(ledger.arrivals(look.id)) for look in ledger.looks(night.id)]
        seconds = time.monotonic() - began
        kinds = Counter(str(arrival.visit.kind) for arrival in looks[0])
        hops = sum(len(one.redirects) for one in looks[0] if one.visit.kind is not VisitKind.ELSEWHERE)
        figures = Figures(
            walked=sum(one.is_walked for one in prepared.obligations),
            requests=kinds[VisitKind.PAGE]
            + kinds[VisitKind.RESOURCE]
            + kinds[VisitKind.ASK]
            + hops
            + _robots_hosts(served.log),
            least=None if size.requirements else portal.least_requests,
            rendered=sum(str(one.visit.kind) == "rendered" for look in looks for one in look),
            static=FAMILIES[family](seed).static,
            least_gap_seconds=min(served.log.least_gap_seconds(host) for host in range(len(served.ports))),
            parallel=max(served.log.most_parallel(host) for host in range(len(served.ports))),
            seconds=seconds,
        )
    origins = tuple(url.rstrip("/") for url in served.urls)
    return Sitting(family, seed, compared(prepared, portal.truth, standings, origins), figures)


def _only(prepared: Prepared, requirements: frozenset[str]) -> Prepared:
    owed = prepared.obligations
    return replace(
        prepared, obligations=tuple(one for one in owed if one.requirement.id in requirements or not requirements)
    )


def _robots_hosts(log: RequestLog) -> int:
    return len({request.host for request in log.settled() if request.path == "/robots.txt"})


def compared(
    prepared: Prepared, truths: Sequence[Truth], standings: Sequence[NightStanding], origins: Sequence[str]
) -> tuple[Judged, ...]:
    """Every obligation with its truth and its standing, addresses without the ports that nobody can repeat."""
    found = {one.obligation_id: one for one in standings}
    known = {one.obligation_id: one for one in truths}
    return tuple(_judged(owed, known[owed.id], found.get(owed.id), origins) for owed in prepared.obligations)


def _judged(owed: Obligation, truth: Truth, standing: NightStanding | None, origins: Sequence[str]) -> Judged:
    url = standing.url if standing else ""
    for host, origin in enumerate(origins):
        url = url.replace(origin, f"host{host}")
    return Judged(
        owed.id,
        truth.standing,
        str(standing.standing) if standing else "",
        truth.reason,
        str((standing and standing.reason) or ""),
        truth.caused_by,
        str((standing and standing.caused_by) or ""),
        truth.fault,
        url=url,
        detail=standing.detail if standing else "",
    )
