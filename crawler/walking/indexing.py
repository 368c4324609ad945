"""Menu index: labels of a page's links in comparable form and what hangs below what; made once a page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.spelling import fold
from crawler.page.page import PageLink

REMEMBERED = 32
"""Pages whose index is kept; a walk asks one page many questions before it goes on."""


@dataclass(frozen=True, slots=True)
class MenuIndex:
    """Menu index (菜单索引) of one page.

    Attributes:
        names: of each link, its spellings folded.
        children: links directly below a link.
    """

    names: tuple[frozenset[str], ...]
    children: Mapping[int, tuple[int, ...]]

    def below(self, entries: Sequence[int]) -> dict[int, int]:
        """Links below some entries, in page order, with how many levels they are below the nearest of them."""
        wanted = set(entries)
        found: dict[int, int] = {}
        level, depth = list(wanted), 0
        while level:
            nearer = [child for one in level for child in self.children.get(one, ()) if child not in wanted]
            level = [child for child in nearer if child not in found]
            found.update((child, depth) for child in level)
            depth += 1
        return dict(sorted(found.items()))


_kept: OrderedDict[int, tuple[Sequence[PageLink], MenuIndex]] = OrderedDict()


def menu_index(links: Sequence[PageLink]) -> MenuIndex:
    """The index of these links, remembered while the same sequence is asked about."""
    held = _kept.get(id(links))
    if held is not None and held[0] is links:
        _kept.move_to_end(id(links))
        return held[1]
    children: dict[int, list[int]] = {}
    for number, link in enumerate(links):
        if link.parent is not None:
            children.setdefault(link.parent, []).append(number)
    names = tuple(frozenset(fold(spelling) for spelling in link.spellings) for link in links)
    made = MenuIndex(names, {parent: tuple(below) for parent, below in children.items()})
    _kept[id(links)] = (links, made)
    while len(_kept) > REMEMBERED:
        _kept.popitem(last=False)
    return made
