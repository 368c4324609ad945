"""Attachments, images, media: broken only by a whole answer."""

from __future__ import annotations

import pytest
from seen_records import (
    FINANCE,
    NOT_APPLICABLE,
    SATISFIED,
    accused,
    column,
    listing,
    obligation,
    outcome_of,
    resource,
    row,
    rule,
    unsure,
)

from ledger.observation import Reach, ResourceRole
from ledger.reason import Reason
from ledger.standing import Standing

CHECK = "media.resources_answer"
REFUSED = resource(url="https://portal.test/b.jpg", role=ResourceRole.IMAGE, reason=Reason.TIMEOUT, status=None)


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ([resource()], SATISFIED),
        ([resource(), resource(True, url="https://portal.test/c.pdf")], accused(Standing.BROKEN)),
        ([resource(), REFUSED], unsure(Reason.TIMEOUT)),
        ([resource(True), REFUSED], accused(Standing.BROKEN)),
        ([resource(True, reason=Reason.HTTP_5XX)], unsure(Reason.HTTP_5XX)),
        ([], NOT_APPLICABLE),
    ],
)
def test_resources(resources, expected):
    assert outcome_of(rule(CHECK, obligation(), column(), listing(row("甲")), *resources)) == expected


def test_the_sentence_names_the_address_and_where_it_stands():
    ruling = rule(CHECK, obligation(), column(), listing(row("甲")), resource(True))
    assert (
        "附件 https://portal.test/P1.pdf（状态 404，见于 https://portal.test/column/），共1个不能打开" in ruling.detail
    )
    assert ruling.evidence[0] == "resource"
    assert "无内容" in rule(CHECK, obligation(), column(), listing(), resource(True, status=None)).detail


def test_in_a_shared_column_another_organs_attachment_is_not_held_against_this_one():
    own, other = row("区财政局2021年预算", url="own"), row("区民政局2021年预算", url="other")
    observations = [column(), listing(own, other), resource(True, referring_url="other")]
    assert outcome_of(rule(CHECK, obligation(organ=FINANCE), *observations)) == NOT_APPLICABLE


def test_nothing_is_said_of_a_column_not_there():
    assert outcome_of(rule(CHECK, obligation(), column(Reach.ABSENT))) == NOT_APPLICABLE
