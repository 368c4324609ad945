"""Named pages (回复所填网页): what an organ named in a reply is fetched once beside the walk, and read when it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from catalog.aliases import ColumnAliases
from crawler.matching import match_label
from crawler.page.page import Page, Unusable
from crawler.walking.bearings import href
from crawler.walking.walk import Progress, Walk
from ledger.observation import ColumnObservation, ColumnShape, Elsewhere, MatchKind, Observation, Reach
from ledger.work import Arrival, Visit, VisitKind, visit_key

NAMED = "named"
"""Source of an ``Elsewhere`` that an organ named."""
_COLUMNS = (ColumnShape.LIST, ColumnShape.SUBCOLUMNS, ColumnShape.TABLE, ColumnShape.ARTICLE)


@dataclass(frozen=True, slots=True)
class NamedPage:
    """Named page (回复所填网页): an address within the district's scope.

    Attributes:
        places: root and steps of the columns that it is said to show.
    """

    url: str
    places: tuple[tuple[str, tuple[str, ...]], ...]


class NamedWalk:
    """A walk and the named pages beside it: all of it is one look, each page is asked for once.

    What a named page shows never counts as the mandated path. Where the walk found the column absent and the page is a
    column of that very name, it is one more place where the column was found instead (path_deviates).

    Args:
        read: reads one arrival, refusals named; called for a named page only after the walk has ended.
        organ_names: names that fill templates, by root.
    """

    def __init__(
        self,
        walk: Walk,
        named: Sequence[NamedPage],
        *,
        read: Callable[[Arrival], Page | Unusable],
        aliases: ColumnAliases,
        organ_names: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._walk = walk
        self._named = tuple(named)
        self._read = read
        self._aliases = aliases
        self._organ_names = organ_names
        self._waiting = {visit.key: visit for visit in (named_visit(one.url) for one in named)}
        self._given: set[str] = set()
        self._arrived: dict[str, Arrival] = {}

    def wanted(self) -> tuple[Visit, ...]:
        """What the walk wants, and each named page once."""
        new = tuple(visit for key, visit in self._waiting.items() if key not in self._given)
        self._given.update(self._waiting)
        return (*self._walk.wanted(), *new)

    def arrive(self, arrival: Arrival) -> None:
        """Feed one result; a named page is no step of the walk."""
        if arrival.visit.kind is VisitKind.NAMED:
            self._waiting.pop(arrival.visit.key, None)
            self._arrived.setdefault(arrival.visit.key, arrival)
        else:
            self._walk.arrive(arrival)

    def observations(self) -> tuple[Observation, ...]:
        """What was observed since the last call, with the named pages that show an absent column elsewhere."""
        return tuple(self._completed(one) for one in self._walk.observations())

    @property
    def finished(self) -> bool:
        """Whether the walk has ended and every named page has arrived."""
        return self._walk.finished and not self._waiting

    @property
    def progress(self) -> Progress:
        """How far the walk is."""
        return self._walk.progress

    def _completed(self, seen: Observation) -> Observation:
        if not isinstance(seen, ColumnObservation) or seen.reach is not Reach.ABSENT or not seen.steps:
            return seen
        known = {href(one.url) for one in seen.elsewhere}
        found = [
            there
            for one in self._named
            if (seen.root, seen.steps) in one.places
            and (there := self._shown(one, seen)) is not None
            and href(there.url) not in known
        ]
        return replace(seen, elsewhere=(*seen.elsewhere, *found)) if found else seen

    def _shown(self, named: NamedPage, seen: ColumnObservation) -> Elsewhere | None:
        """The named page as the column found elsewhere; None where it is no column of that name."""
        arrival = self._arrived.get(named_visit(named.url).key)
        page = self._read(arrival) if arrival is not None and arrival.reason is None else None
        if not isinstance(page, Page) or page.shape not in _COLUMNS:
            return None
        said = (page.heading, page.tags.get("ColumnName", ""), *(one.label for one in page.breadcrumb[-1:]))
        names = self._organ_names.get(seen.root, ())
        kinds: list[tuple[MatchKind, str]] = []
        for one in said:
            kind = match_label(seen.steps[-1], one, self._aliases, names) if one else None
            if kind is not None and not (kind is MatchKind.ALIAS and self._aliases.is_ambiguous(one)):
                kinds.append((kind, one))
        if not kinds:
            return None
        kind, spelling = kinds[0]
        labels = tuple(one.label for one in page.breadcrumb if one.label) or (spelling,)
        return Elsewhere(page.url, spelling, kind, labels, NAMED, page.snapshot_id)


def named_visit(url: str) -> Visit:
    """The visit of a named page; told apart from the same page as a step of the walk."""
    plain = href(url)
    return Visit(visit_key(plain, VisitKind.NAMED), plain, VisitKind.NAMED)
