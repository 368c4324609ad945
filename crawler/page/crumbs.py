"""The breadcrumb (当前位置): found by its words or marks, read as entries from the outermost."""

from __future__ import annotations

import re

from crawler.page.linking import Anchor, tidy
from crawler.page.menus import Menus
from crawler.page.tree import BLOCKS, SILENT, Element, squeeze
from ledger.observation import Link

_WORDS = re.compile(
    r"(?:当前|现在|您|你|所在)[^。，]{0,8}位置|^\s*位\s*置\s*[:：>＞]|^\s*(?:当前|所在)(?:栏目|页面|频道|路径|目录)\s*[:：]"
    r"|^\s*(?:您|你)在(?:这里|此处)?\s*[:：]"
)
_PREFIX = re.compile(
    r"^.*?位\s*置\s*(?:导航|是|为)?\s*[】\]]?\s*[:：>＞]*|^\s*(?:当前|所在)(?:栏目|页面|频道|路径|目录)\s*[:：]|^\s*(?:您|你)在(?:这里|此处)?\s*[:：]"
)
_SEPARATORS = re.compile(
    r"\s*(?:-*>+|=+>|＞+|»+|›+|→|::|·>|\s[/／]\s|^\s*[/／]|[/／]\s*$|\|)\s*|\s--\s|\s-\s|^\s*-+\s*$"
)
_MARKS = re.compile(r"crumb|weizhi|dqwz|(?:^|[\s_-])(?:position|location|wz|where|path|bread)(?:$|[\s_-])")
_ENDS = re.compile(
    r"浏览(?:次数|量|\s*[:：])|次数\s*[:：]|点击量|分享到|字\s*[号体]\s*[:：]|打印本|[【\[]\s*打印|加入收藏|智能导读|语音朗读"
    r"|天气\s*[:：]|星期[一二三四五六日天]|发布时间\s*[:：]|来\s*源\s*[:：]"
)
"""Words of what may stand beside a breadcrumb in one block, which ends it."""
_START = re.compile(r"^(?:网站|返回|回到)?(?:首\s*页|主\s*页)$|(?:政府网|门户网站|门户|官网|Home)$", re.IGNORECASE)
_PLAIN = re.compile(r"^(?:网站|返回|回到)?首\s*页\s*(?:-*>+|＞+|»+|›+|→)")
_AFTER = re.compile(r"^\s*(?:-*>+|＞+|»+|›+|→|::|[/／]|》)\s*[^\s>＞»›→|/／》]")
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
        if ("位" in own or "当前" in own or "在" in own) and len(own) < _LONGEST and _WORDS.search(squeeze(own)):
            holder = _holder(element, menus)
            if holder is not None:
                return holder
        if "首" in own and _PLAIN.match(squeeze(own)) and len(_texts(element)) < _LONGEST:
            return element
        if marked is None and element.attributes and menus.count(element) and element.tag in BLOCKS:
            marks = element.marks
            if _MARKS.search(marks) and len(_texts(element)) < 200 and _begins_at_home(menus.within(element)):
                marked = element
    if marked is not None:
        return marked
    current = next((anchor for anchor in menus.anchors if "currchnlcls" in anchor.element.marks), None)
    return current.element.parent if current is not None else _unnamed(menus)


def _unnamed(menus: Menus) -> Element | None:
    """A row of names behind 首页 with signs between them, without words or marks that say what it is."""
    for anchor in menus.anchors:
        if not _START.search(anchor.label):
            continue
        for holder in anchor.element.ancestors():
            if holder.tag in ("body", "html", "#document") or holder.last - holder.place > 60:
                break
            text = "".join(holder.pieces())
            own = "".join(anchor.element.pieces()).strip()
            if len(text) > _LONGEST or "|" in text or not own:
                break
            behind = text.partition(own)[2]
            if _AFTER.match(squeeze(behind)):
                return holder
    return None


def _begins_at_home(anchors: list[Anchor]) -> bool:
    return bool(anchors) and re.search(r"首页|主页|网$|政府", anchors[0].label) is not None


def entries_of(crumb: Element, menus: Menus) -> tuple[Link, ...]:
    """Entries, outermost first; the last is often plain text without address."""
    anchors = {id(anchor.element): anchor for anchor in menus.within(crumb)}
    entries: list[Link] = []
    text = ""

    def flush() -> None:
        nonlocal text
        plain = _PREFIX.sub("", squeeze(text))
        text = ""
        for part in _SEPARATORS.split(plain if "《" in plain else plain.replace("》", ">")):
            label = tidy(part)
            if label and "位置" not in label and len(label) <= 80 and part[-1:] not in "：:":
                entries.append(Link(label, ""))

    stack: list[Element | str] = [crumb]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            if entries and (end := _ENDS.search(node)):
                text += node[: end.start()]
                break
            text += node
        elif id(node) in anchors:
            flush()
            anchor = anchors[id(node)]
            if entries and _ENDS.search(anchor.label):
                break
            if anchor.label.strip(">＞»/ ") and "位置" not in anchor.label:
                entries.append(Link(anchor.label, anchor.url))
        elif node.tag not in SILENT:
            stack.extend(reversed(node.nodes))
            if node.tag in BLOCKS and text.strip():
                stack.append(" > ")
    flush()
    return tuple(
        entry for number, entry in enumerate(entries) if not number or entry.label != entries[number - 1].label
    )
