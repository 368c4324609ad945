"""Simulated looks and nights: what was not seen whole on a working portal is never an accusation."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from seen_records import (
    AT,
    FINANCE,
    LABELS,
    NIGHT,
    SECTION,
    article,
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
from checks.judging.gaps import fold_nights
from checks.judging.look import judge_look
from checks.judging.standing import JudgedLook, stand
from checks.sight import CONTROL_WITHIN
from ledger.night import SHANGHAI, Look, LookKind
from ledger.observation import ColumnShape, Elsewhere, Link, MatchKind, Reach
from ledger.reason import Reason
from ledger.standing import GAP_STANDINGS, PASS_STANDINGS, Standing
from ledger.verdict import Finding, Outcome

OF_COLUMN = (Standing.MISSING, Standing.PATH_DEVIATES)
OF_WHOLE_LIST = (Standing.EMPTY, Standing.MISMATCHED, Standing.ITEM_MISSING, Standing.OVERDUE)
CHECKS = (
    expects("column.not_empty"),
    expects("column.subcolumns_present", names=["视频"]),
    expects("content.annual_instance", words=["预算"]),
    expects("content.named_document", words=["决算"]),
    expects("content.elements_present", elements=["限额"]),
    expects("content.on_subject", words=["预算"]),
    expects("content.sector_listed", sector="教育", words=["学校"]),
    expects("content.telephone_present"),
    expects("timely.updated_within"),
    expects("timely.published_by"),
    expects("media.resources_answer"),
    expects("interpretation.linked_both_ways"),
)
DUES = st.sampled_from(
    [
        (),
        (),
        (),
        (due_on(date(2021, 10, 31)),),
        (due_on(date(2021, 12, 10)),),
        (Due(DueKind.YEARLY, "条例", month_day="01-31"),),
        (Due(DueKind.AFTER_EVENT, "预算法", days=20, event="批准之日"),),
    ]
)
THERE = Elsewhere("https://portal.test/x/", "预算/决算", MatchKind.EXACT, ("预算/决算",), "home", "else")
MOMENTS = st.sampled_from([*[AT] * 8, None, AT + timedelta(hours=5)])
MOSTLY = st.sampled_from([True] * 7 + [False])
REACHES = st.sampled_from([*[Reach.FOUND] * 6, *[Reach.ABSENT] * 6, *Reach])
ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(["区财政局2020年预算", "植树活动", "某某学校", "2020年无相关信息的情况说明", "部门2020年预…"]),
        st.sampled_from([None, date(2019, 1, 1), date(2021, 11, 1)]),
    ),
    max_size=3,
)


@st.composite
def obligations(draw):
    wanted = requirement(
        expectations=tuple(draw(st.lists(st.sampled_from(CHECKS), max_size=5, unique_by=lambda one: one.check_id))),
        due=draw(DUES),
        condition=draw(st.sampled_from(["", "", "", "", "有条件的"])),
        scope=draw(st.sampled_from([Scope.ORGANS, Scope.CENTRAL_LIST])),
    )
    origin = draw(st.sampled_from([*[PathOrigin.PRINTED] * 5, PathOrigin.CUSTOMARY]))
    return obligation(wanted, FINANCE, at_portal=wanted.scope is Scope.CENTRAL_LIST, origin=origin)


@st.composite
def observed_at(draw, root):
    """What a look may have seen at one root."""
    seen = []
    if draw(MOSTLY):
        elsewhere = draw(st.sampled_from([(), (), (THERE,)]))
        reach = draw(REACHES)
        seen.append(column(reach, root, seen_at=draw(MOMENTS), elsewhere=elsewhere if reach is Reach.ABSENT else ()))
    if draw(MOSTLY):
        shape = draw(st.sampled_from(ColumnShape))
        rows = draw(ROWS) if shape in (ColumnShape.LIST, ColumnShape.SUBCOLUMNS) else []
        seen.append(
            listing(
                *rows,
                root=root,
                shape=shape,
                whole=draw(MOSTLY),
                reason=draw(st.sampled_from([None, None, Reason.TIMEOUT])),
                text=draw(st.sampled_from(["", "暂无信息", "区财政局"])),
                attachments=draw(st.sampled_from([(), (), (), (Link("附件", "a"),)])),
                seen_at=draw(MOMENTS),
            )
        )
    if draw(st.booleans()):
        seen.append(article(root=root, images=draw(st.sampled_from([(), (), ("a.jpg",)]))))
    if draw(st.booleans()):
        seen.append(resource(draw(st.booleans()), root=root, reason=draw(st.sampled_from([None, Reason.TIMEOUT]))))
    return seen


@st.composite
def looks(draw):
    seen = [*draw(observed_at(SECTION)), *draw(observed_at("portal"))]
    if draw(st.booleans()):
        seen.append(section(draw(st.sampled_from(Reach))))
    for _ in range(draw(st.sampled_from([1, 1, 2, 2, 0]))):
        seen.append(control(draw(MOSTLY), draw(st.sampled_from([10, 10, -20, -90, 290]))))
    return seen


def roots_seen(owed, seen):
    return {one.root: one for one in seen if hasattr(one, "failed_step") and one.root in owed.roots}


@settings(max_examples=400, deadline=None)
@given(obligations(), looks())
def test_no_look_accuses_of_what_it_did_not_see_whole(owed, seen):
    judgement = judge_look([owed], seen, NIGHT)
    (finding,) = judgement.findings
    assert finding.obligation_id == owed.id
    if not finding.standing.is_gap:
        return
    working = [one.seen_at for one in seen if getattr(one, "works", False)]
    assert finding.seen_at is not None
    assert any(abs(at - finding.seen_at) <= CONTROL_WITHIN for at in working)
    assert finding.evidence
    assert not owed.requirement.condition or finding.standing not in (*OF_COLUMN, *OF_WHOLE_LIST, Standing.STALE)
    columns = roots_seen(owed, seen)
    if finding.standing in OF_COLUMN:
        assert owed.path.origin is not PathOrigin.CUSTOMARY
        assert set(columns) == set(owed.roots)
        assert all(one.reach not in (Reach.UNREACHED, Reach.OFFSITE) for one in columns.values())
    lists = {one.root: one for one in seen if hasattr(one, "pages_read")}
    found = [root for root, one in columns.items() if one.reach is Reach.FOUND and root in lists]
    if finding.standing in OF_WHOLE_LIST:
        assert any(lists[root].whole and lists[root].shape is not ColumnShape.UNKNOWN for root in found)
    if finding.standing is Standing.INCOMPLETE and not any(
        one.options.get("names") for one in owed.requirement.expectations
    ):
        assert any(not lists[root].attachments for root in found)


@settings(max_examples=150, deadline=None)
@given(obligations(), looks())
def test_verdicts_that_accuse_or_clear_have_evidence(owed, seen):
    for verdict in judge_look([owed], seen, NIGHT).verdicts:
        assert verdict.evidence or verdict.outcome not in (Outcome.SATISFIED, Outcome.VIOLATED)
        assert "未公开" not in verdict.detail


START = date(2021, 11, 22)
CLOCKS = ((LookKind.FIRST, 2, 0), (LookKind.AGAIN, 2, 20), (LookKind.AGAIN, 2, 40), (LookKind.DAY, 10, 30))
STANDINGS = st.sampled_from(
    [Standing.MISSING, Standing.EMPTY, Standing.MISSING, Standing.PUBLISHED, Standing.COULD_NOT_VERIFY, Standing.MANUAL]
)


@st.composite
def histories(draw):
    """Nights of looks at one obligation, with gaps where a look was not made."""
    made, number = [], 0
    for offset in range(draw(st.integers(1, 7))):
        night = START + timedelta(days=offset)
        for kind, hour, minute in CLOCKS:
            if draw(st.booleans()):
                number += 1
                at = datetime(night.year, night.month, night.day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)
                finding = Finding("x", draw(STANDINGS), "句", seen_at=at)
                made.append(JudgedLook(Look(number, offset, night, number, kind, at, at), (finding,)))
    return made


@settings(max_examples=400, deadline=None)
@given(histories())
def test_a_gap_is_confirmed_only_by_an_unbroken_run(history):
    owed = [obligation(labels=LABELS, id="x")]
    nights = []
    for offset in range(7):
        night = START + timedelta(days=offset)
        (standing,) = stand(owed, history, night).standings
        nights.append((night, (standing,)))
        so_far = [one for one in history if one.look.night <= night]
        tonight = [one.findings[0].standing for one in so_far if one.look.night == night]
        assert (standing.standing is Standing.NOT_OBSERVED) == (not tonight)
        assert standing.confirmed == standing.standing.is_gap
        if set(tonight) & PASS_STANDINGS:
            assert standing.standing.is_pass
        if standing.confirmed:
            assert set(tonight) & GAP_STANDINGS
            supporting = [one for one in so_far if one.look.id in {attempt.look_id for attempt in standing.attempts}]
            assert len(supporting) >= 3
            assert len({one.look.night for one in supporting}) >= 2
            assert any(one.look.kind is LookKind.DAY and one.look.night.weekday() < 5 for one in supporting)
            since = min(one.look.night for one in supporting)
            between = [one.findings[0].standing for one in so_far if one.look.night >= since]
            assert not set(between) & PASS_STANDINGS
    for gap in fold_nights(nights):
        for event in gap.history:
            assert event.standing.is_gap
