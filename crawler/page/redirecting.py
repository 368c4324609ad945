"""Pages that replace themselves: meta refresh, and simple script redirects of pages with next to no content."""

from __future__ import annotations

import re

from crawler.page.addressing import absolute
from crawler.page.program import Machine
from crawler.page.scripting import programs
from crawler.page.tree import Element

_REFRESH = re.compile(r"^\s*(\d*(?:\.\d+)?)\s*[;,]?\s*(?:url\s*=\s*)?['\"]?(.*?)['\"]?\s*$", re.IGNORECASE | re.DOTALL)
_CLICKED = re.compile(
    r"(?:getElementById\s*\(\s*|\$\s*\(\s*)[\"']#?([\w-]+)[\"']\s*\)\s*(?:\[0\]\s*|\.get\(0\)\s*)?\.\s*click\s*\(\s*\)"
)
_HANDHELD = re.compile(r"userAgent|is_?mobile|isPhone|browser\s*\.\s*versions", re.IGNORECASE)
_WAIT_LIMIT = 30
"""Seconds; a later refresh reloads a ticker and redirects nobody."""
_CONTENT_LIMIT = 120
"""Visible characters that a page may carry and still be a mere redirect (正在跳转，请稍候)."""


def _refresh(root: Element) -> str:
    for element in root.walk():
        if element.tag != "meta" or element.get("http-equiv").strip().lower() != "refresh":
            continue
        if any(above.tag == "noscript" for above in element.ancestors()):
            # Meant for readers without scripts; a browser runs them.
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
    machine = Machine()
    loads = [element.get("onload") for element in root.walk() if element.tag == "body" and element.get("onload")]
    for program in (*programs(root), *loads):
        if len(program) > 20_000:
            continue
        if target := _written_refresh(program):
            return target
        goes = machine.run(program).goes
        if goes and not _HANDHELD.search(program):
            return goes[0]
        if len(goes) >= 2:
            # The first way is for telephones, the last for everybody else.
            return goes[-1]
        if target := _clicked(root, program):
            return target
    return ""


def _clicked(root: Element, program: str) -> str:
    """Address of the link that the program clicks itself."""
    match = _CLICKED.search(program)
    if match is None:
        return ""
    return next((element.get("href") for element in root.walk() if element.get("id") == match.group(1)), "")


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
