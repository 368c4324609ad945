"""Organs named in texts: by their names, and without the place or the tail."""

from __future__ import annotations

import pytest

from catalog.district import Organ, OrganKind
from checks.naming import names, names_of


@pytest.mark.parametrize(
    ("organ", "text", "expected"),
    [
        ("万州区财政局", "万州区财政局2021年预算", True),
        ("万州区财政局", "区财政局2021年预算", True),
        ("万州区财政局", "区民政局2021年预算", False),
        ("万州区太安镇人民政府", "太安镇2021年预算", True),
        ("万州区恒合土家族乡人民政府", "恒合乡2020年年度报告", True),
        ("万州区地宝土家族乡人民政府", "恒合乡2020年年度报告", False),
        ("高笋塘街道办事处", "高笋塘街道2021年预算", True),
        ("万州区人民政府", "区财政局2021年预算", False),
        ("某县教育委员会", "县教育委员会年报", True),
    ],
)
def test_names(organ, text, expected):
    known = names_of(Organ("x", organ, OrganKind.DEPARTMENT))
    assert names(text, known) is expected


def test_short_names_and_aliases_count():
    known = names_of(Organ("x", "某区教育委员会", OrganKind.DEPARTMENT, "区教委", ("区教育局",)))
    assert names("区教委 2020 年年报", known)
    assert names("区教育局年报", known)
    assert not names("年报", known)


def test_name_that_begins_another_units_name_is_not_named():
    wanted = ("云川区人民政府", "区政府")
    for title in ("区政府办公室2021年部门预算", "云川区人民政府办公室年报", "区政府办2020年决算", "区政府新闻办公告"):
        assert not names(title, wanted), title
    for title in (
        "区政府2021年预算",
        "云川区人民政府办理建议提案情况",
        "区政府办公室和区政府2021年预算",
        "区政府办事公开",
    ):
        assert names(title, wanted), title
    assert names("区政府办公室2021年部门预算", ("区政府办公室",))
