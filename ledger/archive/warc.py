"""WARC/1.1 records of one exchange, made and read back (ISO 28500:2017); pure, no files."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ledger.encoding import moment_text
from ledger.exchange import Exchange, Headers
from ledger.snapshot import Snapshot

COMPRESSION_LEVEL = 6
"""warcio itself always takes 9: twice the time (2.3 against 1.2 ms for a page of 55 KB) for 1 % less."""
MOVED_PREFIX = "X-Archive-Orig-"
"""Before headers that no longer fit the stored body: it is stored without chunks, so Transfer-Encoding is renamed."""
_MOVED = frozenset({"transfer-encoding"})
_STEP = 64 * 1024
_RESPONSE = "application/http; msgtype=response"
_REQUEST = "application/http; msgtype=request"
_FIELDS = "application/warc-fields"
DOM_TYPE = "text/html; charset=utf-8"
"""Content type of the DOM that a browser serialised; written in UTF-8 whatever the page was sent in."""


class DamagedRecordError(ValueError):
    """Raised when bytes are no whole WARC response record, from ``parse_response``."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Packed exchange (封装后的存档记录): gzip members, and where in them the response stands."""

    members: bytes
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """Response record (响应记录) as read back. ``is_revisit``: the payload stands in the record ``refers_to`` names.

    ``is_rendering``: a conversion record, the DOM that a browser made of the response ``refers_to`` names; it has no
    status of its own (0).
    """

    record_id: str
    http_version: str
    status: int
    reason_phrase: str
    headers: Headers
    body: bytes
    is_revisit: bool = False
    refers_to: str = ""
    is_rendering: bool = False


class _ExactHeaders:
    """An HTTP head whose bytes warcio takes as they are (it would percent-encode what is not ASCII)."""

    def __init__(self, head: bytes) -> None:
        self.headers_buff = head

    def compute_headers_buffer(self, _filter: Any = None) -> None:
        """Nothing to compute."""


def payload_digest(body: bytes) -> str:
    """``sha256:`` and the hex digest."""
    return "sha256:" + hashlib.sha256(body).hexdigest()


def pack_exchange(exchange: Exchange, record_id: str, digest: str, original: Snapshot | None = None) -> Packed:
    """The request, metadata (if any) and response records of one exchange, one gzip member each, response last.

    Of a rendering the metadata and a conversion record (WARC 1.1, 6.8): nothing went over the wire for it.

    Args:
        record_id: UUID of the response record.
        digest: payload digest of the body.
        original: an earlier response of the same night with the same payload; the response becomes a ``revisit``.
    """
    members = b"" if exchange.renders else _member(_request(exchange, record_id))
    if exchange.notes:
        members += _member(_metadata(exchange, record_id))
    made = _rendering(exchange, record_id, digest) if exchange.renders else None
    response = _member(made or _response(exchange, record_id, digest, original))
    return Packed(members + response, len(members), len(response))


def pack_warcinfo(file_name: str, fields: Headers, at: datetime) -> bytes:
    """The gzip member with which every file begins."""
    named = [("WARC-Filename", file_name)]
    return _member(_record("warcinfo", str(uuid4()), at, _FIELDS, b"", _fields_block(fields), named))


