"""A walk over a portal whose menu, list and articles are made by scripts: the real reader, crawl and browser."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from loopback_crawl import district_of, look_in, open_ledger
from loopback_site import Reply, Site, serve
from shown_pages import JSON, script

from crawler.browsing.launching import BROWSERS
from crawler.crawling import crawl_look, in_reactor
from crawler.reader import Reader
from crawler.walking.walk import Walk
from ledger.observation import ColumnObservation, ListingObservation, Observation, Reach
from ledger.reason import Reason
from ledger.work import Arrival, VisitKind

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "walking"))
from literal_portal import ALIASES, itinerary

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no Chromium on this machine"),
]
HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>{}-万州区人民政府</title></head><body>'
NAV = (
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xw/">新闻中心</a></li><li><a href="/hd/">互动交流'
    '</a></li><li><a href="/gk/">政府信息公开</a></li><li><a href="/fw/">办事服务</a></li></ul></div>'
)
FOOT = '<div class="footer">主办：万州区人民政府</div></body></html>'
MENU = """fetch('/menu.json').then(answer => answer.json()).then(all => {
  const entries = all.map(([name, url]) => `<li><a href="${url}">${name}</a></li>`);
  document.getElementById('left-menu').innerHTML = entries.join('');
});"""
LIST = """const ask = new XMLHttpRequest(); ask.open('GET', '/list.json?id=7');
ask.onload = () => { document.getElementById('news-list').innerHTML = JSON.parse(ask.responseText)
  .map(one => `<li><a href="${one.url}">${one.title}</a><span>${one.day}</span></li>`).join(''); };
ask.send();"""
ENTRIES = '[["规划信息","/gk/gh/"],["预算/决算","/gk/ys/"],["收费项目","/gk/sf/"],["机关简介","/gk/jg/"]]'
ROWS = (
    '[{"title":"万州区2021年政府预算公开","url":"/gk/ys/1.html","day":"2021-11-10"},'
    '{"title":"万州区2020年政府决算公开","url":"/gk/ys/2.html","day":"2021-09-02"}]'
)
PATHS = ("政府信息公开>预算/决算", "政府信息公开>权责清单")


def shown(title: str, body: str) -> Reply:
    return Reply((HEAD.format(title) + NAV + body + FOOT).encode())


SITE = {
    "/": shown("首页", '<div class="news"><ul><li><a href="/xw/1.html">万州要闻一</a></li></ul></div>'),
    "/gk/": shown(
        "政府信息公开", '<div class="left"><ul id="left-menu"></ul></div><script src="/js/menu.js"></script>'
    ),
    "/gk/ys/": shown(
        "预算/决算",
        '<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/gk/">政府信息公开</a> &gt; 预算/决算</div>'
        '<div class="right"><ul id="news-list" class="list"></ul></div><script src="/js/list.js"></script>',
    ),
    "/js/menu.js": script(MENU),
    "/js/list.js": script(LIST),
    "/menu.json": Reply(ENTRIES.encode(), headers=JSON),
    "/list.json?id=7": Reply(ROWS.encode(), headers=JSON),
}


def walked(folder: Path, site: Site, *, browser: bool) -> tuple[tuple[Observation, ...], list[Arrival]]:
    district = district_of(site.url(), allow=(site.pair,))
    plan = itinerary(*PATHS, start=site.url())
    walk = Walk((plan,), district, ALIASES, read=Reader(district), seed="1", browser=browser)
    with open_ledger(folder) as ledger:
        look = look_in(ledger)

        async def main() -> None:
            await crawl_look(ledger, walk, district=district, look=look, browser=browser)

        in_reactor(main)
        return ledger.observations(look.id), list(ledger.arrivals(look.id))


def columns(seen: tuple[Observation, ...]) -> dict[str, tuple[Reach, Reason | None, str]]:
    found = [one for one in seen if isinstance(one, ColumnObservation)]
    return {one.steps[-1]: (one.reach, one.reason, one.seen_by) for one in found}


def test_menu_and_list_of_scripts_are_read_and_what_the_browser_does_not_see_is_absent(tmp_path: Path) -> None:
    with serve(SITE) as site:
        seen, arrivals = walked(tmp_path, site, browser=True)

    assert columns(seen) == {"预算/决算": (Reach.FOUND, None, "browser"), "权责清单": (Reach.ABSENT, None, "browser")}
    (listing,) = [one for one in seen if isinstance(one, ListingObservation)]
    assert [(row.title, str(row.published_on)) for row in listing.rows] == [
        ("万州区2021年政府预算公开", "2021-11-10"),
        ("万州区2020年政府决算公开", "2021-09-02"),
    ]
    assert (listing.seen_by, listing.whole) == ("browser", True)
    rendered = [one.visit.url for one in arrivals if one.visit.kind is VisitKind.RENDERED]
    assert rendered == [site.url("/gk/"), site.url("/gk/ys/")]


def test_the_same_portal_without_a_browser_is_not_accused(tmp_path: Path) -> None:
    with serve(SITE) as site:
        seen, _ = walked(tmp_path, site, browser=False)

    assert columns(seen) == {
        "预算/决算": (Reach.UNREACHED, Reason.NEEDS_BROWSER, ""),
        "权责清单": (Reach.UNREACHED, Reason.NEEDS_BROWSER, ""),
    }
