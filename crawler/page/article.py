"""The article of a page: its text, heading, displayed date, index table and what hangs on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from crawler.page.dating import find_dates, parse_day
from crawler.page.tree import BLOCKS, SILENT, Element, squeeze

_HOLDERS = re.compile(
    r"(?:^|[\s_-])(?:zoom|ozoom|trs_editor|trs_editor_view|trs_ueditor|ucap-content|ucapcontent|vsb_content\w*"
    r"|v_news_content|art_con\w*|article-?content|article_?con\w*|articlebox|article-body|zwxl-article|gkxl-article"
    r"|content-article|news_?content|detail-?content|detail_?con\w*|con_text|contenttext|main-?txt|xl_con\w*"
    r"|xxgk_content|pages_content|bt-content|nr_con\w*|wzcon|textcontent|divcontent|j-fontcontent|body_content"
    r"|info-?content|gsj_htmlcon\w*|view)(?:$|\s)"
)
_PUBLISHED = re.compile(
    r"(?P<label>(?:发布|公布|公开|发文|发稿|录入|更新|生成|成文)(?:日期|时间)|(?<![\u4e00-\u9fff])(?:日\s*期|时\s*间))"
    r"\s*[】\]]?\s*[:：]?\s*(?P<rest>.{6,26})"
)
_RANK = ("发布", "公布", "公开", "发稿", "发文", "日期", "时间", "更新", "录入", "生成", "成文")
_INDEX_LABELS = (
    "索引号 发布机构 发文机关 发文单位 制发机关 公开主体 公开责任部门 信息来源 成文日期 发布日期 发文日期 生成日期 "
    "公开日期 发布时间 生效日期 失效日期 废止日期 主题分类 体裁分类 组配分类 信息分类名称 信息分类 主题词 关键词 "
    "有效性 时效性 效力状态 文号 发文字号 文件编号 名称 标题 信息名称 公开方式 公开范围 公开时限 公开形式 服务对象 "
    "公文种类 内容概述 体裁 主题 统一登记号 文件状态 责任部门 公文名称 信息索引"
)
_LABELS = frozenset(_INDEX_LABELS.split())
_LABELLED = re.compile(r"^[\[【(（\s]*([\u4e00-\u9fff\s]{2,10})[\]】)）\s]*(?:[:：]|$)\s*(.*)$", re.DOTALL)
_INNER = frozenset(("tr", "td", "tbody", "th", "table", "thead", "section", "li", "ul", "ol"))
_HUNG = frozenset(("img", "a", "video", "embed", "iframe"))
_TITLED = re.compile(r"(?:^|[\s_-])(?:title|biaoti|bt|tit|arti_title)(?:$|[\s_-])")
_SHORTEST = 30


def _paragraphs(root: Element) -> dict[int, int]:
    """Weight of text by the element in which it stands as paragraphs."""
    weights: dict[int, int] = {}
    linked = 0
    for element in root.order:
        if element.tag in ("a", "option") and element.last > linked:
            linked = element.last
        if element.place <= linked or element.tag in SILENT:
            continue
        length = sum(len(squeeze(node)) for node in element.nodes if isinstance(node, str))
        if length < 2:
            continue
        block = element
        while block.parent is not None and block.tag not in BLOCKS:
            block = block.parent
        if block.tag in ("p", "br", "center", "h2", "h3", "h4", "pre", "blockquote") and block.parent is not None:
            block = block.parent
        while block.tag in _INNER and block.parent is not None:
            block = block.parent
        weights[id(block)] = weights.get(id(block), 0) + length
    return weights


def is_named_holder(element: Element) -> bool:
    """Its name says that it holds an article's text (#zoom, TRS_Editor, UCAPCONTENT ...)."""
    return element.tag == "ucapcontent" or (bool(element.attributes) and _HOLDERS.search(element.marks) is not None)


