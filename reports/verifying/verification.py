"""Verification (核验结果) of packs: what was checked, what it gave, and the exit code for machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reports.pack.carried import verify
from reports.pack.carried.verify import Result
from reports.verifying.second_opinion import second_opinions


@dataclass(frozen=True, slots=True)
class VerifiedPack:
    """Verified pack (已核验的佐证包).

    Attributes:
        results: in the order in which it was checked, from the container to the time stamp; then second opinions.
        signer: hex fingerprint of the key that signed it; empty where it was not read so far.
        district_id, night: empty where the manifest could not be read.
    """

    path: Path
    results: tuple[Result, ...]
    district_id: str = ""
    night: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """Verification (核验结果) of one or several packs.

    Attributes:
        together: what was checked between packs of one district.
        code: 0 all good, 1 something is wrong, 2 no pack, 3 good as far as checked, but openssl is missing.
        not_packs: files that are no packs at all, each with a sentence.
    """

    packs: tuple[VerifiedPack, ...]
    together: tuple[Result, ...]
    code: int
    not_packs: tuple[tuple[Path, str], ...] = ()


def verification_of(paths: Sequence[Path], fingerprint: str = "", authority: Path | None = None) -> Verification:
    """Check packs, zip files or unpacked folders.

    Args:
        fingerprint: of the expected signer, 64 hex digits; empty where nobody told it.
        authority: certificates (PEM) of the time-stamp authority, known by another way than the pack.

    Raises:
        OSError: a file cannot be read.
    """
    opened, strange = [], []
    for path in paths:
        try:
            pack = verify.examine(str(path), fingerprint, str(authority or ""))
        except verify.NoPackError as error:
            strange.append((path, str(error)))
            continue
        pack.results.extend(second_opinions(pack, authority.read_bytes() if authority else b""))
        opened.append(pack)
    together = verify.check_together(opened)
    code = verify.verdict_code(opened, together)
    return Verification(
        packs=tuple(_verified(pack) for pack in opened),
        together=tuple(together),
        code=2 if strange else code,
        not_packs=tuple(strange),
    )


def _verified(pack: verify.Pack) -> VerifiedPack:
    manifest = pack.manifest
    about = (manifest.get("district", ""), manifest.get("night", ""), pack.signer)
    return VerifiedPack(Path(pack.path), tuple(pack.results), *about)
