"""Mislabelled pages and whether their Chinese is read (TRUST.md, measured fact 5).

Usage: python tests/bench/encodings_read.py
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "crawler" / "page"))

from mislabelled import CODECS, MISLABELLED

from crawler.page.decoding import decode


def main() -> int:
    """Print a line a page, and how many were read."""
    read = {}
    for case in MISLABELLED:
        decoded = decode(case.body, case.header)
        read[case.name] = case.text in decoded.text and not decoded.replaced
        print(f"{'read' if read[case.name] else 'LOST'}  {case.name:40}  {decoded.charset}")
    sixteen = [good for name, good in read.items() if name.partition(" ")[0] in CODECS]
    print(f"{sum(sixteen)} of {len(sixteen)} of the four codecs under four labels")
    print(f"{sum(read.values())} of {len(read)} in all")
    return 0 if all(read.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
