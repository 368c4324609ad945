"""Orders (截图任务): what a picture is to show, of which archived pages and with which words; no browser here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MarkKind(StrEnum):
    """Kind of a mark (标注类别): what of a page is framed."""

    NONE = "none"
    MENU = "menu"
    """The menu that holds these labels."""
    ROW = "row"
    """The row of a list that leads to an address, or shows a title."""
    LINK = "link"
    """The link that was taken, or that does not answer."""


class Tone(StrEnum):
    """Tone (标注颜色) of a mark: a fault is red, what is in order green, the way blue."""

    FAULT = "fault"
    GOOD = "good"
    WAY = "way"


@dataclass(frozen=True, slots=True)
class Mark:
    """Mark (标注): what of the page is framed.

    Attributes:
        labels: of a menu, those it offers; of a link, its names, best first; of a row, its title.
        url: address of the link or row, or empty.
        more: text that stands in the row too (its date), or empty.
    """

    kind: MarkKind = MarkKind.NONE
    tone: Tone = Tone.FAULT
    labels: tuple[str, ...] = ()
    url: str = ""
    more: str = ""


UNMARKED = Mark()


@dataclass(frozen=True, slots=True)
class Shot:
    """Shot (取景): one archived page with one mark; ``whole`` for the full page, else the screen around the mark."""

    snapshot_id: str
    mark: Mark = UNMARKED
    whole: bool = True


class StepState(StrEnum):
    """How the walk fared at one step of a path (路径各级情况)."""

    PASSED = "passed"
    FAILED = "failed"
    BEYOND = "beyond"
    """Behind the step that failed."""


@dataclass(frozen=True, slots=True)
class Caption:
    """Caption (图注): who owes what by which clause along which path, and what the night says of it.

    Attributes:
        path: labels of the mandated path with how each fared, outermost first; empty where none is mandated.
        citations: 文号 and clause, the leading one first.
        standing: the standing's word, a suspicion as such.
        detail: the Chinese sentence of the standing.
        is_fault: whether it accuses.
    """

    organ: str
    title: str
    citations: tuple[str, ...]
    path: tuple[tuple[str, StepState], ...]
    standing: str
    detail: str
    is_fault: bool


@dataclass(frozen=True, slots=True)
class PageOrder:
    """Page order (页面截图任务): the whole archived page, what failed framed, with its caption."""

    obligation_id: str
    shot: Shot
    caption: Caption
    said_of_mark: str
    """What the frame shows, a Chinese sentence; said only where the mark was found."""
    said_if_folded: str = ""
    """The same where what was to be framed lies folded away in a menu."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Frame (一步): one step of a click path, and what was done or seen there in Chinese words."""

    shot: Shot
    said: str
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class CardOrder:
    """Card order (点击路径图任务): one frame a step from the home page to where the path breaks, never empty."""

    obligation_id: str
    frames: tuple[Frame, ...]
    caption: Caption


@dataclass(frozen=True, slots=True)
class Source:
    """Source (取材): where an archived page is from, as the caption states it.

    Attributes:
        fetched_at: UTC.
        payload_digest: ``sha256:`` and hex, of the payload as received.
        record_digest: hex SHA-256 of the archived record's gzip member, as packs state it; or empty.
    """

    snapshot_id: str
    url: str
    fetched_at: datetime
    status: int
    payload_digest: str
    record_digest: str = ""
    is_rendering: bool = False
    """The page as a browser showed it that night (serialised DOM), not the server's own answer."""
