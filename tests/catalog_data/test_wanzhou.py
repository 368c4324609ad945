"""万州府办发〔2021〕46号 as data: its counts, its scopes and the traps of its printed paths."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from catalog.catalogue import Catalogue
from catalog.obliging import stands
from catalog.path import PathOrigin
from catalog.requirement import Directory, Requirement, Scope

TASK_YEAR_ENDS = date(2022, 1, 15)

SECTORS = {
    "教育": ("区教委", ("名称", "办学性质", "办学地址", "办公时间", "联系电话")),
    "卫生健康": ("区卫生健康委", ("名称", "资质或者等级", "服务区域", "办公地址", "办公时间", "联系电话")),
    "城市管理": ("区城市管理局", ("名称", "资质或者等级", "服务区域", "办公地址", "办公时间", "联系电话")),
    "供电供气": ("区经济信息委", ("名称", "经营区域", "办公地址", "营业时间", "联系电话")),
    "生态环境": ("区生态环境局", ("名称", "办公地址", "联系电话", "联系人", "类别")),
    "公共交通": (
        "区交通局",
        ("名称", "资质或者等级", "业务范围", "服务区域", "办公地址", "办公时间", "联系电话"),
    ),
    "民政": (
        "区民政局",
        ("名称", "资质或者等级", "业务范围", "服务区域", "办公地址", "办公时间", "联系电话"),
    ),
    "文化旅游": (
        "区文化旅游委",
        ("名称", "资质或者等级", "业务范围", "服务区域", "地址", "办公时间", "联系电话"),
    ),
}


@pytest.fixture
def directory(catalogue: Catalogue) -> Directory:
    return catalogue.directories["wanzhou_2021_46"]


def the(directory: Directory, requirement_id: str) -> Requirement:
    return next(one for one in directory.requirements if one.id == requirement_id)


def owed(directory: Directory) -> list[tuple[Requirement, tuple[str, ...], PathOrigin]]:
    return [
        (one, path.labels, path.origin)
        for one in directory.requirements
        for path in one.paths
        if path.origin is not PathOrigin.CUSTOMARY
    ]


def test_forty_rows_over_thirty_eight_leaf_columns(directory: Directory) -> None:
    rows = owed(directory)
    origins = Counter(origin for _, _, origin in rows)
    assert len(rows) == 40
    assert origins == {PathOrigin.PRINTED: 36, PathOrigin.TEXT: 4}
    assert len({(labels, one.item) for one, labels, _ in rows}) == 38


def test_thirty_printed_brackets(directory: Directory) -> None:
    printed = {(one.id, labels[:-1]) for one, labels, origin in owed(directory) if origin is PathOrigin.PRINTED}
    assert len(printed) == 30


def test_only_two_columns_are_owed_twice(directory: Directory) -> None:
    times = Counter((labels, one.item) for one, labels, _ in owed(directory))
    assert {labels[-1] for (labels, _), count in times.items() if count > 1} == {"行政法规", "市政府规章"}


def test_the_slash_of_the_budget_belongs_to_the_label_and_others_part_siblings(directory: Directory) -> None:
    leaves = {labels[-1] for _, labels, _ in owed(directory)}
    assert "预算/决算" in leaves
    assert {one for one in leaves if "/" in one} == {"预算/决算"}
    assert {path.labels[-1] for path in the(directory, "epidemic_services").paths} == {
        "核酸检测点",
        "发热门诊",
        "疫苗接种点",
    }


def test_paths_without_the_level_of_open_government_stay_as_printed(directory: Directory) -> None:
    short = {labels for _, labels, _ in owed(directory) if labels[1] == "政府信息公开目录"}
    assert len(short) == 9
    assert ("政府网站", "政府信息公开目录", "惠民惠农资金") in short


def test_quotation_marks_stay_in_the_label(directory: Directory) -> None:
    assert {labels[3] for one, labels, _ in owed(directory) if one.id == "six_stabilities"} == {"“六稳”“六保”"}


@pytest.mark.parametrize("item", SECTORS)
def test_each_sector_has_its_own_elements_and_lead(directory: Directory, item: str) -> None:
    one = next(one for one in directory.requirements if one.item == item)
    lead, elements = SECTORS[item]
    options = {expectation.check_id: expectation.options for expectation in one.expectations}
    assert one.lead == one.responsible == (lead,)
    assert tuple(options["content.elements_present"]["elements"]) == elements  # type: ignore[arg-type]
    assert options["content.sector_listed"]["sector"] == item


def test_eight_sectors(directory: Directory) -> None:
    assert {one.item for one in directory.requirements if one.item} == set(SECTORS)


def test_scopes_are_those_of_the_page_on_fairness(directory: Directory) -> None:
    by_scope = {
        scope: {one.id for one in directory.requirements if one.scope is scope and one.paths} for scope in Scope
    }
    assert by_scope[Scope.CENTRAL_LIST] == {"rule_of_law_report"}
    assert by_scope[Scope.PORTAL_AND_ORGANS] == {"budget", "normative_documents", "annual_report_governments"}
    assert by_scope[Scope.ORGANS] == {
        "contact",
        "regulations_organ",
        "ministry_rules_organ",
        "municipal_rules_organ",
        "annual_report",
    }


def test_only_the_undated_rules_of_organs_wait_for_a_person(directory: Directory) -> None:
    waiting = {one.id for one in directory.requirements if one.confirm_organs}
    assert waiting == {"regulations_organ", "ministry_rules_organ", "municipal_rules_organ"}
    assert not any(the(directory, one).due for one in waiting)


@pytest.mark.parametrize(
    ("requirement_id", "on"),
    [
        ("regulations_portal", date(2021, 6, 30)),
        ("municipal_rules_portal", date(2021, 10, 31)),
        ("rule_of_law_report", date(2021, 5, 31)),
        ("lead_inspection", date(2021, 12, 10)),
        ("task_completion_in_annual_report", date(2022, 1, 15)),
    ],
)
def test_printed_dates_are_data(directory: Directory, requirement_id: str, on: date) -> None:
    assert [due.on for due in the(directory, requirement_id).due] == [on]


def test_the_date_before_the_notice_cites_the_municipal_notice(directory: Directory) -> None:
    due = the(directory, "rule_of_law_report").due[0]
    assert due.earlier_than_notice
    assert due.source == "渝府办发〔2021〕50号"


def test_after_the_task_year_only_duties_with_a_basis_stand(directory: Directory) -> None:
    later = [one for one in directory.requirements if stands(one, directory, date(2022, 6, 1))]
    assert later
    assert all(one.basis for one in later)
    assert "subsidies" not in {one.id for one in later}
    assert "budget" in {one.id for one in later}


def test_duties_without_a_basis_end_with_the_task_year(directory: Directory) -> None:
    ends = {one.id: one.valid_to for one in directory.requirements if not one.basis}
    late = {one for one, end in ends.items() if end != TASK_YEAR_ENDS}
    assert late == {"task_completion_in_annual_report"}


def test_debt_names_its_five_elements(directory: Directory) -> None:
    options = {one.check_id: one.options for one in the(directory, "government_debt").expectations}
    assert options["content.elements_present"]["elements"] == ["限额", "余额", "品种", "期限", "利率"]
