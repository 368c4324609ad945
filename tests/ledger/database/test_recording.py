"""What was seen and judged is read back as it was given; the newest judgement counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from ledger_literal import NOW

from ledger.ledger import Ledger
from ledger.night import Look, LookKind, Night
from ledger.observation import (
    ArticleObservation,
    ColumnObservation,
    ColumnShape,
    ListingObservation,
    MatchKind,
    PortalObservation,
    Reach,
    ResourceObservation,
    ResourceRole,
    Row,
    SectionObservation,
    Table,
    TrailStep,
)
from ledger.reason import Reason
from ledger.review import Review, ReviewConclusion
from ledger.standing import Dimension, DimensionResult, Standing
from ledger.verdict import Attempt, Finding, Gap, GapEvent, GapState, NightStanding, Outcome, Verdict

STEPS = ("政府信息公开", "法定主动公开内容", "预算/决算")
OBSERVATIONS = (
    ColumnObservation(
        "portal",
        STEPS,
        Reach.FOUND,
        "http://a/",
        "s1",
        NOW,
        match=MatchKind.ALIAS,
        offered=("预决算\x00", "规划\ud800"),
        trail=(TrailStep("政府信息公开", "http://a/", "s1", MatchKind.EXACT, "政府信息公开"),),
    ),
    ListingObservation(
        "organ:finance",
        STEPS,
        "http://a/",
        ("s1", "s2"),
        NOW,
        ColumnShape.LIST,
        rows=(Row("2021年部门预算", "http://a/1.html", date(2021, 3, 1), "2021-03-01"),),
        whole=True,
        tables=(Table(("项目", "金额"), (("教育", "1"),)),),
    ),
    ArticleObservation("portal", STEPS, "http://a/1.html", "s3", NOW, "newest", row_date=date(2021, 3, 1)),
    ResourceObservation(
        "portal", STEPS, "http://a/1.pdf", "http://a/1.html", ResourceRole.ATTACHMENT, "s4", NOW, 200, "pdf", 9, False
    ),
    SectionObservation("organ:finance", Reach.ABSENT, "http://a/", "s1", NOW, offered=("区教委",)),
    PortalObservation("portal", "start", "http://a/", "s1", None, False, 0, Reason.DNS),
)
EMPTY = Finding(
    "d/budget/1@finance",
    Standing.EMPTY,
    "栏目为空",
    seen_at=NOW,
    match=MatchKind.EXACT,
    dimensions={Dimension.EXISTS: DimensionResult.YES},
    evidence=("s1",),
)
VERDICT = Verdict(EMPTY.obligation_id, "content.not_empty", Outcome.VIOLATED, "栏目为空", ("s1",), Standing.EMPTY)
SUSPECT = NightStanding(
    EMPTY.obligation_id,
    date(2021, 11, 30),
    Standing.SUSPECT,
    "栏目为空",
    suspected=Standing.EMPTY,
    attempts=(Attempt(1, NOW, Standing.EMPTY, False),),
    dimensions=EMPTY.dimensions,
)
GAP = Gap(
    "GABCDEFGHIJ",
    EMPTY.obligation_id,
    GapState.NEW,
    Standing.EMPTY,
    date(2021, 11, 30),
    (GapEvent(date(2021, 11, 30), GapState.NEW, Standing.EMPTY, "栏目为空"),),
    ("d/budget/1@health",),
)


def test_observations_come_back_in_order_and_once(ledger: Ledger, look: Look) -> None:
    ledger.add_observations(look.id, OBSERVATIONS[:2])
    ledger.add_observations(look.id, [])
    ledger.add_observations(look.id, OBSERVATIONS)

    assert ledger.observations(look.id) == OBSERVATIONS


def test_another_look_may_see_the_same(ledger: Ledger, night: Night, look: Look) -> None:
    other = ledger.begin_look(night.id, LookKind.AGAIN, NOW)
    ledger.add_observations(look.id, OBSERVATIONS)
    ledger.add_observations(other.id, OBSERVATIONS[:1])

    assert ledger.observations(other.id) == OBSERVATIONS[:1]


def test_the_newest_judgement_of_a_look_counts(ledger: Ledger, night: Night, look: Look) -> None:
    other = ledger.begin_look(night.id, LookKind.AGAIN, NOW)
    better = replace(EMPTY, standing=Standing.PUBLISHED)
    unread = Verdict(EMPTY.obligation_id, "timely.updated", Outcome.INCONCLUSIVE, "", reason=Reason.ENCODING)

    ledger.add_judgement(look.id, [VERDICT, unread], [EMPTY, replace(EMPTY, obligation_id="b")])
    ledger.add_judgement(other.id, [VERDICT], [EMPTY])
    ledger.add_judgement(look.id, [unread], [better])

    assert (ledger.verdicts(look.id), ledger.findings(look.id)) == ((unread,), (better,))
    assert (ledger.verdicts(other.id), ledger.findings(other.id)) == ((VERDICT,), (EMPTY,))


def test_a_judgement_may_be_empty(ledger: Ledger, look: Look) -> None:
    assert ledger.findings(look.id) == ()

    ledger.add_judgement(look.id, [VERDICT], [EMPTY])
    ledger.add_judgement(look.id, [], [])

    assert (ledger.verdicts(look.id), ledger.findings(look.id)) == ((), ())


def test_two_findings_of_one_obligation_are_refused_whole(ledger: Ledger, look: Look) -> None:
    ledger.add_judgement(look.id, [VERDICT], [EMPTY])

    with pytest.raises(Exception, match=r"(?i)unique"):
        ledger.add_judgement(look.id, [], [EMPTY, EMPTY])

    assert ledger.findings(look.id) == (EMPTY,)
    assert ledger.verdicts(look.id) == (VERDICT,)


def test_the_newest_standings_of_a_night_count(ledger: Ledger, night: Night) -> None:
    assert ledger.standings(night.id) == ()
    ledger.add_standings(night.id, [SUSPECT])
    confirmed = replace(SUSPECT, standing=Standing.EMPTY, suspected=None, confirmed=True)
    ledger.add_standings(night.id, [confirmed, replace(confirmed, obligation_id="b", night=date(2021, 11, 30))])

    assert ledger.standings(night.id)[0] == confirmed
    assert len(ledger.standings(night.id)) == 2


def test_gaps_are_of_their_night_and_never_inherited(ledger: Ledger, night: Night) -> None:
    later = ledger.begin_night(
        "wanzhou", date(2021, 12, 1), planned=[], facts={}, confirm_now=False, replayed=False, now=NOW
    )
    closed = replace(GAP, state=GapState.CLOSED)
    ledger.add_gaps(night.id, [replace(GAP, affected=())])
    ledger.add_gaps(night.id, [GAP])

    assert ledger.gaps("wanzhou", night.night) == (GAP,)
    assert ledger.gaps("wanzhou", later.night) == ()
    assert ledger.gaps("wanzhou", date(2021, 12, 2)) == ()
    assert ledger.gaps("wanzhou") == ledger.gaps_before("wanzhou", later.night) == (GAP,)
    assert ledger.gaps_before("wanzhou", night.night) == ledger.gaps("dianjiang") == ()

    ledger.add_gaps(later.id, [closed])

    assert ledger.gaps("wanzhou") == (closed,)
    assert ledger.gaps_before("wanzhou", later.night) == (GAP,)


def test_reviews_come_back_oldest_first(ledger: Ledger) -> None:
    first = Review(GAP.id, ReviewConclusion.TRUE, "张三", "", "0123", NOW)
    second = Review(GAP.id, ReviewConclusion.FALSE_ALARM, "李四", "栏目在首页", "4567", NOW - timedelta(days=1))

    ledger.add_review("wanzhou", first)
    ledger.add_review("wanzhou", second)

    assert ledger.reviews("wanzhou") == (first, second)
    assert ledger.reviews("dianjiang") == ()


def test_events_come_back_oldest_first(ledger: Ledger) -> None:
    ledger.add_event("night.started", {"district": "万州区"}, NOW)
    ledger.add_event("night.ended", {})

    assert ledger.events() == (("night.started", NOW, {"district": "万州区"}), ("night.ended", None, {}))
    assert ledger.events("night.ended") == (("night.ended", None, {}),)
