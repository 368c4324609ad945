"""The plan: from obligations to one tree a start page; pure, and knows nothing of pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from catalog.district import District, Organ
from catalog.obligation import Obligation
from catalog.path import Step
from ledger.observation import Need, Wanted

PORTAL = "portal"
_ONLY_COLUMN = Wanted(frozenset({Need.COLUMN}))


@dataclass(frozen=True, slots=True)
class Seeker:
    """Seeker (查找要求): what one obligation looks for among the rows of a leaf that it may share with others.

    Attributes:
        wanted: of this obligation alone.
        organ: that owes it; its rows alone are looked for where ``wanted`` holds its names.
        unless_found: root that is this obligation's first choice; where the column was found there, this root's list
            is not read deeper for it. Empty where there is no other root.
    """

    obligation_id: str
    wanted: Wanted
    organ: Organ
    unless_found: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Leaf (末级栏目): a whole path and all the obligations that end there.

    Attributes:
        steps: outermost first, without the site itself (政府网站); empty where the start page is the column.
        wanted: union over its obligations.
    """

    obligation_ids: tuple[str, ...]
    steps: tuple[Step, ...]
    wanted: Wanted
    seekers: tuple[Seeker, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the steps, as observations carry them."""
        return tuple(step.label for step in self.steps)


@dataclass(frozen=True, slots=True)
class Node:
    """Node (栏目节点) of an itinerary: one step, shared by all paths that run through it."""

    step: Step
    children: tuple[Node, ...] = ()
    leaf: Leaf | None = None


@dataclass(frozen=True, slots=True)
class Itinerary:
    """Itinerary (行程): the tree that is walked from one start page.

    Attributes:
        root: ``"portal"`` or ``"organ:<id>"``.
        start_url: empty where the organ's page is yet to be found from the portal's index.
        leaf: obligations whose column is the start page itself.
    """

    root: str
    organ: Organ | None
    start_url: str
    children: tuple[Node, ...] = ()
    leaf: Leaf | None = None

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """All leaves, a parent before its children, in the order of the tree."""
        found = [self.leaf] if self.leaf else []
        stack = list(reversed(self.children))
        while stack:
            node = stack.pop()
            if node.leaf:
                found.append(node.leaf)
            stack.extend(reversed(node.children))
        return tuple(found)


@dataclass(slots=True)
class _Growing:
    step: Step | None = None
    children: dict[str, _Growing] = field(default_factory=dict)
    seekers: list[Seeker] = field(default_factory=list)

    def child(self, step: Step) -> _Growing:
        found = self.children.setdefault(step.label, _Growing(step))
        if step.may_be_skipped and found.step and not found.step.may_be_skipped:
            found.step = step
        return found


def plan(obligations: Iterable[Obligation], wanted: Mapping[str, Wanted], district: District) -> tuple[Itinerary, ...]:
    """One itinerary a start page: the portal's first, then each organ's whose obligations may start there.

    Args:
        wanted: what each obligation wants to be seen, by its id; without an entry only the column is looked for.

    Returns:
        Nothing for a district whose home page nobody knows.
    """
    if not district.home:
        return ()
    trees: dict[str, _Growing] = {PORTAL: _Growing()}
    organs: dict[str, Organ] = {}
    for obligation in obligations:
        if not obligation.is_walked or obligation.path is None:
            continue
        first = obligation.roots[0]
        for root in obligation.roots:
            place = trees.setdefault(root, _Growing())
            for step in obligation.path.steps[1:]:
                place = place.child(step)
            own = wanted.get(obligation.id, _ONLY_COLUMN)
            place.seekers.append(Seeker(obligation.id, own, obligation.organ, "" if root == first else first))
            if root != PORTAL:
                organs[root] = obligation.organ
    return tuple(_itinerary(root, tree, organs.get(root), district) for root, tree in trees.items())


def _itinerary(root: str, tree: _Growing, organ: Organ | None, district: District) -> Itinerary:
    start = district.home if organ is None else organ.entry
    return Itinerary(root, organ, start, _nodes(tree, ()), _leaf(tree, ()))


def _nodes(tree: _Growing, above: tuple[Step, ...]) -> tuple[Node, ...]:
    nodes = []
    for child in tree.children.values():
        if child.step is not None:
            steps = (*above, child.step)
            nodes.append(Node(child.step, _nodes(child, steps), _leaf(child, steps)))
    return tuple(nodes)


def _leaf(tree: _Growing, steps: tuple[Step, ...]) -> Leaf | None:
    if not tree.seekers:
        return None
    wanted = [seeker.wanted for seeker in tree.seekers]
    union = Wanted(
        needs=frozenset().union(*(one.needs for one in wanted)),
        sought=tuple(dict.fromkeys(group for one in wanted for group in one.sought)),
        organ_names=tuple(dict.fromkeys(name for one in wanted for name in one.organ_names)),
        elements=tuple(dict.fromkeys(group for one in wanted for group in one.elements)),
        since=max((one.since for one in wanted if one.since is not None), default=None),
    )
    return Leaf(tuple(seeker.obligation_id for seeker in tree.seekers), steps, union, tuple(tree.seekers))


_PAGES_FOR_NEED = {
    Need.SUBCOLUMNS: 2,
    Need.ARTICLE: 1,
    Need.ATTACHMENTS: 1,
    Need.COUNTERPART: 1,
    Need.SOUGHT_ROW: 1,
    Need.WHOLE_LISTING: 2,
}
_CONTROL_PAGES = 3
_INDEX_PAGES = 2


def expected_requests(itineraries: Iterable[Itinerary]) -> int:
    """A rough number of requests, for the progress display beforehand."""
    listed = tuple(itineraries)
    if not listed:
        return 0
    total = _CONTROL_PAGES
    if any(itinerary.organ is not None and not itinerary.start_url for itinerary in listed):
        total += _INDEX_PAGES
    for itinerary in listed:
        total += 1 + _inner_pages(itinerary.children)
        total += sum(1 + sum(_PAGES_FOR_NEED.get(need, 0) for need in leaf.wanted.needs) for leaf in itinerary.leaves)
    return total


def _inner_pages(nodes: tuple[Node, ...]) -> int:
    """Inner steps whose page may be needed: about one in two is offered by the menu above it."""
    inner = 0
    stack = list(nodes)
    while stack:
        node = stack.pop()
        inner += 1 if node.children else 0
        stack.extend(node.children)
    return (inner + 1) // 2
