"""Searching: walks the tree of one root; a job a node, so that a step shared by many duties is walked once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from catalog.spelling import fold
from crawler.page.page import Page
from crawler.plan import Itinerary, Leaf, Node
from crawler.walking.bearings import Bearings, same_address
from crawler.walking.inserted import through_inserted
from crawler.walking.landing import Landing, land
from crawler.walking.missing import Missed, missed_landing
from crawler.walking.places import Place, nested, own_entries, start_place
from crawler.walking.rendering import careful_steps
from crawler.walking.scheduling import Course, Job, join
from crawler.walking.sitemap import site_map
from crawler.walking.stepping import Found, find_step, on_own_page, variant_places
from crawler.walking.telling import is_told_apart
from ledger.observation import Link, MatchKind, Reach
from ledger.reason import Reason


@dataclass(frozen=True, slots=True)
class Outcome:
    """Outcome (查找结果) of one node.

    Attributes:
        places: where the next steps are looked for, first choice first; empty when missed.
        missed: why the step was not reached; for a leaf also why its page does not show.
        landing: of the leaf's own page; None for inner steps and for headings without an address.
        around: where the step itself was looked for.
        skipped: index of the first of the skippable levels that were looked through to get here.
        optional: the level may be left out.
        blind: it was looked through because the page that should offer it could not be read.
        menu: the place as the menu above offers it, before its own page was opened.
        pages: every page read for this node.
    """

    places: tuple[Place, ...] = ()
    missed: Missed | None = None
    candidates: tuple[Link, ...] = ()
    landing: Landing | None = None
    around: Place | None = None
    skipped: int | None = None
    optional: bool = False
    blind: bool = False
    menu: Place | None = None
    pages: tuple[Page, ...] = ()

    @property
    def is_found(self) -> bool:
        """Whether the step was reached and, for a leaf, shows a page of the district."""
        return self.missed is None and self.skipped is None and not self.blind


@dataclass(frozen=True, slots=True)
class RootSearch:
    """Root search (单个起点的查找结果): all that the search from one root came to.

    Attributes:
        pages: every page read for it, in the order of the tree.
        passed: step labels of inner levels that were looked through and below which something was found.
    """

    itinerary: Itinerary
    bearings: Bearings
    outcomes: tuple[tuple[Leaf, Outcome], ...]
    pages: tuple[Page, ...] = ()
    passed: frozenset[tuple[str, ...]] = frozenset()


OnLeaf = Callable[[Bearings, Leaf, Outcome], None]


def bearings_of(base: Bearings, itinerary: Itinerary, suspected: frozenset[str] = frozenset()) -> Bearings:
    """Bearings with the columns of an itinerary.

    Args:
        suspected: ids of obligations of which the look is to confirm an accusation.
    """
    at_top = {fold(node.step.label) for node in itinerary.children}
    inner = set()
    stack = list(itinerary.children)
    while stack:
        node = stack.pop()
        if node.children and not node.step.may_be_skipped and fold(node.step.label) not in at_top:
            inner.add(fold(node.step.label))
        stack.extend(node.children)
    named = Counter(fold(leaf.steps[-1].label) for leaf in itinerary.leaves if leaf.steps)
    leaves, repeated = frozenset(named), frozenset(label for label, count in named.items() if count > 1)
    careful = careful_steps(itinerary.leaves, suspected)
    return replace(
        base,
        root=itinerary.root,
        organ=itinerary.organ,
        inner=frozenset(inner),
        leaves=leaves,
        repeated=repeated,
        careful=careful,
    )


def search_tree(bearings: Bearings, itinerary: Itinerary, start: Landing, on_leaf: OnLeaf) -> Course[RootSearch]:
    """Search all leaves of a root from a start page that shows."""
    if start.page is None:
        raise ValueError("search_tree needs a start page that shows")
    label = itinerary.organ.name if itinerary.organ else "政府网站"
    place = start_place(label, start.page, (start.url, start.page.url), bearings.organ_names)
    top = Outcome(places=(place,), landing=start, pages=start.pages)
    jobs: list[tuple[tuple[str, ...], Node, Job[Outcome]]] = []
    first = bearings.spawn(_at_once(top), lambda: top)
    _spawn_nodes(bearings, itinerary.children, (), first, on_leaf, jobs)
    outcomes = [(itinerary.leaf, top)] if itinerary.leaf else []
    if itinerary.leaf:
        on_leaf(bearings, itinerary.leaf, top)
    pages = list(top.pages)
    passed: set[tuple[str, ...]] = set()
    for labels, node, job in jobs:
        outcome = yield from join(job)
        pages.extend(outcome.pages)
        if outcome.is_found:
            passed.update(labels[:depth] for depth in range(1, len(labels)))
        if node.leaf:
            outcomes.append((node.leaf, outcome))
    return RootSearch(itinerary, bearings, tuple(outcomes), _distinct(pages), frozenset(passed))


def search_failed(bearings: Bearings, itinerary: Itinerary, missed: Missed) -> RootSearch:
    """No start page: all leaves are unreached for one reason."""
    outcome = Outcome(missed=missed)
    return RootSearch(itinerary, bearings, tuple((leaf, outcome) for leaf in itinerary.leaves))


def _distinct(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Each page once, as it showed most: with the menus of its frames and services, and as a browser shows it."""
    kept: dict[str, Page] = {}
    for page in pages:
        before = kept.setdefault(page.snapshot_id + page.url, page)
        if (len(page.links), page.seen_by) > (len(before.links), before.seen_by):
            kept[page.snapshot_id + page.url] = page
    return tuple(kept.values())


