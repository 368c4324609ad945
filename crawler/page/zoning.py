"""Zones of a page: footer, breadcrumb and main part; the rest is navigation."""

from __future__ import annotations

import re

from crawler.page.page import Zone
from crawler.page.tree import Element

_FOOT = re.compile(r"(?:^|[\s_-])(?:foot|footer|copyright|bottom)|foot(?:er)?(?:$|[\s_-])|footer")
_FOOT_WORDS = re.compile(r"网站标识码|ICP备|公网安备|版权所有|Copyright", re.IGNORECASE)


def footer_of(root: Element) -> list[Element]:
    """Elements that are the page's footer by name, or the block that carries the site's number at the end."""
    found: list[Element] = []
    for element in root.walk():
        if element.tag not in ("div", "footer", "table", "section", "ul", "td"):
            continue
        if found and found[-1].holds(element):
            continue
        small = element.last - element.place < 400
        if small and (element.tag == "footer" or _FOOT.search(element.marks)):
            words = "".join(element.pieces())
            if len(words) < 3000:
                found.append(element)
    return found


def zones_of(root: Element, crumb: Element | None, mains: list[Element], feet: list[Element]) -> dict[int, Zone]:
    """Zone of every element; the innermost marked one above it decides."""
    marked: dict[int, Zone] = {id(element): Zone.MAIN for element in mains}
    marked.update({id(element): Zone.FOOTER for element in feet})
    if crumb is not None:
        marked[id(crumb)] = Zone.BREADCRUMB
    zones: dict[int, Zone] = {}
    for element in root.walk():
        own = marked.get(id(element))
        parent = element.parent
        zones[id(element)] = own if own is not None else zones.get(id(parent), Zone.NAVIGATION)
    return zones
