"""Whose site it is: numbers corroborated, comments never heard, a bureau's site told from a portal."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.page.page import Page
from crawler.probing.identity import Identity, keeping_unit, place_said, settle, without_comments

NOW = datetime(2021, 11, 30, tzinfo=UTC)
URL = "http://www.example.gov.cn/"


def identity(source: str = "", title: str = "", **tags: str) -> Identity:
    found = Identity()
    found.read(Page(URL, "s", NOW, title=title, tags=tags), without_comments(source), is_home=True)
    return found


def test_number_from_three_sources() -> None:
    source = "<script id='_jiucuo_' sitecode='5001010001' src='x'></script><p>网站标识码：5001010001</p>"
    code = settle(identity(source, SiteIDCode="5001010001").codes)
    assert code.what == "5001010001"
    assert [one.source for one in code.by] == ["_jiucuo_", "SiteIDCode", "网站标识码"]
    assert code.against == ()


def test_majority_wins_and_the_other_is_named() -> None:
    source = "<script id=\"_jiucuo_\"sitecode='5001010001'></script>网站标识码: 5001010002"
    code = settle(identity(source, SiteIDCode="5001010001").codes)
    assert code.what == "5001010001"
    assert [one.what for one in code.against] == ["5001010002"]


def test_two_numbers_said_equally_often_settle_nothing() -> None:
    code = settle(identity("网站标识码：5001010002", SiteIDCode="5001010001").codes)
    assert code.what == ""
    assert len(code.against) == 2


@pytest.mark.parametrize(
    "source", ["<!-- 网站标识码：5001010001 -->", "<!-- 网站标识码：5001010001", "标识码：50010100011"]
)
def test_what_is_no_number(source: str) -> None:
    assert identity(source).codes == []


@pytest.mark.parametrize(
    ("source", "title", "tags", "place"),
    [
        ("", "首页_万州区人民政府", {}, "万州区"),
        ("", "Title", {"SiteName": "铜陵市义安区人民政府"}, "义安区"),
        ("<p>主办：云川区人民政府办公室</p>", "中国云川", {}, "云川区"),
        ("<p>主办：沈阳市人民政府</p>", "沈阳市房产局", {}, ""),
        ("", "某某网", {}, ""),
    ],
)
def test_place_of_a_portal(source: str, title: str, tags: dict[str, str], place: str) -> None:
    said = place_said(identity(source, title, **tags))
    assert (said.what if said else "") == place


@pytest.mark.parametrize(
    ("source", "title", "unit"),
    [
        ("", "政务公开-沈阳市房产局", "沈阳市房产局"),
        ("<p>山水县人力资源和社会保障局地址</p>", "山水县人力资源网", "山水县人力资源和社会保障局"),
        ("", "市房产局", "市房产局"),
        ("", "某某网", ""),
    ],
)
def test_unit_whose_own_site_it_is(source: str, title: str, unit: str) -> None:
    found = keeping_unit(identity(source, title))
    assert (found[0].shown if found else "") == unit


@pytest.mark.parametrize("unit", ["网", "-", "首页", "&a", "<", "标识码", "主办：", "<_jiucuo_ "])
def test_endless_title_and_source_end_soon(unit: str) -> None:
    found = identity(unit * 200_000, unit * 200_000)
    assert place_said(found) is None
    assert keeping_unit(found) is None
    assert found.codes == []
