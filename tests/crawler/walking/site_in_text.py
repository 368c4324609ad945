"""A small site given as address and text: fetched from memory, read by the real reader, walked to its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from literal_portal import ALIASES, DISTRICT

from catalog.aliases import ColumnAliases
from crawler.fetching.errands import REDIRECTS_LIMIT
from crawler.fetching.failures import reason_of_status
from crawler.fetching.scope import locate
from crawler.plan import Itinerary
from crawler.reader import Reader
from crawler.walking.walk import Walk
from ledger.observation import Observation
from ledger.reason import Reason
from ledger.work import Arrival, Visit

HOST = "http://www.wz.gov.cn"
NIGHT = datetime(2021, 11, 30, 4, 0, tzinfo=UTC)
HTML = "text/html; charset=utf-8"
REQUESTS = 400


@dataclass(frozen=True)
class Sent:
    """What the site sends for an address."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", HTML),)
    reason: Reason | None = None


Site = Mapping[str, str | bytes | Sent]
GONE = Sent(b"<html><body><h1>404 Not Found</h1></body></html>", 404)


def sent(site: Site | Callable[[str], Sent], path: str) -> Sent:
    if not isinstance(site, Mapping):
        return site(path)
    found = site.get(path, GONE)
    if isinstance(found, Sent):
        return found
    return Sent(found if isinstance(found, bytes) else found.encode())


def fetch(site: Site | Callable[[str], Sent], visit: Visit) -> Arrival:
    """One visit, its redirects followed as the fetching side does."""
    url = visit.url
    hops: list[str] = []
    answer = sent(site, url.removeprefix(HOST))
    while answer.status in (301, 302) and len(hops) < REDIRECTS_LIMIT:
        place = locate(dict(answer.headers)["Location"], url)
        assert place is not None
        hops.append(url)
        url = place.href
        answer = sent(site, url.removeprefix(HOST))
    reason = answer.reason or (Reason.TRAP if answer.status in (301, 302) else reason_of_status(answer.status))
    return Arrival(visit, url, answer.status, answer.headers, answer.body, f"s-{url}", NIGHT, tuple(hops), reason)


def walked(
    site: Site | Callable[[str], Sent], *itineraries: Itinerary, aliases: ColumnAliases = ALIASES
) -> tuple[list[Observation], list[str]]:
    """All observations of one walk over the site, and the addresses asked for."""
    walk = Walk(itineraries, DISTRICT, aliases, read=Reader(DISTRICT), seed="1")
    seen: list[Observation] = []
    asked: list[str] = []
    while not walk.finished:
        visits = walk.wanted()
        assert visits, "the walk wants nothing more and is not finished"
        for visit in visits:
            asked.append(visit.url)
            assert len(asked) < REQUESTS, asked[-20:]
            walk.arrive(fetch(site, visit))
        seen.extend(walk.observations())
    return seen, asked


HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>{}-万州区人民政府</title></head><body>'
NAV = (
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw/">政务公开</a></li>'
    '<li><a href="/gk/">政府信息公开</a></li><li><a href="/bm/">部门</a></li>'
    '<li><a href="/hd/">互动交流</a></li></ul></div>'
)
MENU = (
    '<div class="left"><h2>政府信息公开</h2><ul><li><a href="/gk/zn/">政府信息公开指南</a></li>'
    '<li><a href="/gk/nr/">法定主动公开内容</a><ul><li><a href="/gk/ys/">预算/决算</a></li>'
    '<li><a href="/gk/jg/">机关简介</a></li><li><a href="/gk/gh/">规划信息</a></li>'
    '<li><a href="/gk/sf/">收费项目</a></li></ul></li></ul></div>'
)
FOOT = '<div class="footer"><a href="/map/">网站地图</a> 主办：万州区人民政府</div></body></html>'


def shown(title: str, *parts: str) -> str:
    return HEAD.format(title) + NAV + "".join(parts) + FOOT


def crumbs(*labels: str) -> str:
    return f'<div class="crumb">当前位置：{" &gt; ".join(f"<a href=/>{label}</a>" for label in labels)}</div>'


def rows(folder: str, *titles: str) -> str:
    """A list of articles, a week apart, newest first."""
    days = [f"{28 - number * 7:02}" for number in range(len(titles))]
    found = (
        f'<li><a href="{folder}t202111{day}_{number}.html">{title}</a><span>2021-11-{day}</span></li>'
        for number, (title, day) in enumerate(zip(titles, days, strict=True))
    )
    return f'<div class="right"><ul class="list">{"".join(found)}</ul></div>'


def column(label: str, *parts: str) -> str:
    """A column's page between the site's menus."""
    return shown(label, crumbs("首页", "政府信息公开", label), MENU, *parts)


SITE: dict[str, str | bytes | Sent] = {
    "/": shown("首页", '<div class="news"><h3>要闻</h3><ul><li><a href="/n/1.html">万州要闻一</a></li></ul></div>'),
    "/zw/": shown("政务公开", MENU),
    "/gk/": column("政府信息公开", '<div class="right"><p>请从左侧选择栏目。</p></div>'),
    "/gk/zn/": column("政府信息公开指南", '<div class="right"><p>指南正文。</p></div>'),
    "/gk/nr/": column("法定主动公开内容", '<div class="right"><p>请从左侧选择栏目。</p></div>'),
    "/gk/ys/": column("预算/决算", rows("/gk/ys/", "万州区2021年预算调整", "万州区2021年部门预算", "万州区2020年决算")),
    "/gk/jg/": column("机关简介", '<div class="right"><p>万州区人民政府位于某某路一号。</p></div>'),
    "/gk/gh/": column("规划信息", rows("/gk/gh/", "万州区十四五规划纲要", "万州区交通规划", "万州区水利规划")),
    "/gk/sf/": column("收费项目", '<div class="right"><h2>收费项目</h2><ul class="list"></ul><p>暂无信息</p></div>'),
    "/bm/": shown("部门", '<ul><li><a href="/bm/czj/">区财政局</a></li><li><a href="/bm/sjj/">区审计局</a></li></ul>'),
    "/map/": shown("网站地图", MENU),
}
"""A whole site; 收费项目 is really empty, 政府公报 is really not there."""
