"""An old portal of the 2000s: GBK, tables, frames for menus, images in place of labels, onclick, select boxes."""

from __future__ import annotations

import random
from collections.abc import Mapping

from portals.branches import Grove, Site
from portals.columns import Article, Column, File
from portals.families.family import Family, Pages, readdress
from portals.publishing import Answer
from portals.rendering import Press


class Frames(Family):
    """Old table portal (早期表格与框架网站): ``/list.asp?id=5``, menus in frames, names of columns as images."""

    name = "frames"
    templates = "frames"
    mixed = True
    organ_form = "select"

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"frames {seed}")
        self._rows_a_page = chance.choice((5, 12, 20))
        self._clicked = chance.random() < 0.5
        self._frameset = chance.random() < 0.4
        self._images = chance.random() < 0.6
        self._program = chance.choice(("asp", "jsp", "php"))
        self._menus: Pages = {}

    def habits(self, rng: random.Random, grove: Grove) -> None:
        """Everything is GBK; nobody wrote a menu by script yet."""
        for site in grove.sites.values():
            site.base_href, site.charset, site.menu_style = "", "gb2312", "nested"
            for column in site.trunk.below():
                column.rows_a_page = self._rows_a_page

    def address(self, rng: random.Random, grove: Grove) -> None:
        """A program and a number."""
        for site in grove.sites.values():
            site.menu_style = "nested"
        numbers: dict[int, int] = {}

        def column(site: Site, one: Column) -> str:
            number = numbers.setdefault(id(one), len(numbers) + 11)
            if one is site.trunk:
                return f"/bm{number}/index.{self._program}"
            return f"/list.{self._program}?id={number}"

        def article(site: Site, one: Column, written: Article) -> str:
            return f"/show.{self._program}?id={rng.randrange(10_000, 9_999_999)}"

        def file(site: Site, written: Article, beside: File, index: int) -> str:
            return f"/uploadfile/{written.published_on:%Y-%m}/{rng.randrange(10**13, 10**14)}.{beside.ending}"

        readdress(grove, column, article, file)

    def twins(self, path: str) -> tuple[str, ...]:
        """One address each."""
        return ("/", f"/index.{self._program}") if path == "/" else (path,)

    def link(self, page: str, target: str) -> str:
        """All references begin at the host."""
        return target

    def page_path(self, column: Column, index: int) -> str:
        """``page`` joins the query."""
        return column.folder if index == 0 else f"{column.folder}&page={index + 1}"

    def sitemap_path(self) -> str:
        """The site map is a program too."""
        return f"/map.{self._program}"

    def listing_words(self, site: Site, column: Column, count: int, index: int) -> Mapping[str, object]:
        """Addresses of all pages."""
        return {"page_hrefs": [self.page_path(column, number) for number in range(count)]}

    def page(self, press: Press, site: Site, template: str, path: str, words: Mapping[str, object]) -> Answer:
        """The menu of a page is a page of its own, in a frame."""
        frame = ""
        more = {"clicked": self._clicked, "drawn": self._images}
        if words["menu"]:
            frame = f"/left.{self._program}?lm={self._number(site, str(words['menu_heading']), len(words['crumbs']))}"  # type: ignore[arg-type]
            self._menus[site.host, frame] = press.render(site, "_left.html", frame, {**words, **more})
        if template == "section_home.html" and self._frameset:
            main = f"{site.front}?main=1"
            self._menus[site.host, main] = press.render(site, template, main, {**words, **more, "frame": ""})
            template, more["main"] = "frameset.html", main
        return press.render(site, template, path, {**words, **more, "frame": frame})

    def _number(self, site: Site, heading: str, depth: int) -> int:
        return sum((place + 1) * ord(letter) for place, letter in enumerate(f"{site.root}{heading}")) * 10 + (depth > 2)

    def finish(self, press: Press, grove: Grove, pages: Pages) -> Pages:
        """The menus join the pages."""
        return {**pages, **self._menus}
