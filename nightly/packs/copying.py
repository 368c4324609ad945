"""Records of the archive for a pack: where each stands with what belongs to it, and its bytes once more compared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from ledger.archive.page_archive import Kept
from ledger.ledger import Ledger
from ledger.night import Night
from reports.pack.archive_copy import CopiedRecord, Stretch, copied_records
from reports.pack.errors import CopyError


def records_of(
    ledger: Ledger, night: Night, kept: Sequence[Kept], digests: Mapping[str, str]
) -> Iterator[CopiedRecord]:
    """Records as the archive holds them, each compared with its digest once more while it is copied."""
    wanted = {one.snapshot.id for one in kept}
    everything = ledger.kept_of(night.district_id, night.night)
    for record in copied_records(stretches(everything, wanted), ledger.archived_bytes):
        if record.id in wanted and record.digest != digests[record.id]:
            raise CopyError(f"record {record.id} was altered while it was packed; give the command again")
        yield record


def stretches(everything: Sequence[Kept], wanted: Collection[str]) -> Iterator[Stretch]:
    """Where each wanted record stands with what belongs to it: from the end of the record before to its own."""
    ends: dict[str, int] = {}
    for snapshot in (one.snapshot for one in everything):
        start, ends[snapshot.archive_file] = ends.get(snapshot.archive_file, 0), snapshot.offset + snapshot.length
        if snapshot.id in wanted:
            yield Stretch(snapshot.id, snapshot.archive_file, start, ends[snapshot.archive_file])
