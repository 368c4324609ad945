"""The breadcrumb (当前位置): found by its words or marks, read as entries from the outermost."""

from __future__ import annotations

import re

from crawler.page.linking import Anchor, tidy
from crawler.page.menus import Menus
from crawler.page.tree import BLOCKS, SILENT, Element, squeeze
from ledger.observation import Link

_WORDS = re.compile(r"(?:当前|现在|您|你|所在)[^。，]{0,8}位置|^\s*位\s*置\s*[:：>＞]|^\s*(?:当前|所在)栏目\s*[:：]")
_PREFIX = re.compile(r"^.*?位\s*置\s*(?:是|为)?\s*[:：>＞]*|^\s*(?:当前|所在)栏目\s*[:：]")
_SEPARATORS = re.compile(r"\s*(?:>+|＞+|»+|›+|→|::|\s[/／]\s|^\s*[/／]|[/／]\s*$|\|)\s*|\s--\s|\s-\s")
_MARKS = re.compile(r"crumb|weizhi|dqwz|(?:^|[\s_-])(?:position|location|wz|where|path|bread)(?:$|[\s_-])")
_LONGEST = 400


def _texts(element: Element) -> str:
    return squeeze("".join(element.pieces()))


def _holder(element: Element, menus: Menus) -> Element | None:
    """The element with the words, or the nearest one above that holds the links too."""
    best: Element | None = None
    for holder in (element, *element.ancestors()):
        if holder.tag in ("body", "html", "#document"):
            break
        if holder.last - holder.place > 120 or len(_texts(holder)) > _LONGEST:
            break
        best = holder
        if menus.count(holder):
            return holder
    return best if best is not None and _PREFIX.sub("", _texts(best)).strip() else None


def find_crumb(root: Element, menus: Menus) -> Element | None:
    """The element that is the page's breadcrumb, or None."""
    marked: Element | None = None
    for element in root.walk():
        if element.tag in SILENT or element.tag in ("title", "a", "option"):
            continue
        own = "".join(node for node in element.nodes if isinstance(node, str))
        if ("位" in own or "栏目" in own) and len(own) < _LONGEST and _WORDS.search(squeeze(own)):
            holder = _holder(element, menus)
            if holder is not None:
                return holder
        if marked is None and element.attributes and menus.count(element) and element.tag in BLOCKS:
            marks = element.marks
            if _MARKS.search(marks) and len(_texts(element)) < 200 and _begins_at_home(menus.within(element)):
                marked = element
    if marked is not None:
        return marked
    current = next((anchor for anchor in menus.anchors if "currchnlcls" in anchor.element.marks), None)
    return current.element.parent if current is not None else None


def _begins_at_home(anchors: list[Anchor]) -> bool:
    return bool(anchors) and re.search(r"首页|主页|网$|政府", anchors[0].label) is not None


def entries_of(crumb: Element, menus: Menus) -> tuple[Link, ...]:
    """Entries, outermost first; the last is often plain text without address."""
    anchors = {id(anchor.element): anchor for anchor in menus.within(crumb)}
    entries: list[Link] = []
    text = ""

    def flush() -> None:
        nonlocal text
        for part in _SEPARATORS.split(_PREFIX.sub("", squeeze(text))):
            label = tidy(part)
            if label and "位置" not in label and "次数" not in label and len(label) <= 80 and part[-1:] not in "：:":
                entries.append(Link(label, ""))
        text = ""

    stack: list[Element | str] = [crumb]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            text += node
        elif id(node) in anchors:
            flush()
            anchor = anchors[id(node)]
            if anchor.label.strip(">＞»/ ") and "位置" not in anchor.label:
                entries.append(Link(anchor.label, anchor.url))
        elif node.tag not in SILENT:
            stack.extend(reversed(node.nodes))
    flush()
    return tuple(
        entry for number, entry in enumerate(entries) if not number or entry.label != entries[number - 1].label
    )
