"""Repairing (整改): columns of a planted portal get back what they were before their fault was planted."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from catalog.obligation import Obligation
from portals.branches import Grove, steps_of
from portals.columns import Column, Door


def repair(grove: Grove, healthy: Grove, duties: Iterable[Obligation], repaired: Collection[str]) -> None:
    """Put the columns of these obligations back as they stand in ``healthy``, a copy made before planting.

    Raises:
        ValueError: an obligation that is walked nowhere, or a column whose articles others link to.
    """
    owed = {duty.id: duty for duty in duties}
    for obligation_id in repaired:
        duty = owed[obligation_id]
        place = (duty.roots[0], steps_of(duty))
        if place not in grove.places:
            raise ValueError(f"{obligation_id} has no column")
        for column, before in zip(grove.chains[place], healthy.chains[place], strict=True):
            if column.door is Door.MOVED:
                _move_back(column, before, grove, place[0])
            column.door, column.spelling = before.door, before.spelling
        _restore(grove.places[place], healthy.places[place])


def _move_back(column: Column, before: Column, grove: Grove, root: str) -> None:
    """Under its old parent again, where it stood among its siblings."""
    assert column.parent is not None
    assert before.parent is not None
    column.parent.children.remove(column)
    below_root = {one.folder: one for one in grove.sites[root].trunk.below()}
    parent = below_root[before.parent.folder]
    parent.children.insert(before.parent.children.index(before), column)
    column.parent = parent


def _restore(column: Column, before: Column) -> None:
    if any(article.related for article in before.articles):
        raise ValueError(f"{column.label}: its articles are linked with others and cannot be put back alone")
    column.articles = before.articles
    column.shape, column.grid, column.headed = before.shape, before.grid, before.headed
    column.empty_words, column.planted, column.bait = before.empty_words, before.planted, before.bait
    column.refusal, column.script_list = before.refusal, before.script_list
    for child, was in zip(column.children, before.children, strict=True):
        child.door = was.door
        _restore(child, was)
