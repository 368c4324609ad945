"""龙讯 lonsun: columns told apart by catId, later pages by pageIndex, articles under /OpennessContent/show/."""

from __future__ import annotations

import random
from collections.abc import Mapping

from portals.branches import Grove, Site
from portals.columns import Article, Column, File
from portals.families.family import Family, noisy, readdress

_TYPES = {"政府信息公开指南": 1, "政府信息公开制度": 2, "政府信息公开年报": 3}


class Lonsun(Family):
    """龙讯 (lonsun): ``/public/column/31?type=4&catId=``; one path for all columns of an organ."""

    name = "lonsun"
    templates = "lonsun"
    mixed = True

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"lonsun {seed}")
        self._rows_a_page = chance.choice((5, 10, 20))
        self._noise = chance.choice(("", "count", "bar"))
        self._written = chance.random() < 0.3
        self.organ_form = chance.choice(("list", "select"))

    def habits(self, rng: random.Random, grove: Grove) -> None:
        """Menus are static."""
        for site in grove.sites.values():
            site.base_href = ""
            for column in site.trunk.below():
                column.rows_a_page = self._rows_a_page

    def address(self, rng: random.Random, grove: Grove) -> None:
        """A site number, a column number, and a type for the fixed columns."""
        sites = {root: 31 + number * 2 for number, root in enumerate(grove.sites)}
        numbers: dict[int, int] = {}

        def column(site: Site, one: Column) -> str:
            number = numbers.setdefault(id(one), 6_718_000 + len(numbers) * 13)
            if one is site.trunk:
                return f"/site/tpl/{number}"
            if not _inside(one):
                return f"/content/column/{number}"
            kind = _TYPES.get(one.label, 4)
            return f"/public/column/{sites[site.root]}?type={kind}&catId={number}&action=list"

        def article(site: Site, one: Column, written: Article) -> str:
            number = rng.randrange(1_000_000, 9_999_999)
            return f"/OpennessContent/show/{number}.html" if _inside(one) else f"/content/article/{number}"

        def file(site: Site, written: Article, beside: File, index: int) -> str:
            day = written.published_on
            return f"/group1/M00/{day:%m}/{day:%d}/{rng.getrandbits(96):024X}.{beside.ending}"

        readdress(grove, column, article, file)

    def twins(self, path: str) -> tuple[str, ...]:
        """One address each; the home page also as its index."""
        return ("/", "/index.html") if path == "/" else (path,)

    def link(self, page: str, target: str) -> str:
        """All references begin at the host."""
        return target

    def page_path(self, column: Column, index: int) -> str:
        """``pageIndex`` joins the query."""
        if index == 0:
            return column.folder
        return f"{column.folder}{'&' if '?' in column.folder else '?'}pageIndex={index + 1}"

    def listing_words(self, site: Site, column: Column, count: int, index: int) -> Mapping[str, object]:
        """Addresses of all pages."""
        paths = [self.page_path(column, number) for number in range(count)]
        return {"page_hrefs": paths, "row_count": len(column.articles), "pager_written": self._written}

    def shown_label(self, site: Site, column: Column) -> str:
        """Some menus count what a column holds."""
        return noisy(column.spelling, self._noise, len(column.articles))

    def sitemap_path(self) -> str:
        """The site map."""
        return "/wzdt/index.html"


def _inside(column: Column) -> bool:
    """Whether a column hangs below a platform of disclosure."""
    at: Column | None = column
    while at is not None:
        if at.label in ("政府信息公开", "政府信息公开目录"):
            return True
        at = at.parent
    return False
