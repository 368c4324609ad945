"""Faults (问题) planted by a seed: which column gets which, only where the directories can show it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from catalog.obligation import Obligation
from portals import faulting
from portals.branches import Folders, Grove, Site, steps_of
from portals.columns import Column, Door
from portals.refusing import REASONS
from portals.variety import vary

Change = Callable[["Plot", Site, Column], None]


@dataclass(slots=True, eq=False)
class Plot:
    """Plot (布设现场): everything that planting reads and changes."""

    rng: random.Random
    grove: Grove
    as_of: date
    folders: Folders
    taken: set[int] = field(default_factory=set)

    def column(self, root: str, *labels: str) -> Column | None:
        """The mandated column with these last labels at a root, if an obligation asked for one."""
        for (place_root, steps), column in self.grove.places.items():
            if place_root == root and steps[-len(labels) :] == labels:
                return column
        return None

    def plant(self, root: str, labels: Sequence[str], fault: str, change: Change) -> bool:
        """Plant a fault on a column that has none yet."""
        column = self.column(root, *labels)
        if column is None or id(column) in self.taken:
            return False
        self.taken.add(id(column))
        change(self, self.grove.sites[root], column)
        column.planted = column.planted or fault
        return True


def _door(door: Door, *, bait: bool = False) -> Change:
    def change(plot: Plot, site: Site, column: Column) -> None:
        column.door, column.bait = door, bait

    return change


def refused_as(kind: str) -> Change:
    """A column that refuses in one way."""

    def change(plot: Plot, site: Site, column: Column) -> None:
        if kind == "script_list":
            column.script_list = True
            return
        column.door, column.refusal = Door.REFUSED, kind

    return change


def _content(change: Callable[[random.Random, Site, Column, date], None]) -> Change:
    return lambda plot, site, column: change(plot.rng, site, column, plot.as_of)


def _moved(plot: Plot, site: Site, column: Column) -> None:
    site.menu_style = "nested" if site.menu_style == "written" else site.menu_style  # nesting tells the parent
    site.menu_depth = 3  # where it stands now must be seen from the front page, else nobody can find it
    faulting.move(site, column, plot.folders)


def _renamed(plot: Plot, site: Site, column: Column) -> None:
    faulting.rename(plot.rng, column)


# What is planted at organs, in turn: label, fault, change, how many at most.
REFUSED_LABELS = ("年度工作计划", "重点工作进展", "收费项目", "政府信息公开指南")
AT_ORGANS: tuple[tuple[str, str, Change, int], ...] = (
    ("收费项目", "offsite", _door(Door.OFFSITE), 2),
    ("收费项目", "statement", _content(faulting.statement), 3),
    ("年度工作计划", "script_list", refused_as("script_list"), 1),
    *(
        (REFUSED_LABELS[number % 4], kind, refused_as(kind), 1)
        for number, kind in enumerate(sorted(set(REASONS) - {"unavailable"}))
        if kind not in ("script_menu", "script_list", "challenge_521")
    ),
    ("年度工作计划", "published_late", _content(faulting.all_late), 4),
    ("政府信息公开年报", "overdue", _content(faulting.without_last_year), 4),
    ("政策解读", "dead_attachment", _content(faulting.dead_resource), 3),
    ("政策解读", "no_link_to_policy", _content(faulting.without_policy), 2),
    ("政策解读", "no_link_back", _content(faulting.without_link_back), 2),
    ("重点工作进展", "stale", _content(faulting.stale), 3),
    ("预算/决算", "stale", _content(faulting.stale_for_years), 2),
    ("预算/决算", "mismatched", _content(faulting.mismatched), 3),
    ("政府信息公开指南", "element_lacking", _content(faulting.without_office_hours), 3),
    ("联系我们", "no_telephone", _content(faulting.without_telephone), 2),
    ("重点工作进展", "empty", _content(faulting.empty), 3),
    ("收费项目", "empty_with_words", _content(faulting.empty_with_words), 2),
    ("预算/决算", "missing", _door(Door.NOT_OFFERED, bait=True), 3),
    ("联系我们", "missing", _door(Door.NOT_OFFERED), 3),
    ("年度工作计划", "missing", _door(Door.NOT_OFFERED, bait=True), 2),
    ("预算/决算", "moved", _moved, 2),
    ("重点工作进展", "moved", _moved, 2),
    ("年度工作计划", "dead_link", _door(Door.DEAD), 2),
    ("收费项目", "dead_link", _door(Door.SAYS_GONE), 1),
    ("重点工作进展", "dead_link", _door(Door.HOME), 1),
    ("预算/决算", "renamed", _renamed, 2),
    ("联系我们", "renamed", _renamed, 2),
    ("本区县（本部门）规范性文件", "sub_column_lacking", _content(faulting.without_repealed), 2),
    ("本区县（本部门）规范性文件", "all_sub_columns_empty", _content(faulting.empty_below), 2),
    ("政府信息公开年报", "challenge_521", refused_as("challenge_521"), 1),
    ("政府信息公开指南", "guide_is_a_file", _content(faulting.guide_is_a_file), 1),
    ("收费项目", "stated_on_the_page", _content(faulting.stated_on_the_page), 1),
    ("政府信息公开指南", "element_in_attachment", _content(faulting.element_in_attachment), 1),
)


AT_PORTAL: tuple[tuple[tuple[str, ...], str, Change], ...] = (
    (("健康中国重庆行动",), "empty", _content(faulting.empty)),
    (("健康科普",), "moved", _moved),
    (("爱国卫生运动",), "dead_link", _door(Door.DEAD)),
    (("地方政府债务",), "element_lacking", _content(faulting.without_last_element)),
    (("政府公报",), "stale", _content(faulting.stale_for_years)),
    (("市政府规章",), "published_late", _content(faulting.all_late)),
    (("国土空间规划",), "mismatched", _content(faulting.mismatched)),
    (("市场准入负面清单",), "item_missing", _content(faulting.without_edition)),
    (("视频",), "dead_video", _content(faulting.dead_resource)),
    (("图片",), "no_link_back", _content(faulting.without_link_back)),
    (("文字",), "renamed", _renamed),
    (("重大建设项目",), "customary_missing", _door(Door.NOT_OFFERED, bait=True)),
    (("渝快办",), "offsite", _door(Door.OFFSITE)),
    (("“六稳”“六保”", "政策解读"), "script_list", refused_as("script_list")),
    (("疫情防控", "重要政策"), "maintenance", refused_as("maintenance")),
)


def plant(rng: random.Random, grove: Grove, duties: Sequence[Obligation], as_of: date, folders: Folders) -> None:
    """Plant all faults."""
    plot = Plot(rng, grove, as_of, folders)
    for labels, fault, change in AT_PORTAL:
        plot.plant("portal", labels, fault, change)
    missing_level(plot)
    faulting.central_list_gaps(rng, grove, duties)
    organs = [site for site in grove.sites.values() if site.root != "portal" and site.seat.organ.kind != "institution"]
    ordinary = _special_organs(plot, organs)
    plot.taken |= vary(rng, grove, ordinary, folders)
    _only_at_portal(plot, ordinary)
    order = list(ordinary)
    for label, fault, change, count in AT_ORGANS:
        rng.shuffle(order)
        planted = 0
        for site in order:
            if planted == count or (len(ordinary) < 8 and planted == 1):
                break
            planted += plot.plant(site.root, (label,), fault, change)


def missing_level(plot: Plot) -> None:
    """防疫服务 is not offered: what hangs below it hangs on it."""
    leaf = plot.column("portal", "防疫服务", "核酸检测点")
    if leaf is not None and leaf.parent is not None:
        leaf.parent.door = Door.NOT_OFFERED
        leaf.parent.planted = "level_missing"


def _special_organs(plot: Plot, organs: Sequence[Site]) -> list[Site]:
    """Organs whose whole page has a fault; the rest are returned."""
    if len(organs) < 8:
        return list(organs)
    departments = [site for site in organs if site.seat.organ.kind == "department"]
    towns = [site for site in organs if site.seat.organ.kind != "department"]
    refused, unlisted, script, bare = departments[-1], departments[-2], towns[-1], departments[-3]
    refused.host, refused.refusal = 1, "challenge_412"
    unlisted.door = "unlisted"
    script.refusal = "script_menu"
    platform = next(column for column in bare.trunk.children if column.label == "政府信息公开")
    platform.door, platform.planted = Door.NOT_OFFERED, "level_missing"
    return [site for site in organs if site not in (refused, unlisted, script, bare)]


def _only_at_portal(plot: Plot, organs: Sequence[Site]) -> None:
    """A department that publishes its budget only in the portal's column."""
    candidates = [site for site in organs if site.seat.organ.id == "education"] or list(organs[:1])
    for site in candidates:
        shared = plot.column("portal", "预算/决算")
        own = plot.column(site.root, "预算/决算")
        if shared is not None and own is not None:
            plot.taken.add(id(own))
            own.door, own.planted = Door.NOT_OFFERED, "only_at_portal"
            faulting.share_rows(plot.rng, plot.grove.sites["portal"], shared, own)


def organ_obligations(duties: Sequence[Obligation], site: Site) -> tuple[Obligation, ...]:
    """Obligations that begin at a site."""
    return tuple(duty for duty in duties if duty.path is not None and duty.roots[0] == site.root and steps_of(duty))
