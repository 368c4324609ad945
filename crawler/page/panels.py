"""Panels: parts of a page that a heading elsewhere on it opens; tabs by name or by order, accordions, table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.page.tree import SILENT, Element, squeeze

_NAMING = (
    "data-target",
    "data-tab",
    "data-panel",
    "data-for",
    "data-con",
    "aria-controls",
    "rel",
    "data-id",
    "data-href",
)
_HEADING = frozenset((*_NAMING, "href", "onclick", "onmouseover", "onmouseenter"))
"""Attributes by which a heading may name its panel."""
_NUMBERED = re.compile(r"\w+\s*\(\s*['\"]([\w-]{1,30})['\"]\s*,\s*['\"]?(\d{1,2})")
_TABBED = re.compile(r"tab|\bhd\b|\bbd\b|slide|qiehuan|switch|swiper|pane|toggle|title|tit\b|\bcon")
_HEAD_LIMIT = 20
_HEADS_LIMIT = 40


def panels_of(root: Element) -> dict[int, Element]:
    """The heading of each panel, by ``id`` of the panel."""
    found = dict(_by_order(root))
    found.update(_by_name(root))
    return found


def _by_name(root: Element) -> Iterator[tuple[int, Element]]:
    """Headings that name their panel: ``href="#a"``, ``data-target``, ``setTab('two',3)`` for ``con_two_3``."""
    named = {name: element for element in root.order if element.attributes and (name := element.get("id"))}
    for element in root.order if named else ():
        if _HEADING.isdisjoint(element.attributes) or element.tag in SILENT:
            continue
        for name in _names(element):
            panel = named.get(name)
            if panel is None or panel.holds(element) or element.holds(panel) or panel.tag in ("a", "input", "body"):
                continue
            if 2 <= len(_text(element)) <= _HEAD_LIMIT:
                yield id(panel), element


def _names(element: Element) -> Iterator[str]:
    href = element.get("href").strip()
    if href.startswith("#") and len(href) > 1:
        yield href[1:]
    for key in _NAMING:
        if value := element.get(key).strip():
            yield value.lstrip("#.")
    for key in ("onclick", "onmouseover", "onmouseenter"):
        match = _NUMBERED.search(element.get(key))
        if match is not None:
            name, number = match.groups()
            yield from (f"con_{name}_{number}", f"{name}_con_{number}", f"{name}_{number}", f"con{name}{number}")
            yield from (f"{name}con{number}", f"{name}_content_{number}", f"{name}Content{number}")


def _text(element: Element) -> str:
    return squeeze("".join(element.pieces()))


def _by_order(root: Element) -> Iterator[tuple[int, Element]]:
    """Headings in one list and as many panels beside it."""
    covered = 0
    for element in root.order:
        if element.tag not in ("ul", "ol", "div", "dl", "p") or element.parent is None or element.place <= covered:
            continue
        heads = _heads(element)
        if not heads:
            continue
        for panels in _following(element, len(heads)):
            if _switched(element, panels):
                yield from ((id(panel), head) for panel, head in zip(panels, heads, strict=True))
                covered = max(element.last, *(panel.last for panel in panels))
                break


def _heads(element: Element) -> list[Element]:
    """Children of one tag that are nothing but short names."""
    children = element.children
    if not 2 <= len(children) <= _HEADS_LIMIT or len({child.tag for child in children}) != 1:
        return []
    if children[0].tag not in ("li", "span", "a", "div", "h2", "h3", "h4", "em", "p", "dt"):
        return []
    for child in children:
        links = sum(1 for inner in child.walk() if inner.tag == "a")
        if links > 1 or child.last - child.place > 6 or not 2 <= len(_text(child)) <= _HEAD_LIMIT:
            return []
    return children


def _following(element: Element, count: int) -> Iterator[list[Element]]:
    """Groups of so many blocks that follow a list of headings, or the wrapper in which it stands alone."""
    for start in (element, element.parent):
        if start is None or start.parent is None or start.tag == "body":
            return
        if start is not element and len(start.children) != 1:
            return
        after = [node for node in start.parent.nodes[start.rank + 1 :] if isinstance(node, Element)]
        after = [one for one in after if one.tag not in ("script", "style", "br", "hr")]
        alike = [one for one in after if after and one.tag == after[0].tag]
        if len(alike) >= count and alike[:count] == after[:count]:
            yield after[:count]
        inner = [one for one in after[0].children if one.tag not in ("script", "style")] if after else []
        if len(inner) == count and len({one.tag for one in inner}) == 1:
            yield inner


def _switched(heads: Element, panels: list[Element]) -> bool:
    """The blocks hold links and only one of them is shown, or their names say that they are tabs."""
    filled = [count for panel in panels if (count := sum(1 for inner in panel.walk() if inner.tag == "a"))]
    if not any(count >= 2 for count in filled) or any(panel.tag in ("li", "a", "span", "tr", "td") for panel in panels):
        return False
    hidden = sum(1 for panel in panels if panel.hidden)
    if hidden and hidden >= len(panels) - 1:
        return True
    above = heads.parent.marks if heads.parent is not None else ""
    marked = _TABBED.search(f"{heads.marks} {above}") and all(_TABBED.search(_marks(panel)) for panel in panels)
    return bool(marked)


def _marks(panel: Element) -> str:
    return f"{panel.marks} {panel.parent.marks if panel.parent is not None else ''}"


def accordion_head(element: Element) -> Element | None:
    """The heading directly before a block, where headings and blocks take turns among their siblings."""
    own, parent = element.get("class"), element.parent
    if parent is None or element.tag not in ("div", "section", "p", "ul"):
        return None
    before = next((one for one in element.elder(6) if one.tag not in ("script", "style", "br", "hr")), None)
    if before is None or before.get("class") == own or not before.get("class"):
        return None
    heads = sum(1 for child in parent.children if child.get("class").split()[:1] == before.get("class").split()[:1])
    return before if heads >= 2 else None


def row_head(element: Element) -> Element | None:
    """The cell or the row that names what a cell of a table, or a table in it, holds."""
    if element.tag == "td":
        before = next(iter(element.elder(1)), None)
        return before if before is not None and before.tag in ("td", "th") else None
    cell = element.parent
    if element.tag != "table" or cell is None or cell.tag != "td" or cell.parent is None:
        return None
    row = cell.parent
    if any(child is not cell and _text(child) for child in row.children):
        return None
    return next((one for one in row.elder(1) if one.tag == "tr"), None)
