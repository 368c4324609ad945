"""Coverage finds each difference between a directory and its notice, in both directions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from catalog_literal import directory, path, requirement

from catalog.catalogue import Catalogue, load_catalogue
from catalog.coverage import Coverage, compare, cover
from catalog.notice_text import notice_text
from catalog.path import PathOrigin
from catalog.requirement import Directory, NoDuty, Requirement, Scope
from shared_data import SHARED, needs_shared

NUMBER = "某府办发〔2021〕1号"
NOTICE = f"""{NUMBER}
（一）做好公开。
1．公开预\n\n决算（公开路径：1．政府网站>预算/决算，2．其他渠道）。
2．公开政策（公开路径：政府网站>防控>重要政策/政策解读）。
3．在“目录”中设置“报告”栏目。
4．加强队伍建设。
"""
BUDGET = replace(requirement(Scope.PORTAL, path("预算/决算"), id="budget"), quote="公开预决算")
POLICY = replace(
    requirement(Scope.PORTAL, path("防控", "重要政策"), path("防控", "政策解读"), id="policy"), quote="公开政策"
)
REPORT = replace(
    requirement(Scope.PORTAL, path("目录", "报告", origin=PathOrigin.TEXT), id="report"), quote="设置“报告”栏目"
)
NO_DUTY = (NoDuty("（一）4", "加强队伍建设", "内部管理"),)


def written(*requirements: Requirement, no_duty: tuple[NoDuty, ...] = NO_DUTY) -> Directory:
    return replace(directory(*requirements), notice=NUMBER, no_duty=no_duty)


def compared(one: Directory, notice: str = NOTICE) -> Coverage:
    return compare((one,), (notice_text("004.txt", notice),))


def test_a_directory_that_says_what_its_notice_says_has_no_problem() -> None:
    found = compared(written(BUDGET, POLICY, REPORT))
    assert found.problems == ()
    assert found.ok
    (row,) = found.directories
    (notice,) = found.notices
    assert (row.requirement_rows, row.leaf_columns, row.printed_rows, row.text_rows, row.brackets) == (4, 4, 3, 1, 2)
    assert (row.quotes, row.no_duty, row.pathless, row.customary_rows) == (4, 1, 0, 0)
    assert (notice.brackets, notice.headings, notice.sentences) == (2, 1, 4)
    assert (notice.by_requirement, notice.by_no_duty) == (3, 1)


@pytest.mark.parametrize(
    "one, problem",
    [
        (
            written(replace(BUDGET, paths=()), POLICY, REPORT),
            "004.txt：公开路径“政府网站>预算/决算”在通知中印有 1 处，目录只列 0 处",
        ),
        (
            written(BUDGET, replace(POLICY, paths=POLICY.paths[:1]), REPORT),
            "004.txt：公开路径“政府网站>防控>重要政策/政策解读”在通知中印有 1 处，目录只列 0 处",
        ),
        (
            written(BUDGET, POLICY, REPORT, replace(BUDGET, id="again")),
            "case/budget、case/again：公开路径“政府网站>预算/决算”在 004.txt 中印有 1 处，目录列了 2 处",
        ),
        (
            written(replace(BUDGET, paths=(*BUDGET.paths, path("防控", "收费项目"))), POLICY, REPORT),
            "case/budget：公开路径“政府网站>防控>收费项目”在 004.txt 中印有 0 处，目录列了 1 处",
        ),
        (
            written(BUDGET, POLICY, replace(REPORT, paths=(path("年报", origin=PathOrigin.TEXT),))),
            "case/report：正文栏目“年报”不见于 004.txt，请照原文写栏目名称",
        ),
        (
            written(BUDGET, POLICY, REPORT, no_duty=()),
            "004.txt：编号句“4.加强队伍建设。”既无公开事项引用，也未列入 no_duty",
        ),
        (
            written(BUDGET, POLICY, REPORT, replace(requirement(Scope.MANUAL, id="more"), quote="公开公报")),
            "case/more：引文“公开公报”不见于 004.txt，请照原文抄录",
        ),
        (
            written(BUDGET, POLICY, REPORT, no_duty=(*NO_DUTY, NoDuty("二", "加强领导", "内部管理"))),
            "case/no_duty 二：引文“加强领导”不见于 004.txt，请照原文抄录",
        ),
    ],
)
def test_each_difference_is_said(one: Directory, problem: str) -> None:
    found = compared(one)
    assert problem in found.problems
    assert not found.ok


def test_a_customary_path_needs_no_bracket_and_fills_none() -> None:
    customary = replace(path("预算/决算"), origin=PathOrigin.CUSTOMARY, source="某处")
    found = compared(written(replace(BUDGET, paths=(customary,)), POLICY, REPORT))
    assert found.problems == ("004.txt：公开路径“政府网站>预算/决算”在通知中印有 1 处，目录只列 0 处",)
    assert found.directories[0].customary_rows == 1


def test_a_notice_that_is_absent_or_owned_by_nobody_is_said() -> None:
    found = compared(replace(written(BUDGET, POLICY, REPORT), notice="某府办发〔2022〕9号"))
    assert found.problems == (
        "case：通知文本中找不到“某府办发〔2022〕9号”，请核对 notice 一项或补充文本",
        "004.txt：公开路径“政府网站>预算/决算”在通知中印有 1 处，目录只列 0 处",
        "004.txt：公开路径“政府网站>防控>重要政策/政策解读”在通知中印有 1 处，目录只列 0 处",
        "004.txt：没有标准目录以此通知为依据，请补充目录或核对 notice 一项",
    )


def test_a_directory_without_a_notice_has_no_printed_path() -> None:
    base = replace(directory(BUDGET), notice="")
    assert compare((base,), ()).problems == (
        "case/budget：没有通知文本，路径不能标为 printed，请改为 customary 并注明来源",
    )


def test_one_file_may_hold_the_notice_it_passes_on() -> None:
    carried = replace(directory(replace(BUDGET, paths=()), id="carried"), notice="某市发〔2021〕9号")
    carrier = replace(directory(replace(POLICY, paths=()), id="carrier"), notice=NUMBER, carries=("carried",))
    whole = notice_text("000.txt", f"{NUMBER}转发某市发〔2021〕9号\n1．公开政策。\n某市发〔2021〕9号\n1．公开预决算。")
    other = notice_text("003.txt", "某区发〔2021〕3号，按照某市发〔2021〕9号要求")
    found = compare((carrier, carried), (whole, other))
    assert [row.notice for row in found.directories] == ["000.txt", "000.txt"]
    assert found.notices[0].directories == ("carrier", "carried")
    assert found.notices[0].by_requirement == 2


@needs_shared
def test_the_catalogue_covers_the_five_notices() -> None:
    found = cover(load_catalogue(), SHARED / "notices")
    assert found.problems == ()
    by_id = {row.directory_id: row for row in found.directories}
    wanzhou = by_id["wanzhou_2021_46"]
    assert (wanzhou.brackets, wanzhou.printed_rows) == (30, 36)
    assert (wanzhou.requirement_rows, wanzhou.leaf_columns) == (40, 38)
    assert by_id["yu_2021_100"].notice == by_id["dianjiang_2021_22"].notice
    assert [row.brackets for row in found.notices] == [0, 0, 0, 0, 30]
    assert [row.sentences for row in found.notices] == [23, 14, 19, 25, 90]


@needs_shared
def test_a_row_taken_out_of_the_catalogue_is_noticed() -> None:
    whole = load_catalogue()
    wanzhou = whole.directories["wanzhou_2021_46"]
    for requirement_id in ("budget", "gazette", "epidemic_services"):
        left = tuple(one for one in wanzhou.requirements if one.id != requirement_id)
        lacking = Catalogue({**whole.directories, wanzhou.id: replace(wanzhou, requirements=left)})
        assert any("目录只列" in problem for problem in cover(lacking, SHARED / "notices").problems)
