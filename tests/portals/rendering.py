"""From drafts to answers: templates filled, links made relative, bytes in the site's own charset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portals.branches import Site
from portals.columns import Article, Column, Door, Shape
from portals.families.family import Family
from portals.publishing import Address, Answer, origin_token
from portals.wording import PLACE, shown_date

TEMPLATES = Path(__file__).parent / "templates"
SITE_CODE = "5009990001"
HOME_NAME = f"{PLACE}人民政府"
_BLOCKS = ("政府信息公开", "政府信息公开目录")


@dataclass(frozen=True, slots=True)
class Entry:
    """Entry (菜单项) of a menu as a template prints it."""

    label: str
    href: str
    children: tuple[Entry, ...] = ()
    bait: bool = False
    blank: bool = False
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """Row (条目) of a list as a template prints it."""

    title: str
    href: str
    date: str


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}..."


def _spaced(text: str) -> str:
    return text if len(text) != 2 else f"{text[0]}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}{text[1]}"


@cache
def _environment(folder: str = "") -> Environment:
    folders = (TEMPLATES / folder, TEMPLATES) if folder else (TEMPLATES,)
    made = Environment(loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined, auto_reload=False)
    made.filters["cut"] = _cut
    made.filters["spaced"] = _spaced
    return made


def encoded(text: str, charset: str) -> bytes:
    """Page text as bytes; what the charset lacks becomes a character reference."""
    return text.encode(charset, errors="xmlcharrefreplace")


def html(text: str, charset: str = "utf-8", status: int = 200) -> Answer:
    """An HTML answer. A GBK site names its charset only in the page, as old ones do."""
    kind = "text/html" if charset != "utf-8" else "text/html; charset=utf-8"
    return Answer(status, (("Content-Type", kind),), encoded(text, charset))


def bare(template: str, status: int = 200, charset: str = "utf-8", folder: str = "", **words: object) -> Answer:
    """A page without the portal's frame (shells, refusals); ``folder`` holds its family's templates."""
    return html(_environment(folder).get_template(template).render(**words), charset, status)


@dataclass(slots=True)
class Press:
    """Press (排版) of one portal: what every page of every site shares.

    Attributes:
        portal: the portal's own site, for its main menu.
        as_of: the night, for the day on which pages say they were built.
    """

    portal: Site
    as_of: date
    family: Family = field(default_factory=Family)

    def page(self, site: Site, template: str, path: str, **words: object) -> Answer:
        """A page of a site, as its family delivers it."""
        return self.family.page(self, site, template, path, self._words(site, path, words))

    def render(self, site: Site, template: str, path: str, words: Mapping[str, object]) -> Answer:
        """A page of a site in the portal's frame, as HTML."""
        return html(_environment(self.family.templates).get_template(template).render(**words), site.charset)

    def _words(self, site: Site, path: str, words: Mapping[str, object]) -> dict[str, object]:
        is_portal = site.root == "portal"
        nav = self._nav(site, path)
        context: dict[str, object] = {
            "charset": site.charset,
            "base_href": site.base_href,
            "place": PLACE,
            "site_code": SITE_CODE,
            "banner": HOME_NAME if is_portal else site.name,
            "banner_sub": f"中国·重庆·{PLACE}" if is_portal else f"{HOME_NAME}　{site.name}专属网页",
            "body_class": "portal" if is_portal else "section",
            "built_at": f"{self.as_of.isoformat()} 02:10:23",
            "nav": nav,
            "crumbs": (),
            "crumb_words": site.crumb_words,
            "crumb_sep": site.crumb_sep,
            "home_href": self.link(site, path, 0, "/"),
            "sitemap_href": self.link(site, path, 0, self.family.sitemap_path()),
            "menu": (),
            "menu_style": site.menu_style,
            "menu_heading": site.name,
            "tags": (),
            "word_paste": site.word_paste,
            "organ_form": self.family.organ_form,
        }
        context.update(words)
        return context

    def _nav(self, site: Site, path: str) -> tuple[Entry, ...]:
        if site.root == "portal":
            return self.menu(
                self.portal, self.portal.trunk, path, 2, first=(Entry("首页", self.link(site, path, 0, "/")),)
            )
        own = (
            Entry("网站首页", self.link(site, path, 0, "/")),
            Entry(site.name, self.link(site, path, site.host, site.front)),
        )
        if not site.portal_nav:
            return own
        return (*own, *(self._portal_entry(site, path, column) for column in self.portal.trunk.children))

    def _portal_entry(self, site: Site, path: str, column: Column) -> Entry:
        host = 2 if column.door is Door.OFFSITE else 0
        return Entry(column.spelling, self.link(site, path, host, column.entry.folder))

    def link(self, site: Site, page: str, host: int, target: str) -> str:
        """A reference from a page of a site: relative on one host, unless its base says otherwise."""
        if host != site.host:
            return origin_token(host) + target
        if site.base_href and target.startswith(site.base_href):
            return target.removeprefix(site.base_href) or "./"
        if site.base_href:
            return target
        return self.family.link(page, target)

    def href(self, site: Site, page: str, column: Column) -> str:
        """Where the menu entry of a column leads."""
        if column.door is Door.OFFSITE:
            return f"{origin_token(2)}{column.folder}"
        if column.refusal == "other_host":
            return f"{origin_token(1)}{column.folder}"
        target = column.folder
        if column.label == "法定主动公开内容" and column.door is Door.OPEN:
            target = column.entry.folder
        return self.link(site, page, site.host, target)

    def menu(self, site: Site, top: Column, page: str, depth: int, first: Iterable[Entry] = ()) -> tuple[Entry, ...]:
        """The menu below a column, as many levels as the page shows."""
        entries = list(first)
        for child in top.children:
            if child.door is Door.NOT_OFFERED:
                if child.bait:
                    entries.append(Entry(child.spelling, self.link(site, page, site.host, child.folder), bait=True))
                continue
            below = self.menu(site, child, page, depth - 1) if depth > 1 and child.children else ()
            blank = child.door is Door.OFFSITE
            entries.append(
                Entry(
                    self.family.shown_label(site, child),
                    self.href(site, page, child),
                    below,
                    blank=blank,
                    spaced=site.word_paste,
                )
            )
        return tuple(entries)

    def crumbs(self, site: Site, page: str, column: Column | None) -> tuple[tuple[str, str | None], ...]:
        """当前位置 of a column's page: the physical place, which may leave levels out."""
        levels: list[Column] = []
        while column is not None and column.parent is not None:
            if column.label not in site.crumb_gaps:
                levels.append(column)
            column = column.parent
        chain: list[tuple[str, str | None]] = [("首页", self.link(site, page, 0, "/"))]
        if site.root != "portal":
            chain.append((site.name, self.link(site, page, site.host, site.front)))
        chain += [(level.spelling, self.href(site, page, level)) for level in reversed(levels)]
        return tuple(chain)


