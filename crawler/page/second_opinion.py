"""The second parser's opinion: names and number of rows that it sees, where its tree differs from the first one's."""

from __future__ import annotations

from catalog.spelling import fold
from crawler.page.growing import grow_lxml
from crawler.page.listing import rows_of
from crawler.page.scripting import expand
from crawler.page.sight import Sight, look
from crawler.page.tree import Element

_IMPLIED = frozenset(("html", "tbody"))
"""Elements that one parser adds where the page leaves them out."""
_FLAGS = frozenset(("async", "checked", "defer", "disabled", "hidden", "multiple", "nowrap", "readonly", "selected"))
"""Attributes whose presence alone counts; one parser repeats the name as the value."""


def second_opinion(source: str, url: str, first: Sight) -> tuple[frozenset[str], int]:
    """Folded names of the links and number of rows of the main list as the second parser sees them.

    Where both parsers make one tree of a page, there is nothing to see in the second that is not in the first.
    """
    tree, _ = grow_lxml(source)
    expand(tree, grow_lxml)
    sight = first if is_same(first.root, tree) else look(tree, url)
    labels = frozenset(fold(anchor.label) for anchor in sight.menus.anchors)
    return labels, len(rows_of(sight.main)) if sight.main is not None else 0


def is_same(one: Element, other: Element) -> bool:
    """Both trees hold the same elements and the same words in the same order and depth; blanks do not count."""
    return _told(one) == _told(other)


def _told(top: Element) -> list[object]:
    """Tags, attributes, words and ends of elements in document order."""
    told: list[object] = []
    words: list[str] = []
    stack: list[Element | str | None] = [top]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            words.append(node)
            continue
        if node is not None and node.tag in _IMPLIED and not node.attributes:
            stack.extend(reversed(node.nodes))
            continue
        if words:
            if shown := "".join(words).split():
                told.append(shown)
            words.clear()
        if node is None:
            told.append(None)
            continue
        told.append(node.tag)
        told.append(_plain(node.attributes))
        stack.append(None)
        stack.extend(reversed(node.nodes))
    return told


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    if _FLAGS.isdisjoint(attributes):
        return attributes
    return {name: "" if name in _FLAGS else value for name, value in attributes.items()}
