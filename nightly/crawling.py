"""The order of a night's looks: first walk, second look, resume; fetching itself lives in crawler."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from checks.registry import wanted_of
from crawler.browsing.launching import CURE_CHINESE, is_browser_here
from crawler.crawling import Budget, crawl_look, in_reactor
from crawler.plan import Itinerary, expected_requests, plan
from crawler.reader import Reader
from crawler.walking.named import NamedPage, NamedWalk
from crawler.walking.walk import Walk
from ledger.ledger import Ledger
from ledger.night import Look, LookKind, Night, NightState
from nightly.clock import now
from nightly.environment import environment_facts, note_clock
from nightly.judging import accused, judge_looks
from nightly.preparing import Prepared
from nightly.progress import Shown

_REPEATED = frozenset({LookKind.DAY, LookKind.RECHECK})
"""Kinds of which a night may have several."""
SECOND_LOOK_AFTER = timedelta(minutes=30)
"""CONTRACTS: a night looks again at least 30 minutes later at all it would accuse."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a walk is expected to cost (预计), printed beforehand."""

    obligations: int
    walked: int
    requests: int
    hours: float


def itineraries(prepared: Prepared, obligation_ids: tuple[str, ...] = ()) -> tuple[Itinerary, ...]:
    """The plan of one look."""
    owed = [one for one in prepared.only(obligation_ids) if one.is_walked]
    wanted = {one.id: wanted_of(one, prepared.night) for one in owed}
    return plan(owed, wanted, prepared.district)


def expectation(prepared: Prepared) -> Expected:
    """Requests and hours that one whole walk is expected to take."""
    requests = expected_requests(itineraries(prepared))
    walked = sum(one.is_walked for one in prepared.obligations)
    hours = requests * prepared.district.network.delay_seconds / 3600
    return Expected(len(prepared.obligations), walked, requests, hours)


def begin(prepared: Prepared, ledger: Ledger, *, confirm_now: bool, replay: Sequence[Path]) -> Night:
    """Begin tonight, or find it as it was begun before."""
    return ledger.begin_night(
        prepared.district.id,
        prepared.night,
        planned=[(one.id, one.organ.id) for one in prepared.obligations],
        facts=environment_facts(prepared, replay),
        confirm_now=confirm_now,
        replayed=bool(replay),
        now=now(),
    )


def crawl_night(
    prepared: Prepared, ledger: Ledger, night: Night, replay: Sequence[Path], shown: Shown, *, browser: bool = True
) -> None:
    """Walk all looks that the night still lacks; the same call goes on after a kill.

    Args:
        browser: look by browser at pages that scripts make, if one is found; never in a replay.
    """
    if night.state is not NightState.RUNNING:
        return
    by_browser = browser and not replay and browser_at_hand(shown)

    async def looks() -> None:
        first = await look_once(prepared, ledger, night, LookKind.FIRST, (), replay, shown, browser=by_browser)
        judge_looks(prepared, ledger, (first,))
        again = accused(ledger, first)
        shown.first_look_judged(len(again))
        if night.confirm_now:
            await look_once(
                prepared, ledger, night, LookKind.COMPLETE_AGAIN, (), replay, shown, browser=by_browser, careful=again
            )
        elif again and not night.replayed:
            await _wait(first, shown)
            await look_once(
                prepared, ledger, night, LookKind.AGAIN, again, replay, shown, browser=by_browser, careful=again
            )

    in_reactor(looks)
    note_clock(ledger, night)


def look_by_day(
    prepared: Prepared,
    ledger: Ledger,
    night: Night,
    suspects: tuple[str, ...],
    shown: Shown,
    *,
    browser: bool = True,
) -> None:
    """The second look by day, at suspects only."""
    by_browser = browser and bool(suspects) and browser_at_hand(shown)

    async def look() -> None:
        await look_once(
            prepared, ledger, night, LookKind.DAY, suspects, (), shown, browser=by_browser, careful=suspects
        )

    if suspects:
        in_reactor(look)


async def look_once(
    prepared: Prepared,
    ledger: Ledger,
    night: Night,
    kind: LookKind,
    obligation_ids: tuple[str, ...],
    replay: Sequence[Path],
    shown: Shown,
    *,
    browser: bool = False,
    careful: tuple[str, ...] = (),
    named: tuple[NamedPage, ...] = (),
) -> Look:
    """Walk one look to its end, or go on with it after a kill; one that ended before is given back, save repeated ones.

    Args:
        obligation_ids: of the obligations to look at; empty for all.
        browser: whether a browser is at hand.
        careful: of the obligations of which an accusation is to be confirmed: plain HTTP and browser must agree.
        named: pages that organs named in their replies, fetched beside the walk.
    """
    done = [one for one in ledger.looks(night.id) if one.kind is kind and one.finished_at is not None]
    if done and kind not in _REPEATED:
        return done[-1]
    look = ledger.begin_look(night.id, kind, now(), obligation_ids)
    read = Reader(prepared.district)
    walk = Walk(
        itineraries(prepared, look.obligation_ids),
        prepared.district,
        prepared.catalogue.columns,
        read=read,
        seed=str(look.id),
        organ_aliases=prepared.catalogue.organ_aliases,
        browser=browser,
        careful=frozenset(careful),
    )
    shown.look(look, walk)
    await crawl_look(
        ledger,
        _with_named(walk, named, read, prepared) if named else walk,
        district=prepared.district,
        look=look,
        replay=tuple(replay),
        progress=shown.crawl_progress,
        budget=Budget(spent=spent_tonight(ledger, night, kind)),
        browser=browser,
    )
    ledger.end_look(look.id, now())
    return next(one for one in ledger.looks(night.id) if one.id == look.id)


def _with_named(walk: Walk, named: tuple[NamedPage, ...], read: Reader, prepared: Prepared) -> NamedWalk:
    names = {f"organ:{organ.id}": organ.names for organ in prepared.district.organs}
    return NamedWalk(walk, named, read=read, aliases=prepared.catalogue.columns, organ_names=names)


def spent_tonight(ledger: Ledger, night: Night, kind: LookKind = LookKind.FIRST) -> dict[str, int]:
    """Requests that this night already made, by host name: the cap of CONTRACTS "Numbers" is one a host and night.

    Rechecks have the cap to themselves: a night that used it up would leave no answer to an organ by day.
    """
    spent: Counter[str] = Counter()
    for look in ledger.looks(night.id):
        if (look.kind is LookKind.RECHECK) is not (kind is LookKind.RECHECK):
            continue
        for arrival in ledger.arrived(look.id):
            spent.update(urlsplit(one).hostname or "" for one in (*arrival.redirects, arrival.url))
    return dict(spent)


def browser_at_hand(shown: Shown) -> bool:
    """Whether a browser is found; where there is none the run says so, once, with the cure."""
    if is_browser_here():
        return True
    shown.say(f"本机没有找到浏览器：由脚本生成的栏目将记为未能核验。{CURE_CHINESE}")
    return False


async def _wait(first: Look, shown: Shown) -> None:
    ended: datetime = first.finished_at or now()
    rest = (ended + SECOND_LOOK_AFTER - now()).total_seconds()
    if rest > 0:
        shown.say(f"线索将在 {int(rest // 60) + 1} 分钟后复看")
        await asyncio.sleep(rest)
