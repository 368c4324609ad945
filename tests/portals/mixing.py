"""Faults drawn by a seed (问题抽取): some of all that can be planted, on some organs; another choice for every seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from catalog.obligation import Obligation
from portals import faulting
from portals.branches import Folders, Grove, Site
from portals.columns import Column, Door
from portals.planting import AT_ORGANS, AT_PORTAL, REFUSED_LABELS, Change, Plot, missing_level, refused_as
from portals.refusing import DELIVERIES, REASONS
from portals.variety import vary_mixed


def _delivered(kind: str) -> Change:
    def change(plot: Plot, site: Site, column: Column) -> None:
        column.delivery = kind if site.charset == "utf-8" else ""

    return change


# Beside the faults above: odd deliveries of healthy columns, and refusals that the demonstration has no room for.
_MIXED = (
    *AT_ORGANS,
    ("收费项目", "unavailable", refused_as("unavailable"), 1),
    *(
        (label, kind, _delivered(kind), 1)
        for kind, label in zip(DELIVERIES, (*REFUSED_LABELS, "联系我们"), strict=True)
    ),
)
_MOST_REFUSED = 5
"""A host that refuses five visits in a row is left alone, which is right and would hide the rest of the truth."""


def plant_mixed(rng: random.Random, grove: Grove, duties: Sequence[Obligation], as_of: date, folders: Folders) -> None:
    """Plant some of the faults, on some of the organs, as the seed will have it."""
    plot = Plot(rng, grove, as_of, folders)
    for labels, fault, change in rng.sample(AT_PORTAL, rng.randrange(4, 11)):
        plot.plant("portal", labels, fault, change)
    if rng.random() < 0.5:
        missing_level(plot)
    faulting.central_list_gaps(rng, grove, duties)
    organs = [site for site in grove.sites.values() if site.root != "portal" and site.seat.organ.kind != "institution"]
    ordinary = _mixed_organs(plot, organs)
    plot.taken |= vary_mixed(rng, grove, ordinary, plot.folders)
    refused = 0
    for label, fault, change, _ in rng.sample(_MIXED, len(_MIXED)):
        refused += fault in REASONS
        if rng.random() < 0.6 and (fault not in REASONS or refused <= _MOST_REFUSED):
            plot.plant(rng.choice(ordinary).root, (label,), fault, change)
    unknown = rng.choice(("honest", "honest", "says_gone", "home"))
    for site in grove.sites.values():
        site.unknown = unknown


def _mixed_organs(plot: Plot, organs: Sequence[Site]) -> list[Site]:
    """At most one organ's whole page has a fault; the rest are returned."""
    rng = plot.rng
    kind = rng.choice(("", "", "refused", "unlisted", "script", "bare"))
    site = rng.choice(organs)
    if kind == "refused":
        site.host, site.refusal = 1, rng.choice(("challenge_412", "unavailable", "shield", "maintenance"))
    elif kind == "unlisted":
        site.door = "unlisted"
    elif kind == "script":
        site.refusal = "script_menu"
    elif kind == "bare":
        platform = next(column for column in site.trunk.children if column.label == "政府信息公开")
        platform.door, platform.planted = Door.NOT_OFFERED, "level_missing"
    return [one for one in organs if not kind or one is not site]
