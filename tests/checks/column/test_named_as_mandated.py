"""The name: an alias of the last label is told, inner ones are remarks, neither is a gap."""

from __future__ import annotations

from seen_records import NOT_APPLICABLE, SATISFIED, column, obligation, outcome_of, rule

from ledger.observation import MatchKind, Reach, TrailStep
from ledger.standing import Standing
from ledger.verdict import Outcome

CHECK = "column.named_as_mandated"
INNER = TrailStep("法定主动公开内容", "https://portal.test/", "s", MatchKind.ALIAS, "主动公开内容")
LEAF = TrailStep("预算/决算", "https://portal.test/", "s", MatchKind.ALIAS, "财政预决算")


def test_the_mandated_name():
    assert outcome_of(rule(CHECK, obligation(), column())) == SATISFIED
    assert outcome_of(rule(CHECK, obligation(), column(leaf_match=MatchKind.NORMALISED))) == SATISFIED


def test_an_alias_of_the_last_label_is_told():
    found = column(leaf_match=MatchKind.ALIAS, match=MatchKind.ALIAS, spelling="财政预决算", trail=(LEAF,))
    ruling = rule(CHECK, obligation(), found)
    assert outcome_of(ruling) == (Outcome.SATISFIED, Standing.PUBLISHED_UNDER_ALIAS, None)
    assert "“预算/决算”" in ruling.detail
    assert "“财政预决算”" in ruling.detail
    assert ruling.remarks == ()


def test_an_inner_alias_is_a_remark():
    ruling = rule(CHECK, obligation(), column(match=MatchKind.ALIAS, trail=(INNER,)))
    assert outcome_of(ruling) == SATISFIED
    assert ruling.remarks == ("上级栏目“法定主动公开内容”在网站上为“主动公开内容”。",)


def test_a_column_not_there_has_no_name():
    assert outcome_of(rule(CHECK, obligation(), column(Reach.ABSENT))) == NOT_APPLICABLE
