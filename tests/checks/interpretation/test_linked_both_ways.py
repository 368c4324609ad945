"""Interpretation and policy: each links to the other."""

from __future__ import annotations

import pytest
from seen_records import (
    NOT_APPLICABLE,
    SATISFIED,
    accused,
    article,
    column,
    listing,
    obligation,
    outcome_of,
    row,
    rule,
    unsure,
)

from ledger.observation import Link, Reach
from ledger.reason import Reason
from ledger.standing import Standing

CHECK = "interpretation.linked_both_ways"
URL, POLICY = "https://portal.test/jd/1.html", "https://portal.test/wj/1.html"
NEWEST = article("解读", url=URL, links=(Link("原文", POLICY),))
LIST = listing(row("解读", url=URL), row("图解", url="https://portal.test/jd/2.html"))


GRAPHIC = Link("一图读懂《某某办法》", "https://portal.test/tj/9.html")


def policy(*links: str, **changes):
    made = {"url": POLICY, "referring_url": URL, "links": tuple(Link("解读", link) for link in links), **changes}
    return article("文件", role="counterpart", **made)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([LIST, NEWEST, policy(URL)], SATISFIED),
        ([LIST, NEWEST, policy("http://portal.test/jd/1.html#top")], SATISFIED),
        ([LIST, NEWEST, policy("https://portal.test/jd/2.html")], SATISFIED),
        ([LIST, NEWEST, policy("https://portal.test/other")], accused(Standing.UNLINKED)),
        ([LIST, NEWEST, policy(), policy(url="https://portal.test/wj/2", links=(GRAPHIC,))], unsure(Reason.AMBIGUOUS)),
        ([LIST, article("解读", url=URL, attachments=(Link("某办法.pdf", "a"),))], unsure(Reason.ATTACHMENT_UNREAD)),
        ([LIST, NEWEST, policy(reason=Reason.HTTP_4XX)], unsure(Reason.HTTP_4XX)),
        ([LIST, NEWEST], unsure(Reason.AMBIGUOUS)),
        ([LIST, article("解读", url=URL)], accused(Standing.UNLINKED)),
        ([LIST, article("图解", url=URL, text="", images=("a",))], unsure(Reason.ATTACHMENT_UNREAD)),
        ([LIST, article("解读", url=URL, reason=Reason.TIMEOUT)], unsure(Reason.TIMEOUT)),
        ([LIST], unsure(Reason.AMBIGUOUS)),
        ([listing()], NOT_APPLICABLE),
    ],
)
def test_links(held, expected):
    assert outcome_of(rule(CHECK, obligation(), column(), *held)) == expected


def test_the_sentence_names_both_documents():
    ruling = rule(CHECK, obligation(), column(), LIST, NEWEST, policy())
    assert (
        "解读《解读》链接到文件《文件》（https://portal.test/wj/1.html），文件页面未见链接回解读材料" in ruling.detail
    )
    assert ruling.url == POLICY


def test_nothing_is_said_of_a_column_not_there():
    assert outcome_of(rule(CHECK, obligation(), column(Reach.ABSENT))) == NOT_APPLICABLE
