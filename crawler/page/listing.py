"""Rows of lists: one link and its date in a list item, table row, definition list or block; grouped as they stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from crawler.page.dating import Shown, find_dates, find_short
from crawler.page.linking import Anchor, is_more
from crawler.page.menus import Menus
from crawler.page.tree import SILENT, Element, squeeze
from ledger.observation import Row

_CELLS = frozenset(("li", "tr", "dd", "dt"))
_CELL_LIMIT = 300
"""Elements that one row may hold at most."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NAMED = re.compile(r"(?:^|[\s_-])(?:tit(?:le)?|bt|biaoti|name)(?:$|[\s_-])")
_CUT = re.compile(r"(?:\.{2,}|…+)$")
_FUNCTION = re.compile(
    r"^(?:上一?页|下一?页|首页|尾页|末页|打印|关闭|返回|分享|收藏|登录|注册|搜索|查看|详情|下载|\[?\d{1,4}\]?)$|^(?:点击|阅读)?(?:查看|阅读)(?:详情|全文)$"
)
_ARTICLE_ADDRESS = re.compile(
    r"/t?\d{8}_?|/20\d\d-?\d\d|/20\d\d/\d{1,2}|content|art_|/art/|/info/|\d{5,}\.s?html?$|[0-9a-f]{16,}|show|detail|view|\.(?:pdf|docx?|xlsx?|wps|zip|rar)$",
    re.IGNORECASE,
)


@dataclass(slots=True, eq=False)
class Cell:
    """Cell (列表单元) of one row: the element that holds it, its link and its date."""

    element: Element
    anchor: Anchor
    day: date | None
    date_text: str


@dataclass(slots=True, eq=False)
class Listing:
    """Listing (列表) of neighbouring rows; ``container`` is the first element that holds them."""

    container: Element
    cells: list[Cell] = field(default_factory=list)
    head: Anchor | None = None
    more: str = ""

    @property
    def dated(self) -> int:
        """Number of rows that show a date, with or without its year."""
        return sum(1 for cell in self.cells if cell.date_text)

    @property
    def last(self) -> int:
        """Place of the last element of the last row."""
        return self.cells[-1].element.last


def title_of_row(anchor: Anchor) -> str:
    """The whole name: the title attribute where the visible text is cut, else the text."""
    label = squeeze("".join(anchor.element.pieces())) or anchor.label
    if anchor.element.last - anchor.element.place >= 2:
        label = _named_part(anchor.element, label)
    if anchor.title and (_CUT.search(label) or (len(anchor.title) > len(label) and anchor.title.startswith(label))):
        return anchor.title
    return label


def _named_part(element: Element, label: str) -> str:
    """The name within a link that also wraps a summary or the date: its heading, or what its own date leaves."""
    inner = [child for child in element.walk() if child is not element and child.tag not in SILENT]
    for child in inner:
        if child.tag in _HEADINGS or (child.tag in ("div", "p", "span", "b", "strong") and _NAMED.search(child.marks)):
            text = squeeze("".join(child.pieces()))
            if 4 <= len(text) < len(label):
                return text
    for child in inner:
        text = squeeze("".join(child.pieces()))
        if 5 <= len(text) <= 24 and (shown := _date_in([text])) is not None and len(shown.text) >= len(text) - 4:
            rest = squeeze("".join(element.pieces(without=frozenset((id(child),)))))
            return rest if len(rest) >= 4 else label
    return label


def _first(dates: Iterable[Shown]) -> Shown | None:
    return next(iter(dates), None)


def _strings(element: Element, without: Element | None) -> list[str]:
    left = frozenset((id(without),)) if without is not None else frozenset()
    return [piece for piece in element.pieces(without=left) if piece.strip()]


def _date_in(pieces: list[str]) -> Shown | None:
    """Date among strings: apart first (split tags), then joined (one span a digit), then without its year."""
    if not pieces:
        return None
    spaced = squeeze(" ".join(pieces))[:400]
    return _first(find_dates(spaced)) or _first(find_dates("".join(pieces)[:400])) or find_short(spaced)


