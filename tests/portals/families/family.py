"""A family (平台类别) of portal software: how it addresses, prints and delivers what a grove publishes."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from portals.branches import Grove, Site
from portals.columns import Article, Column, File, relative
from portals.publishing import Address, Answer, Service

if TYPE_CHECKING:
    from portals.rendering import Press

Pages = dict[Address, Answer]


class Family:
    """Family (平台类别). This one prints the demonstration portal, in the manner of TRS in Chongqing.

    Growth, content, faults and truth are shared; a family overrides what its software does otherwise.

    Attributes:
        templates: folder of its own templates, which win over the common ones.
        scripted: menus and lists exist only after scripts ran.
        mixed: faults are drawn by the seed instead of planted one of each.
        organ_form: how the index of organs is printed: "list", "select" or "table".
        static: one request gives one list page, so the least possible requests are what CONTRACTS counts.
    """

    name = "demonstration"
    templates = ""
    scripted = False
    mixed = False
    organ_form = "list"
    static = True

    def habits(self, rng: random.Random, grove: Grove) -> None:
        """Change the habits of sites, after the common ones."""

    def address(self, rng: random.Random, grove: Grove) -> None:
        """Give every column, front page, article and file its final address."""
        for site in grove.sites.values():
            address_articles(rng, site)

    def page_path(self, column: Column, index: int) -> str:
        """Address of list page ``index`` (0 is the first)."""
        return column.page_path(index)

    def twins(self, path: str) -> tuple[str, ...]:
        """All addresses under which a page answers."""
        return (path, f"{path}index.html") if path.endswith("/") else (path,)

    def link(self, page: str, target: str) -> str:
        """A reference between two pages of one host."""
        return relative(page, target)

    def shown_label(self, site: Site, column: Column) -> str:
        """The label of a column as a menu prints it."""
        return column.spelling

    def sitemap_path(self) -> str:
        """Address of the site map."""
        return "/wzdt/"

    def listing_words(self, site: Site, column: Column, count: int, index: int) -> Mapping[str, object]:
        """Further words of its template of a list page."""
        return {}

    def article_words(self, site: Site, column: Column, article: Article) -> Mapping[str, object]:
        """Further words of its template of an article."""
        return {}

    def page(self, press: Press, site: Site, template: str, path: str, words: Mapping[str, object]) -> Answer:
        """One page from the words of its template."""
        return press.render(site, template, path, words)

    def stray(self, says: str, answers: Mapping[str, Answer]) -> Answer:
        """What a host says of an address that it does not have."""
        return answers[says]

    def finish(self, press: Press, grove: Grove, pages: Pages) -> Pages:
        """All answers, once every page is printed."""
        return pages

    def services(self, press: Press, grove: Grove, pages: Pages) -> Mapping[Address, Service]:
        """Addresses that answer by what is asked of them."""
        return {}


def noisy(label: str, noise: str, count: int) -> str:
    """A label with what menus add to it: "bar", "count", "padded" or nothing."""
    if noise == "bar":
        return f"{label}|"
    if noise == "count":
        return f"{label}（{count}）"
    if noise == "padded" and len(label) <= 4:
        return "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}".join(label)
    return label


def readdress(
    grove: Grove,
    column: Callable[[Site, Column], str],
    article: Callable[[Site, Column, Article], str],
    file: Callable[[Site, Article, File, int], str],
) -> None:
    """Give every column, front page, article and file the address that a family's software would."""
    for site in grove.sites.values():
        for one in site.trunk.below():
            if one is not site.trunk or site.root != "portal":
                one.folder = column(site, one)
        site.front = site.trunk.folder
        for one in site.trunk.below():
            for written in one.articles:
                written.path = article(site, one, written)
                for index, beside in enumerate(files_of_article(written)):
                    beside.path = file(site, written, beside, index)


def files_of_article(article: Article) -> tuple[File, ...]:
    """Files beside an article, and the one that stands in its place."""
    return (*article.resources, *((article.file,) if article.file else ()))


def address_articles(rng: random.Random, site: Site) -> None:
    """Give every article and file of a site its path, in the manner of TRS."""
    for column in site.trunk.below():
        for article in column.articles:
            day = article.published_on
            number = rng.randrange(1_000_000, 9_999_999)
            article.path = f"{column.folder}{day:%Y%m}/t{day:%Y%m%d}_{number}.html"
            for index, file in enumerate(files_of_article(article)):
                letter = "P" if file.ending in ("pdf", "png") else "W"
                file.path = f"{column.folder}{day:%Y%m}/{letter}0{day:%Y%m%d}{number}{index:03d}.{file.ending}"
