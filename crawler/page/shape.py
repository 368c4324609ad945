"""The shape of a column's page; ``EMPTY`` is an accusation and asks for proof, ``UNKNOWN`` is free."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.page.article import is_named_holder
from crawler.page.linking import Anchor
from crawler.page.menus import Menus
from crawler.page.region import Region
from crawler.page.tree import Element, squeeze
from ledger.observation import ColumnShape, Link

_NOTICE = re.compile(
    r"^[\s\[【(（]*(?:很?抱歉|对不起|温馨提示|提示)?[,，:：!！]?\s*(?:"
    r"(?:该|本|此|当前)?(?:栏目|分类|目录)?(?:下|中)?\s*(?:暂无|暂时没有|尚无|没有|未找到|未查询到|未检索到|未能?找到|暂未发布|未发布|无)"
    r"(?:查询到|找到|检索到|查到|发布)?(?:任何|符合条件的|相关|更多|可显示|公开)?的?"
    r"(?:信息|数据|内容|记录|文章|文件|公开内容|公开信息|结果|文档)|(?:内容|栏目|信息|页面|数据)(?:正在)?(?:建设|整理|更新|完善|准备)中"
    r"|共\s*0\s*(?:条|篇|项|个)(?:信息|记录|数据)?)[\s。.!！…~,，;；\])）】]*(?:敬请(?:期待|关注))?[。.!！\s]*$"
)
_LIST_MARKS = re.compile(r"list|news|item|lb\b|liebiao|con\b|content|rul|zdgkc|data|table")
_PAGER_MARKS = re.compile(r"page|pager|fenye|pagination")
_SHOWING = frozenset(("img", "input", "iframe", "video", "canvas", "object", "embed", "script", "a"))
_ORNAMENT = re.compile(
    r"(?<![a-z])(?:icons?|ico|arrows?|line|dot|bg|logo|blank|space|no_?data|empty|title|banner|top|home|more|print|share"
    r"|close|search|q?r?code)+(?![a-z])",
    re.IGNORECASE,
)
"""Names of image files that adorn a page; the folder in which they lie says nothing."""
_FUNCTIONS = re.compile(
    r"^(?:(?:网站|返回)?首\s*页|上一?页|下一?页|尾\s*页|末\s*页|打印|关闭|返回.{0,4}|刷新|\d{1,3}|跳转|GO|go"
    r"|(?:网站|站点)地图|关于(?:我们|本站)|(?:网站|版权|隐私|免责)声明|设为首页|加入收藏)$"
)
_UNITS = re.compile(
    r"^(?:各|区|县|市|级|政府|委办局|部门|镇街|乡镇|街道|单位|[、和及与（）()\s])+(?:(?:政府)?信息公开|政务公开|网站|导航|链接|平台)$"
)
_UNIT = re.compile(r"(?:政府|办公室|办事处|街道|镇|乡|局|委|委员会|中心|公安|税务|管委会)$")
_WRAPPERS = frozenset(("p", "span", "i", "em", "b", "strong", "font", "center", "figure"))
"""Elements about a picture that are no box of their own."""
QUIET = 40
"""Visible characters beside headings and notice that the main region of an empty column may hold (a pager's words)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence (形态依据) on which the shape is decided."""

    closed: bool
    """The document ends with its closing tag and shows no cut."""
    links: int
    crumb: tuple[Link, ...]
    rows: int
    blocks: int
    subcolumns: int
    """Links to sub-columns below the page's own address."""
    tables: int
    article: bool
    """The page is one text, by its tags, its address or its body."""
    scripted_list: bool
    asks: bool
    """Programs of the page ask a service for something."""
    pager_total: int | None
    pager_more: bool
    frames: int
    replaced: bool


def notice_of(region: Region) -> str:
    """Words such as 暂无信息 that stand alone in a visible block or a picture's alt in the main region, or empty."""
    for element in region.elements():
        if element.hidden or element.tag in ("script", "style", "a", "option", "noscript", "template"):
            continue
        text = squeeze("".join(element.pieces())) if element.last - element.place <= 6 else ""
        if element.tag == "img" and not any(above.tag == "a" for above in element.ancestors()):
            text = squeeze(element.get("alt"))
        if _is_notice(text):
            return text
    return ""


def _is_notice(text: str) -> bool:
    return 2 <= len(text) <= 30 and _NOTICE.match(text) is not None


def is_of_notice(picture: Element) -> bool:
    """Whether a picture says that there is nothing: by its own words, or by those that stand alone with it in a box."""
    words = squeeze(picture.get("alt"))
    box = next((above for above in picture.ancestors() if above.tag not in _WRAPPERS), None)
    if words or box is None:
        return _is_notice(words)
    return _is_notice(squeeze("".join(box.pieces()))) and sum(one.tag == "img" for one in box.walk()) == 1


def _bare_list(region: Region, menus: Menus) -> Element | None:
    """A list element that is there, is shown, and holds nothing."""
    for element in region.elements():
        if element.hidden or element.tag not in ("ul", "ol", "table", "tbody", "dl"):
            continue
        if element.get("id") or menus.count(element) or any(piece.strip() for piece in element.pieces()):
            continue
        if any(child.tag in _SHOWING for child in element.walk()):
            continue
        return element
    return None


def _bare_part(region: Region, menus: Menus, after: int) -> bool:
    """Behind the column's heading an unnamed part of a list's frame is there, is shown, and holds nothing."""
    # A part that shows nothing but the column's menu is taken for one, with the empty frame in it.
    return any(
        element.tag in ("div", "section")
        and not element.hidden
        and bool(element.get("class"))
        and not element.get("id")
        and not _PAGER_MARKS.search(element.marks)
        and any(_LIST_MARKS.search(one.marks) for one in (element, element.parent) if one is not None)
        and not menus.shows(element)
        and not any(child.tag in _SHOWING or child.get("id") for child in element.walk())
        for element in region.root.order[after : region.end]
    )


def _bare_text(region: Region) -> bool:
    """An element that by its name holds an article's text is there, is shown, and holds nothing."""
    return any(
        is_named_holder(element)
        and not element.hidden
        and not any(piece.strip() for piece in element.pieces())
        and not any(child.tag in _SHOWING for child in element.walk())
        for element in region.elements()
    )


def _heading_place(region: Region, label: str) -> int:
    """Place of the last heading of the main region that is the column's own name; 0 where there is none."""
    wanted = "".join(label.split())
    found = 0
    for element in region.root.order[region.start : region.end] if wanted else ():
        if element.last - element.place <= 4 and element.tag not in ("script", "style", "a", "option", "title", "li"):
            text = "".join("".join(element.pieces()).split())
            if text == wanted:
                found = element.place
    return found


def _offers(region: Region, menus: Menus, after: int) -> bool:
    """Behind a place of the main part stands any link that leads somewhere, be it as short as a menu's.

    An undated list of short names reads like a menu; a column that shows one is not empty.
    """
    return any(
        after < anchor.place <= region.end
        and anchor.url
        and not _FUNCTIONS.match(anchor.label)
        and not _is_unit(anchor, menus, after)
        for anchor in menus.anchors
    )


def _file(address: str) -> str:
    """Name of the file without its folders."""
    return address.partition("?")[0].rstrip("/").rpartition("/")[2]


def _is_unit(anchor: Anchor, menus: Menus, after: int) -> bool:
    """A unit's name in the pane that leads to the units' own pages, as portals print it beside every column.

    Under any other heading (部门预算, 部门) names of units are content.
    """
    head = menus.owner.get(id(anchor.element))
    return head is not None and head.place > after and bool(_UNITS.search(head.label) and _UNIT.search(anchor.label))


def _shows_something(region: Region, after: int, noticed: bool) -> bool:
    """Behind a place of the main part stands a document, a film or, without a notice, a picture that is no ornament."""
    for element in region.elements():
        if element.hidden or element.place <= after:
            continue
        if element.tag in ("embed", "object", "video", "audio", "canvas"):
            return True
        if element.tag == "img" and not noticed and not _ORNAMENT.search(_file(element.get("src"))):
            return True
    return False


def is_empty(evidence: Evidence, region: Region, menus: Menus, notice: str) -> bool:
    """The frame for a list is there and holds nothing, on a page that otherwise looks whole."""
    whole = evidence.closed and not evidence.replaced and not evidence.frames
    nothing = not (evidence.rows or evidence.blocks or evidence.tables or evidence.article or evidence.scripted_list)
    nothing = nothing and not evidence.subcolumns
    if not whole or not nothing or not region.anchored or evidence.pager_more:
        return False
    words = "".join(region.text().split())
    names = [entry.label for entry in evidence.crumb]
    rest = words.replace("".join(notice.split()), "") if notice else words
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace("".join(name.split()), "")
    if len(rest) > QUIET:
        return False
    last = names[-1] if names else ""
    named = _heading_place(region, last)
    if evidence.links < 5 and not (notice and named and len(names) >= 3):
        # A page in a frame shows its way, its name and the notice, and no menus.
        return False
    if _offers(region, menus, named or region.start):
        return False
    if _shows_something(region, named, bool(notice)):
        return False
    if notice:
        return True
    bare = _bare_list(region, menus)
    if bare is not None and evidence.pager_total is not None and evidence.pager_total <= 1:
        return True
    if bare is None and not _bare_text(region) and not (named and _bare_part(region, menus, named)):
        return False
    return not evidence.asks and len(names) >= 2 and named > 0


def is_empty_beside(evidence: Evidence, region: Region, menus: Menus, notice: str, frames: Sequence[Element]) -> bool:
    """But for frames that stand before the column's heading, as those of menus do, it is an empty column."""
    last = evidence.crumb[-1].label if evidence.crumb else ""
    named = _heading_place(region, last)
    if len(frames) != evidence.frames or not frames or any(frame.last >= named for frame in frames):
        return False
    return is_empty(replace(evidence, frames=0), region, menus, notice)


def shape_of(evidence: Evidence, region: Region, menus: Menus, notice: str) -> ColumnShape:
    """List, article, table, sub-columns or empty; unknown where none can be told."""
    if evidence.article:
        return ColumnShape.ARTICLE
    if evidence.rows:
        return ColumnShape.LIST
    if evidence.blocks >= 2:
        return ColumnShape.SUBCOLUMNS
    if evidence.tables:
        return ColumnShape.TABLE
    if evidence.subcolumns >= 2:
        return ColumnShape.SUBCOLUMNS
    if is_empty(evidence, region, menus, notice):
        return ColumnShape.EMPTY
    return ColumnShape.UNKNOWN
