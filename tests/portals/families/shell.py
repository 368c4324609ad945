"""A portal that is one script: every path answers 200 with one shell, menus and lists come as JSON."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import replace

from portals.branches import Grove, Site
from portals.columns import Column
from portals.families.family import Family, Pages, readdress
from portals.families.family import address_articles as address_as_trs
from portals.publishing import Address, Answer, Service
from portals.rendering import Press, bare

_CONTENT = "/api/content"
_JSON = (("Content-Type", "application/json;charset=UTF-8"),)
_GONE = Answer(200, _JSON, json.dumps({"code": 404, "title": "404", "html": ""}).encode())


class Shell(Family):
    """Single-page portal (单页应用): nothing of it is in what is first sent; only a browser reads it."""

    name = "shell"
    templates = "shell"
    scripted = True
    mixed = True
    static = False

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"shell {seed}")
        self._rows_a_page = chance.choice((10, 20))
        self._shell = bare("shell.html", folder="shell", title="云川区人民政府")
        self._documents: dict[Address, Answer] = {}

    def habits(self, rng: random.Random, grove: Grove) -> None:
        """The script makes the menus; the bytes are UTF-8."""
        for site in grove.sites.values():
            site.base_href, site.charset = "", "utf-8"
            for column in site.trunk.below():
                column.rows_a_page = self._rows_a_page

    def address(self, rng: random.Random, grove: Grove) -> None:
        """Routes without endings."""
        for site in grove.sites.values():
            address_as_trs(rng, site)
            if site.menu_style == "written":
                site.menu_style = "nested"
            for column in site.trunk.below():
                column.delivery = column.delivery if column.delivery in ("slow", "flaky") else ""
        paths = {id(a): a.path for s in grove.sites.values() for c in s.trunk.below() for a in c.articles}
        readdress(
            grove,
            lambda site, column: column.folder.rstrip("/"),
            lambda site, column, article: paths[id(article)].removesuffix(".html"),
            lambda site, article, file, index: file.path,
        )

    def twins(self, path: str) -> tuple[str, ...]:
        """One address each."""
        return (path,)

    def link(self, page: str, target: str) -> str:
        """All references begin at the host."""
        return target

    def page_path(self, column: Column, index: int) -> str:
        """``?page=2``."""
        return column.folder if index == 0 else f"{column.folder}?page={index + 1}"

    def sitemap_path(self) -> str:
        """The site map is a route."""
        return "/wzdt"

    def page(self, press: Press, site: Site, template: str, path: str, words: Mapping[str, object]) -> Answer:
        """The page as a document for the script."""
        made = press.render(site, template, path, words).body.decode()
        document = {"code": 200, "title": str(words["page_title"]), "html": made}
        return Answer(200, _JSON, json.dumps(document, ensure_ascii=False).encode())

    def stray(self, says: str, answers: Mapping[str, Answer]) -> Answer:
        """The shell; what is not there is said by the script."""
        return self._shell

    def finish(self, press: Press, grove: Grove, pages: Pages) -> Pages:
        """Every page is the shell; what it shows comes from the content service."""
        shown: Pages = {}
        for (host, path), answer in pages.items():
            if not _is_page(answer) or path.startswith("/static/"):
                shown[host, path] = answer
                continue
            self._documents[host, path] = _document(answer)
            shown[host, path] = self._shell
        return shown

    def services(self, press: Press, grove: Grove, pages: Pages) -> Mapping[Address, Service]:
        """The content service of each host."""

        def of(host: int) -> Service:
            return lambda asked: self._documents.get((host, asked.query.get("path", "")), _GONE)

        return {(host, _CONTENT): of(host) for host in (0, 1)}


def _is_page(answer: Answer) -> bool:
    return any("html" in value or "json" in value for _, value in answer.headers) or not answer.headers


def _document(answer: Answer) -> Answer:
    """A page of another kind as a document: a redirect becomes a way on, a refusal stays what it is."""
    text = answer.body.decode("utf-8", "replace")
    if answer == bare("not_found.html"):
        # What is gone is said where a visitor sees it; a service's own page would leave the application blank.
        said = text.partition("<body>")[2].partition("</body>")[0]
        return Answer(200, _JSON, json.dumps({"code": 200, "title": "提示信息", "html": said}).encode())
    for mark in ("url=", 'htm = "'):
        if "<" in text[:1] and mark in text and len(text) < 400:
            target = text.split(mark, 2)[-1].split('"')[0]
            return replace(answer, headers=_JSON, body=json.dumps({"code": 302, "target": target}).encode())
    return answer
