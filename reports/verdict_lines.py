"""The export line (CONTRACTS: Export): every obligation of a night as one flat record; a contract with its readers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import UTC

from ledger.standing import Dimension, DimensionResult
from reports.view import Line, NightView

FIELDS = (
    "district",
    "night",
    "organ",
    "requirement_id",
    "item",
    "path",
    "standing",
    "suspected",
    "confirmed",
    "reason",
    "detail",
    "url",
    "seen_at",
    "match",
    "document_number",
    "clause",
    "caused_by",
    "dimensions",
    "evidence",
)


def verdict_record(view: NightView, line: Line) -> dict[str, object]:
    """One obligation as the record of CONTRACTS; keys as in ``FIELDS``, in that order."""
    owed, standing = line.obligation, line.standing
    dimensions = {str(d): str(standing.dimensions.get(d, DimensionResult.UNVERIFIED)) for d in Dimension}
    seen_at = standing.seen_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if standing.seen_at else ""
    return {
        "district": view.district.id,
        "night": view.night.night.isoformat(),
        "organ": owed.organ.name,
        "requirement_id": owed.requirement.id,
        "item": owed.requirement.item,
        "path": str(owed.path) if owed.path else "",
        "standing": str(standing.standing),
        "suspected": str(standing.suspected) if standing.suspected else "",
        "confirmed": standing.confirmed,
        "reason": str(standing.reason) if standing.reason else "",
        "detail": standing.detail,
        "url": standing.url,
        "seen_at": seen_at,
        "match": str(standing.match) if standing.match else "",
        "document_number": owed.directory.document_number,
        "clause": owed.requirement.clause,
        "caused_by": standing.caused_by,
        "dimensions": dimensions,
        "evidence": list(standing.evidence),
    }


def as_jsonl(view: NightView) -> str:
    """All records, one JSON object a line, UTF-8 text kept as it is."""
    text = "".join(
        json.dumps(verdict_record(view, line), ensure_ascii=False, separators=(",", ":")) + "\n" for line in view.lines
    )
    return text.encode("utf-8", "backslashreplace").decode("utf-8")  # half a surrogate pair stays as JSON's escape


def as_csv(view: NightView) -> str:
    """All records as CSV with a header; cells that a spreadsheet would take for a formula are quoted with ``'``."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, FIELDS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_flat(verdict_record(view, line)) for line in view.lines)
    return buffer.getvalue().encode("utf-8", "replace").decode("utf-8")


def inert(text: str) -> str:
    """Text that no spreadsheet runs as a formula (OWASP CSV injection): a leading ``=+-@``, tab or return is quoted."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _flat(record: dict[str, object]) -> dict[str, str]:
    flat = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat[key] = ";".join(f"{name}={result}" for name, result in value.items())
        elif isinstance(value, list):
            flat[key] = _joined(value)
        else:
            flat[key] = inert(str(value))
    return flat


def _joined(values: Iterable[object]) -> str:
    return ";".join(str(value) for value in values)
