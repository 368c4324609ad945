"""The footer of a page: by its name, or by the site's number and licence in it."""

from __future__ import annotations

import re

from crawler.page.tree import Element

_FOOT = re.compile(r"(?:^|[\s_-])(?:foot|copyright)|foot(?:er)?(?:$|[\s_-])|footer")
_LOW = re.compile(r"(?:^|[\s_-])(?:bottom|bot|dibu|yejiao|dbu?)(?:$|[\s_-])")
_FOOT_WORDS = re.compile(r"网站标识码|ICP备|公网安备|版权所有|Copyright", re.IGNORECASE)


def footer_of(root: Element) -> list[Element]:
    """Elements that are the page's footer by name, or the block that carries the site's number at the end."""
    found: list[Element] = []
    for element in root.walk():
        if element.tag not in ("div", "footer", "table", "section", "ul", "td"):
            continue
        if found and found[-1].holds(element):
            continue
        if element.last - element.place >= 400 or 2 * element.place < len(root.order):
            continue
        named = element.tag == "footer" or (bool(element.attributes) and _FOOT.search(element.marks) is not None)
        if not named and not (element.attributes and _LOW.search(element.marks)):
            continue
        words = "".join(element.pieces())
        if len(words) < 3000 and (named or _FOOT_WORDS.search(words)):
            found.append(element)
    return found
