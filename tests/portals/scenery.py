"""Pages that no notice asks for: the home page, the organs' index, the site map, news, front pages, static files."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from catalog.district import Organ
from portals import filebytes
from portals.branches import Folders, Grove, Site
from portals.columns import Column, Door, Shape
from portals.filling import article
from portals.publishing import Address, Answer, origin_token
from portals.refusing import refusal
from portals.rendering import HOME_NAME, TEMPLATES, Entry, Press, html, shown_rows, tags_of
from portals.wording import PLACE, titles

Pages = dict[Address, Answer]
INDEXES = (("部门", "/bm/", ("department", "institution")), ("镇街", "/zj/", ("town", "subdistrict")))
_ROWS = ("政务要闻", "部门动态", "镇街动态", "通知公告")


def add_scenery(rng: random.Random, grove: Grove, folders: Folders, as_of: date, news: int) -> None:
    """Put the columns of ordinary life into the trees: news at the portal, work reports at every organ."""
    portal = grove.sites["portal"]
    news_column = Column("新闻中心", folders.under("/", "新闻中心"), shape=Shape.MENU)
    news_column.parent = portal.trunk
    portal.trunk.children.insert(0, news_column)
    for label in _ROWS:
        child = news_column.add(Column(label, folders.under(news_column.folder, label)))
        _life(rng, portal, child, as_of, news)
    for label, path, _ in INDEXES:
        portal.trunk.add(Column(label, path))
    for site in grove.sites.values():
        if site.root == "portal":
            continue
        for label in ("工作动态", "通知文件"):
            child = Column(label, folders.under(site.front, label))
            child.parent = site.trunk
            site.trunk.children.append(child)
            _life(rng, site, child, as_of, max(3, news // 3))


def _life(rng: random.Random, site: Site, column: Column, as_of: date, count: int) -> None:
    day = as_of - timedelta(days=rng.randrange(1, 6))
    place = PLACE if site.root == "portal" else site.name
    label = column.label if site.root != "portal" else "工作动态"
    for title in titles(label, place, day.year, count):
        column.articles.append(article(rng, site, title, day))
        day -= timedelta(days=rng.randrange(2, 9))


def home_page(press: Press, grove: Grove) -> Answer:
    """The portal's home page."""
    site = grove.sites["portal"]
    news = site.trunk.children[0].children[0]
    panels = [{"label": label, "entries": press.menu(site, site.trunk.children[0], "/", 1)} for label in ("新闻中心",)]
    panels += [
        {"label": column.spelling, "entries": press.menu(site, column, "/", 1)}
        for column in site.trunk.children
        if column.label in ("政务公开", "政府信息公开")
    ]
    return press.page(
        site,
        "home.html",
        "/",
        page_title=f"{HOME_NAME}网",
        tags=tags_of(site, None, None),
        news_href=press.href(site, "/", news),
        news=shown_rows(press, site, news, "/", news.sorted_articles()[:7]),
        panels=panels,
    )


def portal_scenery(press: Press, grove: Grove, home: Answer) -> Pages:
    """Home, index pages, site map, robots.txt, static files."""
    site = grove.sites["portal"]
    pages: Pages = {(0, "/"): home, (0, "/index.html"): home}
    for label, _, kinds in INDEXES:
        path = index_path(grove, label)
        members = [one for one in grove.sites.values() if one.root != "portal" and one.seat.organ.kind in kinds]
        answer = _organ_index(press, site, label, path, members)
        pages.update({(0, twin): answer for twin in press.family.twins(path)})
    there = press.family.sitemap_path()
    sitemap = press.page(
        site,
        "sitemap.html",
        there,
        page_title=f"网站地图_{HOME_NAME}网",
        tags=tags_of(site, None, None),
        crumbs=(("首页", press.link(site, there, 0, "/")), ("网站地图", None)),
        entries=press.menu(site, site.trunk, there, 2),
    )
    pages.update({(0, twin): sitemap for twin in press.family.twins(there)})
    pages[0, "/robots.txt"] = robots(grove)
    pages.update(_static())
    return pages


def index_path(grove: Grove, label: str) -> str:
    """Address of an index of organs."""
    return next(column.folder for column in grove.sites["portal"].trunk.children if column.label == label)


