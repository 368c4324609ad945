"""Answers from recorded WARC files: an index of addresses and the responses behind them; nobody is visited."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from crawler.fetching.scope import locate
from ledger.archive.decoding import decode_body
from ledger.exchange import Headers, first_header

_INDEX = "index.html"


class RecordingError(Exception):
    """Raised when a file given for replay cannot be read, from opening a recording."""

    def __init__(self, file: Path, problem: str) -> None:
        super().__init__(f"{file}: {problem}; name a .warc or .warc.gz file that `gzip -t` accepts")


@dataclass(frozen=True, slots=True)
class Recorded:
    """Recorded response (存档记录).

    Attributes:
        url: as in WARC-Target-URI.
        headers: as recorded; a coding that the body no longer has is renamed ``X-Archive-Orig-...``.
        whole: False where the record says, or its length shows, that the body was cut.
    """

    url: str
    recorded_at: datetime
    status: int
    reason_phrase: str
    http_version: str
    headers: Headers
    body: bytes
    address: str
    whole: bool


@dataclass(frozen=True, slots=True)
class _Place:
    file: Path
    offset: int
    recorded_at: str
    body_from: tuple[Path, int] | None = None
    """For a revisit record: the record that holds the body."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Recording (网页存档): all responses of one or more WARC files, by address."""

    files: tuple[Path, ...]
    _places: dict[str, _Place] = field(default_factory=dict)

    @classmethod
    def open(cls, files: Iterable[Path]) -> Recording:
        """Read each file once and note where each address stands; of several records of one address the newest.

        Raises:
            RecordingError: when a file is absent or no WARC file.
        """
        recording = cls(tuple(files))
        bodies: dict[str, tuple[Path, int]] = {}
        for file in recording.files:
            try:
                _check_whole(file)
                for key, digest, place, is_revisit in _records(file):
                    if is_revisit:
                        place = _Place(file, place.offset, place.recorded_at, bodies.get(digest))
                        if place.body_from is None:
                            continue
                    elif digest:
                        bodies.setdefault(digest, (file, place.offset))
                    known = recording._places.get(key)
                    if known is None or place.recorded_at > known.recorded_at:
                        recording._places[key] = place
            except (OSError, ValueError, EOFError, zlib.error, ArchiveLoadFailed) as error:
                raise RecordingError(file, str(error)) from error
        if not recording._places:
            raise RecordingError(Path(", ".join(map(str, recording.files))), "no recorded response in it")
        return recording

    def __len__(self) -> int:
        return len(self._places)

    @property
    def newest(self) -> datetime:
        """When the last of its responses was recorded: the moment of all that is found not to be in it."""
        return max(_moment(place.recorded_at) for place in self._places.values())

    def find(self, url: str) -> Recorded | None:
        """The response recorded for an address: as written, with ``index.html`` added, without it (CONTRACTS)."""
        for candidate in candidates(url):
            place = self._places.get(candidate)
            if place is not None:
                return _read(place)
        return None


def candidates(url: str) -> tuple[str, ...]:
    """Addresses under which a recording may hold what ``url`` names, the likeliest first."""
    location = locate(url)
    if location is None:
        return ()
    href, mark, query = location.href.partition("?")
    if href.endswith("/"):
        return (location.href, f"{href}{_INDEX}{mark}{query}")
    if href.endswith(f"/{_INDEX}"):
        return (location.href, f"{href.removesuffix(_INDEX)}{mark}{query}")
    return (location.href,)


def _check_whole(file: Path) -> None:
    """What `gzip -t` does: warcio itself passes over most damage (TRUST 6), and half a page would look like a page."""
    if file.suffix == ".gz":
        with gzip.open(file) as stream:
            while stream.read(1 << 20):
                pass


def _records(file: Path) -> Iterator[tuple[str, str, _Place, bool]]:
    with file.open("rb") as stream:
        records = ArchiveIterator(stream)
        for record in records:
            if record.rec_type not in ("response", "revisit"):
                continue
            head = record.rec_headers
            location = locate(head.get_header("WARC-Target-URI") or "")
            if location is None or record.http_headers is None:
                continue
            place = _Place(file, records.get_record_offset(), head.get_header("WARC-Date") or "")
            digest = head.get_header("WARC-Payload-Digest") or ""
            yield location.href, digest, place, record.rec_type == "revisit"


def _load(file: Path, offset: int) -> tuple[ArcWarcRecord, bytes]:
    with file.open("rb") as stream:
        stream.seek(offset)
        record = next(iter(ArchiveIterator(stream)))
        return record, record.raw_stream.read()


def _read(place: _Place) -> Recorded:
    record, body = _load(place.file, place.offset)
    if place.body_from is not None:
        _, body = _load(*place.body_from)
    head = record.rec_headers
    http = record.http_headers
    headers: Headers = tuple((str(name), str(value)) for name, value in http.headers)
    whole = not head.get_header("WARC-Truncated")
    stated = first_header(headers, "content-length").strip()
    headers, body = _undo_transfer(headers, body)
    if stated.isdecimal() and len(body) < int(stated) and not first_header(headers, "content-encoding"):
        whole = False
    headers = _without_lost_coding(headers, body)
    version, _, _ = (http.protocol or "HTTP/1.1").partition(" ")
    _, _, phrase = (http.statusline or "").partition(" ")
    return Recorded(
        url=head.get_header("WARC-Target-URI"),
        recorded_at=_moment(place.recorded_at),
        status=int(http.get_statuscode() or 0),
        reason_phrase=phrase,
        http_version=version,
        headers=headers,
        body=body,
        address=head.get_header("WARC-IP-Address") or "",
        whole=whole,
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _renamed(headers: Headers, name: str) -> Headers:
    return tuple((f"X-Archive-Orig-{key}" if key.casefold() == name else key, value) for key, value in headers)


def _undo_transfer(headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """Many tools keep ``Transfer-Encoding: chunked`` over a body that is joined already."""
    if "chunked" not in first_header(headers, "transfer-encoding").casefold():
        return headers, body
    joined = _joined(body)
    return _renamed(headers, "transfer-encoding"), body if joined is None else joined


def _joined(body: bytes) -> bytes | None:
    """The chunks put together; None where the body is not made of chunks."""
    stream = BytesIO(body)
    pieces: list[bytes] = []
    while line := stream.readline(1024):
        try:
            size = int(line.partition(b";")[0].strip(), 16)
        except ValueError:
            return None
        if size == 0:
            return b"".join(pieces)
        pieces.append(stream.read(size))
        if stream.readline(3).strip(b"\r\n"):
            return None
    return b"".join(pieces) if pieces else None


def _without_lost_coding(headers: Headers, body: bytes) -> Headers:
    """Many tools keep ``Content-Encoding: gzip`` over a body that is decoded already."""
    if not first_header(headers, "content-encoding") or not body:
        return headers
    decoded = decode_body(body, headers)
    return _renamed(headers, "content-encoding") if decoded.fault is not None and not decoded.body else headers
