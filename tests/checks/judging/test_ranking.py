"""The order of precedence of CONTRACTS.md, row by row."""

from __future__ import annotations

from itertools import combinations

import pytest

from checks.judging.ranking import PRECEDENCE, Ruled, claims_of, first
from checks.ruling import Ruling, Witness
from ledger.reason import Reason
from ledger.standing import Standing
from ledger.verdict import Outcome

PAGE = (Witness("portal", "https://portal.test/", "s", None),)
COLUMN, CONTENT = "column.exists", "content.x"


def said(outcome, standing=None, check_id=CONTENT, reason=None):
    return Ruled(check_id, Ruling(outcome, "句", PAGE, standing, reason))


BY_CONTRACT = [
    (Standing.NOT_APPLICABLE, said(Outcome.NOT_APPLICABLE, Standing.NOT_APPLICABLE)),
    (Standing.MANUAL, said(Outcome.MANUAL)),
    (Standing.NOT_DUE, said(Outcome.NOT_APPLICABLE, Standing.NOT_DUE)),
    (Standing.DUE_UNKNOWN, said(Outcome.NOT_APPLICABLE, Standing.DUE_UNKNOWN)),
    (Standing.OFFSITE, said(Outcome.SATISFIED, Standing.OFFSITE, COLUMN)),
    (Standing.COULD_NOT_VERIFY, said(Outcome.INCONCLUSIVE, None, COLUMN, Reason.DNS)),
    (Standing.MISSING, said(Outcome.VIOLATED, Standing.MISSING, COLUMN)),
    (Standing.PATH_DEVIATES, said(Outcome.VIOLATED, Standing.PATH_DEVIATES)),
    (Standing.BROKEN, said(Outcome.VIOLATED, Standing.BROKEN, COLUMN)),
    (Standing.EMPTY, said(Outcome.VIOLATED, Standing.EMPTY)),
    (Standing.MISMATCHED, said(Outcome.VIOLATED, Standing.MISMATCHED)),
    (Standing.ITEM_MISSING, said(Outcome.VIOLATED, Standing.ITEM_MISSING)),
    (Standing.OVERDUE, said(Outcome.VIOLATED, Standing.OVERDUE)),
    (Standing.STALE, said(Outcome.VIOLATED, Standing.STALE)),
    (Standing.INCOMPLETE, said(Outcome.VIOLATED, Standing.INCOMPLETE)),
    (Standing.BROKEN, said(Outcome.VIOLATED, Standing.BROKEN)),
    (Standing.UNLINKED, said(Outcome.VIOLATED, Standing.UNLINKED)),
    (Standing.COULD_NOT_VERIFY, said(Outcome.INCONCLUSIVE, None, CONTENT, Reason.DNS)),
    (Standing.PUBLISHED_LATE, said(Outcome.VIOLATED, Standing.PUBLISHED_LATE)),
    (Standing.STATEMENT, said(Outcome.SATISFIED, Standing.STATEMENT)),
    (Standing.PUBLISHED_UNDER_ALIAS, said(Outcome.SATISFIED, Standing.PUBLISHED_UNDER_ALIAS)),
    (Standing.PUBLISHED, said(Outcome.SATISFIED)),
]
WAITING = (Standing.NOT_DUE, Standing.DUE_UNKNOWN)


@pytest.mark.parametrize(("before", "after"), list(combinations(BY_CONTRACT, 2)))
def test_of_two_the_earlier_stands(before, after):
    claim = first(claims_of((after[1], before[1])))
    accused = Outcome.VIOLATED in (before[1].ruling.outcome, after[1].ruling.outcome)
    expected = after[0] if before[0] in WAITING and accused else before[0]
    assert claim is not None
    assert claim.standing is expected


def test_the_table_holds_each_standing_of_a_look():
    of_a_night = {Standing.SUSPECT, Standing.NOT_OBSERVED}
    assert {standing for standing, _ in PRECEDENCE} == set(Standing) - of_a_night


def test_nothing_said_is_no_claim():
    assert first(claims_of((said(Outcome.NOT_APPLICABLE),))) is None
