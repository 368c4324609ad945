"""Passages (文字片段): all that an archived response says, in words, each with the place where it stands."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ledger.privacy import masked


@dataclass(frozen=True, slots=True)
class Passage:
    """Passage (文字片段).

    Attributes:
        place: in Chinese words for the organ; never a value.
        joined: it follows the passage before without a break (neighbouring inline elements).
    """

    place: str
    text: str
    joined: bool = False


_TOKEN = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|\Z)"
    r"|<(?P<raw>script|style)\b(?P<rawattrs>[^<>]*)>(?P<code>.*?)(?:</(?P=raw)\b[^<>]*>|\Z)"
    r"|<(?P<close>/?)(?:\w+:)?(?P<tag>[A-Za-z][\w-]*)(?P<attrs>[^<>]*)>"
    r"|(?P<text>[^<]+|<)",
    re.DOTALL | re.IGNORECASE,
)
"""A page cut into comments, scripts, tags and text: each character is read once, whatever is left open."""
_INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|o|q|r|rpr|rt|s|samp|small"
    "|span|strike|strong|sub|sup|t|text|tt|u|var|wbr"
)
"""Elements that do not break a line; those of docx (r, rPr, t) too."""
_ROW = frozenset({"tr"})
_TABLE = frozenset({"table", "tbl"})
_DIGITS = re.compile(r"\d")


def of_markup(markup: str) -> Iterator[Passage]:
    """Passages of HTML or XML: tables by row, the rest by paragraph; scripts, comments and attributes too."""
    joined, tables, paragraphs, scripts = False, 0, 0, 0
    open_tables: list[list[int]] = []  # number and row, innermost last
    said_anything = False
    for token in _TOKEN.finditer(markup):
        kind = token.lastgroup
        if token["text"] is not None:
            text = html.unescape(token["text"])
            if text.strip() and not said_anything:
                said_anything, paragraphs = True, paragraphs + (not open_tables)
            yield Passage(_place(open_tables, paragraphs), text, joined)
            joined = True
        elif token["comment"] is not None:
            yield Passage("网页注释", token["comment"])
        elif token["raw"] is not None:
            scripts += 1
            yield Passage(f"网页第 {scripts} 段脚本或样式", token["code"] or "")
            joined = False
        elif kind is not None:
            tag, closes = token["tag"].lower(), bool(token["close"])
            if not closes and _DIGITS.search(token["attrs"]):
                yield Passage(_place(open_tables, paragraphs) + "的元素属性", html.unescape(token["attrs"]))
            if tag in _TABLE and not closes:
                tables += 1
                open_tables.append([tables, 0])
            elif tag in _TABLE and open_tables:
                open_tables.pop()
            elif tag in _ROW and not closes and open_tables:
                open_tables[-1][1] += 1
            if not _INLINE.fullmatch(tag):
                joined, said_anything = False, False


def _place(open_tables: list[list[int]], paragraphs: int) -> str:
    if open_tables:
        number, row = open_tables[-1]
        return f"第 {number} 张表第 {max(row, 1)} 行"
    return f"正文第 {max(paragraphs, 1)} 段"


def of_lines(text: str) -> Iterator[Passage]:
    """Passages of plain text, a line each."""
    for number, line in enumerate(text.splitlines(), 1):
        yield Passage(f"第 {number} 行", line)


def of_json(text: str) -> Iterator[Passage]:
    """Passages of JSON or JSONP: strings and numbers by the field they stand in; of other text its lines."""
    wrapped = re.fullmatch(r"\s*[\w$.]+\s*\((.*)\)\s*;?\s*", text, re.DOTALL)
    try:
        told = json.loads(wrapped[1] if wrapped else text)
    except (ValueError, RecursionError):
        yield from of_lines(text)
        return
    waiting: list[tuple[str, object]] = [("", told)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(f"{path}.{name}" if path else str(name), one) for name, one in reversed(value.items())]
            yield from (Passage(f"数据字段 {_field(path)} 的字段名", str(name)) for name in value)
        elif isinstance(value, list):
            waiting += [(f"{path}[{at}]", one) for at, one in reversed(list(enumerate(value)))]
        elif isinstance(value, (str, int)) and not isinstance(value, bool):
            yield Passage(f"数据字段 {_field(path)}", str(value))


def _field(path: str) -> str:
    plain = masked(path)
    return f"“{plain[-80:]}”" if plain else "（最外层）"
