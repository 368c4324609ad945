"""Serve the demonstration portal: write its district file and truth, print one JSON line, serve until told to stop."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from crawler.browsing.launching import is_browser_here
from portals.demonstration import build
from portals.serving import serve


def main(arguments: list[str] | None = None) -> int:
    """Serve until standard input ends or SIGTERM comes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where district.toml and truth.jsonl are written")
    parser.add_argument("--port", type=int, default=0, help="port of the portal; 0 takes any free one")
    parser.add_argument("--seed", type=int, default=46)
    parser.add_argument("--departments", type=int, default=14)
    parser.add_argument("--towns", type=int, default=7)
    chosen = parser.parse_args(arguments)
    here = is_browser_here()
    portal = build(chosen.seed, chosen.departments, chosen.towns, browser=here)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    with serve(portal, (chosen.port,)) as served:
        origins = tuple(url.rstrip("/") for url in served.urls)
        district = portal.write_district(chosen.folder, served.ports)
        truth = portal.write_truth(chosen.folder, origins)
        line = {
            "district": str(district),
            "truth": str(truth),
            "urls": list(served.urls),
            "as_of": portal.as_of.isoformat(),
            "pages": portal.full_crawl_pages,
            "obligations": len(portal.truth),
            "least_requests": portal.least_requests,
        }
        print(json.dumps(line, ensure_ascii=False), flush=True)
        threading.Thread(target=_until_closed, args=(stop,), daemon=True).start()
        stop.wait()
    return 0


def _until_closed(stop: threading.Event) -> None:
    try:
        while sys.stdin.buffer.read(4096):
            pass
    finally:
        stop.set()


if __name__ == "__main__":
    raise SystemExit(main())
