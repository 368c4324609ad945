"""Records copied from archive files, gzip member by gzip member, byte for byte; nothing is written anew."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reports.pack.errors import CopyError

_ANSWERS = frozenset({"response", "revisit", "conversion"})
_BESIDE = frozenset({"request", "metadata"})


@dataclass(frozen=True, slots=True)
class CopiedRecord:
    """Copied record (复制的存档记录).

    Attributes:
        kind: WARC-Type.
        id: WARC-Record-ID without ``<urn:uuid:`` and ``>``.
        of: the response that a request or metadata record belongs to; else ``id``.
        member: the gzip member as it stands in the archive.
        fields: WARC header fields by lower-case name.
        block: what follows the WARC header, as stored.
    """

    kind: str
    id: str
    of: str
    member: bytes
    fields: Mapping[str, str]
    block: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """Hex SHA-256 of the gzip member."""
        return hashlib.sha256(self.member).hexdigest()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Stretch (存档片段): where in an archive file a record stands, with the request and metadata records before it.

    Attributes:
        start: end of the record before, in bytes; 0 for the first of a file.
        end: behind the record itself.
    """

    record_id: str
    file_name: str
    start: int
    end: int


def copied_records(stretches: Iterable[Stretch], read: Callable[[str, int, int], bytes]) -> Iterator[CopiedRecord]:
    """Each response with the request and metadata records that stand before it, as they stand in the archive.

    Args:
        stretches: of response, revisit and conversion records, in the order in which they are to be copied.
        read: bytes of an archive file by its name, offset and length.

    Raises:
        CopyError: when a stretch is cut or altered, or the record does not stand there.
    """
    for stretch in stretches:
        raw = read(stretch.file_name, stretch.start, stretch.end - stretch.start)
        found = False
        for member, plain in gzip_members(raw, stretch.file_name):
            record = record_of(member, plain, stretch.file_name)
            # a kill may have left whole records that the ledger never cited
            if record.of == stretch.record_id and record.kind in _ANSWERS | _BESIDE:
                found = found or record.kind in _ANSWERS
                yield record
        if not found:
            raise CopyError(f"{stretch.file_name}: record {stretch.record_id} does not stand where it was written")


def gzip_members(raw: bytes, name: str) -> Iterator[tuple[bytes, bytes]]:
    """Each gzip member as it stands, and what it holds.

    Raises:
        CopyError: when one is cut or damaged; ``gzip -t`` would find it too.
    """
    while raw:
        machine = zlib.decompressobj(31)
        try:
            plain = machine.decompress(raw)
        except zlib.error as error:
            raise CopyError(f"{name}: a record is damaged ({error}); restore it from a backup") from error
        if not machine.eof:
            raise CopyError(f"{name}: a record is cut; restore it from a backup")
        yield raw[: len(raw) - len(machine.unused_data)], plain
        raw = machine.unused_data


def record_of(member: bytes, plain: bytes, name: str) -> CopiedRecord:
    """The record of one gzip member.

    Raises:
        CopyError: when it holds none.
    """
    head, separator, block = plain.partition(b"\r\n\r\n")
    first, *lines = head.decode("utf-8", "surrogateescape").split("\r\n")
    if not separator or not first.startswith("WARC/"):
        raise CopyError(f"{name}: a gzip member holds no WARC record")
    fields = {key.strip().casefold(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    block = block[: int(fields.get("content-length", "0"))]
    record_id = bare(fields.get("warc-record-id", ""))
    beside = bare(fields.get("warc-concurrent-to", "")) or bare(fields.get("warc-refers-to", ""))
    kind = fields.get("warc-type", "")
    return CopiedRecord(kind, record_id, beside if kind in _BESIDE else record_id, member, fields, block)


def bare(urn: str) -> str:
    """A record id without its ``<urn:uuid:`` and ``>``."""
    return urn.removeprefix("<urn:uuid:").removesuffix(">")
