"""The element tree that all readers share, whichever parser it was grown from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crawler.cms.adapter import SCRIPTED

_BLOCK_NAMES = (
    "address article aside blockquote body br button caption center dd div dl dt fieldset figure footer form frameset "
    "h1 h2 h3 h4 h5 h6 header hr html iframe li main nav ol option p pre section select table tbody td tfoot th thead "
    "title tr ul"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
SILENT = frozenset(("script", "style", "noscript", "template", "textarea", "head", "object", "noembed", "noframes"))
"""Elements whose text nobody sees."""
_SPACE = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Element:
    """Element (元素) of the tree; ``nodes`` holds elements and strings in document order.

    Attributes:
        place: number in document order; ``last`` that of its last descendant.
        rank: position among the nodes of its parent.
        hidden: it or an ancestor is not displayed.
        scripted: written by an inline script.
        order: all elements of the numbered tree in document order, shared by them; empty before.
        strings: all visible strings of the numbered tree, shared; ``span`` is its own part of them, (0, -1) where it
            stands in something silent.
    """

    __slots__ = (
        "_marks",
        "attributes",
        "hidden",
        "last",
        "nodes",
        "order",
        "parent",
        "place",
        "rank",
        "scripted",
        "span",
        "strings",
        "tag",
    )

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.nodes: list[Element | str] = []
        self.place = 0
        self.last = 0
        self.rank = 0
        self.scripted = False
        self.hidden = False
        self.order: list[Element] = []
        self.strings: list[str] = []
        self.span = (0, -1)
        self._marks: str | None = None

    def get(self, name: str) -> str:
        """Value of an attribute, or an empty string."""
        return self.attributes.get(name, "")

    @property
    def marks(self) -> str:
        """Class and id in lower case, for telling what an element is."""
        if self._marks is None:
            self._marks = f"{self.get('class')} {self.get('id')}".lower() if self.attributes else ""
        return self._marks

    @property
    def children(self) -> list[Element]:
        """Child elements."""
        return [node for node in self.nodes if isinstance(node, Element)]

    def ancestors(self) -> Iterator[Element]:
        """Parents, the nearest first."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    def elder(self, steps: int = 200) -> Iterator[Element]:
        """Siblings before it, the nearest first, at most so many."""
        if self.parent is None:
            return
        nodes = self.parent.nodes
        for rank in range(self.rank - 1, max(-1, self.rank - 1 - steps), -1):
            node = nodes[rank]
            if not isinstance(node, str):
                yield node

    def holds(self, other: Element) -> bool:
        """It is the other or an ancestor of it."""
        return self.place <= other.place <= self.last

    def walk(self) -> Iterator[Element]:
        """It and all descendants in document order."""
        if self.order:
            yield from self.order[self.place - 1 : self.last]
            return
        stack: list[Element] = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(node for node in reversed(element.nodes) if not isinstance(node, str))

    def pieces(self, *, without: frozenset[int] = frozenset()) -> Iterable[str]:
        """Visible strings in document order, with a newline where a block begins or ends.

        Args:
            without: ids (``id(element)``) of elements to leave out.
        """
        if not without and self.span[1] >= 0:
            return self.strings[self.span[0] : self.span[1]]
        return self._walked_pieces(without)

    def _walked_pieces(self, without: frozenset[int]) -> Iterator[str]:
        stack: list[Element | str] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                yield node
                continue
            if (node.tag in SILENT and node is not self) or id(node) in without:
                continue
            if node.tag in BLOCKS:
                yield "\n"
                stack.append("\n")
            stack.extend(reversed(node.nodes))

    def text(self) -> str:
        """Visible text in one line, spaces folded."""
        return squeeze("".join(self.pieces()))

    def source(self) -> str:
        """Own strings unchanged: the program of a script element."""
        return "".join(node for node in self.nodes if isinstance(node, str))


def squeeze(text: str) -> str:
    """Text in one line, runs of spaces of any kind folded to one."""
    return _SPACE.sub(" ", text).strip()


def is_hidden(element: Element) -> bool:
    """Its own attributes say that it is not displayed."""
    attributes = element.attributes
    if not attributes:
        return False
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return bool(style) and _HIDDEN_STYLE.search(style) is not None  # type: ignore[arg-type]


def number(root: Element) -> None:
    """Give every element its place, its last descendant, its visible strings and whether it is hidden."""
    order: list[Element] = []
    strings: list[str] = []
    quiet = 0
    stack: list[tuple[Element | str, bool]] = [(root, False)]
    while stack:
        node, done = stack.pop()
        if isinstance(node, str):
            if not quiet:
                strings.append(node)
        elif done:
            quiet -= node.tag in SILENT
            node.last = len(order)
            if not quiet and node.tag in BLOCKS:
                strings.append("\n")
            if not quiet and node.tag not in SILENT:
                node.span = (node.span[0], len(strings))
        else:
            _place(node, order, strings)
            if not quiet:
                node.span = (len(strings), -1)
                if node.tag in BLOCKS:
                    strings.append("\n")
            quiet += node.tag in SILENT
            stack.append((node, True))
            for rank in range(len(node.nodes) - 1, -1, -1):
                child = node.nodes[rank]
                if not isinstance(child, str):
                    child.rank = rank
                stack.append((child, False))


def _place(element: Element, order: list[Element], strings: list[str]) -> None:
    order.append(element)
    element.place = len(order)
    element.order = order
    element.strings = strings
    parent = element.parent
    element.hidden = is_hidden(element) or (parent is not None and parent.hidden)
    if (parent is not None and parent.scripted) or SCRIPTED in element.attributes:
        element.scripted = True
