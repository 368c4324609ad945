"""The element that holds an article's text: by its name, else the densest block that holds no breadcrumb."""

from __future__ import annotations

import re

from crawler.page.tree import BLOCKS, SILENT, Element, squeeze

_HOLDERS = re.compile(
    r"(?:^|[\s_-])(?:zoom|ozoom|trs_editor|trs_editor_view|trs_ueditor|ucap-content|ucapcontent|vsb_content\w*"
    r"|v_news_content|art_con\w*|article-?content|article_?con\w*|articlebox|article-body|zwxl-article|gkxl-article"
    r"|content-article|news_?content|detail-?content|detail_?con\w*|con_text|contenttext|main-?txt|xl_con\w*"
    r"|xxgk_content|pages_content|bt-content|nr_con\w*|wzcon|textcontent|divcontent|j-fontcontent|body_content"
    r"|info-?content|gsj_htmlcon\w*|view)(?:$|\s)"
)
_INNER = frozenset(("tr", "td", "tbody", "th", "table", "thead", "section", "li", "ul", "ol"))
_HUNG = frozenset(("img", "a", "video", "embed", "iframe"))
_SHOWN = frozenset(("img", "embed", "iframe", "video", "object"))
_HOLDING = frozenset(("div", "td", "section", "article", "main", "center", "body"))
_SIZE = re.compile(r"^\s*(\d+)")
ICON = re.compile(
    r"icon[_-]?\w*\.(?:gif|png)|/icons?/|fileTypeImages|/ico[_/]|blank\.gif|spacer|share|qrcode|ewm\.|logo|banner",
    re.IGNORECASE,
)
"""Addresses of images that are signs of file types, spacers, badges."""
_PARAGRAPHS = frozenset(("p", "br", "center", "h2", "h3", "h4", "pre", "blockquote"))
_NO_HOLDER = frozenset(("html", "#document", "tr", "tbody", "thead", "ul", "ol", "p"))
_COUNT = re.compile(r"[\[(（【〔]\s*\d+\s*(?:条|篇|件|项|个)?\s*[\])）】〕]")
"""How many a menu's entry holds ([3]): no running text."""
_SHORTEST = 30
_MOST = 0.75
"""Share of the heaviest element's text that an element inside it must hold to be taken for it."""


def _paragraphs(root: Element, laid: Element | None = None) -> dict[int, int]:
    """Weight of text by the element in which it stands as paragraphs; links and options weigh nothing.

    Args:
        laid: the breadcrumb of a page that tables lay out: the cell behind it that holds a table has its text's weight.
    """
    weights: dict[int, int] = {}
    linked = 0
    for element in root.order:
        if element.tag in ("a", "option") and element.last > linked:
            linked = element.last
        if element.place <= linked or element.tag in SILENT:
            continue
        told = "".join(squeeze(node) for node in element.nodes if isinstance(node, str))
        length = len(told)
        if length < 2 or _COUNT.fullmatch(told):
            continue
        for block in _credited(element) | (_cells_behind(element, laid) if laid is not None else set()):
            weights[id(block)] = weights.get(id(block), 0) + length
    return weights


def _credited(element: Element) -> set[Element]:
    """The elements to whose weight a text adds: its block, that of the paragraphs beside it, and what lays them out."""
    block = element
    while block.parent is not None and block.tag not in BLOCKS:
        block = block.parent
    credited = {block}
    if block.parent is not None:
        if block.tag in _PARAGRAPHS:
            credited = {block.parent}
        elif block.tag == "div" and not any(child.tag in BLOCKS for child in block.children):
            credited.add(block.parent)
    for one in list(credited):
        while one.tag in _INNER and one.parent is not None:
            one = one.parent
        credited.add(one)
    return {one for one in credited if one.tag not in _NO_HOLDER}


def _cells_behind(element: Element, crumb: Element) -> set[Element]:
    """The outermost cell or block around a text in which the breadcrumb does not stand."""
    behind = [above for above in element.ancestors() if above.place > crumb.last and above.tag not in _NO_HOLDER]
    return {behind[-1]} if behind else set()


def is_named_holder(element: Element) -> bool:
    """Its name says that it holds an article's text (#zoom, TRS_Editor, UCAPCONTENT ...)."""
    return element.tag == "ucapcontent" or (bool(element.attributes) and _HOLDERS.search(element.marks) is not None)


def text_length(element: Element) -> int:
    """Number of visible characters without spaces."""
    return len("".join("".join(element.pieces()).split()))


def find_holder(root: Element, feet: list[Element], crumb: Element | None = None) -> tuple[Element | None, bool]:
    """The element that holds the article's text and whether its name says so; else the densest block.

    Args:
        crumb: the breadcrumb; what holds it holds more than the text.
    """
    named = [
        element
        for element in root.order
        if is_named_holder(element)
        and element.tag not in ("a", "body", "script", "input", "img", "span", "style", "link")
        and not any(foot.holds(element) for foot in feet)
        and not (crumb is not None and element.holds(crumb))
    ]
    best = max(named, key=text_length, default=None)
    if best is not None and (text_length(best) >= _SHORTEST or any(child.tag in _HUNG for child in best.walk())):
        inner = [element for element in named if element is not best and best.holds(element)]
        tight = max(inner, key=text_length, default=None)
        if tight is not None and text_length(tight) >= _MOST * text_length(best):
            best = tight
        return best, True
    dense = _densest(root, feet, crumb) or _densest(root, feet, crumb, laid=True)
    if dense is not None:
        return dense, False
    return (best, True) if best is not None else (_shown_only(root, feet, crumb), False)


def _shown_only(root: Element, feet: list[Element], crumb: Element | None) -> Element | None:
    """The block of the first picture, player or document behind the breadcrumb, of a page that has hardly any text."""
    linked = 0
    for element in root.order[crumb.last if crumb is not None else 0 :]:
        if element.tag == "a":
            linked = max(linked, element.last)
        if element.tag not in _SHOWN or element.place <= linked or element.hidden:
            continue
        if any(foot.holds(element) for foot in feet) or small(element) or ICON.search(element.get("src")):
            continue
        if element.tag == "video" and not any(one.get("src") for one in element.walk()):
            continue
        return next((above for above in element.ancestors() if above.tag in _HOLDING), None)
    return None


def small(element: Element) -> bool:
    """Its attributes say that it is a sign rather than a picture."""
    sizes = [_SIZE.match(element.get(name)) for name in ("width", "height")]
    return any(size is not None and int(size.group(1)) <= 40 for size in sizes)


def _densest(root: Element, feet: list[Element], crumb: Element | None, *, laid: bool = False) -> Element | None:
    """The innermost element with most of the heaviest one's running text, behind the breadcrumb."""
    if laid and crumb is None:
        return None
    weights = _paragraphs(root, crumb if laid else None)
    heavy = [
        element
        for element in root.order
        if weights.get(id(element), 0) >= _SHORTEST
        and not any(foot.holds(element) for foot in feet)
        and not (crumb is not None and element.place <= crumb.last)
    ]
    most = max(heavy, key=lambda element: weights[id(element)], default=None)
    if most is None:
        return None
    least = _MOST * weights[id(most)]
    return next(element for element in reversed(heavy) if most.holds(element) and weights[id(element)] >= least)
