"""An organ's report: parts in the order of CONTRACTS, suspects left out, everything counted once."""

from __future__ import annotations

import re

import literal

from reports.organ_report import organ_report


def test_parts_stand_in_the_order_of_the_contract() -> None:
    page = organ_report(literal.view(), literal.FINANCE)
    places = [page.index(f"、{part}<") for part in ("已确认问题", "未能核验", "待人工核查", "已核验无问题")]
    assert places == sorted(places)
    assert "自动核查线索，供自查整改，以人工复核为准" in page
    assert "未经人工复核" in page


def test_a_gap_shows_clause_failed_step_offer_address_times_and_advice() -> None:
    page = organ_report(literal.view(), literal.FINANCE)
    assert '<span class="failed">法定主动公开内容</span>' in page
    assert "机关简介、规划信息" in page
    assert "云川府办发〔2021〕1号 一（三）1" in page
    assert "2021-11-30 02:15:09" in page
    assert "http://127.0.0.1:9100/zwgk/" in page
    assert "GTESTGAP001" in page
    assert "首页›财政" in page


def test_suspects_are_counted_and_not_shown() -> None:
    page = organ_report(literal.view(), literal.TOWN)
    assert "疑似空白栏目" not in page
    assert "另有 1 项正在复看" in page


def test_the_reason_of_what_could_not_be_verified_is_named() -> None:
    page = organ_report(literal.view(), literal.OFFICE)
    assert "被网站安全防护拦截" in page
    assert "自助查询设备" in page


def test_hostile_titles_stay_text() -> None:
    standings = literal.view().lines
    hostile = [line.standing for line in standings]
    hostile[0] = literal.standing(
        literal.GAP, hostile[0].standing, detail="<script>alert(1)</script>", url="javascript:alert(1)"
    )
    page = organ_report(literal.view(standings=hostile), literal.FINANCE)
    assert "<script>alert" not in page
    assert not re.search(r'href="javascript:', page)
