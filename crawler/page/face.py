"""The face of a page (版头): the title, the index table and the day of publication as an article shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from crawler.page.byline import Dated, labelled, of_pairs, opening, unlabelled
from crawler.page.indexing import fields_of, pairs_of
from crawler.page.lining import Line, lines_between
from crawler.page.listing import Listing
from crawler.page.titling import Setting, Title, title_shown
from crawler.page.tree import Element

_FAR = 120
"""Elements behind the text beyond which a dated note belongs to something else."""
_NEAR_LINES = 12
_NEAREST_LINES = 4
_TITLE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Face:
    """Face (版头) of an article.

    Attributes:
        title: as shown; empty where none can be told; ``place`` is that of the element that shows it.
        fields: the index table, label to value.
        day: shown as that of publication; None where the page shows none, even if it shows others (成文日期).
    """

    title: str
    place: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None


def _rows(listing: Listing) -> list[Element]:
    """Rows that name a document and its day; links such as 打印 in the note below a title make no row."""
    return [cell.element for cell in listing.cells if cell.date_text and len(cell.anchor.label) >= _TITLE_LENGTH]


def notes_of(
    root: Element, start: int, end: int, holder: Element | None, listings: Sequence[Listing]
) -> tuple[list[Line], list[Dated]]:
    """Lines around an article's running text and the days that labels among them name; rows of lists left out."""
    rows = frozenset(id(row) for listing in listings if len(found := _rows(listing)) >= 2 for row in found)
    lines = lines_between(root, start, end, rows)
    if holder is not None:
        kept = {id(line) for line in opening(holder, lines)}
        lines = [line for line in lines if id(line) in kept or not holder.holds(line.block)]
    return lines, labelled(lines)


def is_noted(root: Element, start: int, end: int, holder: Element | None, listings: Sequence[Listing]) -> bool:
    """A day of publication stands before or in the text and in no row of a list: the page is an article."""
    if holder is None:
        return False
    rows = [row for listing in listings for row in _rows(listing)]
    first = min((row.place for row in rows), default=len(root.order) + 1)
    lines, days = notes_of(root, start, min(end, holder.last), holder, listings)
    blocks = {line.place: line.block for line in lines}
    return any(
        day.rank <= 3 and day.place < first and not any(row.holds(blocks[day.place]) for row in rows) for day in days
    )


def face_of(root: Element, setting: Setting, lines: Sequence[Line], days: Sequence[Dated]) -> Face:
    """Title, index table and day of an article.

    Args:
        lines: of ``notes_of``, and ``days`` the labelled ones among them.
    """
    title = title_shown(root, setting)
    pairs = pairs_of(lines)
    found = [*days, *of_pairs(pairs)]
    return Face(title.text, title.place, fields_of(pairs), _day(title, setting, lines, found))


def _day(title: Title, setting: Setting, lines: Sequence[Line], found: Sequence[Dated]) -> date | None:
    """The day with the best label, nearest to the title among equals; else one beside the title without a label."""
    end = setting.holder.last if setting.holder is not None else 0

    def order(one: Dated) -> tuple[int, int]:
        return one.rank + (6 if end and one.place > end + _FAR else 0), abs(one.place - title.place)

    best = min(found, key=order, default=None)
    if best is not None and order(best)[0] < 4:
        return best.day
    if title.day is not None:
        return title.day
    if title.text:
        behind = _behind(title, setting.holder, lines)
        before = [line for line in lines if setting.start < line.place < title.place][-3:]
        day = unlabelled(behind, title.text) or unlabelled(before, title.text)
        if day is not None:
            return day
    return best.day if best is not None else None


def _behind(title: Title, holder: Element | None, lines: Sequence[Line]) -> list[Line]:
    """Lines below the title that are not of the text itself, whose last ones bear the day of its signature."""
    behind = [line for line in lines if line.place >= title.place][:_NEAR_LINES]
    if holder is None:
        return behind
    if holder.place <= title.place <= holder.last:
        return behind[:_NEAREST_LINES]
    return [line for line in behind if not holder.holds(line.block)]
