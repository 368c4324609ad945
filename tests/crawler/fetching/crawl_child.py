"""A crawl in a process of its own, to be killed: python crawl_child.py FOLDER HOME PAIR."""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests" / "crawler")]

from loopback_crawl import LinkWalk, crawl, district_of  # noqa: E402

if __name__ == "__main__":
    crawl(Path(sys.argv[1]), LinkWalk([sys.argv[2]]), district_of(sys.argv[2], allow=(sys.argv[3],)))
