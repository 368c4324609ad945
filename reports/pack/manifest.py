"""The manifest (包内清单): every file of a pack with its digests, in canonical JSON; what is signed is this text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.pack.canonical import Canonical, canonical_json
from reports.pack.errors import NoSm3Error
from reports.pack.member import MANIFEST, SCHEMA, SIGNATURE, SUMS, Scope
from reports.pack.source import NightRoot

ENVIRONMENT = "data/environment.json"


@dataclass(frozen=True, slots=True)
class Measured:
    """Measured file (已计算摘要的文件): ``sm3`` is empty where it was not asked for."""

    path: str
    bytes: int
    sha256: str
    records: int | None = None
    sm3: str = ""


def has_sm3() -> bool:
    """Whether SM3 (GB/T 32905) can be computed here."""
    try:
        hashlib.new("sm3")
    except ValueError:
        return False
    return True


def measure(path: str, pieces: Iterable[bytes], records: int | None, *, sm3: bool) -> Measured:
    """Digest and size of one file.

    Raises:
        NoSm3Error: see there.
    """
    if sm3 and not has_sm3():
        raise NoSm3Error("this machine's OpenSSL has no SM3; leave out --sm3, or install OpenSSL 1.1.1 or later")
    sha256, other, size = hashlib.sha256(), hashlib.new("sm3") if sm3 else None, 0
    for piece in pieces:
        sha256.update(piece)
        size += len(piece)
        if other is not None:
            other.update(piece)
    return Measured(path, size, sha256.hexdigest(), records, other.hexdigest() if other else "")


def manifest_bytes(
    scope: Scope, root: NightRoot, program: str, not_recorded: Sequence[str], files: Iterable[Measured]
) -> bytes:
    """The manifest of a pack.

    Args:
        root: of the night, as it was sealed.
        files: every member but the manifest itself, its signature, its time stamps and the list of sums.
    """
    by_path = {file.path: file for file in files}
    facts: dict[str, Canonical] = {
        "schema": SCHEMA,
        "district": scope.district_id,
        "night": scope.night.isoformat(),
        "scope": {
            "organ": scope.organ_id,
            "gaps": list(scope.gap_ids),
            "for_assessor": scope.for_assessor,
            "round": scope.round_id,
        },
        "program": program,
        "environment": by_path[ENVIRONMENT].sha256,
        "chain": {"content": root.content, "previous": root.previous, "root": root.root},
        "not_recorded": list(not_recorded),
        "files": [_listed(by_path[path]) for path in sorted(by_path)],
    }
    return canonical_json(facts)


def sums(files: Iterable[Measured]) -> bytes:
    """SHA256SUMS, as ``sha256sum -c`` reads it: all files but itself, sorted by path."""
    rows = sorted((file.path, file.sha256) for file in files if file.path != SUMS)
    return "".join(f"{digest}  {path}\n" for path, digest in rows).encode()


def token_path(number: int) -> str:
    """Where the token of the first, second ... authority stands: ``manifest.tst``, ``manifest.2.tst``."""
    return "manifest.tst" if number == 1 else f"manifest.{number}.tst"


def is_outside(path: str) -> bool:
    """Whether a member cannot be listed in the manifest, since it is made from it."""
    return path in (MANIFEST, SIGNATURE, SUMS) or (path.startswith("manifest.") and path.endswith(".tst"))


def _listed(file: Measured) -> dict[str, Canonical]:
    listed: dict[str, Canonical] = {
        "path": file.path,
        "bytes": file.bytes,
        "sha256": file.sha256,
        "records": file.records,
    }
    return listed | ({"sm3": file.sm3} if file.sm3 else {})