def block_of(column: Column) -> Column:
    """The column whose tree stands in the left menu of this column's pages."""
    at = column
    while at.parent is not None and at.parent.parent is not None and at.label not in _BLOCKS:
        at = at.parent
    return at


def tags_of(site: Site, column: Column | None, article: Article | None) -> tuple[tuple[str, str], ...]:
    """The page's own tags of 国办发〔2017〕47号; a site without tags has none."""
    if not site.tagged:
        return ()
    tags = [("SiteName", HOME_NAME), ("SiteDomain", "www.yunchuan.example"), ("SiteIDCode", SITE_CODE)]
    if column is not None:
        tags += [("ColumnName", column.spelling), ("ColumnType", _column_type(column))]
        tags.append(("ColumnDescription", f"{site.name}{column.spelling}"))
    if article is not None:
        tags += [("ArticleTitle", article.title), ("ContentSource", article.source)]
        if article.tag_date is not None:
            tags.append(("PubDate", f"{article.tag_date.isoformat()} 09:30"))
    return tuple(tags)


def _column_type(column: Column) -> str:
    known: Mapping[str, str] = {
        "政策解读": "政策解读",
        "政府信息公开指南": "信息公开指南",
        "政府信息公开年报": "信息公开年报",
    }
    return known.get(column.label, "信息公开目录")


def shown_rows(
    press: Press, site: Site, column: Column, page: str, articles: Iterable[Article]
) -> tuple[ShownRow, ...]:
    """Rows as the list prints them."""
    return tuple(
        ShownRow(
            one.title,
            press.link(site, page, site.host, one.address),
            shown_date(one.published_on, column.date_style),
        )
        for one in articles
    )


def files_of(press: Press, site: Site, page: str, article: Article) -> tuple[tuple[str, str], ...]:
    """Name and reference of each attachment."""
    return tuple((one.name, press.link(site, page, site.host, one.path)) for one in article.files)


def file_answers(site: Site, article: Article) -> dict[Address, Answer]:
    """Answers of an article's files; a dead file has none."""
    return {
        (site.host, one.path): Answer(200, (("Content-Type", one.content_type),), one.content)
        for one in (*article.resources, *((article.file,) if article.file else ()))
        if one.content is not None
    }


def is_shown(column: Column) -> bool:
    """Whether the column has pages of its own that answer as they should."""
    return column.door in (Door.OPEN, Door.MOVED, Door.NOT_OFFERED) and column.shape is not Shape.MENU
