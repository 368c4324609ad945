"""The home page may be a cover: a picture with one way in, a few links, or another address of the same domain."""

from __future__ import annotations

import pytest
from literal_portal import Portal, columns, filler, itinerary, look, menu, page, refused, url

from catalog.aliases import Column, column_aliases
from ledger.observation import ColumnObservation, MatchKind, Reach
from ledger.reason import Reason

PATH = "政府信息公开>法定主动公开内容>收费项目"


def portal(*cover: object, home: str = "main.html") -> Portal:
    below = [("收费项目", "gk/sf/"), ("履职依据", "gk/yj/"), ("机关简介", "gk/jg/")]
    return Portal().add(
        page("", *menu(*cover)),
        page(home, *menu(("首页", home), ("政府信息公开", "gk/")), *filler()),
        page(
            "gk/",
            *menu(("公开指南", "gk/zn/"), ("公开制度", "gk/zd/"), ("法定主动公开内容", "gk/nr/", below)),
            *filler(),
        ),
        page("gk/nr/", *menu(*below), *filler()),
        page("gk/sf/", *menu(*below), *filler()),
    )


def one(place: Portal, path: str = PATH, **facts: object) -> ColumnObservation:
    return columns(look(place, itinerary(path), **facts))["portal", *path.split(">")]


@pytest.mark.parametrize(
    "cover",
    [
        [("进入网站", "main.html")],
        [("", "main.html")],
        [("点击进入首页", "main.html"), ("English", "en/"), ("繁體", "tw/"), ("重庆市政府", "http://www.cq.gov.cn/")],
        [("万州区人民政府网", "main.html"), ("万州旅游", "ly/"), ("万州论坛", "lt/")],
        [("进入", "main.html"), ("跨越", "a/"), ("发展", "b/"), ("和谐", "c/")],
    ],
)
def test_portal_behind_a_cover_is_the_one_that_is_walked(cover: list[tuple[str, str]]) -> None:
    found = one(portal(*cover))
    assert (found.reach, found.url, found.match) == (Reach.FOUND, url("gk/sf/"), MatchKind.EXACT)
    assert one(portal(*cover), "政府信息公开>法定主动公开内容>政府采购").reach is Reach.ABSENT


def test_home_page_of_many_links_is_no_cover() -> None:
    """首页 and 进入 stand in the menus of real home pages too."""
    names = ("要闻", "通知", "视频", "图片", "领导", "机构", "旅游", "投资", "专题", "服务", "互动", "数据", "部门")
    menus = [(name, f"n{number}/") for number, name in enumerate(names)]
    place = portal(("网站首页", "main.html"), ("政府信息公开", "gk/"), *menus)
    assert one(place).reach is Reach.FOUND
    assert url("main.html") not in place.addresses


def test_cover_whose_way_in_refuses_accuses_nobody() -> None:
    place = portal(("进入网站", "main.html"), ("English", "en/"), ("繁體", "tw/"), ("旧版", "old/"))
    place.add(refused("main.html", Reason.HTTP_5XX, 503))
    found = one(place)
    assert (found.reach, found.reason) == (Reach.UNREACHED, Reason.HTTP_5XX)


def test_page_behind_the_cover_served_for_a_column_is_the_home_page() -> None:
    place = portal(("进入网站", "main.html"))
    place.alias("gk/sf/", place.pages[url("main.html")]).add(page("gk/yj/", *filler()))
    assert one(place).reach is Reach.BROKEN


def test_home_page_that_redirects_to_another_host_of_its_domain() -> None:
    place = portal(("政府信息公开", "gk/"), home="https://wz.gov.cn/")
    place.alias("", place.pages["https://wz.gov.cn/"])
    assert one(place).reach is Reach.FOUND
    place.alias("gk/sf/", place.pages["https://wz.gov.cn/"]).add(page("gk/yj/", *filler()))
    assert one(place).reach is Reach.BROKEN


ALIASES = column_aliases((Column("政务公开", (), ("政府网站",)),), ("政务公开",))
INNER = "政务公开>政府信息公开目录>政府公报"


@pytest.mark.parametrize(("channel", "match"), [("政府", MatchKind.EXACT), ("政务", MatchKind.NORMALISED)])
def test_menu_that_stands_on_an_inner_channel_only_is_read_there(channel: str, match: MatchKind) -> None:
    """政府 > 政务公开 > 政府信息公开目录: the home page offers the channel alone."""
    below = [("政府公报", "gk/gb/"), ("健康科普", "gk/jk/"), ("政策解读", "gk/jd/")]
    top = (("首页", ""), ("信息速递", "xw/"), (channel, "zw/"))
    place = Portal().add(
        page("", *menu(*top), *filler()),
        page("xw/", *menu(*top, ("信访", "xf/")), *filler()),
        page("zw/", *menu(("政务公开", "gk/"), ("领导之窗", "ld/"), ("公告", "gg/"), group=7), *filler()),
        page("gk/", *menu(("政府信息公开目录", "gk/ml/", below), ("公开指南", "zn/")), *filler()),
        page("gk/ml/", *menu(*below), *filler()),
        page("gk/gb/", *menu(*below), *filler()),
    )
    found = one(place, INNER, aliases=ALIASES)
    assert (found.reach, found.url, found.match) == (Reach.FOUND, url("gk/gb/"), match)
    assert "政务公开" in [stop.label for stop in found.trail]
    assert one(place, "政务公开>政府信息公开目录>地方政府债务", aliases=ALIASES).reach is Reach.ABSENT
    two_between = column_aliases(
        (Column("政务公开", (), ("政府网站",)), Column("政府信息公开目录", (), ("政务公开",))), ("政务公开",)
    )
    if match is MatchKind.NORMALISED:
        assert one(place, "政府信息公开目录>政府公报", aliases=two_between).reach is Reach.FOUND
