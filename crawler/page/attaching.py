"""What hangs on an article: attachments, images of the body, media with a real source, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.page.addressing import absolute
from crawler.page.linking import Anchor
from crawler.page.scripting import programs
from crawler.page.tree import Element, squeeze
from ledger.observation import Link, Table

_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|wpt|et|dps|rtf|csv|txt|rar|zip|7z|ofd|tar|gz|ceb)(?:$|[?#&])", re.IGNORECASE
)
_TRS_FILE = re.compile(r"/[PW]0\d{15,}\.(?!jpe?g|png|gif|bmp)[a-z0-9]{2,5}$", re.IGNORECASE)
_NAMED_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|rar|zip|ofd)\s*$", re.IGNORECASE)
_MEDIA = re.compile(r"\.(?:mp4|m3u8|flv|mp3|wmv|avi|webm|ogg|mov|wma|rmvb)(?:$|[?#])", re.IGNORECASE)
_PLAYED = re.compile(r"[\"']([^\"'\s<>]{3,400}\.(?:mp4|m3u8|flv|mp3|webm))(?:\?[^\"']*)?[\"']", re.IGNORECASE)
_ICON = re.compile(
    r"icon[_-]?\w*\.(?:gif|png)|/icons?/|fileTypeImages|/ico[_/]|blank\.gif|spacer|share|qrcode|ewm\.", re.IGNORECASE
)
_SIZE = re.compile(r"^\s*(\d+)")
TABLE_CELLS = 20_000


def is_file(address: str) -> bool:
    """An address that names a document to be carried away."""
    return bool(_FILE.search(address) or _TRS_FILE.search(address))


def attachments_of(anchors: Iterable[Anchor], elements: Iterable[Element], base: str) -> tuple[Link, ...]:
    """Files that the page offers: by their extension, by TRS's appendix mark or names, and embedded ones."""
    found: dict[str, Link] = {}
    for anchor in anchors:
        marked = anchor.element.get("appendix").lower() == "true" or _NAMED_FILE.search(anchor.title or anchor.label)
        if anchor.url and (marked or is_file(anchor.url)):
            found.setdefault(anchor.url, Link(anchor.label or anchor.title, anchor.url))
    for element in elements:
        if element.tag in ("embed", "object", "iframe"):
            address = absolute(base, element.get("src") or element.get("data"))
            if address and is_file(address):
                found.setdefault(address, Link(squeeze(element.get("title")), address))
    return tuple(found.values())


def _small(element: Element) -> bool:
    sizes = [_SIZE.match(element.get(name)) for name in ("width", "height")]
    return any(size is not None and int(size.group(1)) <= 40 for size in sizes)


def images_of(elements: Iterable[Element], base: str) -> tuple[str, ...]:
    """Images of the body: no icons of file types, no spacers."""
    found: dict[str, None] = {}
    for element in elements:
        if element.tag != "img":
            continue
        written = element.get("src") or element.get("data-src") or element.get("data-original")
        address = absolute(base, written)
        if address and not _ICON.search(address) and not _small(element):
            found[address] = None
    return tuple(found)


def media_of(elements: Iterable[Element], root: Element, base: str) -> tuple[str, ...]:
    """Video and audio with a source of its own; an empty player that a template prints on every page is nothing."""
    found: dict[str, None] = {}
    for element in elements:
        written = ""
        if element.tag in ("video", "audio"):
            written = element.get("src")
        elif element.tag in ("source", "embed", "object", "iframe", "a", "param"):
            written = element.get("src") or element.get("data") or element.get("href") or element.get("value")
            if element.tag != "source" and not _MEDIA.search(written):
                continue
        if written.strip() and (address := absolute(base, written)):
            found[address] = None
    for program in programs(root):
        if len(program) <= 60_000:
            for match in _PLAYED.finditer(program):
                if address := absolute(base, match.group(1)):
                    found[address] = None
    return tuple(found)


def _span(cell: Element, name: str) -> int:
    match = _SIZE.match(cell.get(name))
    return max(1, min(int(match.group(1)), 200)) if match else 1


def _grid(table: Element) -> list[list[str]]:
    """Cells row by row with merged cells repeated."""
    grid: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    cells = 0
    for row in (element for element in table.walk() if element.tag == "tr"):
        line: list[str] = []

        def hang(line: list[str] = line) -> None:
            while len(line) in hanging:
                left, text = hanging.pop(len(line))
                if left > 1:
                    hanging[len(line)] = (left - 1, text)
                line.append(text)

        for cell in (child for child in row.children if child.tag in ("td", "th")):
            hang()
            text = cell.text()
            down = _span(cell, "rowspan")
            for _ in range(_span(cell, "colspan")):
                if down > 1:
                    hanging[len(line)] = (down - 1, text)
                line.append(text)
        hang()
        cells += len(line)
        if cells > TABLE_CELLS:
            break
        if any(line):
            grid.append(line)
    return grid


def tables_of(elements: Iterable[Element]) -> tuple[Table, ...]:
    """Data tables: two rows and two columns at least; tables that only lay out other tables are none."""
    found: list[Table] = []
    for table in elements:
        if table.tag != "table" or any(child.tag == "table" for child in table.walk() if child is not table):
            continue
        grid = _grid(table)
        while len(grid) > 1 and len(set(grid[0])) == 1 and len(grid[0]) > 1:
            # One text over the whole width is the table's name.
            grid.pop(0)
        if len(grid) < 2 or len(grid[0]) < 2:
            continue
        headers, rest = grid[0], grid[1:]
        if len(rest) > 1 and len(rest[0]) == len(headers) and len(set(headers)) < len(headers):
            pairs = list(zip(headers, rest[0], strict=True))
            if any(upper == lower for upper, lower in pairs):
                headers = [upper if upper == lower else f"{upper} {lower}" for upper, lower in pairs]
                rest = rest[1:]
        found.append(Table(tuple(headers), tuple(tuple(line) for line in rest)))
    return tuple(found)
