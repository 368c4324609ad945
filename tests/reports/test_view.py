"""The view joins verdict table and catalogue, and refuses a night that does not add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import literal
import pytest

from ledger.review import Review, ReviewConclusion
from ledger.standing import Standing
from reports.review import fingerprint
from reports.view import ReportError, counts, rate


def test_every_number_comes_from_the_lines() -> None:
    view = literal.view()
    assert sum(counts(view.lines).values()) == len(literal.OBLIGATIONS)
    assert str(rate(view.lines)) == "4/5"


def test_an_obligation_without_standing_is_refused() -> None:
    with pytest.raises(ReportError, match="6 obligations, 1 standings"):
        literal.view(standings=(literal.standing(literal.GAP, Standing.MISSING),))


def test_a_gap_that_hangs_below_another_is_counted_with_its_cause_only() -> None:
    view = literal.view()
    gaps = [line for line in view.lines if line.is_gap]
    assert [line.obligation.id for line in gaps] == [literal.GAP.id]
    assert [line.obligation.id for line in view.affected_by(gaps[0])] == [literal.CAUSED.id]


def _review(conclusion: ReviewConclusion, seen: str) -> Review:
    return Review("GTESTGAP001", conclusion, "某某", "已在他处", seen, datetime(2021, 11, 30, 3, tzinfo=UTC))


def test_a_false_alarm_leaves_the_organs_copy_until_what_was_seen_changes() -> None:
    seen = fingerprint(literal.standing(literal.GAP, Standing.MISSING))
    held = literal.view(reviews=(_review(ReviewConclusion.FALSE_ALARM, seen),))
    assert [line.is_confirmed_gap for line in held.lines if line.is_gap] == [False]
    changed = literal.view(reviews=(_review(ReviewConclusion.FALSE_ALARM, "another"),))
    assert [line.is_confirmed_gap for line in changed.lines if line.is_gap] == [True]


def test_the_fingerprint_leaves_out_the_time() -> None:
    standing = literal.standing(literal.GAP, Standing.MISSING)
    later = replace(standing, detail=standing.detail.replace("02:15", "10:30"))
    assert fingerprint(standing) == fingerprint(later)
    assert fingerprint(standing) != fingerprint(replace(standing, url="http://127.0.0.1:9100/other/"))


def test_a_night_is_reviewed_once_every_gap_is() -> None:
    assert not literal.view().is_reviewed
    seen = fingerprint(literal.standing(literal.GAP, Standing.MISSING))
    assert literal.view(reviews=(_review(ReviewConclusion.TRUE, seen),)).is_reviewed
