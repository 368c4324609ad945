"""Shared causes: one missing level is one gap; one fault in five organs is one."""

from __future__ import annotations

from dataclasses import replace

from seen_records import FINANCE, LABELS, NIGHT, column, control, obligation, requirement

from catalog.district import Organ, OrganKind
from checks.judging.look import judge_look
from checks.judging.sharing import share
from ledger.observation import Reach
from ledger.standing import Standing
from ledger.verdict import Finding

PLAN = ("政府网站", "政府信息公开", "规划信息")
ABOVE = obligation(requirement(id="plans"), labels=PLAN)
FIRST = obligation(requirement(id="first"), labels=(*PLAN, "专项规划"))
SECOND = obligation(requirement(id="second"), labels=(*PLAN, "区域规划"))


def causes(owed, observations):
    judgement = judge_look(owed, [*observations, control()], NIGHT)
    assert all(one.standing in (Standing.MISSING, Standing.BROKEN) for one in judgement.findings)
    return {one.obligation_id.split("/")[1]: one.caused_by.partition("/1")[0] for one in judgement.findings}


def absent(owed, failed_step, reach=Reach.ABSENT):
    return column(reach, labels=owed.path.labels, failed_step=failed_step)


def test_the_obligation_that_owns_the_missing_level_is_the_cause():
    observations = [absent(one, 1) for one in (FIRST, ABOVE, SECOND)]
    assert causes([FIRST, ABOVE, SECOND], observations) == {
        "plans": "",
        "first": "wanzhou_2021_46/plans",
        "second": "wanzhou_2021_46/plans",
    }


def test_else_the_first_in_order_is():
    assert causes([FIRST, SECOND], [absent(FIRST, 0), absent(SECOND, 0)]) == {
        "first": "",
        "second": "wanzhou_2021_46/first",
    }


def test_levels_that_differ_are_gaps_of_their_own():
    assert causes([ABOVE, FIRST], [absent(ABOVE, 1), absent(FIRST, 2)]) == {"plans": "", "first": ""}


def test_a_broken_level_is_shared_too():
    observations = [absent(one, 1, Reach.BROKEN) for one in (FIRST, SECOND)]
    assert causes([FIRST, SECOND], observations)["second"] == "wanzhou_2021_46/first"


def organs(count):
    return [Organ(f"o{n}", f"万州区第{n}局", OrganKind.DEPARTMENT) for n in range(count)]


def of_organs(count, failed_step=2):
    owed, observations = [], []
    for organ in organs(count):
        owed.append(obligation(organ=organ))
        root = f"organ:{organ.id}"
        observations.append(column(Reach.ABSENT, root, failed_step=failed_step))
    return owed, [*observations, column(Reach.ABSENT, failed_step=failed_step)]


def test_the_same_fault_in_five_organs_is_carried_by_the_first():
    owed, observations = of_organs(5)
    findings = judge_look(owed, [*observations, control()], NIGHT).findings
    assert [one.caused_by for one in findings] == ["", *[owed[0].id] * 4]
    assert {one.standing for one in findings} == {Standing.MISSING}


def test_in_four_organs_each_keeps_its_own():
    owed, observations = of_organs(4)
    assert {one.caused_by for one in judge_look(owed, [*observations, control()], NIGHT).findings} == {""}


def test_chains_end_at_the_first_cause():
    owed, observations = of_organs(5, 1)
    below = requirement(id="fees")
    labels = (*LABELS[:3], "收费项目")
    for organ in organs(5):
        owed.append(obligation(below, organ, labels))
        observations.append(column(Reach.ABSENT, f"organ:{organ.id}", labels, failed_step=1))
    observations.append(column(Reach.ABSENT, labels=labels, failed_step=1))
    findings = judge_look(owed, [*observations, control()], NIGHT).findings
    assert [one.caused_by for one in findings] == ["", *[owed[0].id] * 9]


def test_findings_without_failures_stay_as_they_are():
    finding = Finding("x", Standing.PUBLISHED, "")
    assert share([finding], []) == (finding,)


def test_an_obligation_of_an_organ_is_never_the_cause_of_itself():
    owed = replace(obligation(organ=FINANCE), id="a")
    assert (
        judge_look([owed], [column(Reach.ABSENT, "organ:finance"), column(Reach.ABSENT), control()], NIGHT)
        .findings[0]
        .caused_by
        == ""
    )
