"""What the single-page portal's service answers is what its script can show."""

from __future__ import annotations

import json

from exam.sitting import SMALL, portal_of


def test_a_column_that_says_it_is_gone_says_so_in_the_application() -> None:
    portal = portal_of("shell", 8, SMALL)
    gone = [truth.address for truth in portal.truth if truth.fault == "dead_link" and truth.address is not None]
    answers = [portal.respond(host, "GET", f"/api/content?path={path}", b"") for host, path in gone]
    told = [json.loads(answer.body) for answer in answers]
    assert len(told) == 2
    assert all(one["code"] == 404 or "不存在" in one["html"] for one in told)
