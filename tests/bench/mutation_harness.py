"""Mutations over real packs: how many verify.py finds, by kind (issue 4, S1).

Run: python tests/bench/mutation_harness.py --packs FOLDER [--count 10000] [--seed 46]
FOLDER is what ``tests/packed_nights.py`` made; without it three nights are walked, packed and kept there first.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from pack_trials import Tried, table, tried, verified  # noqa: E402
from packed_nights import genuine_of, make_nights  # noqa: E402


def _part(arguments: tuple[range, int, Path, Path]) -> list[Tried]:
    numbers, seed, packs, folder = arguments
    genuine = genuine_of(packs)
    return [tried(number, seed, genuine, folder) for number in numbers]


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
            all_tried: list[Tried] = []
            for part in pool.imap(_part, parts):
                all_tried += part
                missed = sum(not one.is_found for one in all_tried)
                print(f"{len(all_tried)} tried, {missed} not found", file=sys.stderr, flush=True)
    sizes = ", ".join(f"{len(body) / 1e6:.2f} MB" for body in genuine.packs.values())
    print(table(all_tried))
    print(f"packs of {sizes}; {time.monotonic() - began:.0f} s; seed {given.seed}")
    missed = [one for one in all_tried if not one.is_found]
    for one in missed[:20]:
        print(f"NOT FOUND ({one.code}): {one.kind}, forged {one.is_forged}: {one.how}\n{one.printed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
