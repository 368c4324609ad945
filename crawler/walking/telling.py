"""Telling apart (辨别同名栏目): whether a column reached by a name of two columns is the one that was looked for."""

from __future__ import annotations

from catalog.spelling import fold, normalise
from crawler.page.page import Page
from crawler.walking.bearings import Bearings
from crawler.walking.places import Place
from ledger.observation import MatchKind

TEXT = 3000


def is_told_apart(bearings: Bearings, place: Place, page: Page, label: str) -> bool:
    """Whether path and content settle that a column of an ambiguous name (年度报告) is the one looked for.

    Its rows say so by the marks of the data; rows with the marks of the other column say that it is not. Where neither
    speaks, the path decides: it is undecided where the other column may stand under the same levels.
    """
    aliases = bearings.aliases
    if place.leaf_match is not MatchKind.ALIAS or not aliases.is_ambiguous(place.spelling):
        return True
    others = [one for one in aliases.owners(place.spelling) if one.marks and fold(one.label) != fold(label)]
    own = aliases.marks(label)
    if not others or not own:
        return True
    said = fold(" ".join((page.heading, *(row.title for row in page.rows), page.text[:TEXT])))
    if any(fold(mark) in said for mark in own):
        return True
    if any(fold(mark) in said for one in others for mark in one.marks):
        return False
    passed = {normalise(name) for stop in place.trail[:-1] for name in (stop.label, stop.spelling) if name}
    return not any(normalise(parent) in passed for one in others for parent in one.parents)
