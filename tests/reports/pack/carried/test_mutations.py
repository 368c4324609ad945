"""A small tier of the mutation harness: every kind, by hand and recomputed by a forger (tests/bench has the whole)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pack_forging import unzipped
from pack_mutations import KINDS, Genuine
from pack_trials import PLAIN, SEALING, tried, verified
from small_pack import FIRST_NIGHT, small_district

COUNT = 200


@pytest.fixture(scope="module")
def genuine(chain: dict[str, bytes], stamping, tmp_path_factory: pytest.TempPathFactory) -> Genuine:
    other = small_district(
        tmp_path_factory.mktemp("other"), stamps=[stamping.stamp], authorities=[stamping.ca.read_bytes()]
    )
    other.pack(FIRST_NIGHT)
    stranger = other.pack(FIRST_NIGHT.replace(month=12, day=1))
    fingerprint = json.loads(unzipped(next(iter(chain.values())))["keys/keys.json"])[0]["fingerprint"]
    return Genuine(chain, stranger, fingerprint, stamping.ca, stamping.stamp)


def test_what_nobody_touched_is_good(genuine: Genuine, tmp_path: Path) -> None:
    assert verified(genuine.packs, genuine, tmp_path)[0] == 0


def test_every_mutation_is_found(genuine: Genuine, tmp_path: Path) -> None:
    all_tried = [tried(number, 46, genuine, tmp_path) for number in range(COUNT)]
    assert [(one.kind, one.is_forged, one.how, one.printed) for one in all_tried if not one.is_found] == []
    assert {one.kind for one in all_tried} == set(KINDS)
    assert sum(one.is_forged for one in all_tried) * 2 >= sum(one.kind not in PLAIN for one in all_tried) * 0.9


def test_what_the_forger_recomputes_is_left_to_signature_and_stamp(genuine: Genuine, tmp_path: Path) -> None:
    kinds = ("standing_changed", "row_deleted", "fetch_back_dated", "night_back_dated")
    numbers = [len(KINDS) + list(KINDS).index(kind) for kind in kinds]
    found = [tried(number, 46, genuine, tmp_path) for number in numbers]
    assert all(one.is_forged and one.found_by for one in found)
    assert [(one.how, one.found_by) for one in found if not one.found_by <= SEALING] == []
