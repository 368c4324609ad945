"""Requests a walked obligation, against a full crawl and against the least possible; politeness as the server saw it.

Usage: python tests/bench/requests_made.py [--seed 46]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import nights
from ledger.work import VisitKind
from nightly.preparing import prepare
from portals.demonstration import build
from portals.serving import serve

AS_OF = date(2021, 11, 30)
OPTIONS = ("--as-of", AS_OF.isoformat(), "--confirm-now", "--no-pictures")


def main() -> int:
    """Walk the demonstration portal once and print the figures of the first look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=46)
    chosen = parser.parse_args()
    portal = build(chosen.seed)
    with tempfile.TemporaryDirectory(prefix="mingcha-requests-") as folder:
        with serve(portal) as served:
            district = portal.write_district(Path(folder) / "district", served.ports)
            data = Path(folder) / "data"
            seconds = nights.seconds(district, data, *OPTIONS)
            parallel = max(served.log.most_parallel(host) for host in range(len(served.ports)))
        prepared = prepare(str(district), AS_OF)
        walked = sum(one.is_walked for one in prepared.obligations)
        with nights.opened(data) as ledger:
            night = ledger.nights(prepared.district.id)[-1]
            first = ledger.looks(night.id)[0]
            arrivals = list(ledger.arrivals(first.id))
    kinds = Counter(arrival.visit.kind for arrival in arrivals)
    hops = sum(len(arrival.redirects) for arrival in arrivals if arrival.visit.kind is not VisitKind.ELSEWHERE)
    counted = kinds[VisitKind.PAGE] + kinds[VisitKind.RESOURCE] + kinds[VisitKind.ASK] + hops
    visits = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
    print(f"walked obligations {walked}; first look: {visits}, redirect hops {hops}; two passes {seconds:.1f} s")
    print(f"requests a walked obligation {counted / walked:.2f} ({counted}/{walked})")
    print(f"the same for a full crawl {portal.full_crawl_pages / walked:.2f} ({portal.full_crawl_pages}/{walked})")
    print(f"over the least possible {counted / portal.least_requests:.2f} ({counted}/{portal.least_requests})")
    print(f"most parallel requests on one host {parallel}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
