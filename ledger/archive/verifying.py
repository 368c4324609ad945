"""Reading an archive file again and comparing it with the rows that cite it; nothing is changed or recorded here."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ledger.archive.page_archive import Kept
from ledger.archive.placing import Placing
from ledger.archive.warc import DamagedRecordError, parse_response, payload_digest
from ledger.encoding import moment_text
from ledger.snapshot import Snapshot

_STEP = 64 * 1024
GONE = "the file is gone"


@dataclass(frozen=True, slots=True)
class Problem:
    """Problem (存档损坏处): what is wrong, and with which archived response; empty where none is cited there."""

    snapshot_id: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FileCheck:
    """File check (存档文件复核): ``records`` rows compared, ``members`` gzip members read, ``sha256`` of the file."""

    name: str
    records: int
    members: int
    bytes: int
    sha256: str
    problems: tuple[Problem, ...]


def chosen(files: Iterable[str], verified: Mapping[str, date], night: date, cycle: int) -> tuple[str, ...]:
    """The sample of a night: what was never verified, what is due, and an even share of the rest, oldest first.

    The same ledger and night give the same choice; every file comes up within ``cycle`` nights, and after nights that
    did not run within ``cycle`` days.

    Args:
        verified: night of the last verification by file name.
    """
    known = sorted(
        (name for name in files if name in verified), key=lambda name: (verified[name], _shuffled(name, night))
    )
    share = -(-len(known) // cycle)
    due = [name for name in known[share:] if verified[name] <= night - timedelta(days=cycle)]
    new = [name for name in files if name not in verified]
    return (*new, *known[:share], *due)


def check_file(
    places: Placing, name: str, kept: Sequence[Kept], original_of: Callable[[str], Snapshot | None], known: str = ""
) -> FileCheck:
    """Read a whole file: every gzip member and block digest, and every row that cites it.

    Args:
        kept: the rows that cite it.
        original_of: the row of the response that a revisit repeats, which may lie in another file.
        known: hex SHA-256 that the file had when it was verified before, or empty.

    Raises:
        StoreAwayError: it lies in a store that cannot be used.
    """
    if places.size_of(name) is None:
        return FileCheck(name, 0, 0, 0, "", tuple(Problem(one.snapshot.id, GONE) for one in kept))
    rows = {one.snapshot.offset: one for one in kept}
    whole, members, size = hashlib.sha256(), 0, 0
    problems: list[Problem] = []
    try:
        for offset, member in _members(_hashed(places.blocks(name), whole.update)):
            members, size = members + 1, offset + len(member)
            problems += _problems(rows.pop(offset, None), member, original_of)
    except DamagedRecordError as error:
        problems.append(Problem("", f"{error}"))
        # what follows is found by its row
        for one in rows.values():
            member = places.read(name, one.snapshot.offset, one.snapshot.length) or b""
            problems += _problems(one, member, original_of)
        for block in places.blocks(name):
            size += len(block)
        return FileCheck(name, len(kept), members, size, "", _each_once(problems))
    problems += [Problem(one.snapshot.id, "no record begins where its row says") for one in rows.values()]
    if known and whole.hexdigest() != known and not problems:
        problems.append(Problem("", "the file differs from when it was verified before"))
    return FileCheck(name, len(kept), members, size, whole.hexdigest(), _each_once(problems))


def _members(blocks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Offset and bytes of each gzip member.

    Raises:
        DamagedRecordError: at the first member that is cut or altered.
    """
    offset, raw, machine = 0, bytearray(), zlib.decompressobj(31)
    for block in blocks:
        position = 0
        while position < len(block):
            step = block[position : position + _STEP]
            try:
                machine.decompress(step)
            except zlib.error as error:
                raise DamagedRecordError(f"the gzip member at {offset} is damaged ({error})") from error
            used = len(step) - len(machine.unused_data)
            raw += step[:used]
            position += used
            if machine.eof:
                yield offset, bytes(raw)
                offset += len(raw)
                raw, machine = bytearray(), zlib.decompressobj(31)
    if raw:
        raise DamagedRecordError(f"the gzip member at {offset} is cut")


def _hashed(blocks: Iterable[bytes], update: Callable[[bytes], None]) -> Iterator[bytes]:
    for block in blocks:
        update(block)
        yield block


def _problems(one: Kept | None, member: bytes, original_of: Callable[[str], Snapshot | None]) -> tuple[Problem, ...]:
    snapshot_id = one.snapshot.id if one else ""
    try:
        fields = _checked_fields(member)
        if one is not None:
            _compare(one, member, fields, original_of)
    except DamagedRecordError as error:
        return (Problem(snapshot_id, str(error)),)
    return ()


def _checked_fields(member: bytes) -> dict[str, str]:
    """Named fields of a record of any kind, once its block agrees with its digest."""
    try:
        plain = zlib.decompress(member, 31)
    except zlib.error as error:
        raise DamagedRecordError(f"the gzip member is damaged ({error})") from error
    head, _, block = plain.partition(b"\r\n\r\n")
    lines = head.decode("utf-8", "surrogateescape").split("\r\n")[1:]
    fields = {name.strip().casefold(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    length = fields.get("content-length", "")
    if not length.isdecimal() or fields.get("warc-block-digest") != payload_digest(block[: int(length)]):
        raise DamagedRecordError("the record differs from its digest")
    return fields


def _compare(
    one: Kept, member: bytes, fields: Mapping[str, str], original_of: Callable[[str], Snapshot | None]
) -> None:
    """A cited record against its row.

    Raises:
        DamagedRecordError: they do not agree.
    """
    row, stored = one.snapshot, parse_response(member)
    if stored.record_id != row.id or len(member) != row.length:
        raise DamagedRecordError("another record stands in its place")
    if fields.get("warc-date") != moment_text(row.fetched_at) or not (
        stored.is_rendering or stored.status == row.status
    ):
        raise DamagedRecordError("the row does not agree with the record it cites")
    if not stored.is_revisit:
        digest = payload_digest(stored.body)
    else:
        original = original_of(one.refers_to)
        digest = original.payload_digest if original else ""
    if digest != row.payload_digest:
        raise DamagedRecordError("the payload differs from its digest")


def _each_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problems))


def _shuffled(name: str, night: date) -> str:
    return hashlib.sha256(f"{night} {name}".encode()).hexdigest()
