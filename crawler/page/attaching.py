"""What hangs on an article: attachments, images of the body, media with a real source, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from crawler.page.addressing import absolute
from crawler.page.article import ICON, small
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
_DOWNLOAD = re.compile(
    r"/(?:down(?:load)?|attach(?:ment)?|file_?down(?:load)?|down_?file)[\w-]*(?:/[\w-]+\.(?:j?html?|shtml)|\.(?:jsp|do|php|aspx?|action|ashx)|\?|/[0-9a-f-]{6,}$)"
    r"|[?&](?:file|attach|annex)\w*=",
    re.IGNORECASE,
)
_COLUMN = re.compile(r"下载(?:中心|专区|专栏)|^(?:资料|表格|文件)?下载$|客户端|APP|浏览器", re.IGNORECASE)
_WRAPPED = re.compile(
    r"[?&](?:file|src|url|path|furl)=([^&#]+\.(?:pdf|ofd|docx?|xlsx?|pptx?|wps|et|mp4|m3u8|flv)[^&#]*)", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"']([^\"'\s<>]{3,400}\.(?:pdf|ofd))(?:\?[^\"'\s]*)?[\"']", re.IGNORECASE)
_SHOWS = re.compile(r"PDFObject|pdf\s*js|viewer|embed|\.(?:pdf|ofd)[\"']", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'\w(=/])//[^\n]*", re.DOTALL)
_PLAYERS = re.compile(
    r"v\.qq\.com|player\.(?:youku|bilibili|cntv|cctv)|/(?:video_?)?player[\w.-]*(?:/|\?|\.html)|videoplayer",
    re.IGNORECASE,
)
_SOURCES = ("data-original", "data-src", "lazy-src", "_src", "oldsrc", "src")
_SIZE = re.compile(r"^\s*(\d+)")
_PLAYED_BY = ("src", "data", "href", "data-src", "data-url", "data-video", "value")
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp)(?:$|[?#])", re.IGNORECASE)
TABLE_CELLS = 20_000
BULLETS = 3
"""So many times on one page, an image is a bullet or a rule."""
PROGRAM_LIMIT = 60_000
"""Characters beyond which a program is a library and shows nothing of this page's own."""


def is_file(address: str) -> bool:
    """An address that names a document to be carried away."""
    return bool(_FILE.search(address) or _TRS_FILE.search(address))


def attachments_of(
    anchors: Iterable[Anchor], elements: Iterable[Element], base: str, sources: Iterable[str] = (), after: int = 0
) -> tuple[Link, ...]:
    """Files that the page offers: by extension, by marks and names, embedded ones, and those that programs show.

    Args:
        sources: inline programs of an article, which may show a document.
        after: place behind which a link may be handed out by a program instead of being a file by its name.
    """
    found: dict[str, Link] = {}
    for anchor in anchors:
        marked = anchor.element.get("appendix").lower() == "true" or _NAMED_FILE.search(anchor.title or anchor.label)
        handed = anchor.place > after and _DOWNLOAD.search(anchor.url) and not _COLUMN.search(anchor.label)
        if anchor.url and (marked or handed or is_file(anchor.url)):
            found.setdefault(anchor.url, Link(anchor.label or anchor.title, anchor.url))
    for element in elements:
        if element.tag in ("embed", "object", "iframe", "param"):
            written = element.get("src") or element.get("data") or element.get("data-src") or element.get("value")
            address = absolute(base, unwrapped(written))
            if address and is_file(address):
                found.setdefault(address, Link(squeeze(element.get("title")), address))
    for program in sources:
        if len(program) > PROGRAM_LIMIT or not _SHOWS.search(program):
            continue
        for match in _QUOTED.finditer(_COMMENT.sub("", program)):
            if address := absolute(base, unwrapped(match.group(1))):
                found.setdefault(address, Link("", address))
    return tuple(found.values())


def unwrapped(address: str) -> str:
    """The document or film that a viewer's address carries (viewer.html?file=/upload/a.pdf), else the address."""
    match = _WRAPPED.search(address)
    return unquote(match.group(1)) if match else address


def images_of(elements: Iterable[Element], base: str, rows: Iterable[Element] = ()) -> tuple[str, ...]:
    """Images of the body: no icons of file types, no spacers, no signs before links, no bullets.

    Args:
        rows: elements that hold the rows of a list; an image in one belongs to a text of its own.
    """
    found: dict[str, int] = {}
    held = list(rows)
    for element in elements:
        if element.tag != "img" or any(row.holds(element) for row in held) or _is_sign(element):
            continue
        written = next((value for name in _SOURCES if (value := element.get(name).strip())), "")
        address = absolute(base, written)
        if address and not ICON.search(address) and not small(element):
            found[address] = found.get(address, 0) + 1
    return tuple(address for address, times in found.items() if times < BULLETS)


def _is_sign(image: Element) -> bool:
    """It stands before the name of a link that leads to something other than the image itself, grown large."""
    link = next((above for above in image.ancestors() if above.tag == "a"), None)
    return link is not None and bool(link.text()) and not _IMAGE_FILE.search(link.get("href"))


def media_of(elements: Iterable[Element], root: Element, base: str) -> tuple[str, ...]:
    """Video and audio with a source of its own; an empty player that a template prints on every page is nothing."""
    found: dict[str, None] = {}
    for element in elements:
        written = next((value for name in _PLAYED_BY if (value := element.get(name).strip())), "")
        if not written or "{{" in written or "${" in written:
            continue
        own = element.tag in ("video", "audio", "source")
        player = element.tag in ("iframe", "embed") and _PLAYERS.search(written) is not None
        if not own and not player and not _MEDIA.search(unwrapped(written)):
            continue
        if address := absolute(base, unwrapped(written)):
            found[address] = None
    for program in programs(root):
        if len(program) <= PROGRAM_LIMIT:
            for match in _PLAYED.finditer(_COMMENT.sub("", program)):
                if address := absolute(base, unwrapped(match.group(1))):
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
