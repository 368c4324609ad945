"""Matching: which link of a page is the step that is looked for; pure, best kind first."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalog.aliases import ColumnAliases
from catalog.spelling import fold, normalise
from crawler.page.page import PageLink
from ledger.observation import MatchKind

_ORDINAL = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}(?:[、．]|\.(?!\d))|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]、?)\s*"
)


_FLAG = re.compile(r"(?<=[^a-z])(?:new|hot|more|更多)!?$")
"""Words beside a label that are a picture or a link of their own (收费项目 NEW, 政策解读 更多>>)."""
SHORTEST = 2
"""No label is matched by a single character."""


@lru_cache(maxsize=200_000)
def _form(spelling: str) -> str:
    """Normal form without a number in front (一、公开指南); the same menus stand on every page and are formed once."""
    text = fold(without_ordinal(spelling))
    plain = _FLAG.sub("", text)
    return normalise(plain if len(plain) >= SHORTEST else text)


def without_ordinal(label: str) -> str:
    """A label without the number that a menu prints before it; a label that is only that stays."""
    return _ORDINAL.sub("", label) or label


PAGES_INDEXED = 32
"""Pages whose labels are kept in comparable form."""
KIND_ORDER = {MatchKind.EXACT: 0, MatchKind.NORMALISED: 1, MatchKind.ALIAS: 2}


@dataclass(frozen=True, slots=True, order=True)
class Nearness:
    """Nearness (所处位置) of a link to the place where the walk stands; smaller is nearer.

    Attributes:
        tier: 0 nested under the place, 1 the same menu, 2 elsewhere on the page, 3 the foot of the page.
        depth: levels between the place and the link.
        doubtful: it stands under another parent, or on every page of the site; believed only if its page confirms it.
    """

    tier: int
    depth: int = 0
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Candidate (候选栏目): a link that may be the step looked for.

    Attributes:
        index: into the page's links.
        spelling: the name by which it matched, as the page prints it.
        by_title: it matched by its ``title`` attribute, not by what is visible.
    """

    index: int
    kind: MatchKind
    spelling: str
    by_title: bool
    near: Nearness

    @property
    def rank(self) -> tuple[int, int, bool, int]:
        """Smaller is better; candidates of one rank are looked into."""
        return (KIND_ORDER[self.kind], self.near.tier, self.by_title, self.near.depth)


def worse(one: MatchKind | None, other: MatchKind | None) -> MatchKind | None:
    """The worse of two kinds; None counts as none matched yet."""
    kinds = [kind for kind in (one, other) if kind is not None]
    return max(kinds, key=KIND_ORDER.__getitem__, default=None)


def variants_of(label: str, aliases: ColumnAliases, organ_names: Sequence[str] = ()) -> tuple[str, ...]:
    """Other spellings of a step, templates filled with each of the organ's names."""
    filled = (variant for name in organ_names or ("",) for variant in aliases.variants(label, name))
    return tuple(dict.fromkeys(filled))


def match_label(label: str, spelling: str, aliases: ColumnAliases, organ_names: Sequence[str] = ()) -> MatchKind | None:
    """How a printed spelling names a step, or None.

    Args:
        label: of the step, as printed in the notice.
        spelling: as the page prints it.
        organ_names: names that fill templates (本部门规范性文件); empty at the portal.
    """
    shown = spelling.strip()
    if len(_form(shown)) < SHORTEST:
        return None
    if shown == label.strip():
        return MatchKind.EXACT
    form = _form(shown)
    if form == _form(label):
        return MatchKind.NORMALISED
    if any(form == _form(variant) for variant in variants_of(label, aliases, organ_names)):
        return MatchKind.ALIAS
    return None


_indexed: OrderedDict[int, tuple[Sequence[PageLink], dict[str, list[int]]]] = OrderedDict()


