"""The page archive (网页存档): WARC files in one folder, appended, synced, repaired after a kill, read by offset."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from ledger.archive.appending import OPEN_SUFFIX, GrowingFile
from ledger.archive.placing import Placing
from ledger.archive.warc import (
    DamagedRecordError,
    StoredResponse,
    pack_exchange,
    pack_warcinfo,
    parse_response,
    payload_digest,
)
from ledger.errors import EvidenceDamagedError
from ledger.exchange import Exchange, first_header
from ledger.snapshot import Snapshot

FILE_LIMIT = 256 * 1024 * 1024
"""A file is closed once it has passed this size in bytes."""
REVISIT_FROM = 1024
"""Payloads shorter than this are stored again: a revisit record would save nothing."""
_NAME = re.compile(r"(?P<series>.+)-(?P<number>\d{4,})\.warc\.gz")


@dataclass(frozen=True, slots=True)
class Kept:
    """Kept exchange (已存档): its snapshot, and the original it repeats or, of a rendering, the response it shows."""

    snapshot: Snapshot
    refers_to: str = ""


class Archive:
    """The page archive (网页存档) of one data folder.

    A file is named ``<series>-<number>.warc.gz`` and carries ``.open`` behind that while it grows. One process
    appends to a file; any may read.
    """

    def __init__(self, folder: Path, program: str, file_limit: int = FILE_LIMIT, store_url: str = "") -> None:
        self.folder = folder
        self.places = Placing(folder, store_url)
        self._program = program
        self._file_limit = file_limit
        self._writing: dict[str, GrowingFile] = {}
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
            if len(exchange.body) >= REVISIT_FROM and not exchange.renders:
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
            kept.append(Kept(snapshot, exchange.renders or (original.id if original else "")))
            if not exchange.renders:
                seen.setdefault(digest, original or snapshot)
            members.append(packed.members)
            size += len(packed.members)
        try:
            file.append(b"".join(members))
        except OSError:
            # it was let go: the next write claims it anew
            del self._writing[series]
            raise
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
        if stored.is_rendering:
            stored = replace(stored, status=snapshot.status)
        if payload_digest(stored.body) != snapshot.payload_digest:
            raise EvidenceDamagedError(snapshot.archive_file, snapshot.id, "the payload differs from its digest")
        return stored

    def member(self, snapshot: Snapshot) -> bytes:
        """The gzip member of a snapshot, byte for byte, unchecked.

        Raises:
            EvidenceDamagedError: when the file is gone.
        """
        member = self.places.read(snapshot.archive_file, snapshot.offset, snapshot.length)
        if member is None:
            raise EvidenceDamagedError(snapshot.archive_file, snapshot.id, "the file is gone")
        return member

    def finish(self, series: str) -> None:
        """Close the file that this process writes for a series, and give it its final name."""
        file = self._writing.pop(series, None)
        if file is not None:
            file.close_for_good()

    def finish_all(self, series: str, end_of: Callable[[str], int]) -> None:
        """Close every growing file of a series that no other process holds, such as one left by a kill."""
        self.finish(series)
        while (file := self._left_behind(series, end_of)) is not None:
            file.close_for_good()

    def close(self) -> None:
        """Let go of all files; they keep growing at the next opening."""
        for file in self._writing.values():
            file.let_go()
        self._writing.clear()

    def repair(self, end_of: Callable[[str], int], is_finished: Callable[[str], bool]) -> None:
        """Cut torn tails that a kill left, and close files of series that are finished."""
        for name in self._growing():
            file = GrowingFile.claim(self.folder, name, end_of(name)) if _series_of(name) else None
            if file is None:
                continue
            if is_finished(_series_of(name)):
                file.close_for_good()
            else:
                file.let_go()

    def _growing(self) -> list[str]:
        """Final names of the files that still grow, in order."""
        return sorted(path.name.removesuffix(OPEN_SUFFIX) for path in self.folder.glob("*.warc.gz" + OPEN_SUFFIX))

    def _record(self, snapshot: Snapshot) -> StoredResponse:
        member = self.member(snapshot)
        try:
            stored = parse_response(member)
        except DamagedRecordError as error:
            raise EvidenceDamagedError(snapshot.archive_file, snapshot.id, str(error)) from error
        if stored.record_id != snapshot.id:
            raise EvidenceDamagedError(snapshot.archive_file, snapshot.id, "another record stands in its place")
        return stored

    def _file_for(self, series: str, at: datetime, end_of: Callable[[str], int]) -> GrowingFile:
        if series in self._writing:
            return self._writing[series]
        file = self._left_behind(series, end_of) or self._new_file(series, end_of)
        if file.size == 0:
            # a new one, or one whose maker died (or found the disk full) before the first record
            self._begin(file, series, at)
        self._writing[series] = file
        return file

    def _left_behind(self, series: str, end_of: Callable[[str], int]) -> GrowingFile | None:
        names = (name for name in self._growing() if _series_of(name) == series)
        files = (GrowingFile.claim(self.folder, name, end_of(name)) for name in names)
        return next((file for file in files if file is not None), None)

    def _new_file(self, series: str, end_of: Callable[[str], int]) -> GrowingFile:
        taken = [path.name.removesuffix(OPEN_SUFFIX) for path in self.folder.glob("*.warc.gz*")]
        number = 1 + max((_number_of(name) for name in taken if _series_of(name) == series), default=0)
        while True:
            try:
                # files that were moved to a store or removed by rule are known by their citations only
                if not end_of(name := f"{series}-{number:04d}.warc.gz"):
                    return GrowingFile.create(self.folder, name)
                number += 1
            except FileExistsError:
                number += 1

    def _begin(self, file: GrowingFile, series: str, at: datetime) -> None:
        fields = (
            ("software", self._program),
            ("format", "WARC file version 1.1"),
            ("conformsTo", "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
            ("isPartOf", series),
        )
        file.append(pack_warcinfo(file.name, fields, at))


def _series_of(name: str) -> str:
    match = _NAME.fullmatch(name)
    return match["series"] if match else ""


def _number_of(name: str) -> int:
    match = _NAME.fullmatch(name)
    return int(match["number"]) if match else 0
