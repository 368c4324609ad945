"""开普 ucap: /c100001/ columns, 32 hexadecimal digits an article, UCAPTITLE and UCAPCONTENT in the page."""

from __future__ import annotations

import random
from collections.abc import Mapping

from portals.branches import Grove, Site
from portals.columns import Article, Column, File
from portals.families.family import Family, noisy, readdress


class Ucap(Family):
    """开普 (ucap): ``/c100001/common_list.shtml``, ``zfxxgkList.shtml`` and ``/c100001/YYYYMM/<32hex>.shtml``."""

    name = "ucap"
    templates = "ucap"
    mixed = True

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"ucap {seed}")
        self._rows_a_page = chance.choice((5, 15, 20))
        self._noise = chance.choice(("", "", "count", "padded"))
        self._rooted = chance.random() < 0.5
        self.organ_form = chance.choice(("list", "table"))

    def habits(self, rng: random.Random, grove: Grove) -> None:
        """Lists of many forms; the menus are static."""
        for site in grove.sites.values():
            site.base_href = ""
            for column in site.trunk.below():
                column.rows_a_page = self._rows_a_page

    def address(self, rng: random.Random, grove: Grove) -> None:
        """A number a column, a digest an article."""
        numbers: dict[int, str] = {}

        def column(site: Site, one: Column) -> str:
            number = numbers.setdefault(id(one), f"c{100000 + len(numbers)}")
            inside = one.parent is not None and "政府信息公开" in (one.label, one.parent.label)
            return f"/{number}/{'zfxxgkList' if inside else 'common_list'}.shtml"

        def article(site: Site, one: Column, written: Article) -> str:
            return f"/{numbers[id(one)]}/{written.published_on:%Y%m}/{rng.getrandbits(128):032x}.shtml"

        def file(site: Site, written: Article, beside: File, index: int) -> str:
            return f"{written.path.removesuffix('.shtml')}/files/{rng.getrandbits(128):032x}.{beside.ending}"

        readdress(grove, column, article, file)

    def link(self, page: str, target: str) -> str:
        """Rooted on some portals, relative on others."""
        return target if self._rooted else super().link(page, target)

    def page_path(self, column: Column, index: int) -> str:
        """``common_list.shtml``, then ``common_list_2.shtml``."""
        return column.folder if index == 0 else column.folder.replace(".shtml", f"_{index + 1}.shtml")

    def listing_words(self, site: Site, column: Column, count: int, index: int) -> Mapping[str, object]:
        """The name that later pages are made of."""
        return {"list_name": column.folder.rsplit("/", 1)[1].removesuffix(".shtml")}

    def shown_label(self, site: Site, column: Column) -> str:
        """Some menus count what a column holds."""
        return noisy(column.spelling, self._noise, len(column.articles))

    def sitemap_path(self) -> str:
        """The site map has a column's address."""
        return "/c100999/sitemap.shtml"
