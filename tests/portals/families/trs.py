"""TRS WCM (拓尔思): static pages, createPageHTML in either argument order, menus that document.write makes."""

from __future__ import annotations

import random
from collections.abc import Mapping

from portals.branches import Grove, Site
from portals.columns import Column
from portals.families.family import Family


class Trs(Family):
    """TRS WCM (拓尔思 WCM): ``index_n`` pages and ``tYYYYMMDD_`` articles, as most districts of Chongqing have it."""

    name = "trs"
    templates = "trs"
    mixed = True

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"trs {seed}")
        self._ending = chance.choice(("html", "html", "shtml", "htm"))
        self._call = chance.choice(("pages_first", "rows_first", "create_page"))
        self._padded = chance.random() < 0.4
        self._rows_a_page = chance.choice((6, 15, 15, 20))

    def habits(self, rng: random.Random, grove: Grove) -> None:
        """Some sites pad their labels, some write their left menus by script."""
        for site in grove.sites.values():
            site.word_paste = self._padded
            if site.root != "portal" and rng.random() < 0.3:
                site.menu_style = "written"
            for column in site.trunk.below():
                column.rows_a_page = self._rows_a_page

    def page_path(self, column: Column, index: int) -> str:
        """``index.html``, then ``index_1.html``."""
        return column.folder if index == 0 else f"{column.folder}index_{index}.{self._ending}"

    def twins(self, path: str) -> tuple[str, ...]:
        """A folder answers under its own name and that of its index page."""
        return (path, f"{path}index.{self._ending}") if path.endswith("/") else (path,)

    def listing_words(self, site: Site, column: Column, count: int, index: int) -> Mapping[str, object]:
        """How the pager's function is called."""
        return {"pager_call": self._call, "ending": self._ending, "row_count": len(column.articles)}
