"""Shapes of the lines around a night (包内附表): catalogue, reviews, records, custody, chain, pictures, withheld."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from catalog.path import PathOrigin
from catalog.requirement import Due, Scope
from ledger.custody import CustodyKind
from ledger.picture import PictureKind
from ledger.review import ReviewConclusion
from reports.pack.contents.shapes import Digest, MaybeDigest, PayloadDigest


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """Review of a gap by a person of the office (复核)."""

    gap: str
    obligation_id: str
    conclusion: ReviewConclusion
    reviewer: str
    opinion: str
    reviewed_at: datetime


@dataclass(frozen=True, slots=True)
class PathLine:
    """Disclosure path (公开路径)."""

    steps: tuple[str, ...]
    origin: PathOrigin
    source: str


@dataclass(frozen=True, slots=True)
class ExpectationLine:
    """Check that the directory binds (检查要求); ``options`` is JSON text."""

    check_id: str
    options: str


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """Requirement with its citation (公开事项及依据)."""

    directory: str
    directory_title: str
    document_number: str
    issuer: str
    issued_on: date
    requirement_id: str
    title: str
    item: str
    clause: str
    quote: str
    basis: tuple[str, ...]
    scope: Scope
    condition: str
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    channels: tuple[str, ...]
    due: tuple[Due, ...]
    paths: tuple[PathLine, ...]
    checks: tuple[ExpectationLine, ...]
    checklist: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordLine:
    """Record of a snapshot inside the pack (包内存档记录)."""

    id: str
    record_digest: MaybeDigest
    in_wacz: bool
    offset: int | None


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """Custody event (保管记录)."""

    number: int
    kind: CustodyKind
    happened_at: datetime
    actor: str
    facts: Mapping[str, str]
    previous: Digest
    digest: Digest


@dataclass(frozen=True, slots=True)
class ChainLine:
    """Sealed night (批次根摘要): a link of the district's hash chain."""

    district: str
    night: date
    content: Digest
    previous: Digest
    root: Digest
    tables: Mapping[str, Digest]


@dataclass(frozen=True, slots=True)
class PictureLine:
    """Picture (截图) of one obligation."""

    obligation_id: str
    kind: PictureKind
    file: Annotated[str, r"^[0-9a-f]{64}\.png$"]
    snapshot_ids: tuple[str, ...]
    masked_count: int


@dataclass(frozen=True, slots=True)
class WithheldLine:
    """Withheld record (留存备查的记录)."""

    snapshot_id: str
    target_uri: str
    payload_digest: PayloadDigest
    reason: str
    places: tuple[str, ...]
