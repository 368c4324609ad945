"""Places in names of governments and units; levels and neighbours kept apart."""

from __future__ import annotations

import pytest

from crawler.probing.placenames import bare_place, government_place, leading_place


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("铜陵市义安区人民政府", "义安区"),
        ("重庆市万州区人民政府网", "万州区"),
        ("中国·崇义县人民政府", "崇义县"),
        ("道真仡佬族苗族自治县人民政府", "道真仡佬族苗族自治县"),
        ("济宁市市中区人民政府", "市中区"),
        ("沙市区人民政府", "沙市区"),
        ("新疆维吾尔自治区乌鲁木齐市天山区人民政府", "天山区"),
        ("黔东南州凯里市人民政府", "凯里市"),
        ("欢迎访问垫江县人民政府门户网站", "垫江县"),
        ("通州区政府网", "通州区"),
        ("沈阳市房产局", ""),
        ("走进万州", ""),
    ],
)
def test_place_of_a_government(said: str, place: str) -> None:
    assert government_place(said) == place


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("沈阳市房产局", "沈阳市"),
        ("重庆市万州区财政局", "万州区"),
        ("万州区市场监督管理局", "万州区"),
        ("沈阳市城市管理局", "沈阳市"),
        ("国家税务总局重庆市万州区税务局", "万州区"),
        ("忠县教育局", "忠县"),
        ("城市管理局", ""),
        ("市场监管局", ""),
        ("社区矫正管理局", ""),
        ("区教委", ""),
    ],
)
def test_place_that_a_unit_begins_with(name: str, place: str) -> None:
    assert leading_place(name) == place


def test_place_without_its_level() -> None:
    assert bare_place("万州区") == "万州"
    assert bare_place("道真仡佬族苗族自治县") == "道真"
    assert bare_place("忠县") == "忠县"
