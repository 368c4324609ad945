"""One mutation tried on verify.py's own ``main``, and the table of many; for the harness and its small tier."""

from __future__ import annotations

import contextlib
import io
import random
import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pack_mutations import KINDS, Genuine, mutated
from reports.pack.carried import verify

PLAIN = ("bit_flipped", "truncated", "container_edited")
"""Kinds that change bytes and no contents: there is nothing for a forger to recompute."""

SEALING = frozenset({"签名", "签名者", "时间戳", "批次之间"})
"""What a forger without the key cannot make right."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One mutation and what came of it. ``code`` is verify.py's; None where it raised."""

    kind: str
    is_forged: bool
    how: str
    code: int | None
    printed: str

    @property
    def is_found(self) -> bool:
        """Found means said to be wrong, or to be no pack at all; never a traceback."""
        return self.code in (1, 2)

    @property
    def found_by(self) -> frozenset[str]:
        """The checks that said so."""
        return frozenset(re.findall(r"^  \[不符\] (.+?)：", self.printed, re.M)) - {"其余"}


def tried(number: int, seed: int, genuine: Genuine, folder: Path) -> Tried:
    """Mutation number so and so, the same for the same seed."""
    chance = random.Random(f"{seed}/{number}")
    kind = list(KINDS)[number % len(KINDS)]
    # whole turns through the kinds go to the forger by turns, so that each kind is forged in half
    is_forged = kind not in PLAIN and number // len(KINDS) % 2 == 1
    made = mutated(kind, chance, genuine, is_forged)
    code, printed = verified(made.files, genuine, folder)
    return Tried(kind, is_forged, made.how, code, printed)


def verified(packs: dict[str, bytes], genuine: Genuine, folder: Path) -> tuple[int | None, str]:
    """What verify.py's own ``main`` says of these files."""
    with tempfile.TemporaryDirectory(dir=folder) as here:
        paths = [Path(here) / name for name in packs]
        for path, body in zip(paths, packs.values(), strict=True):
            path.write_bytes(body)
        said = io.StringIO()
        words = [str(path) for path in paths]
        words += ["--fingerprint", genuine.fingerprint, "--authority", str(genuine.authority)]
        try:
            with contextlib.redirect_stdout(said):
                code: int | None = verify.main(words)
        except Exception as error:  # noqa: BLE001 - a traceback is what must never be
            code = None
            said.write(repr(error))
    return code, said.getvalue()


def table(all_tried: list[Tried]) -> str:
    """Found of made by kind, edited by hand and recomputed by the forger."""
    made = Counter((one.kind, one.is_forged) for one in all_tried)
    found = Counter((one.kind, one.is_forged) for one in all_tried if one.is_found)
    lines = [f"{'kind':<24}{'found / made':>16}{'found / made, recomputed':>28}"]
    for kind in KINDS:
        cells = [f"{found[kind, f]} / {made[kind, f]}" if made[kind, f] else "-" for f in (False, True)]
        lines.append(f"{kind:<24}{cells[0]:>16}{cells[1]:>28}")
    forged = sum(one.is_forged for one in all_tried)
    edited = sum(one.kind not in PLAIN for one in all_tried)
    sealed = [one for one in all_tried if one.is_forged and one.found_by and one.found_by <= SEALING]
    lines.append(f"of the recomputed, {len(sealed)} were right in all but signature, signer, time stamp or chain")
    lines.append(f"all: {sum(found.values())} / {len(all_tried)}; recomputed {forged} of {edited} edited packs")
    return "\n".join(lines)
