"""The page archive (网页存档): WARC files in one folder, appended, synced, repaired after a kill, read by offset."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import structlog

from ledger.errors import EvidenceDamagedError
from ledger.exchange import Exchange, first_header
from ledger.snapshot import Snapshot
from ledger.warc import (
    DamagedRecordError,
    StoredResponse,
    pack_exchange,
    pack_warcinfo,
    parse_response,
    payload_digest,
    whole_members,
)

FILE_LIMIT = 256 * 1024 * 1024
"""A file is closed once it has passed this size in bytes."""
REVISIT_FROM = 1024
"""Payloads shorter than this are stored again: a revisit record would save nothing."""
OPEN_SUFFIX = ".open"
_NAME = re.compile(r"(?P<series>.+)-(?P<number>\d{4,})\.warc\.gz")

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Writing:
    """One file this process appends to, held by an exclusive lock."""

    name: str
    descriptor: int
    size: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Kept exchange (已存档): its snapshot, and the original it repeats, if any."""

    snapshot: Snapshot
    refers_to: str = ""


class Archive:
    """The page archive (网页存档) of one data folder.

    A file is named ``<series>-<number>.warc.gz`` and carries ``.open`` behind that while it grows. One process
    appends to a file; any may read.
    """

    def __init__(self, folder: Path, program: str, file_limit: int = FILE_LIMIT) -> None:
        self.folder = folder
        self._program = program
        self._file_limit = file_limit
        self._writing: dict[str, _Writing] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def write(
        self,
        series: str,
        exchanges: Sequence[Exchange],
        original_of: Callable[[str, str], Snapshot | None],
        end_of: Callable[[str], int],
    ) -> tuple[Kept, ...]:
        """Append exchanges and return when all of them are on the disk.

        Args:
            series: beginning of the file name, ``<district>-<night>``.
            original_of: the earlier response of a series with this payload digest, if there is one.
            end_of: where the last record that the database cites ends in a file.

        Raises:
            OSError: when the disk is full or fails; the file is then as long as before.
        """
        file = self._file_for(series, exchanges[0].fetched_at, end_of)
        kept, members, size = [], [], file.size
        seen: dict[str, Snapshot] = {}
        for exchange in exchanges:
            digest = payload_digest(exchange.body)
            original = None
            if len(exchange.body) >= REVISIT_FROM:
                original = seen.get(digest) or original_of(series, digest)
            record_id = str(uuid4())
            packed = pack_exchange(exchange, record_id, digest, original)
            snapshot = Snapshot(
                id=record_id,
                target_uri=exchange.target_uri,
                fetched_at=exchange.fetched_at,
                status=exchange.status,
                content_type=first_header(exchange.headers, "Content-Type"),
                payload_digest=digest,
                archive_file=file.name,
                offset=size + packed.offset,
                length=packed.length,
                address=exchange.address,
            )
            kept.append(Kept(snapshot, original.id if original else ""))
            seen.setdefault(digest, original or snapshot)
            members.append(packed.members)
            size += len(packed.members)
        self._append(series, file, b"".join(members))
        if file.size >= self._file_limit:
            self.finish(series)
        return tuple(kept)

    def read(self, snapshot: Snapshot, original: Snapshot | None = None) -> StoredResponse:
        """The archived response, with the payload of its original where it is a revisit.

        Raises:
            EvidenceDamagedError: when it is gone, or differs from what was written.
        """
        stored = self._record(snapshot)
        if stored.is_revisit:
            if original is None:
                raise EvidenceDamagedError(snapshot.archive_file, snapshot.id, "the record it refers to is unknown")
            stored = replace(stored, body=self._record(original).body)
        if payload_digest(stored.body) != snapshot.payload_digest:
            raise EvidenceDamagedError(snapshot.archive_file, snapshot.id, "the payload differs from its digest")
        return stored

    def path_of(self, file_name: str) -> Path | None:
        """Where a file is now, closed or still growing; None when it is gone."""
        closed, growing = self.folder / file_name, self.folder / (file_name + OPEN_SUFFIX)
        # the closed name is asked for once more: it may be renamed between the two questions
        return next((path for path in (closed, growing, closed) if path.exists()), None)

    def finish(self, series: str) -> None:
        """Close the series' growing file and give it its final name."""
        file = self._writing.pop(series, None)
        if file is not None:
            self._close_for_good(file)

    def finish_all(self, series: str, end_of: Callable[[str], int]) -> None:
        """Close every growing file of a series that no other process holds, such as one left by a kill."""
        self.finish(series)
        for name in self._growing():
            match = _NAME.fullmatch(name)
            if match is not None and match["series"] == series and (file := self._claim(name, end_of)):
                self._close_for_good(file)

    def close(self) -> None:
        """Let go of all files; they keep growing at the next opening."""
        for file in self._writing.values():
            os.close(file.descriptor)
        self._writing.clear()

    def repair(self, end_of: Callable[[str], int], is_finished: Callable[[str], bool]) -> None:
        """Cut torn tails that a kill left, and close files of series that are finished."""
        for name in self._growing():
            match = _NAME.fullmatch(name)
            file = self._claim(name, end_of) if match else None
            if file is None or match is None:
                continue
            if is_finished(match["series"]):
                self._close_for_good(file)
            else:
                os.close(file.descriptor)

    def _growing(self) -> list[str]:
        """Final names of the files that still grow, in order."""
        return sorted(path.name.removesuffix(OPEN_SUFFIX) for path in self.folder.glob("*.warc.gz" + OPEN_SUFFIX))

    def _record(self, snapshot: Snapshot) -> StoredResponse:
        path = self.path_of(snapshot.archive_file)
        if path is None:
            raise EvidenceDamagedError(snapshot.archive_file, snapshot.id, "the file is gone")
        with path.open("rb") as stream:
            stream.seek(snapshot.offset)
            member = stream.read(snapshot.length)
        try:
            stored = parse_response(member)
        except DamagedRecordError as error:
            raise EvidenceDamagedError(snapshot.archive_file, snapshot.id, str(error)) from error
        if stored.record_id != snapshot.id:
            raise EvidenceDamagedError(snapshot.archive_file, snapshot.id, "another record stands in its place")
        return stored

    def _file_for(self, series: str, at: datetime, end_of: Callable[[str], int]) -> _Writing:
        if series in self._writing:
            return self._writing[series]
        numbers = [0]
        for path in sorted(self.folder.glob("*.warc.gz*")):
            match = _NAME.fullmatch(path.name.removesuffix(OPEN_SUFFIX))
            if match is None or match["series"] != series:
                continue
            numbers.append(int(match["number"]))
            if path.name.endswith(OPEN_SUFFIX):
                file = self._claim(path.name.removesuffix(OPEN_SUFFIX), end_of)
                if file is not None:
                    self._writing[series] = file
                    return file
        file = self._create(series, max(numbers) + 1)
        self._writing[series] = file
        fields = (
            ("software", self._program),
            ("format", "WARC file version 1.1"),
            ("conformsTo", "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
            ("isPartOf", series),
        )
        self._append(series, file, pack_warcinfo(file.name, fields, at))
        return file

    def _create(self, series: str, number: int) -> _Writing:
        while True:
            name = f"{series}-{number:04d}.warc.gz"
            try:
                descriptor = os.open(self.folder / (name + OPEN_SUFFIX), os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
            except FileExistsError:
                number += 1
                continue
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            self._sync_folder()
            return _Writing(name, descriptor, 0)

    def _claim(self, name: str, end_of: Callable[[str], int]) -> _Writing | None:
        """Lock a growing file that nobody holds and cut its torn tail; None when another process has it."""
        path = self.folder / (name + OPEN_SUFFIX)
        try:
            descriptor = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not path.exists():
                raise BlockingIOError
        except BlockingIOError:
            os.close(descriptor)
            return None
        size = os.fstat(descriptor).st_size
        # what the database cites was synced before, so only the bytes behind it can be torn
        start = min(end_of(name), size)
        whole = start + whole_members(os.pread(descriptor, size - start, start))
        if whole < size:
            log.info("torn tail cut", file=name, at=whole, bytes_cut=size - whole)
            os.ftruncate(descriptor, whole)
            os.fsync(descriptor)
        return _Writing(name, descriptor, whole)

    def _append(self, series: str, file: _Writing, members: bytes) -> None:
        try:
            written = 0
            while written < len(members):
                written += os.pwrite(file.descriptor, memoryview(members)[written:], file.size + written)
            os.fsync(file.descriptor)
        except OSError:
            # after a failed fsync nothing is known about this descriptor: the next write claims the file anew
            del self._writing[series]
            try:
                os.ftruncate(file.descriptor, file.size)
            finally:
                os.close(file.descriptor)
            raise
        file.size += len(members)

    def _close_for_good(self, file: _Writing) -> None:
        (self.folder / (file.name + OPEN_SUFFIX)).rename(self.folder / file.name)
        self._sync_folder()
        os.close(file.descriptor)

    def _sync_folder(self) -> None:
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
