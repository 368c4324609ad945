"""Sight (一轮观测): all observations of one look, indexed once by place; and the rule of the control page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ledger.observation import (
    ArticleObservation,
    ColumnObservation,
    ListingObservation,
    Observation,
    PortalObservation,
    ResourceObservation,
    SectionObservation,
)
from ledger.reason import Reason

Place = tuple[str, tuple[str, ...]]
"""Root and steps."""

CONTROL_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Sight:
    """Sight (一轮观测): what one look saw. Of several observations of one place the last one counts."""

    columns: Mapping[Place, ColumnObservation]
    listings: Mapping[Place, ListingObservation]
    articles: Mapping[Place, tuple[ArticleObservation, ...]]
    resources: Mapping[Place, tuple[ResourceObservation, ...]]
    sections: Mapping[str, SectionObservation]
    controls: tuple[PortalObservation, ...]
    portal_pages: frozenset[str] = frozenset()
    """Addresses of the portal's own tree below its home page, as the portal's columns were walked."""
    portal_homes: frozenset[str] = frozenset()
    replayed: bool = False

    def strays_to_portal(self, column: ColumnObservation) -> bool:
        """Whether a walk from an organ's page ended in the portal's own tree, through the menu that all pages share.

        On a bureau's own site, where one organ is the whole site or its page is the home page, the two trees are one.
        """
        starts_at_home = bool(column.trail) and bare(column.trail[0].url) in self.portal_homes
        organs = {root for root, _ in self.columns if root != "portal"} | set(self.sections)
        is_organ_among_others = column.root != "portal" and len(organs) > 1
        return is_organ_among_others and not starts_at_home and bare(column.url) in self.portal_pages

    def section_holding(self, url: str) -> str:
        """Root of the organ whose page stands above this address, the nearest one; empty for none."""
        above = [one for one in self.sections.values() if one.url and bare(url).startswith(_folder(one.url))]
        return max(above, key=lambda one: len(one.url)).root if above else ""

    def control_fault(self, root: str, seen_at: datetime | None) -> Reason | None:
        """Why an accusation seen at this moment cannot stand; None when a control page worked within the hour.

        The root's own control pages count where there are any, else the portal's (TRUST (a)). In a replay the control
        page counts whatever its date (CONTRACTS: replay).
        """
        own = tuple(c for c in self.controls if c.root == root) or tuple(c for c in self.controls if c.root == "portal")
        if self.replayed:
            if any(c.works for c in own):
                return None
            return next((c.reason for c in own if c.reason), Reason.NOT_RECORDED)
        if seen_at is None:
            return Reason.INTERNAL
        near = [c for c in own if c.seen_at is not None and abs(c.seen_at - seen_at) <= CONTROL_WITHIN]
        if any(c.works for c in near):
            return None
        return next((c.reason for c in near if c.reason), Reason.CONNECT)


def bare(url: str) -> str:
    """An address without scheme, fragment and closing slash, for comparing."""
    return url.partition("#")[0].removeprefix("https:").removeprefix("http:").rstrip("/")


def _folder(url: str) -> str:
    head, _, last = bare(url).rpartition("/")
    return (head if "." in last and head.strip("/") else bare(url)) + "/"


def _portal_tree(columns: Iterable[ColumnObservation]) -> tuple[frozenset[str], frozenset[str]]:
    walked = [column for column in columns if column.root == "portal"]
    homes = frozenset(bare(column.trail[0].url) for column in walked if column.trail)
    pages = {bare(stop.url) for column in walked for stop in column.trail} | {bare(one.url) for one in walked}
    return frozenset(pages - homes - {""}), homes


def index(observations: Iterable[Observation], *, replayed: bool = False) -> Sight:
    """Index the observations of a look."""
    columns: dict[Place, ColumnObservation] = {}
    listings: dict[Place, ListingObservation] = {}
    articles: defaultdict[Place, dict[tuple[str, str, str], ArticleObservation]] = defaultdict(dict)
    resources: defaultdict[Place, dict[tuple[str, str], ResourceObservation]] = defaultdict(dict)
    sections: dict[str, SectionObservation] = {}
    controls: list[PortalObservation] = []
    for seen in observations:
        match seen:
            case ColumnObservation():
                columns[seen.root, seen.steps] = seen
            case ListingObservation():
                listings[seen.root, seen.steps] = seen
            case ArticleObservation():
                articles[seen.root, seen.steps][seen.url, seen.role, seen.referring_url] = seen
            case ResourceObservation():
                resources[seen.root, seen.steps][seen.url, seen.referring_url] = seen
            case SectionObservation():
                sections[seen.root] = seen
            case PortalObservation():
                controls.append(seen)
    pages, homes = _portal_tree(columns.values())
    return Sight(
        columns,
        listings,
        {place: tuple(found.values()) for place, found in articles.items()},
        {place: tuple(found.values()) for place, found in resources.items()},
        sections,
        tuple(controls),
        pages,
        homes,
        replayed,
    )
