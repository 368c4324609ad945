"""The column: found, absent, broken, off-site, not reached; over one root and two."""

from __future__ import annotations

import pytest
from seen_records import (
    FINANCE,
    PORTAL,
    SATISFIED,
    SECTION,
    accused,
    column,
    listing,
    obligation,
    outcome_of,
    row,
    rule,
    section,
    unsure,
)

from catalog.path import PathOrigin
from ledger.observation import ColumnShape, Elsewhere, Link, MatchKind, Reach, Table
from ledger.reason import Reason
from ledger.standing import Standing
from ledger.verdict import Outcome

CHECK = "column.exists"
OWN = obligation(organ=FINANCE)
GATHERED = obligation()
THERE = Elsewhere("https://portal.test/x/", "预算/决算", MatchKind.EXACT, ("信息公开", "预算/决算"), "home", "else")


@pytest.mark.parametrize(
    ("observations", "expected"),
    [
        ([column()], SATISFIED),
        ([column(Reach.OFFSITE)], (Outcome.SATISFIED, Standing.OFFSITE, None)),
        ([column(Reach.ABSENT)], accused(Standing.MISSING)),
        ([column(Reach.ABSENT, elsewhere=(THERE,))], SATISFIED),
        ([column(Reach.BROKEN)], accused(Standing.BROKEN)),
        ([column(Reach.UNREACHED)], unsure(Reason.TIMEOUT)),
        ([column(Reach.UNREACHED, reason=None)], unsure(Reason.INTERNAL)),
    ],
)
def test_one_root(observations, expected):
    assert outcome_of(rule(CHECK, GATHERED, *observations)) == expected


@pytest.mark.parametrize(
    ("observations", "expected"),
    [
        ([column(root=SECTION), column(Reach.ABSENT)], SATISFIED),
        ([column(Reach.ABSENT, SECTION), column(Reach.ABSENT)], accused(Standing.MISSING)),
        ([column(Reach.ABSENT, SECTION), column(Reach.UNREACHED)], unsure(Reason.TIMEOUT)),
        ([column(Reach.ABSENT, SECTION)], unsure(Reason.INTERNAL)),
        ([column(Reach.BROKEN, SECTION), column(Reach.ABSENT)], accused(Standing.BROKEN)),
        ([column(Reach.BROKEN, SECTION), column(Reach.UNREACHED)], unsure(Reason.TIMEOUT)),
        ([section(Reach.ABSENT), column(Reach.ABSENT)], unsure(Reason.SECTION_NOT_FOUND)),
        ([section(Reach.UNREACHED, reason=Reason.DNS), column(Reach.ABSENT)], unsure(Reason.DNS)),
        ([section(Reach.UNREACHED), column(Reach.ABSENT)], unsure(Reason.INTERNAL)),
        ([section(Reach.OFFSITE), column(Reach.ABSENT)], unsure(Reason.REDIRECT_OFFSITE)),
        ([section(), column(Reach.ABSENT)], unsure(Reason.INTERNAL)),
    ],
)
def test_found_in_one_root_suffices_and_an_absence_needs_both_whole(observations, expected):
    assert outcome_of(rule(CHECK, OWN, *observations)) == expected


NAMED = Table(("单位", "内容"), (("区财政局", "2021年预算"),))


@pytest.mark.parametrize(
    ("shared", "expected"),
    [
        (listing(row("万州区财政局2021年部门预算")), SATISFIED),
        (listing(row("2021年部门预算", child="区财政局")), SATISFIED),
        (listing(children=(Link("区财政局", "https://portal.test/c/"),), shape=ColumnShape.SUBCOLUMNS), SATISFIED),
        (listing(shape=ColumnShape.TABLE, tables=(NAMED,)), SATISFIED),
        (listing(row("区民政局2021年部门预算")), accused(Standing.MISSING)),
        (listing(row("区民政局2021年部门预算"), whole=False), unsure(Reason.BUDGET)),
        (listing(row("部门预算"), attachments=(Link("各部门预算", "a.zip"),)), unsure(Reason.ATTACHMENT_UNREAD)),
        (listing(shape=ColumnShape.UNKNOWN, reason=Reason.NEEDS_BROWSER), unsure(Reason.NEEDS_BROWSER)),
        (None, unsure(Reason.INTERNAL)),
    ],
)
def test_in_the_portals_shared_column_only_what_names_the_organ_counts(shared, expected):
    observations = [column(Reach.ABSENT, SECTION), column(), *([shared] if shared else [])]
    assert outcome_of(rule(CHECK, OWN, *observations)) == expected


def test_a_customary_path_never_accuses():
    owed = obligation(origin=PathOrigin.CUSTOMARY)
    assert outcome_of(rule(CHECK, owed, column(Reach.ABSENT)))[0] is Outcome.MANUAL
    found = rule(CHECK, owed, column(Reach.ABSENT, elsewhere=(THERE,)))
    assert found.outcome is Outcome.MANUAL
    assert THERE.url in found.detail


def test_the_sentence_says_where_we_looked_and_what_was_offered():
    ruling = rule(CHECK, GATHERED, column(Reach.ABSENT, failed_step=1))
    assert ruling.detail == (
        "截至2021-11-30 10:00，沿政府网站>政府信息公开>法定主动公开内容>预算/决算访问至“政府信息公开”，"
        "页面列有“机关简介”、“规划信息”，未发现“法定主动公开内容”（“预算/决算”应位于其下）。"
    )


def test_a_missing_accusation_rests_on_both_roots():
    ruling = rule(CHECK, OWN, column(Reach.ABSENT, SECTION), column(Reach.ABSENT))
    assert ruling.evidence == (f"column-{SECTION}", f"column-{PORTAL}")
    assert "万州区财政局专属网页" in ruling.detail


def test_an_unnamed_shared_column_is_told_as_such():
    ruling = rule(CHECK, OWN, column(Reach.ABSENT, SECTION), column(), listing(row("区民政局2021年部门预算")))
    assert "未见万州区财政局的内容" in ruling.detail
    assert f"listing-{PORTAL}" in ruling.evidence