def _by_form(links: Sequence[PageLink]) -> dict[str, list[int]]:
    """Links by the normal form of their names; made once a page, for a menu may hold thousands."""
    held = _indexed.get(id(links))
    if held is not None and held[0] is links:
        _indexed.move_to_end(id(links))
        return held[1]
    found: dict[str, list[int]] = {}
    for index, link in enumerate(links):
        for form in {_form(spelling) for spelling in link.spellings}:
            found.setdefault(form, []).append(index)
    _indexed[id(links)] = (links, found)
    while len(_indexed) > PAGES_INDEXED:
        _indexed.popitem(last=False)
    return found


def named(
    label: str, links: Sequence[PageLink], aliases: ColumnAliases, organ_names: Sequence[str] = ()
) -> tuple[int, ...]:
    """Indices of the links that go by a step's name or another spelling of it, in page order."""
    forms = {_form(one) for one in (label, *variants_of(label, aliases, organ_names))}
    known = _by_form(links)
    return tuple(sorted({index for form in forms if len(form) >= SHORTEST for index in known.get(form, ())}))


def match_step(
    label: str,
    links: Sequence[PageLink],
    near: Mapping[int, Nearness],
    aliases: ColumnAliases,
    organ_names: Sequence[str] = (),
) -> tuple[Candidate, ...]:
    """All links that may be the step, best first.

    Exact before normalised before alias; within a kind nested before the same menu before elsewhere, what is visible
    before the title. An alias that is itself a mandated name, or belongs to two columns, counts only under a fitting
    parent and when the step's own name is not offered beside it (CONTRACTS "Choosing an adapter").

    Args:
        near: the links to consider, by index, and how near they are.
    """
    found = []
    for index in named(label, links, aliases, organ_names):
        nearness = near.get(index)
        if nearness is None:
            continue
        best = _best_spelling(label, links[index], aliases, organ_names)
        if best is not None:
            kind, spelling, by_title = best
            found.append(Candidate(index, kind, spelling, by_title, nearness))
    own_name = any(one.kind is not MatchKind.ALIAS for one in found)
    kept = [one for one in found if one.kind is not MatchKind.ALIAS or _believed(label, one, links, aliases, own_name)]
    return tuple(sorted(kept, key=lambda one: (one.near.doubtful, one.rank, one.index)))


def undecided(
    label: str,
    links: Sequence[PageLink],
    near: Mapping[int, Nearness],
    aliases: ColumnAliases,
    organ_names: Sequence[str] = (),
) -> tuple[int, ...]:
    """Links of the place's own menu by a name that may or may not be the step: while there are any, nothing is absent.

    It is no doubt where the name stands under a parent that makes it another column (政府信息公开 > 年度报告).
    """
    found = []
    for index in named(label, links, aliases, organ_names):
        nearness = near.get(index)
        if nearness is None or nearness.doubtful or nearness.tier > 1:
            continue
        best = _best_spelling(label, links[index], aliases, organ_names)
        if best is None or best[0] is not MatchKind.ALIAS or not aliases.is_ambiguous(best[1]):
            continue
        parent = links[index].parent
        above = normalise(links[parent].label) if parent is not None else ""
        others = [one for one in aliases.owners(best[1]) if fold(one.label) != fold(label)]
        if not any(above == normalise(fit) for one in others for fit in one.parents):
            found.append(index)
    return tuple(found)


def _best_spelling(
    label: str, link: PageLink, aliases: ColumnAliases, organ_names: Sequence[str]
) -> tuple[MatchKind, str, bool] | None:
    kinds = [
        (kind, spelling, spelling != link.label)
        for spelling in link.spellings
        if (kind := match_label(label, spelling, aliases, organ_names)) is not None
    ]
    return min(kinds, key=lambda one: (KIND_ORDER[one[0]], one[2]), default=None)


def _believed(label: str, one: Candidate, links: Sequence[PageLink], aliases: ColumnAliases, named: bool) -> bool:
    if not aliases.is_ambiguous(one.spelling):
        return True
    if named:
        return False
    if not one.near.doubtful and one.near.tier == 0 and one.near.depth == 0:
        return True
    parent = links[one.index].parent
    if parent is None:
        return False
    fitting = aliases.fitting_parents(label)
    return any(normalise(links[parent].label) == normalise(fit) for fit in fitting)
