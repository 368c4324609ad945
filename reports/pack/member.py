"""Members of a pack: paths, bytes and how many records they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

FIRST_MEMBER = "README.txt"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
SUMS = "SHA256SUMS"
VERIFIER = "verify.py"
GUIDE = "VERIFY.md"
INDEX = "index.html"
EVIDENCE = "evidence.wacz"
SCHEMA = "mingcha-pack-1"


@dataclass(frozen=True, slots=True)
class Member:
    """Member (包内文件).

    Attributes:
        path: relative, ``/`` between the parts, NFC, no ``..``, unique in the pack.
        body: its bytes.
        records: number of records (JSON lines, WARC records), or None where that means nothing.
    """

    path: str
    body: bytes
    records: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Scope (打包范围): a whole night, one organ of it, or some of its gaps.

    Attributes:
        organ_id: empty for all.
        gap_ids: empty for all.
        for_assessor: with a folder for every scored duty (third-party assessment).
        round_id: assessment round (评估轮次) it is made for, or empty.
    """

    district_id: str
    night: date
    organ_id: str = ""
    gap_ids: Sequence[str] = ()
    for_assessor: bool = False
    round_id: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the pack holds the whole night, so that the night's root can be computed from it."""
        return not self.organ_id and not self.gap_ids
