"""Normal forms of labels: idempotent, blind to what nobody sees, and no two mandated columns share one."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.spelling import fold, normalise

MANDATED = (
    *(
        "规划信息",
        "国民经济和社会发展规划",
        "专项规划",
        "国土空间规划",
        "预算/决算",
        "收费项目",
        "机关简介",
        "联系我们",
    ),
    *("履职依据", "行政法规", "国务院部门规章", "市政府规章", "本区县（本部门）规范性文件", "市场准入负面清单"),
    *("建设高标准市场体系", "地方政府债务", "惠民惠农资金", "疫情防控", "重要政策", "政策解读", "防疫服务"),
    *("核酸检测点", "发热门诊", "疫苗接种点", "爱国卫生运动", "健康中国重庆行动", "健康科普", "“六稳”“六保”"),
    *("视频", "图片", "文字", "法治政府建设年度报告", "政府公报", "公共企事业单位信息公开", "政府信息公开目录"),
    *("政务公开", "政府信息公开", "法定主动公开内容", "政府信息公开指南", "政府信息公开制度", "政府信息公开年报"),
)
LABELS = st.text(alphabet=st.sampled_from("规划信息公开政府（）()“”/／> ·0123456789条 \u3000ＡaB"), max_size=20)


@given(LABELS)
def test_normal_forms_are_idempotent(label: str) -> None:
    assert fold(fold(label)) == fold(label)
    assert normalise(normalise(label)) == normalise(label)


@given(st.sampled_from(MANDATED), st.lists(st.tuples(st.integers(0, 30), st.sampled_from(" \u3000“”>\u200b"))))
def test_what_nobody_sees_changes_nothing(label: str, noise: list[tuple[int, str]]) -> None:
    noisy = label
    for place, mark in noise:
        noisy = noisy[:place] + mark + noisy[place:]
    assert normalise(noisy) == normalise(label)


@given(st.text(max_size=12))
def test_normalising_never_leaves_fewer_than_two_characters_of_a_longer_label(label: str) -> None:
    assert len(normalise(label)) >= min(2, len(fold(label)))


def test_two_mandated_columns_never_meet() -> None:
    for first, second in combinations(MANDATED, 2):
        assert normalise(first) != normalise(second), (first, second)


@pytest.mark.parametrize(
    "label, form",
    [
        ("规划信息", "规划"),
        ("公开信息", "公开"),
        ("信息公开", "信息"),
        ("政府信息公开", "政府信息公开"),
        ("预算 / 决算", "预算决算"),
        ("政府公报（12条）", "政府公报"),
    ],
)
def test_one_tail_is_taken_off_and_never_two(label: str, form: str) -> None:
    assert normalise(label) == form