def parse_response(member: bytes) -> StoredResponse:
    """Read one response, revisit or conversion record from its gzip member.

    Raises:
        DamagedRecordError: when it is cut, altered or another kind of record.
    """
    machine = zlib.decompressobj(31)
    try:
        plain = machine.decompress(member)
    except zlib.error as error:
        raise DamagedRecordError(f"no gzip member ({error})") from error
    if not machine.eof:
        raise DamagedRecordError("the gzip member is cut")
    head, separator, block = plain.partition(b"\r\n\r\n")
    lines = head.decode("utf-8", "surrogateescape").split("\r\n")
    fields = {name.strip().casefold(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    kind = fields.get("warc-type")
    if not separator or not lines[0].startswith("WARC/") or kind not in ("response", "revisit", "conversion"):
        raise DamagedRecordError("no response record stands here")
    block = block[: int(fields["content-length"])]
    if fields.get("warc-block-digest", "") != payload_digest(block):
        raise DamagedRecordError("the record differs from its digest")
    record_id, refers_to = _bare(fields["warc-record-id"]), _bare(fields.get("warc-refers-to", ""))
    if kind == "conversion":
        shown = (("Content-Type", fields.get("content-type", DOM_TYPE)),)
        return StoredResponse(record_id, "", 0, "", shown, block, refers_to=refers_to, is_rendering=True)
    version, status, phrase, headers, body = _parse_http(block)
    return StoredResponse(
        record_id=record_id,
        http_version=version,
        status=status,
        reason_phrase=phrase,
        headers=headers,
        body=body,
        is_revisit=kind == "revisit",
        refers_to=refers_to,
    )


def whole_members(tail: bytes) -> int:
    """How many bytes at the start of ``tail`` are whole gzip members; what follows is torn."""
    whole = 0
    while whole < len(tail):
        end = _member_end(tail, whole)
        if end is None:
            break
        whole = end
    return whole


def _member_end(tail: bytes, start: int) -> int | None:
    """Where the member that begins at ``start`` ends; None when it is torn."""
    machine = zlib.decompressobj(31)
    # in steps: all at once would copy the rest of the file for every member
    for step in range(start, len(tail), _STEP):
        try:
            machine.decompress(tail[step : step + _STEP])
        except zlib.error:
            return None
        if machine.eof:
            return min(step + _STEP, len(tail)) - len(machine.unused_data)
    return None


def _request(exchange: Exchange, record_id: str) -> ArcWarcRecord:
    line = f"{exchange.method} {_path_of(exchange.target_uri)} HTTP/1.1"
    head = _http_head(line, exchange.request_headers)
    extra = [("WARC-Concurrent-To", _urn(record_id)), ("WARC-Target-URI", exchange.target_uri)]
    return _record("request", str(uuid4()), exchange.fetched_at, _REQUEST, head, exchange.request_body, extra)


def _metadata(exchange: Exchange, record_id: str) -> ArcWarcRecord:
    extra = [("WARC-Concurrent-To", _urn(record_id)), ("WARC-Target-URI", exchange.target_uri)]
    block = _fields_block(exchange.notes)
    return _record("metadata", str(uuid4()), exchange.fetched_at, _FIELDS, b"", block, extra)


def _response(exchange: Exchange, record_id: str, digest: str, original: Snapshot | None) -> ArcWarcRecord:
    line = f"{exchange.http_version} {exchange.status} {exchange.reason_phrase}"
    head = _http_head(line, exchange.headers)
    extra = [("WARC-Target-URI", exchange.target_uri), ("WARC-Payload-Digest", digest)]
    if exchange.address:
        extra.append(("WARC-IP-Address", exchange.address))
    if exchange.truncated:
        extra.append(("WARC-Truncated", exchange.truncated))
    if original is None:
        return _record("response", record_id, exchange.fetched_at, _RESPONSE, head, exchange.body, extra)
    extra += [
        ("WARC-Profile", WARCWriter.REVISIT_PROFILE_1_1),
        ("WARC-Refers-To", _urn(original.id)),
        ("WARC-Refers-To-Target-URI", original.target_uri),
        ("WARC-Refers-To-Date", moment_text(original.fetched_at)),
    ]
    return _record("revisit", record_id, exchange.fetched_at, _RESPONSE, head, b"", extra)


def _rendering(exchange: Exchange, record_id: str, digest: str) -> ArcWarcRecord:
    extra = [
        ("WARC-Target-URI", exchange.target_uri),
        ("WARC-Payload-Digest", digest),
        ("WARC-Refers-To", _urn(exchange.renders)),
    ]
    return _record("conversion", record_id, exchange.fetched_at, DOM_TYPE, b"", exchange.body, extra)


def _record(
    kind: str,
    record_id: str,
    at: datetime,
    content_type: str,
    head: bytes,
    body: bytes,
    extra: Sequence[tuple[str, str]],
) -> ArcWarcRecord:
    named = [("WARC-Type", kind), ("WARC-Record-ID", _urn(record_id)), ("WARC-Date", moment_text(at))]
    named += [(name, _one_line(value)) for name, value in extra]
    named.append(("WARC-Block-Digest", payload_digest(head + body)))
    fields = StatusAndHeaders("", named, protocol=WARCWriter.WARC_1_1)
    exact = _ExactHeaders(head) if head else None
    record = ArcWarcRecord("warc", kind, fields, BytesIO(body), exact, content_type, len(body))
    record.payload_length = len(body)
    # warcio adds a SHA-1 digest of its own where it finds none
    if fields.get_header("WARC-Payload-Digest") is None and kind != "warcinfo":
        fields.add_header("WARC-Payload-Digest", payload_digest(body))
    return record


def _member(record: ArcWarcRecord) -> bytes:
    plain = BytesIO()
    WARCWriter(plain, gzip=False, warc_version="1.1").write_record(record)
    machine = zlib.compressobj(COMPRESSION_LEVEL, zlib.DEFLATED, 31)
    return machine.compress(plain.getvalue()) + machine.flush()


def _http_head(first_line: str, headers: Headers) -> bytes:
    lines = [first_line]
    for name, value in headers:
        moved = MOVED_PREFIX if name.casefold() in _MOVED else ""
        # no client lets a line break through; if one did, the record must still be readable
        lines.append(f"{moved}{name}: {value}".replace("\r", "%0D").replace("\n", "%0A"))
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")


def _parse_http(block: bytes) -> tuple[str, int, str, Headers, bytes]:
    head, _, body = block.partition(b"\r\n\r\n")
    first_line, *lines = head.decode("utf-8", "surrogateescape").split("\r\n")
    version, _, rest = first_line.partition(" ")
    status, _, phrase = rest.partition(" ")
    headers = []
    for line in lines:
        name, _, value = line.partition(": ")
        headers.append((name.removeprefix(MOVED_PREFIX), value))
    return version, int(status), phrase, tuple(headers), body


def _fields_block(fields: Headers) -> bytes:
    return "".join(f"{name}: {_one_line(value)}\r\n" for name, value in fields).encode()


def _one_line(text: str) -> str:
    return text.replace("\r", "%0D").replace("\n", "%0A").encode("utf-8", "replace").decode()


def _path_of(uri: str) -> str:
    """Path and query as a request line has them."""
    _, _, rest = uri.partition("://")
    _, slash, path = rest.partition("/")
    return (slash + path).partition("#")[0] or "/"


def _urn(record_id: str) -> str:
    return f"<urn:uuid:{record_id}>"


def _bare(urn: str) -> str:
    return urn.removeprefix("<urn:uuid:").removesuffix(">")
