"""Answers are remembered while they fit, and only those that would be given again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.fetching.memory import ANSWER_BYTES, Memory
from crawler.fetching.wire import Wire
from ledger.reason import Reason

WIRE = Wire("http://a/1.js", datetime(2021, 11, 30, tzinfo=UTC), 200, "OK", "HTTP/1.1", (), b"x" * 40)


def test_what_was_not_used_longest_is_forgotten_first() -> None:
    memory = Memory(limit=100)
    for name in ("1", "2"):
        memory.keep(replace(WIRE, target_uri=f"http://a/{name}"), name)
    assert memory.find("http://a/1") is not None
    memory.keep(replace(WIRE, target_uri="http://a/3"), "3")

    kept = [memory.find(f"http://a/{name}") for name in ("1", "2", "3")]
    assert [one and one.snapshot_id for one in kept] == ["1", None, "3"]


def test_an_answer_given_again_takes_the_place_of_the_first() -> None:
    memory = Memory(limit=100)
    for body in (b"a" * 90, b"b" * 90):
        memory.keep(replace(WIRE, body=body), body.decode())

    found = memory.find(WIRE.target_uri)
    assert found is not None
    assert found.wire.body == b"b" * 90


@pytest.mark.parametrize(
    "changes",
    [
        {"method": "POST"},
        {"status": 404},
        {"trouble": Reason.TRUNCATED},
        {"renders": "0f8fad5b-d9cb-469f-a165-70867728950e"},
        {"body": b"x" * (ANSWER_BYTES + 1)},
    ],
)
def test_what_might_be_answered_otherwise_is_not_remembered(changes: dict[str, object]) -> None:
    memory = Memory()
    memory.keep(replace(WIRE, **changes), "1")  # type: ignore[arg-type]

    assert memory.find(WIRE.target_uri) is None
