"""Pages that replace themselves: meta refresh, and simple script redirects of pages with next to no content."""

from __future__ import annotations

import re

from crawler.page.addressing import absolute
from crawler.page.scripting import programs, unquote, variables_of
from crawler.page.tree import Element

_REFRESH = re.compile(r"^\s*(\d*(?:\.\d+)?)\s*[;,]?\s*(?:url\s*=\s*)?['\"]?(.*?)['\"]?\s*$", re.IGNORECASE | re.DOTALL)
_TARGET = re.compile(
    r"(?:(?:window|document|self|top|parent|this)\s*\.\s*)*location(?:\s*\.\s*href)?\s*=(?!=)\s*(?P<value>[^;\n}]+)"
    r"|(?:(?:window|document|self|top|parent)\s*\.\s*)*location\s*\.\s*(?:replace|assign)\s*\(\s*(?P<argument>[^;\n}]+?)\s*\)\s*(?:[;\n}]|$)",
    re.IGNORECASE,
)
_TERM = re.compile(r"\s*(?:(\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')|([A-Za-z_$][\w$]*))\s*$")
_WAIT_LIMIT = 30
"""Seconds; a later refresh reloads a ticker and redirects nobody."""
_CONTENT_LIMIT = 120
"""Visible characters that a page may carry and still be a mere redirect (正在跳转，请稍候)."""


def _value(expression: str, variables: dict[str, str]) -> str | None:
    total = ""
    for part in _split_sum(expression):
        match = _TERM.match(part)
        if match is None:
            return None
        if match.group(1) is not None:
            total += unquote(match.group(1))
        elif match.group(2) in variables:
            total += variables[match.group(2)]
        else:
            return None
    return total


def _split_sum(expression: str) -> list[str]:
    parts, quote, current = [], "", ""
    for sign in expression:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign == "+":
            parts.append(current)
            current = ""
            continue
        current += sign
    return [*parts, current]


def _refresh(root: Element) -> str:
    for element in root.walk():
        if element.tag != "meta" or element.get("http-equiv").strip().lower() != "refresh":
            continue
        match = _REFRESH.match(element.get("content"))
        if match and match.group(2).strip() and float(match.group(1) or 0) <= _WAIT_LIMIT:
            return match.group(2).strip()
    return ""


def _written_refresh(program: str) -> str:
    match = re.search(
        r"<meta[^>]{0,60}refresh[^>]{0,40}content\s*=\s*\\?[\"']\s*\d+\s*;\s*url\s*=\s*([^\"'\\>]+)",
        program,
        re.IGNORECASE,
    )
    return match.group(1).strip() if match else ""


def _scripted(root: Element) -> str:
    for program in programs(root):
        if len(program) > 20_000:
            continue
        if target := _written_refresh(program):
            return target
        variables = variables_of(program)
        for match in _TARGET.finditer(program):
            value = _value(match.group("value") or match.group("argument") or "", variables)
            if value and value.strip():
                return value.strip()
    return ""


def redirect_of(root: Element, url: str, base: str, shown: str, link_count: int) -> str:
    """Absolute address to which the page sends its reader at once, or empty.

    Args:
        shown: visible text of the page; a page that shows something is no redirect, whatever its scripts say.
        link_count: links of the page.
    """
    if len(shown) > _CONTENT_LIMIT or link_count > 5:
        return ""
    target = _refresh(root) or _scripted(root)
    resolved = absolute(base, target) if target else ""
    return resolved if resolved != url.partition("#")[0] else ""
