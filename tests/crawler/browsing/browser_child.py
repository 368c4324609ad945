"""A crawl with a browser in a process of its own, to be killed: python browser_child.py FOLDER HOME PAIR URL..."""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests" / "crawler"), str(Path(__file__).resolve().parent)]

from shown_pages import show_addresses  # noqa: E402

if __name__ == "__main__":
    show_addresses(Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:])
