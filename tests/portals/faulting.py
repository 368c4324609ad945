"""How each fault is done to a healthy column."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from datetime import date, timedelta

from catalog.obligation import Obligation
from catalog.requirement import Scope
from portals.branches import Folders, Grove, Site, child_of
from portals.columns import Article, Column, Door, Shape
from portals.filling import article, attachment
from portals.wording import PLACE, statement_title, unrelated

_YEAR = re.compile(r"20[12]\d")
ALIASES = {"预算/决算": ("财政预决算", "预决算公开", "部门预决算"), "联系我们": ("联系方式",), "文字": ("文字解读",)}


def _redate(one: Article, day: date) -> None:
    one.published_on = day
    one.tag_date = day if one.tag_date else None


def all_late(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """Nothing was there by the deadline; all came in the last weeks."""
    for number, one in enumerate(column.articles):
        _redate(one, as_of - timedelta(days=1 + number * 2))


def without_last_year(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """The report for last year is not there, those before are."""
    column.articles = [one for one in column.articles if str(as_of.year - 1) not in one.title]
    for one in column.articles:
        if one.published_on.year >= as_of.year:
            _redate(one, one.published_on.replace(year=as_of.year - 1))


def dead_resource(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """The newest article's file does not answer."""
    newest = column.newest
    if newest is not None:
        if not newest.resources:
            newest.files.append(attachment(rng, newest.title[:12]))
        newest.resources[0].content = None


def without_policy(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """The newest interpretation links to nothing."""
    newest = column.newest
    if newest is not None:
        newest.related, newest.files = [], []


def without_link_back(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """The policy does not link back."""
    newest = column.newest
    for _, policy in newest.related if newest is not None else ():
        policy.related = []


def stale(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """Nothing new for the better part of a year."""
    for one in column.articles:
        _redate(one, one.published_on - timedelta(days=250))


def stale_for_years(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """Nothing new for two years."""
    for one in column.articles:
        _redate(one, one.published_on - timedelta(days=760))
        one.title = _YEAR.sub(lambda found: str(int(found.group()) - 2), one.title)


def mismatched(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """Rows that have nothing to do with the column."""
    column.headed = False
    days = [one.published_on for one in column.sorted_articles()][:6]
    column.articles = []
    for title, day in zip(unrelated(PLACE, len(days)), days, strict=True):
        made = article(rng, site, title, day)
        made.paragraphs = [f"{title}。", "欢迎广大市民朋友积极参与。"]
        column.articles.append(made)


def without_office_hours(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """办公时间 is not told."""
    _drop(column, "办公时间")


def without_telephone(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """No telephone number."""
    _drop(column, "联系电话")


def _drop(column: Column, word: str) -> None:
    for one in column.articles:
        one.paragraphs = [text for text in one.paragraphs if word not in text]


def element_in_attachment(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """An element is not in the text, but a file is attached that may hold it."""
    _drop(column, "办公时间")
    column.articles[0].files.append(attachment(rng, f"{site.name}政府信息公开指南", "doc"))


def guide_is_a_file(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """The page holds nothing but a file."""
    column.articles[0].paragraphs = []
    column.articles[0].files.append(attachment(rng, f"{site.name}政府信息公开指南", "pdf"))


def stated_on_the_page(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """情况说明 is the column's own page."""
    statement(rng, site, column, as_of)
    column.shape = Shape.ARTICLE


def without_last_element(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """The last element of the table is not there."""
    for one in column.articles:
        for grid in one.grids:
            grid.headers = grid.headers[:-1]
            grid.rows = tuple(row[:-1] for row in grid.rows)


def without_edition(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """The edition that the notice names is not there, an older one is."""
    for one in column.articles:
        one.title = one.title.replace("2020", "2019")


def statement(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """情况说明 in place of content."""
    title = statement_title(site.name, column.label, as_of.year)
    made = article(rng, site, title, as_of - timedelta(days=rng.randrange(40, 200)))
    made.paragraphs = [f"经清理，{site.name}{as_of.year}年度无{column.label}相关信息，特此说明。"]
    made.statement = True
    column.articles = [made]


def empty(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """The frame of a list and nothing in it."""
    column.articles = []
    column.shape = Shape.LIST


def empty_with_words(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """The site's own words for an empty list."""
    empty(rng, site, column, as_of)
    column.empty_words = "暂无信息"


def empty_below(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """All sub-columns are empty."""
    for child in column.children:
        child.articles = []


def without_repealed(rng: random.Random, site: Site, column: Column, as_of: date) -> None:
    """The sub-column 失效/废止 is not offered."""
    for child in column.children:
        if child.label == "失效/废止":
            child.door = Door.NOT_OFFERED


def rename(rng: random.Random, column: Column) -> None:
    """The site prints another usual name."""
    column.spelling = rng.choice(ALIASES[column.label])


def move(site: Site, column: Column, folders: Folders) -> None:
    """Offered under another parent than the mandated one."""
    if column.parent is None:
        raise ValueError("a trunk is not moved")
    column.parent.children.remove(column)
    if site.root == "portal":
        target = child_of(child_of(site.trunk, "政府信息公开", folders), "政府信息公开制度", folders)
        target = target.parent or target
        target = child_of(target, "法定主动公开内容", folders)
    else:
        target = child_of(site.trunk, "便民服务", folders)
        target.shape = Shape.MENU
        if not target.children:
            rules = target.add(Column("办事须知", folders.under(target.folder, "办事须知")))
            for one in column.articles[:2]:
                rules.articles.append(Article(f"{site.name}办事须知", one.published_on, site.name, ["办事须知。"]))
    target.add(column)
    column.door = Door.MOVED


def share_rows(rng: random.Random, portal: Site, shared: Column, own: Column) -> None:
    """The organ's articles stand in the portal's column instead."""
    for one in own.articles:
        made = article(rng, portal, one.title, one.published_on)
        made.source = one.source
        shared.articles.append(made)


def central_list_gaps(rng: random.Random, grove: Grove, duties: Sequence[Obligation]) -> None:
    """Give the central list a row for each organ, and take some away."""
    by_column: dict[int, list[Obligation]] = {}
    for duty in duties:
        if duty.requirement.scope is Scope.CENTRAL_LIST and duty.path is not None:
            column = grove.places[duty.roots[0], duty.path.labels[1:]]
            by_column.setdefault(id(column), []).append(duty)
            column.planted = "central_list"
    for column in (column for column in grove.places.values() if id(column) in by_column):
        some = by_column[id(column)]
        column.articles, column.rows_a_page, column.shape = [], 8, Shape.LIST
        without = {duty.organ.id for duty in rng.sample(some[2:], min(4, len(some) // 4))}
        day = date(2021, 5, 28)
        for duty in some:
            organ = duty.organ
            if organ.id not in without:
                title = f"{organ.name}2020年度法治政府建设情况报告"
                column.articles.append(article(rng, grove.sites["portal"], title, day))
            day -= timedelta(days=rng.randrange(0, 4))
