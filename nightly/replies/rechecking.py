"""Rechecks (整改复核): single gaps looked at again at once, and what was seen before and after noted in the log."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from catalog.obligation import Obligation
from crawler.crawling import in_reactor
from crawler.page.page import Page, Unusable
from crawler.reader import Reader
from crawler.walking.named import NAMED, NamedPage, named_visit
from ledger.custody import CustodyKind
from ledger.ledger import Ledger
from ledger.night import Look, LookKind, Night, NightState
from ledger.observation import ColumnObservation
from ledger.reply import Recheck, Reply, fold_replies
from ledger.standing import Standing
from ledger.verdict import Finding, Gap, GapState, NightStanding
from ledger.work import VisitKind
from nightly.clock import now
from nightly.crawling import browser_at_hand, look_once
from nightly.errors import NightError
from nightly.judging import judge_recheck
from nightly.operating import operator
from nightly.preparing import Prepared
from nightly.progress import Shown

STILL = "未销号"


@dataclass(frozen=True, slots=True)
class Asked:
    """Asked (复核请求): one gap to be looked at again, with the replies that name links for it."""

    gap: Gap
    obligation: Obligation
    replies: tuple[Reply, ...] = ()

    @property
    def links(self) -> tuple[str, ...]:
        """All links named, each once."""
        return tuple(dict.fromkeys(link for one in self.replies for link in one.links))


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer (复核结果) to one gap: what was noted, and whether it is closed now."""

    asked: Asked
    recheck: Recheck

    @property
    def is_closed(self) -> bool:
        """Whether the gap is closed (已销号)."""
        return self.recheck.state == GapState.CLOSED


def newest_finished(ledger: Ledger, district_id: str) -> Night:
    """The night that a recheck belongs to.

    Raises:
        NightError: no night was finished, or the newest one is a replay, of which nobody can be visited.
    """
    nights = [one for one in ledger.nights(district_id) if one.state is NightState.FINISHED]
    if not nights:
        raise NightError(f"no finished night of {district_id}; run: mingcha run {district_id}")
    if nights[-1].replayed:
        raise NightError(f"night {nights[-1].night} of {district_id} was read from a recording; run a night on the web")
    return nights[-1]


def asked_gaps(prepared: Prepared, ledger: Ledger, gap_ids: Sequence[str]) -> tuple[Asked, ...]:
    """The gaps named, each with the newest reply to it.

    Raises:
        NightError: no such gap, or its duty is not owed any more.
    """
    gaps = {gap.id: gap for gap in ledger.gaps(prepared.district.id, prepared.night)}
    owed = {one.id: one for one in prepared.obligations}
    newest = {one.gap_id: one for one in fold_replies(ledger.custody(CustodyKind.REPLIED), prepared.district.id)}
    asked = []
    for gap_id in dict.fromkeys(gap_ids):
        gap = gaps.get(gap_id)
        if gap is None:
            raise NightError(f"gap {gap_id}: {prepared.district.id} has none of this id; see: mingcha gaps")
        obligation = owed.get(gap.obligation_id)
        if obligation is None or not obligation.is_walked:
            raise NightError(f"gap {gap_id}: its duty {gap.obligation_id} is not owed on {prepared.night}")
        asked.append(Asked(gap, obligation, (newest[gap_id],) if gap_id in newest else ()))
    return tuple(asked)


def recheck(
    prepared: Prepared, ledger: Ledger, night: Night, asked: Sequence[Asked], shown: Shown, *, browser: bool = True
) -> tuple[Answer, ...]:
    """Walk the obligations of these gaps, fetch the links named, judge at once, and note each result.

    Only these obligations are walked and only their gaps can change; nothing new is confirmed.

    Args:
        prepared: of the night's own date: a page dated later is as good as one of that day.
    """
    if not asked:
        return ()
    before = {one.obligation_id: one for one in ledger.standings(night.id)}
    look = _looked(prepared, ledger, night, asked, shown, browser=browser)
    gaps = {gap.id: gap for gap in judge_recheck(prepared, ledger, night, look)}
    findings = {one.obligation_id: one for one in ledger.findings(look.id)}
    named = _named_readings(prepared, ledger, look)
    elsewhere = _found_by_reply(ledger, look)
    answers = []
    for one in asked:
        finding, gap = findings[one.gap.obligation_id], gaps[one.gap.id]
        came = tuple((link, named.get(named_visit(link).key)) for link in one.links)
        sentences = [_link_sentence(link, page, finding, elsewhere) for link, page in came]
        note = Recheck(
            district_id=night.district_id,
            night=night.night,
            gap_id=gap.id,
            look_id=look.id,
            reply_ids=tuple(reply.id for reply in one.replies),
            before=_evidence(before.get(gap.obligation_id)),
            after=tuple(dict.fromkeys((*finding.evidence, *(p.snapshot_id for _, p in came if p and p.snapshot_id)))),
            state=gap.state,
            standing=finding.standing,
            sentence=_sentence(one.gap, gap, finding),
            links="\n".join(sentences),
        )
        ledger.add_custody(CustodyKind.RECHECKED, note.facts, actor=operator(), now=now())
        answers.append(Answer(one, note))
    return tuple(answers)