def _at_once(outcome: Outcome) -> Course[Outcome]:
    yield from ()
    return outcome


def _spawn_nodes(
    bearings: Bearings,
    nodes: Sequence[Node],
    above: tuple[str, ...],
    parent: Job[Outcome],
    on_leaf: OnLeaf,
    jobs: list[tuple[tuple[str, ...], Node, Job[Outcome]]],
) -> None:
    for node in nodes:
        index = len(above)
        failed = Outcome(missed=Missed(Reach.UNREACHED, index, None, Reason.INTERNAL))
        job = bearings.spawn(_walk_node(bearings, node, index, parent, on_leaf), lambda failed=failed: failed)  # type: ignore[misc]
        labels = (*above, node.step.label)
        jobs.append((labels, node, job))
        _spawn_nodes(bearings, node.children, labels, job, on_leaf, jobs)


def _walk_node(bearings: Bearings, node: Node, index: int, parent: Job[Outcome], on_leaf: OnLeaf) -> Course[Outcome]:
    above = yield from join(parent)
    if not above.places:
        return replace(above, pages=(), candidates=(), landing=None)
    pages: list[Page] = []
    result = yield from _find_anywhere(bearings, above, node, index, pages)
    if isinstance(result, Missed):
        place = result.place
        if node.children and node.step.may_be_skipped and result.reach is Reach.ABSENT and place:
            places = (place, *variant_places(bearings, place, node.step))
            skipped = index if above.skipped is None else above.skipped
            missed = replace(result, skipped=above.skipped) if node.leaf else None
            return Outcome(places, missed, around=place, skipped=skipped, pages=tuple(pages))
        if node.children and node.step.may_be_skipped and result.landing is not None:
            missed_leaf = result if node.leaf else None
            return replace(above, missed=missed_leaf, landing=None, optional=True, blind=True, pages=tuple(pages))
        return Outcome(missed=replace(result, skipped=above.skipped), pages=tuple(pages))
    optional = node.step.may_be_skipped
    outcome = Outcome(
        (result.place,), candidates=result.candidates, around=above.places[0], optional=optional, menu=result.place
    )
    if node.leaf is not None:
        outcome = yield from _open_leaf(bearings, outcome, index, pages)
        outcome = replace(outcome, pages=tuple(pages))
        on_leaf(bearings, node.leaf, outcome)
    return replace(outcome, pages=tuple(pages))


