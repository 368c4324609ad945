"""Marks are counts over literal rows."""

from __future__ import annotations

import pytest

from exam.marking import by, kind_of_error, marks
from portals.compare_truth import Judged


def row(expected: str, found: str, *, reasons: tuple[str, str] = ("", ""), fault: str = "") -> Judged:
    return Judged("d/r/1@o", expected, found, *reasons, "", "", fault)


def unseen(reason: str, found: str, fault: str) -> Judged:
    return row("could_not_verify", "could_not_verify", reasons=(reason, found), fault=fault)


@pytest.mark.parametrize(
    ("judged", "error"),
    [
        (row("published", "published"), ""),
        (row("published", "missing"), "FALSE ACCUSATION"),
        (row("could_not_verify", "suspect"), "FALSE ACCUSATION"),
        (row("stale", "published"), "missed gap"),
        (row("stale", "empty"), "wrong standing"),
        (row("published", "could_not_verify"), "wrong standing"),
        (row("manual", "manual"), ""),
        (row("manual", "overdue"), "FALSE ACCUSATION"),
        (
            row("could_not_verify", "could_not_verify", reasons=("waf_challenge", "ambiguous"), fault="shield"),
            "refusal misnamed",
        ),
        (row("could_not_verify", "could_not_verify", reasons=("maintenance", "http_5xx"), fault="maintenance"), ""),
        (
            row(
                "could_not_verify",
                "could_not_verify",
                reasons=("attachment_unread", "ambiguous"),
                fault="guide_is_a_file",
            ),
            "",
        ),
    ],
)
def test_the_worst_of_a_row_is_named(judged: Judged, error: str) -> None:
    assert kind_of_error(judged) == error


def test_shares_are_of_what_is_walked() -> None:
    some = marks(
        [
            row("manual", "manual"),
            row("stale", "stale"),
            row("stale", "published"),
            row("published", "published"),
            unseen("login_wall", "login_wall", "login"),
        ]
    )
    assert (some.rows, some.gaps, some.false, some.missed, some.wrong) == (4, 2, 0, 1, 1)
    assert (some.gaps_found, some.wrong_share, some.named_share) == (0.5, 0.25, 1.0)


def test_marks_are_given_by_any_key() -> None:
    rows = [row("stale", "stale", fault="stale"), row("empty", "published", fault="empty")]
    assert {name: some.missed for name, some in by(rows, lambda one: one.fault).items()} == {"empty": 1, "stale": 0}