@contextmanager
def one_recheck_at_a_time(data: Path) -> Iterator[None]:
    """Two at once would ask the portal twice as fast as it is promised.

    Raises:
        NightError: another process rechecks in this data folder.
    """
    with (data / "recheck.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise NightError(f"another recheck runs on {data}; wait for its end and give the command again") from error
        yield


def _looked(
    prepared: Prepared, ledger: Ledger, night: Night, asked: Sequence[Asked], shown: Shown, *, browser: bool
) -> Look:
    for torn in ledger.looks(night.id):  # of a run that was killed; its replies are still unanswered and asked anew
        if torn.kind is LookKind.RECHECK and torn.finished_at is None:
            ledger.end_look(torn.id, now())
    named = named_pages(asked)
    obligation_ids = tuple(one.obligation.id for one in asked)
    by_browser = browser and browser_at_hand(shown)
    return in_reactor(
        lambda: look_once(
            prepared, ledger, night, LookKind.RECHECK, obligation_ids, (), shown, browser=by_browser, named=named
        )
    )


def named_pages(asked: Sequence[Asked]) -> tuple[NamedPage, ...]:
    """Each link once, with the columns of all the gaps that name it."""
    places: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for one in asked:
        path = one.obligation.path
        own = [(root, path.labels[1:]) for root in one.obligation.roots] if path is not None else []
        for link in one.links:
            places.setdefault(named_visit(link).url, []).extend(own)
    return tuple(NamedPage(url, tuple(dict.fromkeys(found))) for url, found in places.items())


def _found_by_reply(ledger: Ledger, look: Look) -> frozenset[str]:
    """Snapshots of named pages that showed a column elsewhere."""
    columns = [one for one in ledger.observations(look.id) if isinstance(one, ColumnObservation)]
    return frozenset(there.snapshot_id for one in columns for there in one.elsewhere if there.source == NAMED)


def _evidence(before: NightStanding | None) -> tuple[str, ...]:
    return before.evidence if before is not None else ()


def _sentence(was: Gap, gap: Gap, finding: Finding) -> str:
    """已销号 or 未销号, with the reason: of this look, never of an earlier one."""
    if gap.state is GapState.CLOSED:
        return f"{gap.state.chinese}：{finding.detail}"
    if finding.standing.is_gap:
        changed = ""
        if finding.standing is not was.standing:
            changed = f"问题类型由“{was.standing.chinese}”变为“{finding.standing.chinese}”。"
        return f"{STILL}：{changed}{finding.detail}"
    if finding.standing is Standing.COULD_NOT_VERIFY:
        return f"{STILL}：本次未能核验，问题保持原状。{finding.detail}"
    return f"{STILL}：{finding.standing.chinese}。{finding.detail}"


def _named_readings(prepared: Prepared, ledger: Ledger, look: Look) -> dict[str, Page | Unusable]:
    """The named pages as the look read them, by visit key; the home page and the probes come first, as in the walk."""
    read = Reader(prepared.district)
    order = (VisitKind.CONTROL, VisitKind.PROBE, VisitKind.NAMED)
    arrivals = [one for one in ledger.arrivals(look.id) if one.visit.kind in order]
    found = {}
    for arrival in sorted(arrivals, key=lambda one: order.index(one.visit.kind)):
        page = read(arrival)
        if arrival.visit.kind is VisitKind.NAMED:
            found[arrival.visit.key] = page
    return found


def _link_sentence(link: str, page: Page | Unusable | None, finding: Finding, elsewhere: frozenset[str]) -> str:
    """What a link answered, and what it means: alone it closes nothing."""
    if not isinstance(page, Page):
        status = f"HTTP {page.status}，" if page is not None and page.status is not None else ""
        reason = page.reason.chinese if page is not None else "没有应答"
        return f"整改链接 {link} 不能作为依据（{status}{reason}）。"
    if finding.standing.is_pass:
        return f"整改链接 {link} 可以打开，已存档。"
    if page.snapshot_id in elsewhere and finding.standing is Standing.PATH_DEVIATES:
        return f"整改链接 {link} 可以打开，是同名栏目，但不在规定的公开路径上。"
    return f"整改链接 {link} 可以打开，已存档；沿规定的公开路径核验仍有问题，不能据此销号。"


def results(answers: Sequence[Answer]) -> Mapping[str, int]:
    """How many closed and how many did not, by the words of the reports."""
    closed = sum(one.is_closed for one in answers)
    return {GapState.CLOSED.chinese: closed, STILL: len(answers) - closed}
