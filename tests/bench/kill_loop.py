"""Kill loop: the demonstration night SIGKILLed at random moments ends with the same table as one that never was.

Usage: python tests/bench/kill_loop.py [--once 25] [--often 5] [--kills 5] [--seed 46]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import nights
from portals.demonstration import build
from portals.serving import serve

AS_OF = date(2021, 11, 30)
OPTIONS = ("--as-of", AS_OF.isoformat(), "--confirm-now", "--no-pictures")


def main() -> int:
    """Run the loop and print its table; exit 1 when anything was lost, doubled or different."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--once", type=int, default=25, help="nights killed once")
    parser.add_argument("--often", type=int, default=5, help="nights killed several times")
    parser.add_argument("--kills", type=int, default=5, help="kills of each of those")
    parser.add_argument("--seed", type=int, default=46)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="mingcha-kill-"))
    portal = build()
    with serve(portal) as served:
        district = portal.write_district(folder / "district", served.ports)
        took = nights.seconds(district, folder / "whole", *OPTIONS)
        whole = nights.table(district, folder / "whole", AS_OF)
        print(f"unkilled: {took:.1f} s, {whole.planned} obligations, {whole.arrivals} visits", flush=True)
        lost = doubled = different = hits = 0
        plans = [1] * chosen.once + [chosen.kills] * chosen.often
        for number, kills in enumerate(plans):
            data = folder / f"night-{number}"
            hit = nights.run_killed(
                district, data, *OPTIONS, kills=kills, within=took / (1 if kills == 1 else 2), seed=chosen.seed + number
            )
            table = nights.table(district, data, AS_OF)
            ids = [row[0] for row in table.rows]
            lost += len({row[0] for row in whole.rows} - set(ids))
            doubled += len(ids) - len(set(ids))
            unlike = whole.differences(table)
            different += bool(unlike)
            hits += hit
            print(f"night {number + 1}/{len(plans)}: {hit} kills, {len(unlike)} rows differ", *unlike[:4], flush=True)
            shutil.rmtree(data)
    shutil.rmtree(folder)
    print(f"nights {len(plans)}, kills {hits}, lost {lost}, doubled {doubled}, tables that differ {different}")
    return int(bool(lost or doubled or different))


if __name__ == "__main__":
    sys.exit(main())
