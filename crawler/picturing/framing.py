"""Framing: which parts of a page a picture shows, where the page is too high for one; numbers only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PAGE_LIMIT = 6000
"""Highest picture of a page in pixels; browsers draw nonsense above 16,384, and people do not scroll so far."""
HEAD = 1200
"""Of a higher page this much of its head is shown always: it says whose page it is."""
WIDEST = 1920


@dataclass(frozen=True, slots=True)
class Box:
    """Box (标注框) in page pixels."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Clip:
    """Clip (截取范围) over the page's width, in page pixels."""

    top: int
    height: int
    width: int


@dataclass(frozen=True, slots=True)
class Cut:
    """Cut (取舍): clips from top to bottom, and how many pixels are left out behind each."""

    clips: tuple[Clip, ...]
    left_out: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Shown (画面情况): what of a page a picture shows, and what was done to it.

    Attributes:
        left_out: page pixels left out behind each clip.
        is_marked: something is framed.
        is_folded: what was to be framed lies folded away below what is.
        masked_count: private numbers that were starred.
    """

    clips: tuple[Clip, ...]
    left_out: tuple[int, ...]
    is_marked: bool = False
    is_folded: bool = False
    masked_count: int = 0


def clips_of_page(across: int, down: int, boxes: Sequence[Box]) -> Cut:
    """The whole page; of a page above the limit its head, and what surrounds the first mark if that is further down."""
    width = min(across, WIDEST)
    if down <= PAGE_LIMIT:
        return Cut((Clip(0, down, width),), (0,))
    first = min((box.top for box in boxes), default=0)
    last = max((box.bottom for box in boxes), default=0)
    if last <= PAGE_LIMIT:
        return Cut((Clip(0, PAGE_LIMIT, width),), (down - PAGE_LIMIT,))
    room = PAGE_LIMIT - HEAD
    top = max(HEAD, min(first - 300, down - room))
    height = min(room, down - top)
    return Cut((Clip(0, HEAD, width), Clip(top, height, width)), (top - HEAD, down - top - height))


def clips_of_screen(down: int, boxes: Sequence[Box], screen: tuple[int, int]) -> Cut:
    """One screen: the top of the page, or further down where the first mark would not be seen in it."""
    width, height = screen
    first = min(boxes, key=lambda box: (box.top, box.left), default=None)
    top = 0
    if first is not None and min(first.bottom, first.top + height // 2) > height - 60:
        top = max(0, min(first.top - height // 3, down - height))
    return Cut((Clip(top, min(height, max(down, 60)), width),), (0,))
