"""博大 Visual SiteBuilder: xxx.htm, later pages xxx/2.htm counting down, /info/C/N.htm, vsb_content."""

from __future__ import annotations

import random
from collections.abc import Mapping

from portals.branches import Grove, Site
from portals.columns import Article, Column, File
from portals.families.family import Family, noisy, readdress


class Boda(Family):
    """博大 (Visual SiteBuilder): the second page of five is ``xxx/4.htm``, the last ``xxx/1.htm``."""

    name = "boda"
    templates = "boda"
    mixed = True

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"boda {seed}")
        self._rows_a_page = chance.choice((5, 10, 15))
        self._noise = chance.choice(("", "", "bar", "padded"))
        self.organ_form = chance.choice(("list", "select", "table"))

    def habits(self, rng: random.Random, grove: Grove) -> None:
        """Menus are static."""
        for site in grove.sites.values():
            site.base_href = ""
            for column in site.trunk.below():
                column.rows_a_page = self._rows_a_page

    def address(self, rng: random.Random, grove: Grove) -> None:
        """A folder becomes a page; articles are numbered by column."""
        numbers: dict[int, int] = {}

        def column(site: Site, one: Column) -> str:
            numbers.setdefault(id(one), 1000 + len(numbers))
            return f"{one.folder.rstrip('/')}.htm" if one is not site.trunk else f"{one.folder}index.htm"

        def article(site: Site, one: Column, written: Article) -> str:
            return f"/info/{numbers[id(one)]}/{rng.randrange(10_000, 99_999_999)}.htm"

        def file(site: Site, written: Article, beside: File, index: int) -> str:
            if beside.ending in ("png", "mp4"):
                return f"/__local/{rng.getrandbits(8):X}/{rng.getrandbits(128):032X}.{beside.ending}"
            number = rng.randrange(1_000_000, 9_999_999)
            return f"/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1500000&wbfileid={number}"

        readdress(grove, column, article, file)

    def twins(self, path: str) -> tuple[str, ...]:
        """The front page of a site answers for its folder."""
        if path == "/":
            return ("/", "/index.htm")
        return (path, path.removesuffix("index.htm")) if path.endswith("/index.htm") else (path,)

    def page_path(self, column: Column, index: int) -> str:
        """Page numbers count down, so that old pages never change."""
        if index == 0:
            return column.folder
        return f"{column.folder.removesuffix('.htm')}/{column.page_count() - index}.htm"

    def listing_words(self, site: Site, column: Column, count: int, index: int) -> Mapping[str, object]:
        """Where the pager leads, last page first."""
        page = self.page_path(column, index)
        paths = [self.link(page, self.page_path(column, number)) for number in range(count)]
        return {"page_hrefs": paths, "row_count": len(column.articles)}

    def shown_label(self, site: Site, column: Column) -> str:
        """Some menus end each label with a bar."""
        return noisy(column.spelling, self._noise, len(column.articles))

    def sitemap_path(self) -> str:
        """The site map is a page like others."""
        return "/wzdt.htm"
