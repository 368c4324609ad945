"""What the spider, its download handlers and its archive share for one look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from scrapy.crawler import Crawler

from crawler.fetching.asking import Guest
from crawler.fetching.memory import Memory
from crawler.fetching.permitting import Permits
from crawler.fetching.politeness import Budget
from crawler.fetching.replay import Recording
from ledger.exchange import Exchange
from ledger.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Rig:
    """Rig (抓取装备) of one look.

    Attributes:
        keep: archives exchanges, durably, before it returns.
        guest: asks portals; in a replay nobody is asked.
        report: notes a fact about a host for good.
        permits: which addresses may be asked for beside those that the walk wants.
        memory: what was answered already in this look, for a browser; None where none looks.
        recording: where answers come from in a replay; None asks the portal itself.
    """

    keep: Callable[[Sequence[Exchange]], Sequence[Snapshot]]
    guest: Guest
    permits: Permits
    budget: Budget
    report: Callable[[str, Mapping[str, str]], None]
    memory: Memory | None = None
    recording: Recording | None = None
    counts: Counter[str] = field(default_factory=Counter)
    """What the browser did, for the end of the crawl: ``pages`` shown and ``requests`` made for them."""


def rig_of(crawler: Crawler) -> Rig:
    """The rig that ``crawl_look`` gave its spider."""
    rig = getattr(crawler.spider, "rig", None)
    if not isinstance(rig, Rig):
        raise RuntimeError("PortalSpider runs inside crawler.crawling.crawl_look only; use `mingcha crawl`")
    return rig
