"""Inserted levels: containers that the portal puts between two steps and the printed path leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.path import Step
from catalog.spelling import fold
from crawler.page.page import Page
from crawler.plan import Node
from crawler.walking.bearings import Bearings
from crawler.walking.landing import Landing
from crawler.walking.places import Place, offers, own_entries
from crawler.walking.scheduling import Course
from crawler.walking.stepping import Found, choose, enter, find_step
from ledger.observation import MatchKind


def through_inserted(
    bearings: Bearings, places: Sequence[Place], node: Node, index: int, pages: list[Page]
) -> Course[Found | None]:
    """Look for a step below a level that stands in between.

    Levels come and go on both sides (catalog/data/aliases/levels.toml): 政府信息公开目录 may stand under 政务公开
    although the path does not say so, and a level found by another name may hold the one of its own name. Only the
    level's own name counts.

    Args:
        places: where the step was not offered.
        index: of the step in its path.
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
    return None


def _levels_between(bearings: Bearings, place: Place, node: Node) -> list[str]:
    passed = {fold(step.label) for step in place.trail} | {fold(place.spelling)}
    parents = bearings.aliases.fitting_parents(node.step.label) if node.step.may_be_skipped else ()
    own = [place.names[0]] if place.names and place.leaf_match is MatchKind.ALIAS else []
    return own + [label for label in parents if fold(label) not in passed]


def _by_its_spelling(place: Place) -> Place:
    """The place by the name it was followed by alone, so that an entry of the step's own name is another one."""
    if place.leaf_match is not MatchKind.ALIAS:
        return place
    names = (place.spelling,)
    return replace(place, names=names, entries=own_entries(place.page, names, ()))
