"""Reviews (复核): what a person of the office said of a gap before anything was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReviewConclusion(StrEnum):
    """Conclusion of a review (复核结论)."""

    TRUE = "属实"
    FALSE_ALARM = "误报"
    NOT_APPLICABLE = "不适用"
    DEFERRED = "暂缓"


@dataclass(frozen=True, slots=True)
class Review:
    """Review (复核): one conclusion on one gap; appended, never changed.

    Attributes:
        seen: fingerprint of what had been seen when it was said; the review counts while that is unchanged.
        reviewed_at: UTC.
    """

    gap_id: str
    conclusion: ReviewConclusion
    reviewer: str
    opinion: str
    seen: str
    reviewed_at: datetime
