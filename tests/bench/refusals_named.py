"""Answers of products and what the classifier names them; innocent pages and whether one of them is named.

Usage: python tests/bench/refusals_named.py
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "crawler" / "refusal"))

from answers_by_hand import by_hand

from crawler.page.page import Unusable
from ledger.reason import Reason


def main() -> int:
    """Print a line an answer, and the share that is named."""
    named = 0
    refused = by_hand("products.toml")
    for answer in refused:
        read = answer.read()
        detail = read.detail if isinstance(read, Unusable) else "read as a page"
        good = isinstance(read, Unusable) and read.reason is Reason.WAF_CHALLENGE and answer.name in detail
        named += good
        print(f"{'named' if good else 'NOT  '}  {answer.mark:6}  {answer.arrival.status}  {answer.name}  {detail}")
    innocent = by_hand("innocent.toml")
    accused = [answer.name for answer in innocent if isinstance(answer.read(), Unusable)]
    products = len({answer.name for answer in refused})
    print(f"{named} of {len(refused)} answers of {products} products named ({named / len(refused):.1%})")
    print(f"{len(accused)} of {len(innocent)} innocent pages named {' '.join(accused)}")
    for kind in ("refusals.toml", "pages.toml"):
        answers = by_hand(kind)
        right = sum(
            (read.reason if isinstance(read := one.read(), Unusable) else None) is one.reason for one in answers
        )
        print(f"{right} of {len(answers)} of {kind} as they should be")
    return 0


if __name__ == "__main__":
    sys.exit(main())
