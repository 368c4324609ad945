"""The office's overview: conservation, ranking, shared faults, suspects apart."""

from __future__ import annotations

from dataclasses import replace

import literal

from catalog.district import Organ, OrganKind
from ledger.reply import Reply
from ledger.standing import Standing
from reports.office_report import office_report, shared_faults

FILES = {organ.id: f"单位/{organ.id}.html" for organ in literal.ORGANS}


def test_suspects_stand_apart_with_the_next_look() -> None:
    page = office_report(literal.view(), FILES, [(literal.FINANCE, "牵头/finance.html")])
    assert page.index("、待复核线索<") > page.index("、已确认问题<")
    assert "疑似空白栏目" in page
    assert "下一个工作日 10:30" in page
    assert "应尽事项 6 项" in page
    assert 'href="牵头/finance.html"' in page


def test_an_organ_of_which_less_was_verified_is_not_ranked() -> None:
    page = office_report(literal.view(), FILES, [])
    rows = [row for row in page.split("<tr>") if "云川区人民政府办公室</td>" in row]
    assert rows
    assert '<td class="n">—</td>' in rows[0]


def test_the_same_fault_in_five_organs_is_one_finding_for_the_keeper() -> None:
    organs = tuple(Organ(f"town{n}", f"云川区第{n}镇人民政府", OrganKind.TOWN) for n in range(5))
    keeper = Organ("centre", "云川区党政信息中心", OrganKind.INSTITUTION)
    owed = tuple(literal.owed(literal.BUDGET, organ) for organ in organs)
    view = literal.view(
        district=replace(literal.DISTRICT, organs=(*organs, keeper)),
        obligations=owed,
        standings=tuple(literal.standing(one, Standing.MISSING) for one in owed),
        gaps=(),
        columns={},
    )
    found = shared_faults(view)
    assert [(len(fault.lines), fault.keeper) for fault in found] == [(5, "云川区党政信息中心")]
    assert shared_faults(literal.view()) == []


def test_disputes_wait_in_a_list_of_their_own_and_beside_their_gap() -> None:
    dispute = Reply(
        "yunchuan", literal.NIGHT, "finance", "GTESTGAP001", (), "已在<b>他处</b>公开", "", "", literal.SEEN
    )
    page = office_report(literal.view(disputes={"GTESTGAP001": dispute}), FILES, [])
    assert page.count("已在&lt;b&gt;他处&lt;/b&gt;公开") == 2
    assert "申诉待复核<small>1 项</small>" in page
    assert "申诉待复核" not in office_report(literal.view(), FILES, [])
