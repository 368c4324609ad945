"""From HTML to observations: the real reader and the walk over a small site given as address and text."""

from __future__ import annotations

from datetime import UTC, date, datetime

from literal_portal import ALIASES, DISTRICT, FINANCE, itinerary, wanted

from crawler.reader import Reader
from crawler.walking.walk import Walk
from ledger.observation import (
    ArticleObservation,
    ColumnObservation,
    ColumnShape,
    ListingObservation,
    Need,
    Observation,
    Reach,
    SectionObservation,
)
from ledger.reason import Reason
from ledger.work import Arrival, Visit

NIGHT = datetime(2021, 11, 30, 4, 0, tzinfo=UTC)
HOST = "http://www.wz.gov.cn"
HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>{}-万州区人民政府</title></head><body>'
NAV = (
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw/">政务公开</a></li>'
    '<li><a href="/gk/">政府信息公开</a></li><li><a href="/bm/">部门</a></li>'
    '<li><a href="/hd/">互动交流</a></li></ul></div>'
)
MENU = (
    '<div class="left"><h2>政府信息公开</h2><ul><li><a href="/gk/zn/">政府信息公开指南</a></li>'
    '<li><a href="/gk/nr/">法定主动公开内容</a><ul style="display:none">'
    '<li><a href="/gk/ys/">预算/决算</a></li><li><a href="/gk/jg/">机关简介</a></li>'
    '<li><a href="/gk/sf/">收费项目</a></li><!-- <li><a href="/gk/gh/">规划信息</a></li> --></ul></li></ul></div>'
)
FOOT = '<div class="footer"><a href="/map/">网站地图</a> 主办：万州区人民政府</div></body></html>'
ROW = '<li><a href="./202111/t20211110_1.html">万州区2021年部门预算公开</a><span>2021-11-10</span></li>'


def shown(title: str, *parts: str) -> str:
    return HEAD.format(title) + NAV + "".join(parts) + FOOT


def crumbs(*labels: str) -> str:
    return f'<div class="crumb">当前位置：{" &gt; ".join(f"<a href=/>{label}</a>" for label in labels)}</div>'


def listing(*found: str) -> str:
    return f'<div class="right"><ul class="list">{"".join(found)}</ul></div>'


SITE = {
    "/": shown("首页", '<div class="news"><h3>要闻</h3><ul><li><a href="/n/1.html">万州要闻一</a></li></ul></div>'),
    "/gk/": '<html><head><META HTTP-EQUIV="Refresh"  CONTENT="0;url=./zn/"></head></html>',
    "/gk/zn/": shown(
        "政府信息公开指南", crumbs("首页", "政府信息公开"), MENU, "<div class=right><p>指南正文。</p></div>"
    ),
    "/gk/nr/": '<SCRIPT LANGUAGE="JavaScript">var htm = ""; htm = "/gk/ys/"; document.location.href=htm;</SCRIPT>',
    "/gk/ys/": shown("预算/决算", crumbs("首页", "政府信息公开", "预算/决算"), MENU, listing(ROW)),
    "/gk/ys/202111/t20211110_1.html": shown(
        "万州区2021年部门预算公开",
        crumbs("首页", "政府信息公开", "预算/决算"),
        "<div class=article><h1>万州区2021年部门预算公开</h1><p>发布日期：2021-11-10</p>"
        "<div class=TRS_Editor><p>根据预算法，现将二〇二一年部门预算予以公开，请社会各界监督。</p></div></div>",
    ),
    "/bm/": shown(
        "部门",
        '<div class="depts"><ul><li><a href="/bm/sfj_1/">区财政局</a></li><li><a href="/bm/jw/">区教委</a></li>'
        '<li><a href="/bm/sj/">区审计局</a></li></ul></div>',
    ),
    "/bm/sfj_1/": shown(
        "万州区财政局",
        '<div class="left"><h2>万州区财政局</h2><ul><li><a href="/bm/sfj_1/jj/">单位简介</a></li>'
        '<li><a href="/bm/sfj_1/ys/">财政预决算</a></li><li><a href="/bm/sfj_1/dt/">工作动态</a></li></ul></div>',
    ),
    "/bm/sfj_1/ys/": shown("财政预决算", crumbs("首页", "区财政局", "财政预决算"), listing(ROW)),
    "/map/": shown("网站地图", MENU),
}


def fetch(visit: Visit) -> Arrival:
    path = visit.url.removeprefix(HOST)
    text = SITE.get(path)
    body = (text or "<html><body><h1>404 Not Found</h1></body></html>").encode()
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    status, reason = (200, None) if text is not None else (404, Reason.HTTP_4XX)
    return Arrival(visit, visit.url, status, headers, body, f"s-{visit.url}", NIGHT, (), reason)


def walked() -> list[Observation]:
    budget = "政府信息公开>法定主动公开内容>预算/决算"
    wants = {budget: wanted(Need.LISTING, Need.ARTICLE)}
    itineraries = (
        itinerary(
            budget,
            "政府信息公开>法定主动公开内容>规划信息",
            "政府信息公开>法定主动公开内容>收费项目",
            wants=wants,
        ),
        itinerary(budget, organ=FINANCE, wants=wants),
    )
    walk = Walk(itineraries, DISTRICT, ALIASES, read=Reader(DISTRICT), seed="1")
    seen: list[Observation] = []
    while not walk.finished:
        visits = walk.wanted()
        assert visits
        for visit in visits:
            walk.arrive(fetch(visit))
        seen.extend(walk.observations())
    return seen


def test_columns_of_a_small_site_are_what_its_pages_show() -> None:
    seen = walked()
    columns = {(one.root, one.steps[-1]): one for one in seen if isinstance(one, ColumnObservation)}
    assert {place: (one.reach, one.url) for place, one in columns.items()} == {
        ("portal", "预算/决算"): (Reach.FOUND, f"{HOST}/gk/ys/"),
        ("portal", "规划信息"): (Reach.ABSENT, f"{HOST}/gk/ys/"),
        ("portal", "收费项目"): (Reach.BROKEN, f"{HOST}/gk/sf/"),
        ("organ:finance", "预算/决算"): (Reach.FOUND, f"{HOST}/bm/sfj_1/ys/"),
    }
    assert "规划信息" not in columns["portal", "规划信息"].offered
    assert set(columns["portal", "规划信息"].looked_at) >= {"home", "site_map", "column_tree"}


def test_content_of_a_small_site_is_read() -> None:
    seen = walked()
    lists = {one.root: one for one in seen if isinstance(one, ListingObservation)}
    assert lists["portal"].shape is ColumnShape.LIST
    assert [(row.title, row.published_on) for row in lists["portal"].rows] == [
        ("万州区2021年部门预算公开", date(2021, 11, 10))
    ]
    (article,) = [one for one in seen if isinstance(one, ArticleObservation) and one.root == "portal"]
    assert (article.role, article.row_date, article.displayed_date) == (
        "newest",
        date(2021, 11, 10),
        date(2021, 11, 10),
    )
    assert "部门预算予以公开" in article.text


def test_section_of_a_small_site_is_found_by_its_name() -> None:
    (section,) = [one for one in walked() if isinstance(one, SectionObservation)]
    assert (section.reach, section.url, section.spelling) == (Reach.FOUND, f"{HOST}/bm/sfj_1/", "区财政局")
