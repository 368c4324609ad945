"""Replies and rechecks are folded from the custody log; a dispute waits until a person has said something later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from ledger.custody import CustodyEvent, CustodyKind
from ledger.reply import Recheck, Reply, awaiting_recheck, fold_rechecks, fold_replies, open_disputes
from ledger.review import Review, ReviewConclusion

AT = datetime(2021, 12, 1, 2, tzinfo=UTC)
REPLY = Reply(
    "yunchuan", date(2021, 11, 30), "finance", "GA", ("http://a/1", "http://a/2"), "已在他处公开", "", "f0", AT
)
RECHECK = Recheck(
    "yunchuan", date(2021, 11, 30), "GA", 7, (REPLY.id,), ("s1",), ("s2", "s3"), "closed", "published", "已销号。", ""
)


def _event(number: int, kind: CustodyKind, facts: dict[str, str], at: datetime = AT) -> CustodyEvent:
    return CustodyEvent(number, kind, at, "某某", facts)


def test_what_was_noted_comes_back() -> None:
    events = (_event(1, CustodyKind.REPLIED, REPLY.facts), _event(2, CustodyKind.RECHECKED, RECHECK.facts))
    assert fold_replies(events) == (REPLY,)
    assert fold_rechecks(events) == (RECHECK,)
    assert fold_replies(events, "elsewhere") == fold_rechecks(events, "elsewhere") == ()


def test_the_same_answer_is_one_reply_and_the_first_one_counts() -> None:
    later = AT + timedelta(hours=1)
    twice = (_event(1, CustodyKind.REPLIED, REPLY.facts), _event(2, CustodyKind.REPLIED, REPLY.facts, later))
    assert fold_replies(twice) == (REPLY,)
    assert replace(REPLY, note="已补充").id != REPLY.id
    assert replace(REPLY, sheet="f1", replied_at=later).id == REPLY.id


def test_a_reply_with_a_link_waits_until_it_was_rechecked() -> None:
    without = replace(REPLY, gap_id="GB", links=())
    assert awaiting_recheck((REPLY, without), ()) == (REPLY,)
    assert awaiting_recheck((REPLY, without), (RECHECK,)) == ()


def test_a_dispute_is_open_until_a_later_review() -> None:
    def said(at: datetime) -> Review:
        return Review("GA", ReviewConclusion.TRUE, "某某", "", "", at)

    assert open_disputes((REPLY,), ()) == {"GA": REPLY}
    assert open_disputes((REPLY,), (said(AT - timedelta(days=1)),)) == {"GA": REPLY}
    assert open_disputes((REPLY,), (said(AT + timedelta(days=1)),)) == {}
    again = replace(REPLY, dispute="仍有异议", replied_at=AT + timedelta(days=2))
    assert open_disputes((REPLY, again), (said(AT + timedelta(days=1)),)) == {"GA": again}
    assert open_disputes((replace(REPLY, dispute=""),), ()) == {}
