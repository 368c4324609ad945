"""Records to JSON and back, driven by dataclass fields and type hints; no knowledge of any one record here."""

from __future__ import annotations

import base64
import functools
import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, TypeVar

from ledger.errors import EncodingError

T = TypeVar("T")
Plain = Any
"""What the json module writes: None, bool, int, float, str, list, dict."""
_Turn = Callable[[Any], Plain]


def to_json(record: Any) -> str:
    """A frozen dataclass as JSON text; the same record gives the same text."""
    kind: Any = type(record)
    return dumps(_encoder(kind)(record))


def from_json(kind: type[T], text: str) -> T:
    """The record that ``to_json`` wrote.

    Raises:
        EncodingError: when the text does not fit the type; a field that the text lacks takes its default.
    """
    reader = _decoder(typing.cast(Any, kind))
    try:
        made = reader(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise EncodingError(f"{kind.__name__}: stored text does not fit the type ({error}); {text[:200]}") from error
    return typing.cast(T, made)


def dumps(plain: Plain) -> str:
    """JSON with sorted keys; Chinese stays readable, but a lone surrogate (a cut name in a page) is escaped."""
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return text


def moment_text(moment: datetime) -> str:
    """A moment as ``2021-11-30T02:00:00.000000Z``; sorts as text.

    Raises:
        EncodingError: for a moment without a timezone.
    """
    if moment.tzinfo is None:
        raise EncodingError(f"moment {moment!r} has no timezone; give a UTC datetime")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment_of(text: str) -> datetime:
    """The UTC moment that ``moment_text`` wrote."""
    return datetime.fromisoformat(text).astimezone(UTC)


@functools.cache
def _encoder(hint: Any) -> _Turn:
    """How a value of this type becomes plain."""
    hint, optional = _without_none(hint)
    if optional:
        inner = _encoder(hint)
        return lambda value: None if value is None else inner(value)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if is_dataclass(hint):
        kinds = typing.get_type_hints(hint)
        parts = tuple((field.name, _encoder(kinds[field.name])) for field in fields(hint))
        return lambda value: {name: turn(getattr(value, name)) for name, turn in parts}
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            turn = _encoder(arguments[0])
            if turn is _same:
                return list
            return lambda value: [turn(one) for one in value]
        turns = tuple(_encoder(argument) for argument in arguments)
        return lambda value: [turn(one) for turn, one in zip(turns, value, strict=True)]
    if origin is frozenset:
        turn = _encoder(arguments[0])
        return lambda value: sorted(turn(one) for one in value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, turn = _encoder(arguments[0]), _encoder(arguments[1])
        return lambda value: {key(name): turn(one) for name, one in value.items()}
    return _plain_encoder(hint)


def _plain_encoder(hint: Any) -> _Turn:
    if isinstance(hint, type):
        if issubclass(hint, Enum):
            return lambda value: value.value
        if issubclass(hint, datetime):
            return moment_text
        if issubclass(hint, date):
            return lambda value: value.isoformat()
        if hint is bytes:
            return lambda value: base64.b64encode(value).decode("ascii")
        if hint in (str, int, float, bool):
            return _same
    raise EncodingError(f"{hint!r}: no rule turns this type into JSON; add one to ledger.encoding")


@functools.cache
def _decoder(hint: Any) -> Callable[[Plain], Any]:
    """How a plain value becomes this type again."""
    hint, optional = _without_none(hint)
    if optional:
        inner = _decoder(hint)
        return lambda plain: None if plain is None else inner(plain)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if is_dataclass(hint):
        return _record_decoder(hint)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            turn = _decoder(arguments[0])
            return lambda plain: tuple(turn(one) for one in _of(list, plain))
        turns = tuple(_decoder(argument) for argument in arguments)
        return lambda plain: tuple(turn(one) for turn, one in zip(turns, _of(list, plain), strict=True))
    if origin is frozenset:
        turn = _decoder(arguments[0])
        return lambda plain: frozenset(turn(one) for one in _of(list, plain))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, turn = _decoder(arguments[0]), _decoder(arguments[1])
        return lambda plain: {key(name): turn(one) for name, one in _of(dict, plain).items()}
    return _plain_decoder(hint)


def _plain_decoder(hint: Any) -> Callable[[Plain], Any]:
    if isinstance(hint, type):
        if issubclass(hint, Enum):
            return hint
        if issubclass(hint, datetime):
            return moment_of
        if issubclass(hint, date):
            return date.fromisoformat
        if hint is bytes:
            return lambda plain: base64.b64decode(plain, validate=True)
        if hint in (str, int, float, bool):
            return lambda plain: _of(hint, plain)
    raise EncodingError(f"{hint!r}: no rule reads this type from JSON; add one to ledger.encoding")


def _record_decoder(kind: Any) -> Callable[[Plain], Any]:
    kinds = typing.get_type_hints(kind)
    turns = {field.name: _decoder(kinds[field.name]) for field in fields(kind)}
    needed = {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}

    def made(plain: Plain) -> Any:
        given = _of(dict, plain)
        if missing := sorted(needed - given.keys()):
            raise EncodingError(f"{kind.__name__}: stored text lacks {', '.join(missing)}")
        if unknown := sorted(given.keys() - turns.keys()):
            raise EncodingError(f"{kind.__name__}: stored text has unknown fields {', '.join(unknown)}")
        return kind(**{name: turns[name](value) for name, value in given.items()})

    return made


def _same(value: Any) -> Plain:
    return value


def _of(kind: type, plain: Plain) -> Any:
    # a bool is an int to Python, a whole float is written without a point by other programs
    if kind is float and type(plain) is int:
        return float(plain)
    if type(plain) is not kind:
        raise TypeError(f"{plain!r} is no {kind.__name__}")
    return plain


def _without_none(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        rest = [one for one in typing.get_args(hint) if one is not type(None)]
        if len(rest) == 1 and len(rest) < len(typing.get_args(hint)):
            return rest[0], True
        raise EncodingError(f"{hint!r}: only X | None can be stored; give each alternative its own kind")
    return hint, False