def _shown_date(cell: Element, anchor: Anchor) -> Shown | None:
    """The row's date: beside the link, else in an element of its own within the link, else at the link's end."""
    found = _date_in(_strings(cell, anchor.element)) if cell is not anchor.element else None
    if found is not None:
        return found
    for child in anchor.element.walk():
        if child is anchor.element or child.tag in SILENT:
            continue
        pieces = _strings(child, None)
        whole = squeeze("".join(pieces))
        if whole and len(whole) <= 24:
            inner = _date_in(pieces)
            if inner is not None and len(inner.text) >= len(whole) - 6:
                return inner
    text = squeeze("".join(anchor.element.pieces()))[-80:]
    dates = find_dates(text)
    if dates and dates[-1].end >= len(text) - 3 and dates[-1].start >= 4:
        return dates[-1]
    return None


def _date_beside(cell: Element) -> Shown | None:
    """Date in the element right behind one that holds nothing but the link: ``dt`` and ``dd``, or pairs of blocks."""
    parent = cell.parent
    if parent is None or cell.tag not in ("dt", "div", "p", "span", "h3", "h4", "h5", "a"):
        return None
    for node in parent.nodes[cell.rank + 1 : cell.rank + 6]:
        if isinstance(node, str):
            if node.strip():
                return None
            continue
        pieces = _strings(node, None)
        text = squeeze("".join(pieces))
        if not text and node.tag != "a":
            continue
        found = _date_in(pieces) if len(text) <= 30 and not any(one.tag == "a" for one in node.walk()) else None
        return found if found is not None and len(found.text) >= len(text) - 12 else None
    return None


def _following_text(anchor: Anchor) -> list[str]:
    """Strings after a link up to the next link, line or block, where rows are lines of one block."""
    parent = anchor.element.parent
    if parent is None:
        return []
    parts: list[str] = []
    for rank in range(anchor.element.rank + 1, min(len(parent.nodes), anchor.element.rank + 20)):
        node = parent.nodes[rank]
        if isinstance(node, str):
            parts.append(node)
        elif node.tag in ("a", "br", "p", "div", "li", "hr", "ul", "table"):
            break
        else:
            parts.extend(node.pieces())
    return [part for part in parts if part.strip()]


def _is_title(anchor: Anchor) -> bool:
    return bool(anchor.label) and not is_more(anchor) and not _FUNCTION.match(anchor.label)


def _cell_of(anchor: Anchor, menus: Menus) -> Element:
    """The largest element around a link in which no other link stands."""
    cell = anchor.element
    for above in anchor.element.ancestors():
        if above.tag in ("body", "html", "#document", "ul", "ol", "table", "tbody", "form"):
            break
        if above.last - above.place > _CELL_LIMIT:
            break
        if menus.count(above) > 1 and any(other.url != anchor.url for other in menus.within(above)):
            break
        cell = above
    return cell


def _row_cells(root: Element, menus: Menus) -> list[Cell]:
    cells: list[Cell] = []
    taken: set[int] = set()
    blocks = [element for element in root.walk() if element.tag in ("li", "tr") and menus.count(element)]
    inner = {id(above) for element in blocks for above in _above_once(element)}
    for element in blocks:
        anchors = [anchor for anchor in menus.within(element) if _is_title(anchor)]
        if id(element) in inner or not anchors or len(anchors) > 6:
            continue
        best = max(anchors, key=lambda anchor: len(title_of_row(anchor)))
        shown = _shown_date(element, best)
        if len({anchor.url for anchor in anchors}) > 1 and shown is None:
            continue
        if shown is None and (row := _listed_row(element, menus)) is not None:
            element, shown = row, _shown_date(row, best)
        taken.update(id(anchor) for anchor in menus.within(element))
        cells.append(Cell(element, best, shown.day if shown else None, shown.text if shown else ""))
    for anchor in menus.anchors:
        if id(anchor) in taken or not _is_title(anchor):
            continue
        cell = _cell_of(anchor, menus)
        shown = _shown_date(cell, anchor)
        if shown is None and cell is anchor.element:
            shown = _date_in(_following_text(anchor))
        shown = shown or _date_beside(cell)
        cells.append(Cell(cell, anchor, shown.day if shown else None, shown.text if shown else ""))
    return sorted(cells, key=lambda cell: cell.anchor.place)