def _find_anywhere(
    bearings: Bearings, above: Outcome, node: Node, index: int, pages: list[Page]
) -> Course[Found | Missed]:
    """Look at each place of the level above; then, where that level may be left out, around it."""
    following = [child.step.label for child in node.children]
    missed: Missed | None = None
    stood: list[Place] = []
    for number, place in enumerate(above.places):
        result = yield from find_step(bearings, place, node.step, index, following, pages)
        if isinstance(result, Found):
            return result
        # Where it stood in the end shows more than the place did, when a service or a browser told the menu.
        stood.append(result.place or place)
        worse = missed is None or (missed.reach is Reach.ABSENT and result.reach is Reach.UNREACHED)
        if worse and not (number and result.dead):
            missed = result
    if missed is None:
        raise ValueError("a level above without a place")
    if missed.reach is Reach.ABSENT or missed.reason is Reason.NEEDS_BROWSER:
        deeper = yield from through_inserted(bearings, stood, node, index, pages)
        if deeper is not None:
            return deeper
    through = above.skipped is None or above.blind
    if above.around is not None and through and _may_be_around(above, node, missed):
        result = yield from find_step(bearings, above.around, node.step, index, following, pages)
        if isinstance(result, Found) and _believed_around(bearings, result.place, missed):
            return result
    if missed.landing is not None and above.places[0].names:
        # The level's own page does not show: the site map may print the same path.
        mapped = yield from _on_site_map(bearings, above.places[0], pages)
        if mapped is not None:
            result = yield from find_step(bearings, mapped, node.step, index, following, pages)
            if isinstance(result, Found):
                return result
    return missed


def _believed_around(bearings: Bearings, place: Place, missed: Missed) -> bool:
    """Beside its level its own name counts; an alias only where the level cannot be read, and no ambiguous one."""
    if place.leaf_match is not MatchKind.ALIAS:
        return True
    return missed.reach is not Reach.ABSENT and not bearings.aliases.is_ambiguous(place.spelling)


def _on_site_map(bearings: Bearings, place: Place, pages: list[Page]) -> Course[Place | None]:
    """The same level on the site map, with what hangs below it there."""
    page = yield from site_map(bearings)
    if page is None:
        return None
    entries = own_entries(page, place.names, place.ways)
    if not nested(page, entries):
        return None
    pages.append(page)
    return replace(place, page=page, entries=entries, url="", own=False)


def _may_be_around(above: Outcome, node: Node, missed: Missed) -> bool:
    """Levels come and go: a container beside its level, or a child of a level that cannot be read."""
    if not above.optional:
        return False
    container = node.step.may_be_skipped or (bool(node.children) and node.leaf is None)
    return missed.reach is not Reach.ABSENT or container


def _open_leaf(bearings: Bearings, outcome: Outcome, index: int, pages: list[Page]) -> Course[Outcome]:
    place = outcome.places[0]
    if not place.url:
        if nested(place.page, place.entries):
            return outcome
        missed = Missed(Reach.UNREACHED, index, place, Reason.NEEDS_BROWSER, place.page.url, place.page.snapshot_id)
        return replace(outcome, missed=missed)
    if same_address(place.url, place.page.url):
        landing = Landing(place.url, place.page, pages=(place.page,))
    else:
        landing = yield from land(bearings, place.url, place.page.url)
    pages.extend(landing.pages)
    if landing.page is None or landing.offsite or landing.at_home:
        return replace(outcome, missed=missed_landing(landing, place, index), landing=landing)
    if not is_told_apart(bearings, place, landing.page, place.names[0]):
        told = Missed(Reach.UNREACHED, index, place, Reason.AMBIGUOUS, landing.final_url, landing.snapshot_id, landing)
        return replace(outcome, missed=told, landing=landing)
    return replace(outcome, places=(on_own_page(place, landing),), landing=landing)
