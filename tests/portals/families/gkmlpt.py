"""广东 gkmlpt: the tree stands only in window._CONFIG.TREE, lists are JSON, bodies stand in _CONFIG.DETAIL."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta, timezone

from portals.branches import Grove, Site
from portals.columns import Article, Column, Door, Shape
from portals.families.family import Family, Pages, address_articles, files_of_article
from portals.publishing import Address, Answer, Asked, Service
from portals.rendering import Press, bare, tags_of

_JSON = (("Content-Type", "application/json"),)
_SHANGHAI = timezone(timedelta(hours=8))
_UNSEEN = (Door.DEAD, Door.HOME, Door.SAYS_GONE)
"""Doors that a category of the tree does not have: its link never leaves the platform's one page."""


class Gkmlpt(Family):
    """广东 (gkmlpt): one page a platform, ``#cat`` for a column, ``/gkmlpt/api/all/{cat}?page=&sid=`` for its list."""

    name = "gkmlpt"
    templates = "gkmlpt"
    mixed = True
    static = False

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"gkmlpt {seed}")
        self._rows_a_page = chance.choice((5, 10, 100))
        self._bases: dict[int, str] = {}
        self._numbers: dict[int, int] = {}
        self._refused: dict[int, Column] = {}

    def habits(self, rng: random.Random, grove: Grove) -> None:
        """What lies outside the platforms is printed as elsewhere."""
        for site in grove.sites.values():
            site.base_href, site.charset = "", "utf-8"

    def address(self, rng: random.Random, grove: Grove) -> None:
        """A platform has one address; its categories are numbers behind ``#``."""
        for site in grove.sites.values():
            address_articles(rng, site)
            for number, root in enumerate(_roots(site)):
                base = f"{site.front}gkmlpt/index" if not number else f"{site.front}zwgk/gkmlpt/index"
                for column in root.below():
                    self._inside(rng, site, root, column, base)

    def _inside(self, rng: random.Random, site: Site, root: Column, column: Column, base: str) -> None:
        number = self._numbers.setdefault(id(column), 5001 + len(self._numbers) * 3)
        self._bases[id(column)] = base
        column.script_list, column.delivery = False, ""
        if column.door in _UNSEEN or column.refusal == "robots":
            column.door, column.refusal, column.planted = Door.OPEN, "", ""
        if column.grid is not None:
            day = datetime(2021, 11, 8).date()  # noqa: DTZ001 - a day has no zone
            made = Article(f"{site.name}{column.spelling}一览表", day, site.name, ["详见下表。"], [column.grid])
            column.articles, column.grid, column.shape = [made], None, Shape.LIST
        if column.door is not Door.OFFSITE:
            column.folder = base if column is root else f"{base}#{number}"
        for article in column.articles:
            key = rng.randrange(1_000_000, 9_999_999)
            article.path = f"{base.removesuffix('index')}content/{key // 1_000_000}/{key // 1000}/post_{key}.html"
            for index, file in enumerate(files_of_article(article)):
                file.path = f"/attachment/0/{key // 10_000}/{key + index}/{key}.{file.ending}"

    def twins(self, path: str) -> tuple[str, ...]:
        """Folders have index pages, the platform has one address."""
        return (path,) if "/gkmlpt/" in path else super().twins(path)

    def link(self, page: str, target: str) -> str:
        """All references begin at the host."""
        return target

    def page(self, press: Press, site: Site, template: str, path: str, words: Mapping[str, object]) -> Answer:
        """An article of a platform has its body in the script's settings."""
        if template != "article.html" or "/gkmlpt/content/" not in path:
            return super().page(press, site, template, path, words)
        article = words["article"]
        assert isinstance(article, Article)
        body = bare("_content.html", folder=self.templates, **words).body.decode()
        detail = {
            "id": int(path.rsplit("_", 1)[1].removesuffix(".html")),
            "title": article.title,
            "publisher": article.source,
            "created_at": f"{article.published_on} 10:00:00",
            "content": body,
        }
        config = {"SID": "200053", "NAME": site.name, "TREE": [], "DETAIL": detail}
        return bare(
            "post.html",
            folder=self.templates,
            title=article.title,
            tags=words["tags"],
            config=_script(config),
            crumbs=words["crumbs"],
        )

    def finish(self, press: Press, grove: Grove, pages: Pages) -> Pages:
        """Each platform's one page."""
        for site in grove.sites.values():
            for root in _roots(site):
                if root.door not in (Door.OPEN, Door.MOVED):
                    continue
                base = self._bases[id(root)]
                for column in root.below():
                    if column.door is Door.REFUSED:
                        self._refused[self._numbers[id(column)]] = column
                tree = [self._node(press, site, child) for child in root.children if child.door is not Door.NOT_OFFERED]
                config = {"SID": "200053", "NAME": site.name, "TREE": tree, "DETAIL": None}
                pages[site.host, base] = bare(
                    "platform.html",
                    folder=self.templates,
                    config=_script(config),
                    name=site.name,
                    api=base.removesuffix("index") + "api/all/",
                    tags=tags_of(site, None, None),
                    crumbs=press.crumbs(site, base, None),
                    links=[
                        (one.spelling, press.href(site, base, one))
                        for one in (root.parent.children if root.parent is not None else ())
                        if one.door is not Door.NOT_OFFERED
                    ],
                )
        return pages

    def _node(self, press: Press, site: Site, column: Column) -> dict[str, object]:
        offered = [child for child in column.children if child.door is not Door.NOT_OFFERED]
        outside = column.door is Door.OFFSITE
        return {
            "id": self._numbers[id(column)],
            "sid": 200053,
            "name": column.spelling,
            "jump_url": press.href(site, column.folder, column) if outside else "",
            "children": [self._node(press, site, child) for child in offered],
        }

    def services(self, press: Press, grove: Grove, pages: Pages) -> Mapping[Address, Service]:
        """The lists of all categories."""
        found: dict[Address, Service] = {}
        for site in grove.sites.values():
            for root in _roots(site):
                for column in root.below():
                    base, number = self._bases[id(column)], self._numbers[id(column)]
                    address = (site.host, f"{base.removesuffix('index')}api/all/{number}")
                    found[address] = self._list(site, column, pages.get((site.host, column.folder)))
        return found

    def _list(self, site: Site, column: Column, refusal: Answer | None) -> Service:
        articles = sorted(_all(column), key=lambda one: (one.published_on, one.title), reverse=True)

        def answer(asked: Asked) -> Answer:
            if column.door is Door.REFUSED and refusal is not None:
                return refusal
            number = int(asked.query.get("page", "1"))
            some = articles[(number - 1) * self._rows_a_page : number * self._rows_a_page]
            said = {
                "articles": [_row(site, one) for one in some],
                "classify": {"id": self._numbers[id(column)], "name": column.spelling},
                "total": len(articles),
                "page": number,
            }
            return Answer(200, _JSON, json.dumps(said, ensure_ascii=False).encode())

        return answer


def _roots(site: Site) -> list[Column]:
    """Columns whose trees are platforms."""
    found = []
    for column in site.trunk.below():
        if column.label == "政府信息公开目录" and site.root == "portal":
            found.append(column)
        if column.label == "政府信息公开":
            below = [one for one in column.children if one.label == "法定主动公开内容"]
            found += below
    return sorted(found, key=lambda one: one.label)


def _all(column: Column) -> Iterator[Article]:
    for below in column.below():
        if below is column or below.door is Door.OPEN:
            yield from below.articles


def _row(site: Site, article: Article) -> dict[str, object]:
    moment = datetime.combine(article.published_on, time(10, 0), _SHANGHAI)
    return {
        "id": int(article.path.rsplit("_", 1)[1].removesuffix(".html")),
        "title": article.title,
        "url": article.address,
        "publisher": article.source,
        "created_at": f"{article.published_on} 10:00:00",
        "date": int(moment.timestamp()),
        "display_publish_time": int(moment.timestamp()),
    }


def _script(config: Mapping[str, object]) -> str:
    """Settings as they stand in a script: no angle bracket is left bare."""
    return json.dumps(config, ensure_ascii=False).replace("<", "\\u003C").replace(">", "\\u003E")
