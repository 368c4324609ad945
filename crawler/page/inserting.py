"""Parts of a page that stand in files of their own: program files that write a menu, fragments put in by load()."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.page.addressing import absolute
from crawler.page.program import PROGRAM_LIMIT, Machine
from crawler.page.scripting import programs
from crawler.page.tree import Element

_MENU_FILE = re.compile(r"menu|nav|left|daohang|lanmu|channel|colum|tree|class|/lm\w*\.js|head|top\b", re.IGNORECASE)
_OTHER_FILE = re.compile(
    r"jquery|\.min\.|bootstrap|swiper|layui|layer|vue|echarts|share|count|stat|jiucuo|conac|search|weather|slide|banner"
    r"|scroll|date|calendar|player|video|font|trad|print|float|wza|a11y|browser|html5|superfish|easyui|zoom|img|pic",
    re.IGNORECASE,
)
_LOADED = re.compile(
    r"(?:\$|jQuery)\s*\(\s*[\"']([#.][\w-]+)[^\"']*[\"']\s*\)\s*\.\s*load\s*\(\s*[\"']([^\"'\s]+)(?:\s[^\"']*)?[\"']"
)
_BESIDE = re.compile(r"foot|bottom|copyright|count|hits|share|search|weather|login|friend|float", re.IGNORECASE)
_FRAGMENT = re.compile(r"\.s?html?$|\.jsp$|\.aspx?$|\.php$|/$", re.IGNORECASE)
_MENU_PLACE = re.compile(r"nav|menu|tree|left|aside|side", re.IGNORECASE)
_FILES_LIMIT = 3
PROGRAM_FILE = "program_file"
"""Named as the adapter of a page that is what a program file writes."""


def _is_own(address: str, url: str) -> bool:
    return bool(address) and urlsplit(address).netloc == urlsplit(url).netloc


def menu_files(root: Element, base: str, url: str) -> tuple[str, ...]:
    """Program files of the same host that by their name or by the empty menu in which they stand write a menu."""
    found: dict[str, None] = {}
    for element in root.order:
        written = element.get("src").strip() if element.tag == "script" else ""
        address = absolute(base, written) if written else ""
        path = urlsplit(address).path
        if not _is_own(address, url) or not path.endswith(".js") or _OTHER_FILE.search(path.rpartition("/")[2]):
            continue
        parent = element.parent
        inside = parent is not None and parent.tag not in ("head", "body", "html")
        alone = inside and parent is not None and not any(one.tag in ("a", "form", "img") for one in parent.walk())
        placed = alone and parent is not None and _MENU_PLACE.search(parent.marks)
        if placed or (inside and _MENU_FILE.search(path.rpartition("/")[2])):
            found[address] = None
    return tuple(found)[:_FILES_LIMIT]


def loaded_parts(root: Element, base: str, url: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Fragments of the same host that ``$("#left").load("left.html")`` puts in: by id or class where that is a menu.

    Returns:
        Addresses by the name of the element they are put into, for menus; then those put anywhere else, which are
        like frames.
    """
    menus: dict[str, str] = {}
    others: dict[str, None] = {}
    for program in programs(root):
        for match in _LOADED.finditer(program[:PROGRAM_LIMIT]):
            address = absolute(base, match.group(2).partition("?")[0])
            name = match.group(1)[1:]
            if not _is_own(address, url) or not _FRAGMENT.search(urlsplit(address).path) or _BESIDE.search(name):
                continue
            if _MENU_PLACE.search(name) or _MENU_FILE.search(address.rpartition("/")[2]):
                menus[name] = address
            else:
                others[address] = None
    return menus, tuple(others)


def fragment_frames(root: Element, base: str) -> tuple[str, ...]:
    """Pages shown in an ``object`` or ``embed``, as older pages do instead of a frame."""
    found = []
    for element in root.order:
        if element.tag not in ("object", "embed") or element.hidden:
            continue
        address = absolute(base, element.get("data") or element.get("src"))
        if address and (_FRAGMENT.search(urlsplit(address).path) or "html" in element.get("type")):
            found.append(address)
    return tuple(dict.fromkeys(found))


def wrapped(text: str) -> str:
    """A program file as a page that holds nothing else, so that what it writes is read like any page."""
    program = re.sub(r"</(script)", r"<\\/\1", text, flags=re.IGNORECASE)
    return f"<html><head><title></title></head><body><script>{program}</script></body></html>"


def is_told(text: str) -> bool:
    """All that a program file writes could be told; what it cannot tell may be the menu."""
    if len(text) > PROGRAM_LIMIT:
        return False
    ran = Machine().run(text)
    unclear = re.search(r"innerHTML|\.\s*(?:html|append|prepend|load)\s*\(|\$\s*\.\s*(?:ajax|get|post)", text)
    return not ran.unread and (bool(ran.written) or unclear is None)


def is_program_file(url: str, content_type: str) -> bool:
    """The answer is a program, by its address and what it is sent as."""
    return urlsplit(url).path.endswith(".js") and "html" not in content_type.lower()
