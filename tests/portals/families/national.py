"""The national template (国办公开办函〔2019〕61号): five blocks, zfxxgk_zdgkc, dl_nav, dead links in comments."""

from __future__ import annotations

import random
from collections.abc import Mapping

from portals.branches import Grove, Site
from portals.columns import Column
from portals.families.family import Family, address_articles, noisy


class National(Family):
    """National template (全国政府信息公开专栏样式), as static pages of folders; the organs stand beside every list."""

    name = "national"
    templates = "national"
    mixed = True

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"national {seed}")
        self._rows_a_page = chance.choice((6, 15, 20))
        self._noise = chance.choice(("", "", "padded"))
        self._pager = chance.choice(("create_page", "linked"))
        self._organs: tuple[tuple[str, str], ...] = ()
        self.organ_form = chance.choice(("list", "table"))

    def habits(self, rng: random.Random, grove: Grove) -> None:
        """Left menus are definition lists."""
        for site in grove.sites.values():
            site.menu_style = "listed"
            for column in site.trunk.below():
                column.rows_a_page = self._rows_a_page

    def address(self, rng: random.Random, grove: Grove) -> None:
        """Folders, as TRS has them; the organs' platforms are remembered for the pane at the right."""
        for site in grove.sites.values():
            address_articles(rng, site)
        self._organs = tuple(
            (site.name, site.front)
            for site in grove.sites.values()
            if site.root != "portal" and site.door == "listed" and not site.host
        )

    def listing_words(self, site: Site, column: Column, count: int, index: int) -> Mapping[str, object]:
        """The organs beside the portal's lists."""
        page = self.page_path(column, index)
        organs = self._organs if site.root == "portal" else ()
        return {
            "organs": [(name, self.link(page, front)) for name, front in organs],
            "pager": self._pager,
            "row_count": len(column.articles),
        }

    def shown_label(self, site: Site, column: Column) -> str:
        """Some labels are padded."""
        return noisy(column.spelling, self._noise, len(column.articles))
