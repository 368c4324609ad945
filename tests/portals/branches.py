"""The trees that sites grow: one column for every level that an obligation names."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from catalog.obligation import Obligation
from portals.columns import Column, Shape
from portals.roster import Roster, Seat
from portals.wording import FOLDERS

Place = tuple[str, tuple[str, ...]]
"""Root and steps, as observations name them."""

_CATALOGUE = ("政务公开", "政府信息公开目录")


@dataclass(slots=True, eq=False)
class Site:
    """Site (站点): the portal's own tree or an organ's page, with the habits of its templates.

    Attributes:
        menu_depth: how many levels of the menu its front page shows.
        portal_nav: the portal's main menu stands on its pages too.
        door: how the portal's index leads to it; "listed" or "unlisted".
        refusal: kind of refusal of the whole site, or empty.
    """

    root: str
    name: str
    seat: Seat
    front: str
    host: int = 0
    trunk: Column = field(default_factory=lambda: Column("", "/"))
    charset: str = "utf-8"
    menu_style: str = "nested"
    menu_depth: int = 3
    portal_nav: bool = False
    base_href: str = ""
    crumb_words: str = "您当前的位置："
    crumb_sep: str = "&gt;"
    tagged: bool = True
    word_paste: bool = False
    door: str = "listed"
    refusal: str = ""
    unknown: str = "honest"
    """What it says of an address it does not have: "honest" (404), "says_gone" (200) or "home"."""
    crumb_gaps: tuple[str, ...] = ()
    """Levels that its breadcrumbs leave out."""


@dataclass(slots=True, eq=False)
class Grove:
    """All sites of a portal, and where each mandated place stands."""

    sites: dict[str, Site]
    places: dict[Place, Column] = field(default_factory=dict)
    chains: dict[Place, tuple[Column, ...]] = field(default_factory=dict)


def steps_of(obligation: Obligation) -> tuple[str, ...]:
    """Labels of a path without 政府网站."""
    return obligation.path.labels[1:] if obligation.path else ()


def canonical(root: str, steps: tuple[str, ...]) -> tuple[str, ...]:
    """Steps with the level that the same notice prints once and omits once (政务公开>政府信息公开目录)."""
    if root == "portal" and steps[:1] == ("政府信息公开目录",):
        return (*_CATALOGUE, *steps[1:])
    return steps


class Folders:
    """Hands out folder names: pinyin where known, else a number; never twice under one parent."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()

    def under(self, parent: str, label: str) -> str:
        """A new folder path below ``parent``."""
        base = FOLDERS.get(label) or f"lm_{self._rng.randrange(10000, 99999)}"
        folder = f"{parent}{base}/"
        while folder in self._taken:
            folder = f"{parent}{base}_{self._rng.randrange(100, 99999)}/"
        self._taken.add(folder)
        return folder


def child_of(parent: Column, label: str, folders: Folders) -> Column:
    """The sub-column with this label, made where there is none."""
    for child in parent.children:
        if child.label == label:
            return child
    return parent.add(Column(label, folders.under(parent.folder, label)))


def plant_path(grove: Grove, root: str, steps: tuple[str, ...], folders: Folders) -> Column:
    """The column of a place, with all levels above it."""
    site = grove.sites[root]
    at = site.trunk
    chain = []
    skip_catalogue_level = root == "portal" and steps[:1] == ("政府信息公开目录",)
    for label in canonical(root, steps):
        at = child_of(at, label, folders)
        at.mandated = True
        chain.append(at)
    grove.places[(root, steps)] = at
    grove.chains[(root, steps)] = tuple(chain[1:] if skip_catalogue_level else chain)
    return at


def grow(obligations: Iterable[Obligation], known: Roster, folders: Folders) -> Grove:
    """Sites with a column for every path that an obligation names from its first root."""
    sites = {"portal": Site("portal", "云川区人民政府", known.seats[0], "/", trunk=Column("首页", "/"))}
    for seat in known.seats[1:]:
        group = "bm" if seat.organ.kind in ("department", "institution") else "zj"
        front = f"/{group}/{seat.folder}/"
        root = f"organ:{seat.organ.id}"
        sites[root] = Site(root, seat.organ.name, seat, front, trunk=Column(seat.organ.name, front))
    grove = Grove(sites)
    portal = sites["portal"].trunk
    for label in ("政务公开", "政府信息公开"):
        child_of(portal, label, folders)
    for label in ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开"):
        child_of(portal.children[1], label, folders)
    for site in list(sites.values())[1:]:
        platform = child_of(site.trunk, "政府信息公开", folders)
        for label in ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报"):
            child_of(platform, label, folders)
        about = child_of(child_of(platform, "法定主动公开内容", folders), "机关简介", folders)
        child_of(about, "内设机构", folders)
    for obligation in obligations:
        if obligation.path is None or obligation.requirement.scope == "manual":
            continue
        plant_path(grove, obligation.roots[0], steps_of(obligation), folders)
    for column in (column for site in sites.values() for column in site.trunk.below()):
        if column.children:
            column.shape = Shape.MENU
    return grove
