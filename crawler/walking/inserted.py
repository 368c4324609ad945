"""Inserted levels: containers that the portal puts between two steps and the printed path leaves out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from catalog.path import Step
from catalog.spelling import fold
from crawler.page.page import Page, Zone
from crawler.plan import Node
from crawler.walking.bearings import Bearings
from crawler.walking.landing import Landing
from crawler.walking.places import Place, offers, own_entries
from crawler.walking.scheduling import Course
from crawler.walking.stepping import Found, choose, enter, find_step
from ledger.observation import MatchKind, TrailStep

_CHANNEL = re.compile(r"政务|公开|政府|政策|信息")
_CHANNEL_LENGTH = 8
_MOST_CHANNELS = 3


def through_inserted(
    bearings: Bearings, places: Sequence[Place], node: Node, index: int, pages: list[Page], again: bool = True
) -> Course[Found | None]:
    """Look for a step below a level that stands in between.

    Levels come and go on both sides (catalog/data/aliases/levels.toml): 政府信息公开目录 may stand under 政务公开
    although the path does not say so, and a level found by another name may hold the one of its own name. Only the
    level's own name counts.

    Args:
        places: where the step was not offered.
        index: of the step in its path.
        again: a level found by another name may hold the one of its own name in turn (政务 > 政务公开 > 目录).
    """
    following = [child.step.label for child in node.children]
    for offered in places:
        between = _levels_between(bearings, offered, node)
        entered = (yield from enter(bearings, offered, pages)) if between else offered
        if isinstance(entered, Landing):
            continue
        place = _by_its_spelling(entered)
        for label in between:
            named = [one for one in offers(bearings, place, label) if one.kind is not MatchKind.ALIAS]
            if not named or named[0].near.doubtful:
                continue
            level = yield from choose(bearings, place, Step(label, True), index, named, [node.step.label], pages)
            found = yield from find_step(bearings, level.place, node.step, index, following, pages)
            if isinstance(found, Found):
                return found
            if again and _is_otherwise_named(level.place):
                deeper = yield from through_inserted(bearings, (level.place,), node, index, pages, again=False)
                if deeper is not None:
                    return deeper
    if bearings.organ is None and node.step.may_be_skipped and places and places[0].is_start:
        return (yield from _on_channels(bearings, places[0], node, index, pages))
    return None


def _on_channels(bearings: Bearings, place: Place, node: Node, index: int, pages: list[Page]) -> Course[Found | None]:
    """A level that no menu of the home page offers, on the channels that may hold it (政务 > 政务公开)."""
    following = [child.step.label for child in node.children]
    for channel in _channels(bearings, place):
        found = yield from find_step(bearings, channel, node.step, index, following, pages)
        if isinstance(found, Found) and found.place.leaf_match is not MatchKind.ALIAS:
            return found
    return None


def _channels(bearings: Bearings, place: Place) -> list[Place]:
    """Entries of the home page that may be a channel with menus of its own, at most three."""
    found: dict[str, Place] = {}
    rows = {row.url for row in place.page.rows}
    for number, link in enumerate(place.page.links):
        name = fold(link.label)
        if not link.url or link.url in rows or link.zone in (Zone.BREADCRUMB, Zone.FOOTER) or link.parent is not None:
            continue
        if not _CHANNEL.search(name) or len(name) > _CHANNEL_LENGTH or name in bearings.leaves:
            continue
        if bearings.is_home(link.url) or not bearings.inside(link.url):
            continue
        stop = TrailStep(link.label, place.page.url, place.page.snapshot_id, None, link.label)
        trail = (*place.trail, stop)
        channel = replace(place, names=(link.label,), entries=(number,), url=link.url, own=False, ways=(link.url,))
        found.setdefault(link.url, replace(channel, trail=trail))
    return list(found.values())[:_MOST_CHANNELS]


def _levels_between(bearings: Bearings, place: Place, node: Node) -> list[str]:
    passed = {fold(step.label) for step in place.trail} | {fold(place.spelling)}
    parents = bearings.aliases.fitting_parents(node.step.label) if node.step.may_be_skipped else ()
    own = [place.names[0]] if place.names and _is_otherwise_named(place) else []
    return own + [label for label in parents if fold(label) not in passed]


def _is_otherwise_named(place: Place) -> bool:
    """Whether the place was followed by another name than its own (政务 for 政务公开)."""
    return place.leaf_match in (MatchKind.ALIAS, MatchKind.NORMALISED)


def _by_its_spelling(place: Place) -> Place:
    """The place by the name it was followed by alone, so that an entry of the step's own name is another one."""
    if not _is_otherwise_named(place):
        return place
    names = (place.spelling,)
    return replace(place, names=names, entries=own_entries(place.page, names, ()))
