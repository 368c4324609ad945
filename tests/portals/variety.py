"""Lawful variety: sites that differ from the usual template and yet publish what they owe."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from portals.branches import Folders, Grove, Site
from portals.columns import Column, Grid, Shape
from portals.filling import attachment

_LEVEL = "法定主动公开内容"


def leave_out_level(grove: Grove, site: Site) -> None:
    """法定主动公开内容 is not a level of this site: its columns hang directly under 政府信息公开."""
    platform = next(column for column in site.trunk.children if column.label == "政府信息公开")
    level = next(column for column in platform.children if column.label == _LEVEL)
    platform.children.remove(level)
    for child in list(level.children):
        platform.add(child)
    for place, chain in grove.chains.items():
        if level in chain:
            grove.chains[place] = tuple(column for column in chain if column is not level)


def put_level_above(site: Site, folders: Folders) -> None:
    """政府信息公开 hangs under 政务公开, one level more than the notice prints."""
    platform = next(column for column in site.trunk.children if column.label == "政府信息公开")
    place = site.trunk.children.index(platform)
    above = Column("政务公开", folders.under(site.front, "政务公开"), shape=Shape.MENU)
    above.parent = site.trunk
    site.trunk.children[place] = above
    above.add(platform)


def date_without_year(column: Column) -> None:
    """Its list shows month and day only; the articles show the whole date."""
    column.date_style, column.row_style = "no_year", "plain"


def old_tags(column: Column) -> None:
    """PubDate was copied from an older article; list and page show the true date."""
    for one in column.articles:
        if one.tag_date is not None:
            one.tag_date = one.published_on - timedelta(days=800)


def rows_are_files(rng: random.Random, column: Column) -> None:
    """Each row leads to a file at once, there are no articles."""
    for one in column.articles:
        one.file = attachment(rng, one.title[:16], "pdf")


def one_table(site: Site, column: Column) -> None:
    """The column is one table."""
    column.shape = Shape.TABLE
    rows = tuple(
        (str(number), one.title, one.published_on.isoformat(), site.name)
        for number, one in enumerate(column.sorted_articles(), start=1)
    )
    column.grid = Grid(("序号", "项目名称", "公布日期", "主管部门"), rows)
    column.articles = []


def pin_oldest(column: Column) -> None:
    """The oldest article is pinned on top, so the list is not sorted by date."""
    min(column.articles, key=lambda one: one.published_on).pinned = True


def another_inner_name(column: Column, number: int) -> None:
    """机关简介 goes by another usual name; the column below it bears its own."""
    if column.parent is not None and column.parent.label == "机关简介":
        column.parent.spelling = ("机构职能", "机构概况")[number % 2]


def _lawful(rng: random.Random, site: Site, column: Column, label: str, number: int) -> bool:
    """Change one column lawfully; whether a fault there would no longer show as planned."""
    if label == "重点工作进展" and number % 5 == 1:
        date_without_year(column)
    elif label == "重点工作进展" and number % 9 == 4:
        column.date_style, column.row_style = "none", "plain"
    elif label == "重点工作进展" and number % 8 == 5:
        pin_oldest(column)
    elif label == "预算/决算" and number % 4 == 3:
        old_tags(column)
    elif label == "收费项目" and number % 6 == 5:
        rows_are_files(rng, column)
    elif label == "收费项目" and number % 6 == 2:
        one_table(site, column)
    elif label == "收费项目" and number % 6 == 3:
        column.spelling = "收费项目信息"
    else:
        if label == "联系我们" and number % 6 == 1:
            another_inner_name(column, number)
        return False
    return True


def vary(rng: random.Random, grove: Grove, organs: Sequence[Site], folders: Folders) -> set[int]:
    """Give some ordinary organs lawful oddities; returns columns on which a fault would not show (by ``id``)."""
    kept: set[int] = set()
    if len(organs) < 8:
        return kept
    leave_out_level(grove, organs[2])
    put_level_above(organs[4], folders)
    organs[4].menu_depth = 3
    organs[6].menu_style = "written"
    for number, site in enumerate(organs):
        for (root, steps), column in grove.places.items():
            if root != site.root or not column.is_leaf:
                continue
            if _lawful(rng, site, column, steps[-1], number):
                kept.add(id(column))
        _usual_name(grove, site, number)
    return kept


def _usual_name(grove: Grove, site: Site, number: int) -> None:
    """The notice prints a template; what sites print in its place."""
    for (root, steps), column in grove.places.items():
        if root == site.root and steps[-1] == "本区县（本部门）规范性文件" and number % 3 == 0:
            column.spelling = ("本部门规范性文件", "行政规范性文件")[number % 2]


def vary_mixed(rng: random.Random, grove: Grove, organs: Sequence[Site], folders: Folders) -> set[int]:
    """Lawful oddities as the seed will have them; returns columns on which a fault would not show (by ``id``)."""
    kept: set[int] = set()
    for site in organs:
        oddity = rng.choice(("", "", "", "left_out", "put_above", "written"))
        if oddity == "left_out":
            leave_out_level(grove, site)
        elif oddity == "put_above":
            put_level_above(site, folders)
            site.menu_depth = 3
        elif oddity == "written":
            site.menu_style = "written"
        for (root, steps), column in grove.places.items():
            if root == site.root and column.is_leaf and _lawful(rng, site, column, steps[-1], rng.randrange(36)):
                kept.add(id(column))
        _usual_name(grove, site, rng.randrange(6))
    return kept
