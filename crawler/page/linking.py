"""Links: label, title and address; hidden lists count, comments never (they are not in the tree)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.page.addressing import absolute, raw_address
from crawler.page.opening import Openers
from crawler.page.tree import Element, squeeze

_GAPS = re.compile(r"(?<=[\u3400-\u9fff])[ \u00a0\u3000]+(?=[\u3400-\u9fff])")
_EDGES = re.compile(r"^[\s|｜·•>»›▪◆■●★▶►▸◇□○※→+├└─\-—]+|[\s|｜>»›▪◆■●▶►▸▼▾→+:：\-—]+$")
_COUNTED = re.compile(r"\s*[(\[（【]\s*\d+\s*(?:条|篇|件|项|个)?\s*[)\]）】]$")
_CHOICE = re.compile(r"(?:https?:)?//\w|\.{0,2}/\w", re.IGNORECASE)
_PAGE = re.compile(r"^第?\s*\d+\s*页?$")
_FILE = re.compile(r"/$|\.(?:s?html?|jsp|aspx?|php|jspx|action|do)\b", re.IGNORECASE)
_SIGNS = frozenset((">>", "»", ">>>", "＞＞", "+", "…", "...", ">"))
_PICTURES = re.compile(r"(?:^|[^a-z])(more|gengduo|next|xiayiye|last)(?![a-z])", re.IGNORECASE)
_MEANINGS = {"more": "更多", "gengduo": "更多", "next": "下一页", "xiayiye": "下一页", "last": "尾页"}
MORE = re.compile(
    r"^[\s\[【(（+>»›]*(?:查看|点击)?(?:更多|more|全部|MORE)[\s\]】)）+>»›.…]*(?:信息|内容)?$", re.IGNORECASE
)
HOME = re.compile(r"^(?:网站|返回|回到)?(?:首\s*页|主\s*页)$")


def tidy(label: str) -> str:
    """Label as the page shows it: spaces folded, padding within a short name, bars and counts at its ends taken off."""
    text = squeeze(label)
    if len(text.replace(" ", "")) <= 8:
        text = _GAPS.sub("", text)
    trimmed = _EDGES.sub("", text)
    return _COUNTED.sub("", trimmed) or trimmed


@dataclass(slots=True, eq=False)
class Anchor:
    """Anchor (链接元素) in the tree with what it says; ``pictured`` when only an image or a title gives the label."""

    element: Element
    label: str
    url: str
    title: str
    pictured: bool
    place: int


def _label(element: Element) -> tuple[str, str, bool]:
    title = squeeze(element.get("title"))
    label = tidy("".join(element.pieces())) or squeeze("".join(element.pieces()))
    if label:
        return label, title, False
    named = "value" if element.tag == "input" and element.get("type").lower() != "image" else "alt"
    alt = squeeze(element.get(named)) if element.tag in ("area", "img", "input") else ""
    if not alt:
        alt = next(
            (squeeze(child.get("alt")) for child in element.walk() if child.tag == "img" and child.get("alt")), ""
        )
    if not title:
        title = next((squeeze(child.get("title")) for child in element.walk() if child.get("title")), "")
    return tidy(title or alt) or _pictured(element), title, True


def _pictured(element: Element) -> str:
    """Meaning of an image without a name, or of a sign drawn by a style, by what its file or class is called."""
    if element.tag not in ("a", "area", "img", "input"):
        return ""
    for child in element.walk():
        called = child.get("src").rpartition("/")[2] or child.get("class")
        word = _PICTURES.search(called) if child.tag in ("img", "input", "i", "em", "span", "a") else None
        if word is not None:
            return _MEANINGS[word.group(1).lower()]
    return ""


def chosen_address(element: Element, openers: Openers) -> str:
    """Where choosing an entry of a select box leads (units are listed in such boxes), or empty; page numbers do not."""
    if element.tag != "option" or _PAGE.match(squeeze("".join(element.pieces()))):
        return ""
    value = element.get("value").strip()
    if _CHOICE.match(value):
        return value
    box = next((above for above in element.ancestors() if above.tag == "select"), None)
    opened = openers.address(box.get("onchange"), value) if box is not None and value else ""
    return opened if opened != value or _FILE.search(value) else ""


def _opened(element: Element, openers: Openers) -> bool:
    """An element that is no link itself opens an address when clicked."""
    if element.tag in ("body", "html", "form", "select", "option"):
        return False
    if element.tag == "input" and element.get("type").lower() not in ("button", "image", "submit", "reset"):
        return False
    if not element.get("onclick") and not openers.attribute(element):
        return False
    return bool(raw_address(element, openers)) and not any(child.tag == "a" for child in element.walk())


def anchors_of(root: Element, base: str, openers: Openers) -> list[Anchor]:
    """All links of the page in document order, and elements that open an address when clicked."""
    found: list[Anchor] = []
    cover = -1
    for element in root.walk():
        chosen = chosen_address(element, openers) if element.tag == "option" else ""
        linked = element.tag in ("a", "area") or bool(chosen)
        if not linked and (element.place <= cover or not element.attributes or not _opened(element, openers)):
            continue
        label, title, pictured = _label(element)
        if not label and not title:
            continue
        if "{{" in label or "{{" in title:
            continue
        cover = max(cover, element.last)
        address = absolute(base, chosen or raw_address(element, openers))
        anchor = Anchor(element, label or tidy(title), address, title, pictured, element.place)
        if found and element.scripted and found[-1].element.scripted and _same(found[-1], anchor):
            # The branches of one condition write the same link several times.
            continue
        found.append(anchor)
    return found


def is_more(anchor: Anchor) -> bool:
    """The link says 更多, in words or by a sign as some headings carry it."""
    label = anchor.label or anchor.title
    return bool(MORE.match(label)) or label in _SIGNS


def _same(one: Anchor, other: Anchor) -> bool:
    return one.label == other.label and one.url == other.url