def robots(grove: Grove) -> Answer:
    """robots.txt of the portal: folders of columns that guests may not enter."""
    closed = [
        column.folder for site in grove.sites.values() for column in site.trunk.below() if column.refusal == "robots"
    ]
    lines = ["User-agent: *", "Disallow: /inc/", *(f"Disallow: {folder}" for folder in closed)]
    return Answer(200, (("Content-Type", "text/plain"),), "\n".join(lines).encode() + b"\n")


def _organ_index(press: Press, site: Site, label: str, path: str, members: Sequence[Site]) -> Answer:
    entries: list[Entry] = []
    for one in members:
        href = f"{origin_token(one.host)}{one.front}" if one.host else press.link(site, path, 0, one.front)
        shown = _shown_name(one.seat.organ, len(entries))
        entries.append(Entry(shown, href, bait=one.door == "unlisted"))
    return press.page(
        site,
        "organs.html",
        path,
        page_title=f"{label}_{HOME_NAME}网",
        tags=tags_of(site, None, None),
        crumbs=(("首页", press.link(site, path, 0, "/")), (label, None)),
        heading=f"{PLACE}{label}",
        entries=entries,
    )


def _shown_name(organ: Organ, number: int) -> str:
    """The name by which an index lists an organ: in turn its full, its short and its other name."""
    others = [alias.replace("区", PLACE, 1) for alias in organ.aliases]
    return (organ.name, organ.short, *others, organ.short)[number % 3]


def front_page(press: Press, site: Site) -> Pages:
    """The front page (专属网页) of an organ."""
    news = next((column for column in site.trunk.children if column.label == "工作动态"), None)
    page = press.page(
        site,
        "section_home.html",
        site.front,
        page_title=f"{site.name}-{HOME_NAME}网",
        tags=tags_of(site, None, None),
        crumbs=press.crumbs(site, site.front, None),
        menu=press.menu(site, site.trunk, site.front, site.menu_depth),
        news=shown_rows(press, site, news, site.front, news.sorted_articles()[:6]) if news else (),
    )
    if site.refusal:
        page = refusal(site.refusal, page)
    return {(site.host, path): page for path in press.family.twins(site.front)}


def refused_site(press: Press, site: Site) -> Pages:
    """A whole site that refuses: every address of it answers the same way."""
    answer = refusal(site.refusal, html(""))
    pages: Pages = {}
    for column in site.trunk.below():
        pages[site.host, column.folder] = answer
    return pages


def _static() -> Pages:
    css = (TEMPLATES / "portal.css").read_bytes()
    script = b"function changeFont(){}\nfunction toOld(){}\nfunction doZoom(size){}\n"
    pages: Pages = {
        (0, "/static/portal.css"): Answer(200, (("Content-Type", "text/css"),), css),
        (0, "/static/portal.js"): Answer(200, (("Content-Type", "application/javascript"),), script),
        (0, "/static/jiucuo.js"): Answer(200, (("Content-Type", "application/javascript"),), b"\n"),
        (0, "/static/red.png"): Answer(200, (("Content-Type", "image/png"),), filebytes.png(40, 48, 200, 30, 30)),
        (0, "/static/hero.png"): Answer(200, (("Content-Type", "image/png"),), filebytes.png(360, 210, 120, 160, 190)),
        (0, "/static/icon_file.gif"): Answer(200, (("Content-Type", "image/png"),), filebytes.png(16, 16, 90, 90, 200)),
        (0, "/static/weather.html"): html("<html><body style='margin:0;font-size:12px'>今天：多云 8~13℃</body></html>"),
    }
    return pages


def offsite_page(title: str) -> Answer:
    """The first page of a platform outside the portal."""
    return html(
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head>"
        f"<body><h1>{title}</h1><p>请选择办理事项。</p><ul><li><a href='/sx/1.html'>个人办事</a></li>"
        "<li><a href='/sx/2.html'>法人办事</a></li></ul></body></html>"
    )


def open_columns(site: Site) -> list[Column]:
    """Columns of a site whose pages answer."""
    return [column for column in site.trunk.below() if column.door in (Door.OPEN, Door.MOVED)]
