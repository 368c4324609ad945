"""Mutations over real packs: how many verify.py finds, by kind (issue 4, S1).

Run: python tests/bench/mutation_harness.py --packs FOLDER [--count 10000] [--seed 46]
FOLDER is what ``tests/packed_nights.py`` made; without it three nights are walked, packed and kept there first.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import multiprocessing
import random
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from pack_mutations import KINDS, Genuine, mutated  # noqa: E402
from packed_nights import genuine_of, make_nights  # noqa: E402
from reports.pack.carried import verify  # noqa: E402

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


def _part(arguments: tuple[range, int, Path, Path]) -> list[Tried]:
    numbers, seed, packs, folder = arguments
    genuine = genuine_of(packs)
    return [tried(number, seed, genuine, folder) for number in numbers]


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


def main() -> int:
    """Exit code 0 only when every mutation was found and every genuine pack was good."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packs", type=Path, required=True)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=46)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    if not (given.packs / "packs").is_dir():
        make_nights(given.packs)
    genuine, began = genuine_of(given.packs), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for files in ({name: body} for name, body in genuine.packs.items()):
            code, printed = verified(files, genuine, Path(folder))
            assert code == 0, f"a genuine pack is not good, so nothing is proved:\n{printed}"
        code, printed = verified(genuine.packs, genuine, Path(folder))
        assert code == 0, f"the genuine chain is not good, so nothing is proved:\n{printed}"
        step = max(1, min(200, given.count // given.processes))
        parts = [
            (range(start, min(start + step, given.count)), given.seed, given.packs, Path(folder))
            for start in range(0, given.count, step)
        ]
        with multiprocessing.Pool(given.processes) as pool:
            all_tried = [one for part in pool.imap(_part, parts) for one in part]
    sizes = ", ".join(f"{len(body) / 1e6:.2f} MB" for body in genuine.packs.values())
    print(table(all_tried))
    print(f"packs of {sizes}; {time.monotonic() - began:.0f} s; seed {given.seed}")
    missed = [one for one in all_tried if not one.is_found]
    for one in missed[:20]:
        print(f"NOT FOUND ({one.code}): {one.kind}, forged {one.is_forged}: {one.how}\n{one.printed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
