"""Places: where the walk stands, and what is offered there; pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from catalog.roles import bare
from catalog.spelling import fold, normalise
from crawler.matching import Candidate, Nearness, match_label, match_step, named, worse
from crawler.page.page import Page, PageLink, Zone
from crawler.walking.bearings import Bearings, same_address
from crawler.walking.indexing import menu_index
from ledger.observation import MatchKind, TrailStep

OFFERED = 80
_GOVERNMENT = re.compile(r"^(?:人民)?政府(?:办公?室?)?$")
_ONE_ORGAN = re.compile(
    r"(?:局|委|委员会|办公室|办事处|街道|镇|乡|[镇乡](?:人民)?政府)$(?<!乡镇)(?<!街镇)(?<!镇乡)(?<!街乡)(?<!镇街道)"
)


def is_one_organ(label: str) -> bool:
    """Whether a folded label is the name of one unit, not of a group (镇乡街道)."""
    return bool(_ONE_ORGAN.search(label))


@dataclass(frozen=True, slots=True)
class Place:
    """Place (所在位置): a page and the menu entries on it that stand for the step that was reached.

    Attributes:
        names: the step's label and the spellings followed; empty at the start page, which as a whole is the place.
        page: on which the entries were read.
        entries: indices into the page's links.
        url: address of the step's own page; empty for a menu heading without one.
        own: ``page`` is the step's own page, not merely the menu that offers it.
        ways: addresses by which the own page was reached.
        match: worst kind over the steps walked; ``leaf_match`` and ``spelling`` are of the last one.
        level: index of the step in its path; -1 for the start page.
        beside: addresses that the menu offered beside its entry.
    """

    names: tuple[str, ...]
    page: Page
    entries: tuple[int, ...]
    url: str
    own: bool
    trail: tuple[TrailStep, ...]
    ways: tuple[str, ...] = ()
    match: MatchKind | None = None
    leaf_match: MatchKind | None = None
    spelling: str = ""
    level: int = -1
    beside: frozenset[str] = frozenset()

    @property
    def is_start(self) -> bool:
        """Whether it is the start page."""
        return not self.names


def start_place(label: str, page: Page, ways: Sequence[str], organ_names: Sequence[str] = ()) -> Place:
    """The start page of a root; on an organ's page the menu under the organ's name, if there is one, is nearest."""
    parents = {link.parent for link in page.links}
    entries = tuple(index for index in own_entries(page, organ_names, ()) if index in parents)
    return Place((), page, entries, page.url, True, (TrailStep(label, page.url, page.snapshot_id),), tuple(ways))


def ancestors(links: Sequence[PageLink], index: int) -> tuple[int, ...]:
    """Menu entries above a link, innermost first."""
    above: list[int] = []
    parent = links[index].parent
    while parent is not None and parent not in above:
        above.append(parent)
        parent = links[parent].parent
    return tuple(above)


def nested(page: Page, entries: Sequence[int]) -> dict[int, int]:
    """Links below some menu entries, with how many levels below."""
    return menu_index(page.links).below(entries)


def own_entries(page: Page, names: Sequence[str], ways: Sequence[str]) -> tuple[int, ...]:
    """Menu entries that stand for the page's own step: its name and address; else its name; else its address.

    An address alone counts only for an entry that has others below it.
    """
    folded = {fold(name) for name in names}
    known = menu_index(page.links)
    parents = known.children
    menus = [(index, link) for index, link in enumerate(page.links) if link.zone is not Zone.BREADCRUMB]
    bearing = [(index, link) for index, link in menus if folded & known.names[index]]
    reached = [(index, link) for index, link in bearing if _leads(link.url, ways)]
    for chosen in (reached or bearing, [(index, link) for index, link in menus if _leads(link.url, ways)]):
        heads = tuple(index for index, _ in chosen if index in parents)
        if heads:
            return heads
        if chosen and chosen[0][0] in {index for index, _ in bearing}:
            return tuple(index for index, _ in chosen)
    return ()


def _leads(url: str, ways: Sequence[str]) -> bool:
    return any(same_address(url, way) for way in ways)


def nearness(
    bearings: Bearings, place: Place, only_below: bool = False, among: Collection[int] | None = None
) -> dict[int, Nearness]:
    """The links that may be a next step, and how near they are to the place.

    Args:
        only_below: only what is nested below the place's own entries.
        among: the only links that matter; None for all.
    """
    page = place.page
    below = nested(page, place.entries)
    strays = not _is_own_branch(bearings, place)
    near = {
        index: Nearness(0, depth, strays and is_frame(bearings, place, page.links[index]))
        for index, depth in below.items()
        if among is None or index in among
    }
    if only_below:
        return near
    groups = {page.links[entry].group for entry in place.entries}
    entries = set(place.entries)
    rows = {row.url for row in page.rows if row.published_on is not None}
    for index in range(len(page.links)) if among is None else among:
        link = page.links[index]
        if index in near or index in entries or link.zone is Zone.BREADCRUMB or link.url in rows:
            continue
        framed = is_frame(bearings, place, link)
        # A level's link that leads to its first child makes that child's link no link of the site's frame.
        is_first_child = framed and _leads(link.url, (place.url, *place.ways))
        if not place.is_start and link.group in groups and (is_first_child or not framed):
            # Beside a level whose children hang below it stand its neighbours.
            near[index] = Nearness(1, 0, bool(below))
            continue
        here = 1 if below else 0
        tier = 3 if link.zone is Zone.FOOTER else (here if place.is_start else 2)
        depth = len(ancestors(page.links, index)) if place.is_start else 0
        foreign = bool(below) and not place.is_start and link.zone is not Zone.MAIN
        near[index] = Nearness(tier, depth, framed or foreign or (tier == 3 and not place.is_start))
    return near


def _is_own_branch(bearings: Bearings, place: Place) -> bool:
    """Whether what hangs below the place's entries is its own wherever it leads.

    An organ's name over a menu may be the head of its page, and the menu the portal's: unless the entry leads to the
    organ's own page, links of the site's frame below it are the portal's.
    """
    if bearings.organ is None or not place.is_start:
        return True
    leads = [place.page.links[entry].url for entry in place.entries]
    return any(url and not bearings.is_home(url) and _leads(url, (place.url, *place.ways)) for url in leads)


def is_frame(bearings: Bearings, place: Place, link: PageLink) -> bool:
    """Whether a link belongs to the site's frame; the portal's own start page has none."""
    if place.is_start and bearings.organ is None:
        return False
    return bearings.is_frame(place.page.url, link.url)


def offers(bearings: Bearings, place: Place, label: str, only_below: bool = False) -> tuple[Candidate, ...]:
    """Links at a place that may be a step, best first, doubtful ones last."""
    among = named(label, place.page.links, bearings.aliases, bearings.organ_names)
    if not among:
        return ()
    near = nearness(bearings, place, only_below, among)
    found = match_step(label, place.page.links, near, bearings.aliases, bearings.organ_names)
    kept = (one for one in found if not _under_another_column(bearings, place, one, label))
    return tuple(one for one in kept if not under_another_organ(bearings, place.page.links, one.index, place.entries))


def under_another_organ(
    bearings: Bearings, links: Sequence[PageLink], index: int, entries: Collection[int] = ()
) -> bool:
    """Whether a link hangs under the name of an organ that is not this root's (one menu with all organs' trees).

    Args:
        entries: menu entries of the place; what hangs below them is its own.
    """
    for above in ancestors(links, index):
        if above in entries:
            return False
        name = fold(bare(links[above].label, bearings.district))
        if is_one_organ(name) and not _GOVERNMENT.search(name):
            return name not in {fold(bare(own, bearings.district)) for own in bearings.organ_names}
    return False


def _under_another_column(bearings: Bearings, place: Place, one: Candidate, label: str) -> bool:
    """Whether it hangs under another column of this itinerary than the place (疫情防控>政策解读 is not 政策解读)."""
    links = place.page.links
    standing = {fold(name) for name in place.names} | {fold(step.label) for step in place.trail}
    for above in ancestors(links, one.index):
        if above in place.entries:
            return False
        name = fold(links[above].label)
        if name in standing:
            return False
        if name in bearings.inner and name != fold(label):
            return True
    return False


def step_into(place: Place, label: str, level: int, one: Candidate, links: Sequence[int]) -> Place:
    """The place that a candidate leads to, before its own page is fetched.

    Args:
        links: all entries of the page that lead there under that name.
    """
    link = place.page.links[one.index]
    stop = TrailStep(label, place.page.url, place.page.snapshot_id, one.kind, one.spelling)
    names = tuple(dict.fromkeys((label, one.spelling, *link.spellings)))
    return Place(
        names=names,
        page=place.page,
        entries=tuple(links),
        url=link.url,
        own=False,
        trail=(*place.trail, stop),
        ways=(link.url,) if link.url else (),
        match=worse(place.match, one.kind),
        leaf_match=one.kind,
        spelling=one.spelling,
        level=level,
        beside=frozenset(
            other.url
            for other in place.page.links
            if other.url and other.url != link.url and (other.group, other.parent) == (link.group, link.parent)
        ),
    )


def is_beside(place: Place, one: Candidate) -> bool:
    """Whether a candidate is what the menu above offered beside the place, not below it."""
    return place.page.links[one.index].url in place.beside and one.near.tier > 0


def offered_labels(bearings: Bearings, place: Place) -> tuple[str, ...]:
    """What a place offers, in page order: what hangs below it, else what is not the site's frame, else everything."""
    links = place.page.links
    below = nested(place.page, place.entries)
    shown = [index for index, link in enumerate(links) if link.zone is not Zone.BREADCRUMB and link.label]
    own = (index for index in shown if not is_frame(bearings, place, links[index]))
    labels: tuple[str, ...] = ()
    for choice in ((index for index in shown if index in below), own, iter(shown)):
        labels = _first_labels(links, choice)
        if len(labels) >= 3:
            break
    return labels


def _first_labels(links: Sequence[PageLink], indices: Iterator[int]) -> tuple[str, ...]:
    """The first different labels; a menu of thousands is not read to its end for them."""
    labels: dict[str, None] = {}
    for index in indices:
        labels[links[index].label] = None
        if len(labels) == OFFERED:
            break
    return tuple(labels)


def names_step(page: Page, bearings: Bearings, label: str) -> bool:
    """Whether a page itself says that it is a step: by breadcrumb, ColumnName or heading."""
    said = (page.heading, page.tags.get("ColumnName", ""), *(crumb.label for crumb in page.breadcrumb[-2:]))
    return any(match_label(label, one, bearings.aliases, bearings.organ_names) is not None for one in said if one)


def crumbs_confirm(page: Page, bearings: Bearings, place: Place) -> bool:
    """Whether a page's breadcrumb runs through a place, by the place's name or, at an organ's start, by the organ's."""
    crumbs = {normalise(crumb.label) for crumb in page.breadcrumb}
    names = place.names or bearings.organ_names
    return any(normalise(name) in crumbs for name in names)
