"""A look is judged: one finding an obligation, proof for every accusation, nothing before its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from seen_records import (
    AT,
    FINANCE,
    LABELS,
    NIGHT,
    SECTION,
    column,
    control,
    due_on,
    expects,
    listing,
    obligation,
    requirement,
    resource,
    row,
    section,
)

from catalog.path import PathOrigin
from catalog.requirement import Due, DueKind, Scope
from checks.errors import ConservationError
from checks.judging.look import judge_look
from checks.registry import registered
from ledger.observation import Elsewhere, MatchKind, Reach, TrailStep
from ledger.reason import Reason
from ledger.standing import Dimension, DimensionResult, Standing
from ledger.verdict import Outcome

FILLED = requirement(expectations=(expects("column.not_empty"),))
THERE = Elsewhere("https://portal.test/x/", "预算/决算", MatchKind.EXACT, ("信息公开", "预算/决算"), "home", "else")


def find(owed, *observations, night=NIGHT, replayed=False):
    """The one finding of one obligation."""
    (finding,) = judge_look([owed], observations, night, replayed=replayed).findings
    return finding


def standing(wanted, *observations, **changes):
    return find(obligation(wanted), *observations, control(), **changes).standing


@pytest.mark.parametrize(
    ("observations", "expected"),
    [
        ([column(), listing(row("甲"))], Standing.PUBLISHED),
        ([column(leaf_match=MatchKind.ALIAS), listing(row("甲"))], Standing.PUBLISHED_UNDER_ALIAS),
        ([column(Reach.OFFSITE)], Standing.OFFSITE),
        ([column(Reach.UNREACHED)], Standing.COULD_NOT_VERIFY),
        ([column(Reach.ABSENT)], Standing.MISSING),
        ([column(Reach.ABSENT, elsewhere=(THERE,))], Standing.PATH_DEVIATES),
        ([column(Reach.BROKEN)], Standing.BROKEN),
        ([column(), listing()], Standing.EMPTY),
        ([column(), listing(whole=False)], Standing.COULD_NOT_VERIFY),
        ([column(), listing(row("本年度无相关信息的情况说明"))], Standing.STATEMENT),
        ([], Standing.NOT_OBSERVED),
    ],
)
def test_standings_of_a_column_that_is_to_hold_something(observations, expected):
    assert standing(FILLED, *observations) == expected


def test_what_no_crawler_sees_is_said_so():
    manual = obligation(requirement(scope=Scope.MANUAL))
    pathless = obligation(path=None)
    unmapped = obligation(mapping_required="责任单位有待确认。")
    assert find(manual).standing is Standing.MANUAL
    assert find(pathless).standing is Standing.MANUAL
    assert find(unmapped).standing is Standing.MAPPING_REQUIRED
    assert find(unmapped).detail == "责任单位有待确认。"


@pytest.mark.parametrize(
    ("controls", "expected"),
    [
        ([], Reason.CONNECT),
        ([control(False, reason=Reason.HTTP_5XX)], Reason.HTTP_5XX),
        ([control(minutes=61)], Reason.CONNECT),
        ([control(minutes=-61)], Reason.CONNECT),
        ([control(root=SECTION)], Reason.CONNECT),
        ([control(), control(False, root="portal", minutes=9)], None),
        ([control(minutes=60)], None),
        ([control(minutes=-60)], None),
    ],
)
def test_an_accusation_needs_a_control_page_that_worked_within_the_hour(controls, expected):
    finding = find(obligation(FILLED), column(Reach.ABSENT), *controls)
    assert finding.reason is expected
    assert finding.standing is (Standing.COULD_NOT_VERIFY if expected else Standing.MISSING)


def test_the_organs_own_control_page_comes_before_the_portals():
    owed = obligation(FILLED, FINANCE)
    absent = column(Reach.ABSENT, SECTION), column(Reach.ABSENT)
    finding = find(owed, *absent, control(), control(False, root=SECTION, reason=Reason.DNS))
    assert (finding.standing, finding.reason) == (Standing.COULD_NOT_VERIFY, Reason.DNS)


def test_a_column_that_is_found_needs_no_control_page():
    assert find(obligation(FILLED), column(), listing(row("甲"))).standing is Standing.PUBLISHED


def test_an_accusation_without_a_time_or_a_page_cannot_stand():
    timeless = find(obligation(FILLED), column(Reach.ABSENT, seen_at=None), control())
    pageless = find(obligation(FILLED), column(Reach.ABSENT, snapshot_id=""), control())
    assert (timeless.standing, timeless.reason) == (Standing.COULD_NOT_VERIFY, Reason.INTERNAL)
    assert (pageless.standing, pageless.reason) == (Standing.COULD_NOT_VERIFY, Reason.INTERNAL)


def test_in_a_replay_the_control_page_counts_whatever_its_date():
    old = control(minutes=-100_000)
    assert find(obligation(FILLED), column(Reach.ABSENT), old, replayed=True).standing is Standing.MISSING
    unrecorded = find(obligation(FILLED), column(Reach.ABSENT), replayed=True)
    assert (unrecorded.standing, unrecorded.reason) == (Standing.COULD_NOT_VERIFY, Reason.NOT_RECORDED)
    refused = control(False, reason=Reason.HTTP_4XX)
    assert find(obligation(FILLED), column(Reach.ABSENT), refused, replayed=True).reason is Reason.HTTP_4XX


BY_DATE = (expects("timely.published_by"), expects("column.not_empty"))
EVENT = Due(DueKind.AFTER_EVENT, "预算法 第十四条", days=20, event="批准之日")


@pytest.mark.parametrize(
    ("wanted", "observations", "expected"),
    [
        (requirement(due=(due_on(NIGHT),)), [column(Reach.ABSENT)], Standing.NOT_DUE),
        (requirement(due=(due_on(NIGHT),)), [column(Reach.UNREACHED)], Standing.NOT_DUE),
        (requirement(due=(due_on(NIGHT),)), [column()], Standing.PUBLISHED),
        (requirement(due=(due_on(date(2021, 11, 29)),)), [column(Reach.ABSENT)], Standing.MISSING),
        (requirement(condition="有条件的"), [column(Reach.ABSENT)], Standing.DUE_UNKNOWN),
        (requirement(condition="有条件的"), [column(Reach.UNREACHED)], Standing.DUE_UNKNOWN),
        (requirement(condition="有条件的"), [column()], Standing.PUBLISHED),
        (requirement(condition="有条件的"), [column(Reach.BROKEN)], Standing.BROKEN),
        (requirement(due=(EVENT,)), [column(Reach.ABSENT)], Standing.MISSING),
        (
            requirement(due=(EVENT,), expectations=(expects("content.named_document", words=["预算"]),)),
            [column(), listing(row("甲"))],
            Standing.DUE_UNKNOWN,
        ),
        (
            requirement(
                due=(Due(DueKind.YEARLY, "条例", month_day="12-31"),),
                expectations=(expects("content.annual_instance", words=["年报"]), expects("column.not_empty")),
            ),
            [column(), listing()],
            Standing.EMPTY,
        ),
        (
            requirement(due=(due_on(date(2021, 10, 31)),), expectations=(expects("timely.published_by"),)),
            [column(), listing(row("甲", date(2021, 11, 5)))],
            Standing.PUBLISHED_LATE,
        ),
    ],
)
def test_what_is_owed_on_the_night(wanted, observations, expected):
    assert standing(wanted, *observations) == expected


def test_a_condition_that_a_person_confirmed_is_no_longer_open():
    wanted = requirement(condition="有条件的")
    confirmed = obligation(wanted, replace(FINANCE, confirmed=(wanted.id,)), at_portal=True)
    assert find(confirmed, column(Reach.ABSENT), control()).standing is Standing.MISSING


def test_a_customary_path_is_for_a_person():
    owed = obligation(FILLED, origin=PathOrigin.CUSTOMARY)
    assert find(owed, column(Reach.ABSENT), control()).standing is Standing.MANUAL


def test_a_check_that_crashes_is_inconclusive_and_logged(caplog):
    crash = requirement(expectations=(expects("content.named_document", words=["甲"], any_of=["乙"]),))
    broken = replace(listing(row("甲")), rows=(None,))
    judgement = judge_look([obligation(crash)], [column(), broken, control()], NIGHT)
    assert (judgement.findings[0].standing, judgement.findings[0].reason) == (
        Standing.COULD_NOT_VERIFY,
        Reason.INTERNAL,
    )
    assert "check crashed" in caplog.text


def test_the_finding_says_how_it_matched_and_what_rests_beside():
    inner = TrailStep("法定主动公开内容", "https://portal.test/", "s", MatchKind.ALIAS, "主动公开内容")
    seen = column(match=MatchKind.ALIAS, trail=(inner,)), listing(row("甲"))
    finding = find(obligation(FILLED), *seen)
    assert finding.match is MatchKind.ALIAS
    assert finding.remarks == ("上级栏目“法定主动公开内容”在网站上为“主动公开内容”。",)
    assert finding.url == "https://portal.test/column/"
    assert finding.evidence == ("column-portal", "listing-portal")
    assert finding.seen_at == AT
    assert "页面列有1个条目" in finding.detail


def test_other_channels_are_left_open_in_the_sentence_of_a_gap():
    wanted = requirement(channels=("政府网站", "其他渠道"))
    accusing = find(obligation(wanted), column(Reach.ABSENT), control())
    passing = find(obligation(wanted), column())
    assert accusing.detail.endswith("如已通过其他渠道公开，请在申诉理由中注明。")
    assert "其他渠道" not in passing.detail


@pytest.mark.parametrize(
    ("observations", "expected"),
    [
        ([column(), listing(row("甲"))], ("yes", "yes", "yes")),
        ([column(), listing()], ("yes", "no", "yes")),
        ([column(), listing(whole=False)], ("yes", "unverified", "yes")),
        ([column(Reach.ABSENT)], ("no", "not_applicable", "not_applicable")),
        ([column(Reach.ABSENT, elsewhere=(THERE,))], ("yes", "not_applicable", "no")),
        ([column(Reach.UNREACHED)], ("unverified", "not_applicable", "not_applicable")),
    ],
)
def test_dimensions_stand_beside_the_standing(observations, expected):
    found = find(obligation(FILLED), *observations, control()).dimensions
    assert (found[Dimension.EXISTS], found[Dimension.HAS_CONTENT], found[Dimension.ON_PATH]) == expected
    assert found[Dimension.TIMELY] is DimensionResult.NOT_APPLICABLE


def test_a_broken_attachment_stands_below_a_broken_column():
    wanted = requirement(expectations=(expects("media.resources_answer"),))
    assert standing(wanted, column(), listing(row("甲")), resource(True)) is Standing.BROKEN


def test_verdicts_carry_what_the_checks_said():
    judgement = judge_look([obligation(FILLED)], [column(Reach.ABSENT), control()], NIGHT)
    by_check = {one.check_id: one for one in judgement.verdicts}
    assert by_check["column.exists"].outcome is Outcome.VIOLATED
    assert by_check["column.exists"].standing is Standing.MISSING
    assert set(by_check) == {"column.exists", "column.on_path", "column.named_as_mandated", "column.not_empty"}


def test_an_implied_check_that_the_data_names_runs_once():
    wanted = requirement(expectations=(expects("column.exists"),))
    judgement = judge_look([obligation(wanted)], [column()], NIGHT)
    assert len(judgement.verdicts) == len({one.check_id for one in judgement.verdicts}) == 3


def test_of_two_observations_of_one_place_the_last_counts():
    assert find(obligation(FILLED), column(Reach.ABSENT), column(), listing(row("甲"))).standing is Standing.PUBLISHED


def test_obligations_and_findings_are_one_to_one():
    with pytest.raises(ConservationError):
        judge_look([obligation(), obligation()], [], NIGHT)


def test_no_sentence_of_a_title_accuses():
    for one in registered().values():
        for word in ("未公开", "违规", "拒不"):
            assert word not in one.title + one.failure_title + one.doc


def test_an_organ_without_a_page_is_not_accused_of_its_columns():
    owed = obligation(FILLED, FINANCE)
    finding = find(owed, section(Reach.ABSENT), column(Reach.ABSENT), control())
    assert (finding.standing, finding.reason) == (Standing.COULD_NOT_VERIFY, Reason.SECTION_NOT_FOUND)


def test_both_roots_need_the_control_page():
    late = AT + timedelta(hours=3)
    owed = obligation(FILLED, FINANCE)
    finding = find(owed, column(Reach.ABSENT, SECTION), column(Reach.ABSENT, seen_at=late), control())
    assert finding.standing is Standing.COULD_NOT_VERIFY


def test_the_labels_of_these_records_are_a_printed_path():
    assert obligation().path.labels == LABELS


def test_a_condition_that_nobody_confirmed_outweighs_a_column_of_other_things():
    wanted = requirement(condition="有条件的", expectations=(expects("content.on_subject", words=["预算"]),))
    seen = [column(), listing(row("植树活动")), control()]
    (finding,) = judge_look([obligation(wanted)], seen, NIGHT).findings
    assert finding.standing is Standing.DUE_UNKNOWN
