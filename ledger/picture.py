"""Pictures (截图): which image shows which obligation of a night."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PictureKind(StrEnum):
    """Kind of a picture (截图类别)."""

    PAGE = "page"
    """The whole archived page, what failed highlighted, a caption below the page image."""
    CARD = "card"
    """Click-path card (点击路径图): one frame a step from the home page to where the path breaks."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Picture (截图) of one obligation.

    Attributes:
        file: ``<sha256>.png`` in the folder of pictures, named by its own digest.
        snapshot_ids: the archived pages it shows, in the order shown.
        masked_count: how many pieces of private data were covered before the picture was made.
    """

    obligation_id: str
    kind: PictureKind
    file: str
    snapshot_ids: tuple[str, ...]
    masked_count: int = 0
