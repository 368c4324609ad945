"""epoint and 慧兰: numbered folders, articles named by a UUID, pagers that call javascript:next(N)."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping

from portals.branches import Grove, Site
from portals.columns import Article, Column, File
from portals.families.family import Family, noisy, readdress


class Epoint(Family):
    """epoint (新点) with the pager of 慧兰: ``/019002/019002014/list.html`` and ``javascript:next(2)``."""

    name = "epoint"
    templates = "epoint"
    mixed = True

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"epoint {seed}")
        self._rows_a_page = chance.choice((5, 10, 15))
        self._noise = chance.choice(("", "", "padded", "bar"))
        self._clicked = chance.random() < 0.5
        self.organ_form = chance.choice(("list", "table", "select"))

    def habits(self, rng: random.Random, grove: Grove) -> None:
        """Menus are static; some open their entries by onclick."""
        for site in grove.sites.values():
            site.base_href = ""
            for column in site.trunk.below():
                column.rows_a_page = self._rows_a_page

    def address(self, rng: random.Random, grove: Grove) -> None:
        """Three digits more a level."""
        codes: dict[int, str] = {}

        def column(site: Site, one: Column) -> str:
            parent = codes.get(id(one.parent), "")
            place = one.parent.children.index(one) + 1 if one.parent is not None else len(codes) % 900 + 10
            codes[id(one)] = f"{parent}{place:03d}" if parent else f"{len(codes) % 900 + 1:03d}"
            code = codes[id(one)]
            folders = "/".join(code[: 3 * (level + 1)] for level in range(len(code) // 3))
            return f"/{folders}/{'index' if one is site.trunk else 'list'}.html"

        def article(site: Site, one: Column, written: Article) -> str:
            folder = one.folder.rsplit("/", 1)[0]
            name = uuid.UUID(int=rng.getrandbits(128), version=4)
            return f"{folder}/{written.published_on:%Y%m%d}/{name}.html"

        def file(site: Site, written: Article, beside: File, index: int) -> str:
            return f"/EpointWebBuilder/upload/{uuid.UUID(int=rng.getrandbits(128), version=4)}.{beside.ending}"

        readdress(grove, column, article, file)

    def twins(self, path: str) -> tuple[str, ...]:
        """A site's front page answers for its folder."""
        if path == "/":
            return ("/", "/index.html")
        return (path, path.removesuffix("index.html")) if path.endswith("/index.html") else (path,)

    def page_path(self, column: Column, index: int) -> str:
        """``list.html``, then ``2.html``."""
        return column.folder if index == 0 else column.folder.replace("list.html", f"{index + 1}.html")

    def listing_words(self, site: Site, column: Column, count: int, index: int) -> Mapping[str, object]:
        """How entries open."""
        return {"row_count": len(column.articles)}

    def shown_label(self, site: Site, column: Column) -> str:
        """Some labels are padded."""
        return noisy(column.spelling, self._noise, len(column.articles))

    def sitemap_path(self) -> str:
        """The site map."""
        return "/999/list.html"
