"""Records go to JSON and come back the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.encoding import dumps, from_json, moment_of, moment_text, to_json
from ledger.errors import EncodingError
from ledger.observation import (
    ArticleObservation,
    ColumnObservation,
    ListingObservation,
    Need,
    PortalObservation,
    Reach,
    ResourceObservation,
    SectionObservation,
    Wanted,
)
from ledger.reason import Reason
from ledger.review import Review, ReviewConclusion
from ledger.standing import Dimension, DimensionResult, Standing
from ledger.verdict import Attempt, Finding, Gap, GapEvent, GapState, NightStanding, Outcome, Verdict
from ledger.work import Visit

MOMENTS = st.datetimes(timezones=st.just(UTC))
# a page may hold anything that a str can hold, lone surrogates and NUL included
TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)

KINDS = [
    ArticleObservation,
    ColumnObservation,
    ListingObservation,
    PortalObservation,
    ResourceObservation,
    SectionObservation,
    Finding,
    NightStanding,
    Gap,
    Review,
    Wanted,
    Visit,
]


@dataclass(frozen=True, slots=True)
class Odd:
    """What our own records do not hold yet but the module promises."""

    ratio: float = 0.5
    pair: tuple[str, int] = ("a", 1)
    names: Mapping[date, tuple[Reason, ...] | None] = None  # type: ignore[assignment]


def _strategy(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type; hypothesis' own registry is left alone, other tests use it."""
    origin, arguments = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        kinds = get_type_hints(hint)
        return st.builds(hint, **{field.name: _strategy(kinds[field.name]) for field in fields(hint)})
    if origin in (Union, UnionType):
        return st.one_of(*map(_strategy, arguments))
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return st.lists(_strategy(arguments[0]), max_size=3).map(tuple)
        return st.tuples(*map(_strategy, arguments))
    if origin is frozenset:
        return st.frozensets(_strategy(arguments[0]))
    if origin is Mapping:
        return st.dictionaries(_strategy(arguments[0]), _strategy(arguments[1]), max_size=3)
    if hint in (str, datetime):
        return TEXTS if hint is str else MOMENTS
    return st.from_type(hint)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_record_comes_back_the_same(kind: type[Any], data: st.DataObject) -> None:
    record = data.draw(_strategy(kind))

    text = to_json(record)

    assert from_json(kind, text) == record
    assert to_json(from_json(kind, text)) == text
    text.encode()
    assert "\x00" not in text


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(Outcome), TEXTS, st.lists(TEXTS, min_size=1), st.none() | st.sampled_from(Standing))
def test_a_verdict_comes_back_the_same(
    outcome: Outcome, detail: str, evidence: list[str], standing: Standing | None
) -> None:
    verdict = Verdict("o", "column.exists", outcome, detail, tuple(evidence), standing)

    assert from_json(Verdict, to_json(verdict)) == verdict


def test_the_text_is_what_a_person_can_read() -> None:
    finding = Finding(
        "wanzhou_2021_46/budget/1@finance",
        Standing.EMPTY,
        "栏目为空",
        reason=Reason.TIMEOUT,
        seen_at=datetime(2021, 12, 1, 2, 0, tzinfo=timezone(timedelta(hours=8))),
        dimensions={Dimension.EXISTS: DimensionResult.YES},
        evidence=("s1",),
    )

    assert to_json(finding) == (
        '{"caused_by":"","detail":"栏目为空","dimensions":{"exists":"yes"},"evidence":["s1"],"match":null,'
        '"obligation_id":"wanzhou_2021_46/budget/1@finance","reason":"timeout","remarks":[],'
        '"seen_at":"2021-11-30T18:00:00.000000Z","standing":"empty","url":""}'
    )


def test_the_same_set_gives_the_same_text() -> None:
    one = Wanted(frozenset([Need.COLUMN, Need.LISTING, Need.ARTICLE]))
    other = Wanted(frozenset([Need.ARTICLE, Need.LISTING, Need.COLUMN]))

    assert to_json(one) == to_json(other)


def test_odd_shapes_come_back_the_same() -> None:
    odd = Odd(1.25, ("栏目", 3), {date(2021, 11, 30): (Reason.DNS, Reason.TRAP), date(2021, 12, 1): None})

    assert from_json(Odd, to_json(odd)) == odd
    assert from_json(Odd, '{"ratio":2,"names":{}}') == Odd(2.0, ("a", 1), {})


def test_a_field_added_later_takes_its_default_in_old_text() -> None:
    text = '{"root":"portal","reach":"found","url":"u","snapshot_id":"s","seen_at":null}'

    assert from_json(SectionObservation, text) == SectionObservation("portal", Reach.FOUND, "u", "s", None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"night":"2021-11-30"}',
        '{"night":"2021-11-30","state":"new","standing":"empty","detail":"","more":1}',
        '{"night":"2021-11-30","state":"gone","standing":"empty","detail":""}',
        '{"night":"30.11.2021","state":"new","standing":"empty","detail":""}',
        '{"night":"2021-11-30","state":"new","standing":"empty","detail":7}',
    ],
)
def test_text_that_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(EncodingError, match="GapEvent"):
        from_json(GapEvent, text)


def test_a_truth_value_is_no_number() -> None:
    with pytest.raises(EncodingError):
        from_json(Attempt, '{"look_id":true,"seen_at":"2021-11-30T18:00:00Z","standing":"empty","by_day":true}')


def test_moments_need_a_timezone_and_sort_as_text() -> None:
    early = datetime(2021, 11, 30, 23, 0, tzinfo=timezone(timedelta(hours=8)))
    late = datetime(2021, 11, 30, 16, 0, 0, 1, tzinfo=UTC)

    assert moment_text(early) == "2021-11-30T15:00:00.000000Z"
    assert moment_text(early) < moment_text(late)
    assert moment_of(moment_text(late)) == late
    with pytest.raises(EncodingError, match="timezone"):
        moment_text(datetime(2021, 11, 30))  # noqa: DTZ001


def test_types_without_a_rule_are_named() -> None:
    @dataclass(frozen=True)
    class Strange:
        thing: complex = 0j

    @dataclass(frozen=True)
    class Either:
        thing: int | str = 0

    for kind in (Strange, Either):
        with pytest.raises((EncodingError, NameError)):
            to_json(kind())
        with pytest.raises((EncodingError, NameError)):
            from_json(kind, "{}")
    assert dumps({"b": "\ud800", "a": "栏"}) == '{"a":"\\u680f","b":"\\ud800"}'
    assert GapState("new").chinese == "新增"
    assert ReviewConclusion("属实") is ReviewConclusion.TRUE
