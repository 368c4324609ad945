"""大汉 hanweb: numbered columns, datastore records inside the page, further pages by dataproxy.jsp or by jpaas."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from zlib import crc32

from portals.branches import Grove, Site
from portals.columns import Article, Column, File
from portals.families.family import Family, Pages, readdress
from portals.publishing import Address, Answer, Asked, Service
from portals.rendering import Press, bare, shown_rows

_PROXY = "/module/web/jpage/dataproxy.jsp"
_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_GROUP = 3
"""Pages of records that stand in the page at once."""


class Hanweb(Family):
    """大汉 (hanweb): ``/col/colN/index.html`` and ``/art/Y/M/D/art_C_ID.html``."""

    name = "hanweb"
    templates = "hanweb"
    mixed = True

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"hanweb {seed}")
        self._jpaas = chance.random() < 0.35
        self.static = not self._jpaas
        self._proxy = chance.choice((_PROXY, "/module/jpage/dataproxy.jsp"))
        self._rows_a_page = chance.choice((2, 5, 15))
        self._foreign = chance.random() < 0.6
        self._based = chance.random() < 0.2
        self.organ_form = chance.choice(("list", "select", "table"))

    def habits(self, rng: random.Random, grove: Grove) -> None:
        """Menus are printed by the server."""
        for site in grove.sites.values():
            site.base_href = "/" if self._based else ""
            for column in site.trunk.below():
                column.rows_a_page = self._rows_a_page
                column.row_style = rng.choice(("plain", "bracketed", "titled"))

    def address(self, rng: random.Random, grove: Grove) -> None:
        """Numbers for columns and articles."""
        numbers = {}

        def column(site: Site, one: Column) -> str:
            number = numbers.setdefault(id(one), 1229000000 + len(numbers) * 7 + rng.randrange(7))
            return f"/col/col{number}/index.html"

        def article(site: Site, one: Column, written: Article) -> str:
            day = written.published_on
            name = f"art_{numbers[id(one)]}_{rng.randrange(4_000_000, 9_999_999)}"
            return f"/art/{day.year}/{day.month}/{day.day}/{name}.html"

        def file(site: Site, written: Article, beside: File, index: int) -> str:
            return f"/attach/0/{rng.getrandbits(64):016x}{index}.{beside.ending}"

        readdress(grove, column, article, file)

    def twins(self, path: str) -> tuple[str, ...]:
        """A column answers with and without ``index.html``."""
        return (path, path.removesuffix("index.html")) if path.startswith("/col/") else super().twins(path)

    def link(self, page: str, target: str) -> str:
        """All references begin at the host."""
        return target

    def page_path(self, column: Column, index: int) -> str:
        """There is one page a column; what it does not hold comes from the proxy."""
        return column.folder

    def sitemap_path(self) -> str:
        """The site map is a column too."""
        return "/col/col1228999990/index.html"

    def page(self, press: Press, site: Site, template: str, path: str, words: Mapping[str, object]) -> Answer:
        """Lists carry the rows of their first group of pages."""
        if template != "listing.html" or words["row_style"] == "filled_by_script":
            return super().page(press, site, template, path, words)
        column = next(one for one in site.trunk.below() if one.folder == path)
        rows = [
            bare("_record.html", folder=self.templates, row=row, row_style=column.row_style).body.decode()
            for row in shown_rows(press, site, column, path, column.sorted_articles())
        ]
        more = {
            "records": [] if self._jpaas else rows[: self._rows_a_page * _GROUP],
            "row_total": len(rows),
            "rows_a_page": self._rows_a_page,
            "unit": _unit(column),
            "proxy": self._proxy,
            "jpaas": self._jpaas,
            "rows_drawn": self._rows_a_page,
        }
        return super().page(press, site, template, path, {**words, **more})

    def listing_words(self, site: Site, column: Column, count: int, index: int) -> Mapping[str, object]:
        """Whether a block of the province's news stands below the list."""
        return {"foreign": self._foreign}

    def services(self, press: Press, grove: Grove, pages: Pages) -> Mapping[Address, Service]:
        """The proxy of further pages."""
        rows: dict[str, list[str]] = {}
        for site in grove.sites.values():
            for column in site.trunk.below():
                shown = shown_rows(press, site, column, column.folder, column.sorted_articles())
                rows[_unit(column)] = [
                    bare("_record.html", folder=self.templates, row=row, row_style=column.row_style).body.decode()
                    for row in shown
                ]
        service = _unit_service(rows) if self._jpaas else _proxy_service(rows)
        return {(host, _UNIT if self._jpaas else self._proxy): service for host in (0, 1)}


def _unit(column: Column) -> str:
    """Two columns never share one: what is asked for with it is one column's list."""
    return str(5_000_000_000 + crc32(column.folder.encode()))


def _proxy_service(rows: Mapping[str, list[str]]) -> Service:
    def answer(asked: Asked) -> Answer:
        given = {**asked.query, **asked.form}
        some = rows.get(given.get("unitid", ""), [])
        try:
            first, last = int(given["startrecord"]), int(given["endrecord"])
        except (KeyError, ValueError):
            return Answer(200, (("Content-Type", "text/xml;charset=UTF-8"),), b"<datastore></datastore>")
        records = "".join(f"<record><![CDATA[\n{row}]]></record>\n" for row in some[max(0, first - 1) : last])
        body = (
            f"<?xml version='1.0' encoding='utf-8' ?>\n<datastore>\n<totalrecord>{len(some)}</totalrecord>\n"
            f"<totalpage>{-(-len(some) // int(given.get('perpage', '15')))}</totalpage>\n"
            f"<recordset>\n{records}</recordset>\n</datastore>"
        )
        return Answer(200, (("Content-Type", "text/xml;charset=UTF-8"),), body.encode())

    return answer


def _unit_service(rows: Mapping[str, list[str]]) -> Service:
    def answer(asked: Asked) -> Answer:
        given = {**asked.query, **asked.form}
        some = rows.get(given.get("pageId", ""), [])
        wanted = json.loads(given.get("paramJson") or "{}")
        size, number = int(wanted.get("pageSize", 15)), int(wanted.get("pageNo", 1))
        html = "<ul class='list'>" + "".join(some[(number - 1) * size : number * size]) + "</ul>"
        html += f"<div class='page' data-total='{len(some)}'>共{len(some)}条</div>"
        said = {"success": True, "code": "200", "message": "ok", "data": {"html": html, "total": len(some)}}
        kind = (("Content-Type", "application/json;charset=UTF-8"),)
        return Answer(200, kind, json.dumps(said, ensure_ascii=False).encode())

    return answer
