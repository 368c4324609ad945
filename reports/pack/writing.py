"""Writing a pack (佐证包): all its members in one zip, signed, under its final name only when it is whole."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO

from reports.pack.archive_copy import CopiedRecord
from reports.pack.contents.assessor import assessor_members
from reports.pack.contents.index_page import index_member
from reports.pack.contents.readme import readme_member
from reports.pack.contents.record import EvidenceRecord
from reports.pack.contents.tables import data_members
from reports.pack.errors import BeingWrittenError
from reports.pack.fixed_zip import FixedZip, pieces_of
from reports.pack.keys import PublicKey, key_list
from reports.pack.manifest import Measured, manifest_bytes, measure, sums, token_path
from reports.pack.member import EVIDENCE, FIRST_MEMBER, GUIDE, INDEX, MANIFEST, SIGNATURE, SUMS, VERIFIER, Member, Scope
from reports.pack.source import NightSource
from reports.pack.syncing import sync_folder
from reports.pack.wacz import Cover, write_wacz

CARRIED = "reports.pack.carried"
_EARLY = (FIRST_MEMBER, MANIFEST, SIGNATURE)
_NEXT = (SUMS, VERIFIER, GUIDE, INDEX, EVIDENCE)


@dataclass(frozen=True, slots=True)
class Seal:
    """Seal (签封): how a pack is signed and stamped.

    Attributes:
        key: the signing key; ``keys`` all that ever were.
        sign: 64 bytes over the manifest.
        stamp: tokens over the signature, one an authority, or none.
        authorities: their certificates (PEM), in the same order.
        sm3: with SM3 beside SHA-256 in the manifest.
    """

    key: PublicKey
    keys: Sequence[PublicKey]
    sign: Callable[[bytes], bytes]
    stamp: Callable[[bytes], Sequence[bytes]]
    authorities: Sequence[bytes] = ()
    sm3: bool = False


@dataclass(frozen=True, slots=True)
class WrittenPack:
    """Written pack (已写成的佐证包). ``sha256`` is of the zip file, ``bytes`` its size, ``stamps`` how many tokens."""

    path: Path
    sha256: str
    bytes: int
    member_count: int
    record_count: int
    stamps: int


def pack_name(scope: Scope, *, is_sealed: bool = False) -> str:
    """File name of a pack; the same scope has the same name."""
    parts = ["mingcha", scope.district_id, scope.night.isoformat()]
    if scope.organ_id:
        parts.append(scope.organ_id)
    if scope.gap_ids:
        parts.append(f"gaps-{len(scope.gap_ids)}")
    if scope.round_id:
        parts.append(scope.round_id)
    if scope.for_assessor:
        parts.append("assessor")
    if is_sealed:
        parts.append("sealed")
    return "-".join(parts) + ".zip"


def write_pack(
    path: Path,
    source: NightSource,
    program: str,
    records: Iterable[CopiedRecord],
    digests: Mapping[str, str],
    cover: Cover,
    seal: Seal,
    announce: Callable[[WrittenPack], None],
) -> WrittenPack:
    """Write one pack.

    Args:
        path: its final name; what stood there before stays until the new one is whole.
        records: what evidence.wacz is to hold, in archive order.
        digests: hex SHA-256 of the gzip member of every snapshot of the source.
        announce: told of the whole pack just before it gets its final name, so that none leaves without a record.

    Raises:
        BeingWrittenError: another process writes it.
        PackTooLargeError: over 4 GiB.
        OSError: the disk is full; nothing stands under the final name that was not there before.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=path.parent) as evidence, _draft(path) as draft:
        placed = write_wacz(evidence, records, cover)
        known = {
            one.id: EvidenceRecord(digests.get(one.id, ""), one.id in placed.offsets, placed.offsets.get(one.id))
            for one in source.snapshots
        }
        members = _members(source, known, seal)
        measured = [measure(one.path, [one.body], one.records, sm3=seal.sm3) for one in members]
        measured.append(measure(EVIDENCE, pieces_of(evidence), placed.record_count, sm3=seal.sm3))
        closing = _closing(source, program, measured, seal)
        bodies = {one.path: one.body for one in (*members, *closing)}
        with FixedZip(draft) as packed:
            for name in _ordered([*bodies, EVIDENCE]):
                packed.add(name, pieces_of(evidence) if name == EVIDENCE else [bodies[name]])
        stamps = sum(one.path.endswith(".tst") for one in closing)
        digest, size = _synced(draft)
        written = WrittenPack(path, digest, size, len(bodies) + 1, placed.record_count, stamps)
        announce(written)
        os.replace(_draft_path(path), path)
        sync_folder(path.parent)
    return written


def _members(source: NightSource, known: Mapping[str, EvidenceRecord], seal: Seal) -> list[Member]:
    """All that the manifest lists, but the evidence."""
    inner = [
        *data_members(source, known),
        *assessor_members(source, known),
        *(Member(f"pictures/{name}", body) for name, body in source.picture_files.items()),
        *(Member(name, body) for name, body in source.files.items()),
        Member("keys/signer.pem", seal.key.public_pem.encode("ascii")),
        Member("keys/keys.json", key_list(seal.keys)),
        *(Member(f"keys/authority-{number}.pem", pem) for number, pem in enumerate(seal.authorities, 1)),
        *(Member(name, (files(CARRIED) / name).read_bytes()) for name in (VERIFIER, GUIDE)),
    ]
    return [*inner, index_member(source, inner, known), readme_member(source, seal.key.fingerprint)]


def _closing(source: NightSource, program: str, measured: Sequence[Measured], seal: Seal) -> list[Member]:
    """What is made from all the rest: manifest, signature, time stamps, sums."""
    manifest = manifest_bytes(source.scope, source.chain[-1], program, source.not_recorded, measured)
    signature = seal.sign(manifest)
    tokens = seal.stamp(signature)
    made = [
        Member(MANIFEST, manifest),
        Member(SIGNATURE, signature),
        *(Member(token_path(number), token) for number, token in enumerate(tokens, 1)),
    ]
    listed = [*measured, *(measure(one.path, [one.body], None, sm3=False) for one in made)]
    return [*made, Member(SUMS, sums(listed))]


def _ordered(names: Sequence[str]) -> Iterator[str]:
    """Names in the order in which a reader meets them; the keys before all that is sorted by path."""
    tokens = sorted((name for name in names if name.endswith(".tst")), key=lambda name: (len(name), name))
    first = [name for name in (*_EARLY, *tokens, *_NEXT) if name in set(names)]
    yield from first
    yield from sorted(set(names) - set(first), key=lambda name: (not name.startswith("keys/"), name))


@contextmanager
def _draft(path: Path) -> Iterator[BinaryIO]:
    """The file under its temporary name, for one process at a time; what a killed one left is written over."""
    partial = _draft_path(path)
    # neither "w", which would empty what another process is writing, nor "a", which cannot go back to fill in a size
    with os.fdopen(os.open(partial, os.O_RDWR | os.O_CREAT, 0o644), "r+b") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BeingWrittenError(f"{path}: another process is writing this pack; wait for it") from None
        stream.truncate(0)
        try:
            yield stream
        except BaseException:
            partial.unlink(missing_ok=True)
            raise


def _draft_path(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _synced(draft: BinaryIO) -> tuple[str, int]:
    """Put it on the disk; digest and size of the whole file."""
    draft.flush()
    os.fsync(draft.fileno())
    digest = hashlib.sha256()
    for piece in pieces_of(draft):
        digest.update(piece)
    return digest.hexdigest(), draft.tell()