def text_length(element: Element) -> int:
    """Number of visible characters without spaces."""
    return len("".join("".join(element.pieces()).split()))


def find_holder(root: Element, feet: list[Element]) -> tuple[Element | None, bool]:
    """The element that holds the article's text and whether its name says so; else the densest block."""
    named = [
        element
        for element in root.order
        if is_named_holder(element)
        and element.tag not in ("a", "body", "script", "input", "img", "span", "style", "link")
        and not any(foot.holds(element) for foot in feet)
    ]
    best = max(named, key=text_length, default=None)
    if best is not None and (text_length(best) >= _SHORTEST or any(child.tag in _HUNG for child in best.walk())):
        inner = [element for element in named if element is not best and best.holds(element)]
        tight = max(inner, key=text_length, default=None)
        if tight is not None and text_length(tight) >= 0.9 * text_length(best):
            best = tight
        return best, True
    weights = _paragraphs(root)
    dense = max(
        (
            element
            for element in root.order
            if weights.get(id(element)) and not any(foot.holds(element) for foot in feet)
        ),
        key=lambda element: weights[id(element)],
        default=None,
    )
    if dense is None or dense.tag in ("html", "#document") or weights[id(dense)] < _SHORTEST:
        return best, best is not None
    return dense, False


def heading_of(root: Element, start: int, holder: Element | None, title: str, tagged: str) -> str:
    """Heading as shown: the ArticleTitle where it is shown, else the heading or titled block before the text."""
    end = holder.place if holder is not None else len(root.order)
    found = ""
    for element in root.order:
        titled = element.tag in ("h1", "h2", "h3") or (element.attributes and _TITLED.search(element.marks))
        if not titled or element.hidden or element.tag in ("head", "title", "a", "input"):
            continue
        text = squeeze("".join(element.pieces()))
        if not 2 <= len(text) <= 150:
            continue
        if tagged and text == tagged:
            return text
        before = start < element.place <= max(end, start + 1)
        near = before and (not found or (title and title.startswith(text[:10])))
        if near or (not found and element.tag == "h1" and title and text in title):
            found = text
    return found


def index_of(lines: Iterable[str]) -> dict[str, str]:
    """Index table (索引表): label to value, from the page's strings in order; only where it is one."""
    fields: dict[str, str] = {}
    waiting = ""
    for line in lines:
        match = _LABELLED.match(line)
        label = re.sub(r"\s", "", match.group(1)) if match else ""
        if match and label in _LABELS:
            value = match.group(2).strip(" 】]）)：:")
            waiting = "" if value else label
            if value and len(value) <= 200:
                fields.setdefault(label, value)
        elif waiting and line.strip(" :：]】[【"):
            fields.setdefault(waiting, line.strip(" :：]】")[:200])
            waiting = ""
    if "索引号" not in fields and len(fields) < 3:
        return {}
    return {label: value for label, value in fields.items() if value}


def displayed_day(text: str, fields: dict[str, str]) -> date | None:
    """The date shown with the article outside its text; 发布日期 before 日期 before 成文日期.

    Args:
        text: visible text of the page without the article's own text, one string a line.
        fields: the index table.
    """
    best: tuple[int, date] | None = None
    for match in _PUBLISHED.finditer(text):
        day = parse_day(match.group("rest"))
        label = "".join(match.group("label").split())
        rank = next((number for number, word in enumerate(_RANK) if label.startswith(word)), len(_RANK))
        if day is not None and (best is None or rank < best[0]):
            best = (rank, day)
    if best is not None:
        return best[1]
    for label in ("发布日期", "发布时间", "公开日期", "发文日期", "生成日期", "成文日期"):
        if label in fields and (day := parse_day(fields[label])) is not None:
            return day
    return None


def bare_day(lines: Iterable[str]) -> date | None:
    """A date that stands alone in a short line between heading and text."""
    for line in lines:
        dates = find_dates(line)
        if dates and len(line) <= 40:
            return dates[0].day
    return None
