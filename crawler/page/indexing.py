"""The index table (索引表): pairs of label and value in tables, lists, brackets or plain lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.page.lining import Line
from crawler.page.tree import Element

_LABELS = (
    "索引号 信息索引号 信息索引 发布机构 发布单位 发布部门 发文机关 发文单位 发文机构 制发机关 "
    "公开主体 公开责任部门 责任部门 信息来源 来源 成文日期 成文时间 发布日期 发布时间 发文日期 "
    "发文时间 印发日期 生成日期 生成时间 公开日期 公开时间 公布日期 公布时间 生效日期 生效时间 "
    "实施日期 施行日期 失效日期 失效时间 废止日期 终止日期 截止日期 主题分类 体裁分类 组配分类 "
    "服务对象分类 信息分类名称 信息分类 所属分类 所属栏目 法定主动公开分类 主题词 关键词 关键字 "
    "有效性 时效性 时效 效力状态 效力 是否有效 文件状态 文号 发文字号 发布文号 文件编号 "
    "规范性文件编号 统一登记号 统一编号 备案登记号 登记号 名称 标题 信息名称 文件名称 公文名称 "
    "文件标题 公开方式 公开范围 公开时限 公开形式 公开类别 公开属性 服务对象 公文种类 公文类型 "
    "文件类型 内容概述 内容概览 内容摘要 体裁 主题 信息时效期 有效期 有效期限 在线链接地址 文件下载 "
    "信息格式 语种 起草单位 签发日期 更新时间 更新日期 "
)
_ALTERNATIVES = "|".join(r"\s*".join(label) for label in sorted(_LABELS.split(), key=len, reverse=True))
_PAIR = re.compile(
    rf"(?<![\u4e00-\u9fff])[\[【(（]?\s*({_ALTERNATIVES})\s*[\]】)）]?\s*[:：]\s*|[\[【]\s*({_ALTERNATIVES})\s*[\]】]\s*[:：]?\s*"
)
_ALONE = re.compile(rf"^[\[【(（]?\s*({_ALTERNATIVES})\s*[\]】)）]?\s*[:：]?$")
_EDGES = " \t\u3000:：]】|｜;；"
_LONGEST = 400
_SURE = frozenset(("索引号", "信息索引号", "统一登记号"))
_NOTES = frozenset(("来源", "更新时间", "更新日期"))
"""Labels of the note below a title, which make no index table."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Pair (标签与值) of the index table or of a note beside an article; ``place`` is that of the label."""

    label: str
    value: str
    place: int


def _bare(label: str) -> str:
    return "".join(label.split())


def pairs_of(lines: Iterable[Line]) -> list[Pair]:
    """Labels that say what they hold, with the values behind them in the line, in the row or in the row below."""
    lines = [line for line in lines if len(line.text) <= _LONGEST]
    found: list[Pair] = []
    headed = _headed(lines)
    waiting: Line | None = None
    label = ""
    for line in lines:
        if line.place in headed:
            found.append(Pair(headed[line.place], line.text, line.place))
            waiting = None
            continue
        alone = _ALONE.match(line.text)
        if alone is not None:
            waiting, label = line, _bare(alone.group(1))
            continue
        if waiting is not None and _beside(waiting.block, line.block):
            value = line.text.strip(_EDGES)
            if value:
                found.append(Pair(label, value, waiting.place))
            waiting = None
            continue
        waiting = None
        found.extend(_within(line))
    return found


def _within(line: Line) -> list[Pair]:
    """Pairs that stand in one line, each value ending where the next label begins."""
    marks = list(_PAIR.finditer(line.text))
    found: list[Pair] = []
    for number, mark in enumerate(marks):
        until = marks[number + 1].start() if number + 1 < len(marks) else len(line.text)
        value = line.text[mark.end() : until].strip(_EDGES)
        if value:
            found.append(Pair(_bare(mark.group(1) or mark.group(2)), value, line.place))
    return found


def _shows(node: Element | str) -> bool:
    return bool(node.strip()) if isinstance(node, str) else any(piece.strip() for piece in node.pieces())


def _sole(element: Element) -> Element:
    """The widest element that shows nothing beside this one."""
    while element.parent is not None and element.parent.tag not in ("tr", "body", "html", "#document"):
        if any(node is not element and _shows(node) for node in element.parent.nodes):
            break
        element = element.parent
    return element


def _beside(label: Element, value: Element) -> bool:
    """The value stands in the element behind the label's own, in the same row."""
    if label.holds(value):
        return True
    cell = _sole(label)
    row = cell.parent
    if row is None or not row.holds(value) or value.place <= cell.place:
        return False
    if row.tag in ("tbody", "table", "ul", "ol"):
        return False
    following = next((node for node in row.nodes[cell.rank + 1 :] if _shows(node)), None)
    return following is not None and not isinstance(following, str) and following.holds(value)


def _cells(row: Element) -> list[Element]:
    return [child for child in row.children if child.tag in ("td", "th")]


def _headed(lines: list[Line]) -> dict[int, str]:
    """Places of values that stand in the table row below their labels, with the label."""
    headed: dict[int, str] = {}
    labels: dict[int, list[str]] = {}
    rows: dict[int, Element] = {}
    for line in lines:
        cell = next((one for one in (line.block, *line.block.ancestors()) if one.tag in ("td", "th")), None)
        row = cell.parent if cell is not None else None
        if row is not None and row.tag == "tr":
            rows.setdefault(id(row), row)
            labels.setdefault(id(row), []).append(line.text)
    for number, row in rows.items():
        texts = labels[number]
        matches = [_ALONE.match(text) for text in texts]
        cells = _cells(row)
        if len(texts) < 2 or len(cells) != len(texts) or not all(matches):
            continue
        below = next((one for one in rows.values() if one.parent is row.parent and one.rank > row.rank), None)
        values = _cells(below) if below is not None else []
        if len(values) != len(cells) or any(_ALONE.match(cell.text()) for cell in values):
            continue
        for match, cell in zip(matches, values, strict=True):
            assert match is not None
            for line in lines:
                if cell.holds(line.block):
                    headed[line.place] = _bare(match.group(1))
    return headed


def fields_of(pairs: Iterable[Pair]) -> dict[str, str]:
    """The index table (索引表), label to value; only where the pairs are one."""
    fields: dict[str, str] = {}
    for pair in pairs:
        if len(pair.value) <= 200 and pair.label not in _NOTES:
            fields.setdefault(pair.label, pair.value)
    if not _SURE & fields.keys() and len(fields) < 3:
        return {}
    return fields
