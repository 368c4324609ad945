"""What names a unit and of what kind; services, columns, titles and other places' units never do."""

from __future__ import annotations

import pytest

from crawler.probing.naming import full_name, unit_name

KINDS = {
    "department": (
        *("区财政局", "万州区教育委员会", "区教委", "市场监督管理局", "区政府办公室", "区文化旅游委（区文物局）"),
        *("区扶贫办", "民政局网站", "区财政局信息公开目录", "住房和城乡建设委员会", "区城市管理委员会", "区国资委"),
    ),
    "town": ("高峰镇", "万州区武陵镇人民政府", "双溪乡", "恒合土家族乡"),
    "subdistrict": ("龙都街道", "龙都街道办事处", "建设街道"),
    "institution": ("党政信息中心", "区融媒体中心", "区档案馆", "经开区管委会", "万州经济技术开发区管理委员会"),
    "vertical": ("区税务局", "国家税务总局重庆市万州区税务局", "区气象局", "区消防救援支队", "国家统计局万州调查队"),
    "party": ("区纪委监委", "区委组织部", "区委办公室", "区人大常委会", "区政协", "区法院", "区总工会", "团区委"),
}
NEVER = (
    *("办事服务", "新闻中心", "下载中心", "个人中心", "部门", "镇街", "街道", "乡镇", "办公室", "一网通办", "委办局"),
    *("万州区召开第10次常务会议", "走进高峰镇", "最美乡镇", "关于表彰区财政局", "县人社局组织全局", "开创发展新格局"),
    *("市教委", "重庆市教委", "渝中区", "开州区财政局", "贵州省财政厅", "国务院办公厅", "县财政局", "首页", "局"),
    *("万州区人民医院", "万州第一中学", "区城投公司", "政务公开", "区长信箱", "办事大厅", ""),
)


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in KINDS.items() for name in names])
def test_unit_and_its_kind(kind: str, name: str) -> None:
    unit = unit_name(name, "万州区")
    assert unit is not None
    assert unit.kind == kind


@pytest.mark.parametrize("label", NEVER)
def test_never_a_unit(label: str) -> None:
    assert unit_name(label, "万州区") is None


def test_units_of_a_city_have_its_level() -> None:
    assert unit_name("市教育局", "毕节市") is not None
    assert unit_name("市市场监管局", "常州市") is not None


@pytest.mark.parametrize(
    ("shown", "name", "completed"),
    [
        ("区财政局", "万州区财政局", True),
        ("万州区财政局", "万州区财政局", False),
        ("高峰镇", "万州区高峰镇人民政府", True),
        ("龙都街道", "万州区龙都街道办事处", True),
        ("国家统计局万州调查队", "国家统计局万州调查队", False),
        ("区委组织部", "万州区委组织部", True),
    ],
)
def test_full_name(shown: str, name: str, completed: bool) -> None:
    unit = unit_name(shown, "万州区")
    assert unit is not None
    assert full_name(unit, "万州区") == (name, completed)


def test_name_in_brackets_is_another_name() -> None:
    unit = unit_name("区文化旅游委（区文物局）", "万州区")
    assert unit is not None
    assert (unit.shown, unit.others) == ("区文化旅游委", ("区文物局",))
