"""Words of the directories are broad enough: titles as portals print them are on the subject and of the sector."""

from __future__ import annotations

import pytest

from catalog.catalogue import Catalogue
from checks.seeing import words_in


def options(catalogue: Catalogue, requirement_id: str, check_id: str) -> dict[str, object]:
    directory = catalogue.directory("wanzhou_2021_46", "this test")
    (requirement,) = (one for one in directory.requirements if one.id == requirement_id)
    return next(dict(one.options) for one in requirement.expectations if one.check_id == check_id)


@pytest.mark.parametrize(
    ("requirement_id", "title"),
    [
        ("budget", "2021年部门收支总表"),
        ("budget", "2020年度财政拨款支出绩效自评"),
        ("budget", "区级国有资本经营情况"),
        ("spatial_plan", "高峰组团控详图则公示"),
        ("subsidies", "2021年第三季度城乡低保发放情况"),
        ("subsidies", "种粮大户直补到户公示"),
        ("subsidies", "困难残疾人两项名单"),
    ],
)
def test_a_title_is_on_its_subject(catalogue: Catalogue, requirement_id: str, title: str) -> None:
    words = options(catalogue, requirement_id, "content.on_subject")["words"]
    assert isinstance(words, list | tuple)
    assert any(words_in(title, (str(word),)) for word in words)


@pytest.mark.parametrize(
    "title",
    [
        "万州区综合交通发展规划（2021-2025年）",
        "万州区综合交通发展规划（2021年—2025年）",
        "万州区综合交通发展规划（2021～2025年）",
        "万州区综合交通发展规划（2021年至2025年）",
        "万州区水利发展“十四五”规划",
        "万州区城市更新专项规划（2021－2035年）",
    ],
)
def test_a_plan_of_the_period_is_known(catalogue: Catalogue, title: str) -> None:
    words = options(catalogue, "special_plans", "content.named_document")["any_of"]
    assert isinstance(words, list | tuple)
    assert any(words_in(title, (str(word),)) for word in words)


@pytest.mark.parametrize(
    ("requirement_id", "title"),
    [
        ("public_institutions_education", "万州二中"),
        ("public_institutions_education", "重庆市万州职教中心招生计划"),
        ("public_institutions_health", "重庆三峡血站"),
        ("public_institutions_city_management", "三峡水厂"),
        ("public_institutions_power_gas", "国家电网万州供电"),
        ("public_institutions_ecology", "医疗废物处置单位"),
        ("public_institutions_transport", "万州汽车站"),
        ("public_institutions_civil_affairs", "夕阳红老年公寓"),
        ("public_institutions_culture_tourism", "三峡移民纪念馆"),
    ],
)
def test_a_title_is_of_its_sector(catalogue: Catalogue, requirement_id: str, title: str) -> None:
    words = options(catalogue, requirement_id, "content.sector_listed")["words"]
    assert isinstance(words, list | tuple)
    assert any(words_in(title, (str(word),)) for word in words)


@pytest.mark.parametrize(
    ("requirement_id", "element", "text"),
    [
        ("government_debt", "品种", "新增专项债券10亿元"),
        ("government_debt", "期限", "2031年到期"),
        ("public_institutions_health", "资质或者等级", "级别：三级甲等"),
        ("public_institutions_health", "名称", "三峡中心医院"),
        ("public_institutions_ecology", "联系人", "负责人：张某"),
        ("public_institutions_transport", "办公时间", "24小时营业"),
        ("public_institutions_culture_tourism", "地址", "所在位置：江南新区"),
    ],
)
def test_an_element_may_be_written_otherwise(
    catalogue: Catalogue, requirement_id: str, element: str, text: str
) -> None:
    synonyms = options(catalogue, requirement_id, "content.elements_present")["synonyms"]
    assert isinstance(synonyms, dict)
    assert any(words_in(text, (word,)) for word in synonyms[element])
