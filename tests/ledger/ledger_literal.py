"""Literal exchanges and arrivals for the ledger's tests."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

from ledger.exchange import Exchange, Headers
from ledger.work import Arrival, Visit, VisitKind, visit_key

NOW = datetime(2021, 11, 30, 18, 0, tzinfo=UTC)
HOME = "http://www.wz.example/"
HTML = "<html><title>万州区人民政府</title>" + "".join(f"<p>政府信息公开 {number}</p>" for number in range(900))


def page_exchange(url: str = HOME, text: str = HTML, seconds: int = 0, **changes: object) -> Exchange:
    """A gzipped page as a portal sends it, odd header spelling included."""
    values: dict[str, object] = {
        "target_uri": url,
        "status": 200,
        "headers": (
            ("Server", "******"),
            ("content-TYPE", "text/html;charset=utf-8"),
            ("Set-Cookie", "a=1"),
            ("Set-Cookie", "b=2"),
            ("Content-Encoding", "gzip"),
            ("Transfer-Encoding", "chunked"),
            ("X-Name", "万州 \udcff"),
        ),
        "body": gzip.compress(text.encode(), 1, mtime=0),
        "fetched_at": NOW + timedelta(seconds=seconds),
        "request_headers": (("Host", "www.wz.example"), ("User-Agent", "mingcha")),
        "reason_phrase": "OK",
        "address": "192.0.2.1",
    }
    return Exchange(**{**values, **changes})  # type: ignore[arg-type]


def visit_of(url: str, kind: VisitKind = VisitKind.PAGE) -> Visit:
    """A visit of an address."""
    return Visit(visit_key(url, kind), url, kind, referrer=HOME)


def arrival_of(visit: Visit, snapshot_id: str, headers: Headers, seconds: int = 0, body: bytes = b"") -> Arrival:
    """A visit that was answered with 200."""
    return Arrival(visit, visit.url, 200, headers, body, snapshot_id, NOW + timedelta(seconds=seconds))