def _listed_row(item: Element, menus: Menus) -> Element | None:
    """The whole list where it is a single row: one item holds the link, its neighbours the date and short notes."""
    above = item.parent
    if above is None or above.tag not in ("ul", "ol") or len({anchor.url for anchor in menus.within(above)}) != 1:
        return None
    beside = [squeeze("".join(node.pieces())) for node in above.nodes if isinstance(node, Element) and node is not item]
    dates = [text for text in beside if (found := _date_in([text])) is not None and len(found.text) >= len(text) - 12]
    if len(dates) == 1 and len(beside) <= 6 and all(len(text) <= 60 for text in beside):
        return above
    return above if beside and not any(beside) and _has_twin(above, menus) else None


def _has_twin(row: Element, menus: Menus) -> bool:
    """A list of the same class with one link stands beside it: the place for the date is there, and empty in all."""
    beside = [] if row.parent is None else [node for node in row.parent.nodes if isinstance(node, Element)]
    twins = [one for one in beside if one.tag == row.tag and one.get("class") == row.get("class")]
    return len(twins) >= 2 and all(len({anchor.url for anchor in menus.within(one)}) == 1 for one in twins)


def _above_once(element: Element) -> list[Element]:
    """The nearest list item or table row above an element."""
    for above in element.ancestors():
        if above.tag in ("li", "tr"):
            return [above]
    return []


def _container(cell: Element) -> Element:
    above = cell.parent
    while above is not None and above.tag in ("tbody", "thead") and above.parent is not None:
        above = above.parent
    return above if above is not None else cell


def _blank(root: Element, start: int, end: int, visible: list[int]) -> bool:
    """Nothing is shown between two places of the document."""
    return bisect_left(visible, end) <= bisect_right(visible, start)


def listings_of(root: Element, menus: Menus) -> list[Listing]:
    """All runs of rows of the page, dated and undated; runs with nothing visible between them are one list."""
    listings: list[Listing] = []
    open_runs: dict[int, Listing] = {}
    for cell in _row_cells(root, menus):
        container = _container(cell.element)
        run = open_runs.get(id(container))
        if run is None:
            run = Listing(container)
            open_runs[id(container)] = run
            listings.append(run)
        run.cells.append(cell)
    listings.sort(key=lambda listing: listing.cells[0].element.place)
    merged: list[Listing] = []
    for listing in listings:
        before = merged[-1] if merged else None
        if before is not None and _one_list(root, before, listing, menus):
            before.cells.extend(listing.cells)
        else:
            merged.append(listing)
    return merged


def _one_list(root: Element, before: Listing, after: Listing, menus: Menus) -> bool:
    if before.container.tag != after.container.tag or before.last >= after.cells[0].element.place:
        return False
    if before.container.get("class") != after.container.get("class") or (before.dated > 0) != (after.dated > 0):
        return False
    if not before.dated or menus.owner.get(id(before.container)) is not menus.owner.get(id(after.container)):
        return False
    return _blank(root, before.last, after.cells[0].element.place, menus.shown)


def rows_of(listing: Listing, child: str = "") -> tuple[Row, ...]:
    """Rows of a list in page order; a row written twice by a script is one row."""
    rows: list[Row] = []
    for cell in listing.cells:
        row = Row(title_of_row(cell.anchor), cell.anchor.url, cell.day, cell.date_text, 1, child)
        if cell.element.scripted and rows and rows[-1] == row:
            continue
        rows.append(row)
    return tuple(rows)


def looks_like_articles(listing: Listing) -> bool:
    """Undated rows that are documents rather than menu entries, by their names and addresses."""
    titles = [title_of_row(cell.anchor) for cell in listing.cells]
    addresses = sum(1 for cell in listing.cells if _ARTICLE_ADDRESS.search(cell.anchor.url))
    long = sum(1 for title in titles if len(title) >= 12)
    return 2 * addresses >= len(titles) and 2 * long >= len(titles)
