"""What inline scripts write as far as it can be told, put where a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from crawler.page.effects import Ran
from crawler.page.performing import Performance, perform
from crawler.page.tree import Element

_WRITES = re.compile(r"document\s*\.\s*write|innerHTML|\.\s*(?:html|append|prepend)\s*\(")
_TYPES = ("", "text/javascript", "application/javascript", "application/x-javascript", "text/ecmascript", "module")

UNTOLD = "data-untold"
"""Attribute set on a script that writes something that could not be told."""


def is_program(script: Element) -> bool:
    """A script element holds a program and no template or data."""
    return script.get("type").strip().lower() in _TYPES


def programs(top: Element) -> Iterator[str]:
    """Sources of all inline scripts of the page."""
    for element in top.walk():
        if element.tag == "script" and is_program(element):
            source = element.source()
            if source.strip():
                yield source


def performance_of(top: Element) -> Performance:
    """What the page's programs do, one after the other."""
    return perform(tuple(programs(top)))


def expand(top: Element, grow: Callable[[str], tuple[Element, bool]]) -> None:
    """Put what inline scripts write into the tree, marked as ``scripted``: behind them, or into the element they name.

    What is put into an element that holds something already is left out: it replaces a notice or an earlier state,
    and a reader of the source cannot tell when.
    """
    scripts = [element for element in top.walk() if element.tag == "script" and is_program(element)]
    told = [(script, source) for script in scripts if (source := script.source()).strip()]
    performance = perform(tuple(source for _, source in told))
    for (script, source), ran in zip(told, performance.runs, strict=True):
        if ran.unread:
            script.attributes[UNTOLD] = "1"
        if ran.written and _WRITES.search(source) is not None:
            _put(top, script, ran, grow)


def _put(top: Element, script: Element, ran: Ran, grow: Callable[[str], tuple[Element, bool]]) -> None:
    here = "".join(markup for target, markup in ran.written if not target)
    if here.strip() and script.parent is not None and script.parent.tag != "head":
        holder = _grown(here, script.parent, grow)
        if holder is not None:
            script.parent.nodes.insert(script.parent.nodes.index(script) + 1, holder)
    named: dict[str, str] = {}
    for target, markup in ran.written:
        if target and "<" in markup:
            named[target] = named.get(target, "") + markup
    for target, markup in named.items():
        place = next((element for element in top.walk() if element.get("id") == target), None)
        if place is None and script.parent is not None and len(script.parent.nodes) == 1:
            # A program file read by itself: the element stands in the page that names it.
            place = script.parent
        if place is not None and not _shows(place) and (holder := _grown(markup, place, grow)) is not None:
            place.nodes.append(holder)


def _shows(place: Element) -> bool:
    return any(
        element.tag in ("a", "img", "table") or any(isinstance(node, str) and node.strip() for node in element.nodes)
        for element in place.walk()
    )


def _grown(markup: str, parent: Element, grow: Callable[[str], tuple[Element, bool]]) -> Element | None:
    fragment, _ = grow(f"<body>{markup}</body>")
    body = next((element for element in fragment.walk() if element.tag == "body"), None)
    if body is None:
        return None
    holder = Element("span", {}, parent)
    holder.scripted = True
    holder.nodes = body.nodes
    for child in holder.children:
        child.parent = holder
    return holder
