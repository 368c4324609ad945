"""The path: found elsewhere on the portal is a deviation with both addresses."""

from __future__ import annotations

from seen_records import NOT_APPLICABLE, SATISFIED, accused, column, obligation, outcome_of, rule

from catalog.path import PathOrigin
from ledger.observation import Elsewhere, MatchKind, Reach
from ledger.standing import Standing

CHECK = "column.on_path"
THERE = Elsewhere("https://portal.test/x/", "预算/决算", MatchKind.EXACT, ("信息公开", "预算/决算"), "home", "else")


def test_found_on_its_path():
    assert outcome_of(rule(CHECK, obligation(), column())) == SATISFIED
    assert outcome_of(rule(CHECK, obligation(), column(Reach.OFFSITE))) == SATISFIED


def test_found_elsewhere_names_both_addresses():
    ruling = rule(CHECK, obligation(), column(Reach.ABSENT, elsewhere=(THERE,)))
    assert outcome_of(ruling) == accused(Standing.PATH_DEVIATES)
    assert "https://portal.test/column/" in ruling.detail
    assert "“信息公开>预算/决算”（https://portal.test/x/）" in ruling.detail
    assert ruling.evidence == ("column-portal", "else")


def test_nothing_is_said_of_a_path_that_nobody_ordered_or_a_column_not_there():
    owed = obligation(origin=PathOrigin.CUSTOMARY)
    assert outcome_of(rule(CHECK, owed, column(Reach.ABSENT, elsewhere=(THERE,)))) == NOT_APPLICABLE
    assert outcome_of(rule(CHECK, obligation(), column(Reach.ABSENT))) == NOT_APPLICABLE
    assert outcome_of(rule(CHECK, obligation(), column(Reach.UNREACHED))) == NOT_APPLICABLE
