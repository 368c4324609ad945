"""Parts that only a script fills: templates, empty containers that a program names, shells of applications."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.page.menus import Menus
from crawler.page.scripting import UNTOLD, programs
from crawler.page.tree import Element

_REPEATS = ("v-for", "ms-repeat", "ms-for", ":for", "ng-repeat", "ms-each", "data-repeat", "x-for", "ms-include-src")
_MENU = re.compile(r"nav|menu|tree|left|aside|side", re.IGNORECASE)
_CONTAINERS = frozenset(("ul", "ol", "tbody", "table", "div", "dl", "section"))
_COUNTER = re.compile(
    r"count|hits|click|conac|jiucuo|share|weather|tongji|visit|time|date|qr|ewm|code|pop|mask|dialog", re.I
)
_ASKS = re.compile(
    r"\$\s*\.\s*(?:ajax|get|post|getJSON)\b|\bfetch\s*\(|XMLHttpRequest|axios|\.load\s*\(|new\s+Vue|createApp"
    r"|avalon\.define|dataproxy\.jsp|laytpl|layui\.|\btemplate\s*\("
)
_COUNTING = re.compile(
    r"\(\s*(?:\{\s*(?:type\s*:\s*[\"']\w+[\"']\s*,\s*)?url\s*:\s*)?[\"'][^\"']*"
    r"(?:count(?!y|ry)|hits|click|visit|weather|login|tongji|/stat|pv\b|online|share|jiucuo)[^\"']*[\"']",
    re.IGNORECASE,
)
"""Requests that count visitors or show the weather; they fill no list."""
_LINKS = re.compile(r"<a\b|<li\b", re.IGNORECASE)
_FILLS = re.compile(
    r"(?:getElementById\s*\(\s*|\$\s*\(\s*|el\s*:\s*|elem\s*:\s*|container\s*:\s*|\.mount\s*\(\s*|render\w*\s*\(\s*)"
    r"[\"'][#.]?([\w-]{2,40})[\"'\s]"
)


@dataclass(frozen=True, slots=True)
class Scripted:
    """Scripted parts (脚本生成部分): of menu and list; ``asks``: programs of the page ask a service for something.

    ``shell``: the page shows next to nothing of its own, so what its scripts make of it cannot be told.
    """

    menu: bool
    list: bool
    asks: bool
    shell: bool = False


def _filled_containers(root: Element, source: str) -> list[Element]:
    """Empty containers whose id or class a program of the page names in order to fill them."""
    filled = frozenset(_FILLS.findall(source))
    found: list[Element] = []
    for element in root.order if filled else ():
        if element.tag not in _CONTAINERS or not element.attributes or element.last > element.place + 2:
            continue
        names = [element.get("id"), *element.get("class").split()]
        if any("".join(piece.split()) for piece in element.pieces()) or _COUNTER.search(element.marks):
            continue
        if not filled.isdisjoint(names):
            found.append(element)
    return found


def scripted_parts(
    root: Element, menus: Menus, shown: int, main_start: int, told: frozenset[str] = frozenset()
) -> Scripted:
    """Which parts of the page a script makes that reading could not follow.

    Args:
        shown: number of visible characters of the page.
        main_start: place behind which the main part begins.
        told: ids and classes of parts whose own file is known and will be asked for.
    """
    source = "\n".join(programs(root))[:400_000]
    asks = any(not _COUNTING.search(source[match.start() : match.end() + 80]) for match in _ASKS.finditer(source))
    scripts = any(element.tag == "script" for element in root.order)
    addressed = sum(1 for anchor in menus.anchors if anchor.url)
    if scripts and addressed <= 3 and shown <= 300:
        return Scripted(True, True, asks, shell=True)
    menu = listed = False
    for element in root.order:
        repeated = any(name in element.attributes for name in _REPEATS) or any(
            isinstance(node, str) and "{{" in node for node in element.nodes if element.tag not in ("script", "style")
        )
        if repeated:
            if _is_menu(element, main_start):
                menu = True
            else:
                listed = True
    menu = menu or any(_writes_a_menu(element) for element in root.order if element.tag == "script")
    for element in _filled_containers(root, source):
        if not told.isdisjoint((element.get("id"), *element.get("class").split())):
            continue
        if _is_menu(element, main_start):
            menu = True
        else:
            listed = True
    return Scripted(menu, listed, asks)


def _writes_a_menu(script: Element) -> bool:
    """A script within a menu writes links of which not all could be told."""
    if not script.get(UNTOLD) or not _LINKS.search(script.source()):
        return False
    return any(_MENU.search(above.marks) for above in list(script.ancestors())[:4])


def _is_menu(element: Element, main_start: int) -> bool:
    marks = " ".join(above.marks for above in (element, *list(element.ancestors())[:3]))
    return bool(_MENU.search(marks)) or (0 < element.place < main_start)
