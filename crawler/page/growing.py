"""Growing the tree: either parser gives one kind of tree, so that two opinions differ by parser only."""

from __future__ import annotations

from typing import Any

from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.page.tree import Element

ELEMENT_LIMIT = 40_000
"""Elements kept of one page; what lies beyond is not read and the page counts as cut."""
DEPTH_LIMIT = 500
"""Levels kept apart; deeper elements hang at this level, as browsers do it."""


def _attributes(pairs: Any) -> dict[str, str]:
    return {str(name).lower(): "" if value is None else str(value) for name, value in pairs}


def grow_lexbor(text: str, limit: int = ELEMENT_LIMIT) -> tuple[Element, bool]:
    """Tree of the first parser (selectolax, lexbor) and whether it is all of the page."""
    parser = LexborHTMLParser(text)
    top = Element("#document", {}, None)
    node = parser.root
    if node is None:
        return top, True
    stack: list[tuple[LexborNode, Element, int]] = [(node, top, 0)]
    count = 0
    while stack:
        node, parent, depth = stack.pop()
        following = node.next
        if following is not None and parent is not top:
            stack.append((following, parent, depth))
        tag = node.tag
        if tag is None:
            continue
        if tag == "-text":
            parent.nodes.append(node.text_content or "")
            continue
        if tag.startswith(("-", "_", "!")):
            continue
        count += 1
        if count > limit:
            return top, False
        element = Element(tag.lower(), _attributes(node.attributes.items()), parent)
        parent.nodes.append(element)
        child = node.first_child
        if child is not None:
            stack.append((child, element if depth < DEPTH_LIMIT else parent, depth + 1))
    return top, True


def grow_lxml(text: str, limit: int = ELEMENT_LIMIT) -> tuple[Element, bool]:
    """Tree of the second parser (lxml, huge_tree) and whether it is all of the page."""
    top = Element("#document", {}, None)
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8", recover=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        return top, False
    if root is None:
        return top, True
    stack: list[tuple[Any, Element, int]] = [(root, top, 0)]
    count = 0
    while stack:
        node, parent, depth = stack.pop()
        if isinstance(node, str):
            parent.nodes.append(node)
            continue
        if not isinstance(node.tag, str):
            continue
        count += 1
        if count > limit:
            return top, False
        element = Element(node.tag.lower(), _attributes(node.attrib.items()), parent)
        parent.nodes.append(element)
        if node.text:
            element.nodes.append(node.text)
        holder = element if depth < DEPTH_LIMIT else parent
        for child in reversed(node):
            if child.tail:
                stack.append((child.tail, holder, depth + 1))
            stack.append((child, holder, depth + 1))
    return top, True
