"""Literals of JavaScript: strings, numbers, arrays and objects, read where they stand; nothing is run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"

STRING = r"\"(?:[^\"\\\n]|\\.|\\\n)*\"|'(?:[^'\\\n]|\\.|\\\n)*'"
_STRING = re.compile(STRING)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_WORD = re.compile(r"[\w$]+")
_BLANK = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_BETWEEN = re.compile(r"[\"'`\[\](){},]")
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "\n": ""}
_DEPTH_LIMIT = 40
_CLOSING = {"[": "]", "{": "}", "(": ")"}


def unquote(literal: str) -> str:
    """Value of a quoted string of a script."""

    def plain(match: re.Match[str]) -> str:
        sign = match.group(1)
        if sign[0] in "ux" and len(sign) > 1:
            point = int(sign[1:].strip("{}"), 16)
            return chr(point) if point < 0x110000 else ""
        return _PLAIN.get(sign, sign)

    return _ESCAPE.sub(plain, literal[1:-1])


def blank(text: str, place: int) -> int:
    """Place behind spaces and comments."""
    match = _BLANK.match(text, place)
    return match.end() if match else place


def literal(text: str, place: int = 0, depth: int = 0) -> tuple[Value, int] | None:
    """The literal that begins at a place and the place behind it, or None where none begins there.

    Numbers and ``true`` become strings as written; an entry that is an expression becomes None and is passed over.
    """
    place = blank(text, place)
    sign = text[place : place + 1]
    if sign in ("[", "{") and depth < _DEPTH_LIMIT:
        return _array(text, place + 1, depth) if sign == "[" else _object(text, place + 1, depth)
    for pattern in (_STRING, _NUMBER):
        match = pattern.match(text, place)
        if match is not None:
            return (unquote(match.group()) if pattern is _STRING else match.group()), match.end()
    match = _WORD.match(text, place)
    if match is not None and match.group() in ("true", "false", "null", "undefined"):
        return match.group() if match.group() in ("true", "false") else None, match.end()
    return None


def _array(text: str, place: int, depth: int) -> tuple[Value, int] | None:
    values: list[Value] = []
    while True:
        place = blank(text, place)
        if text[place : place + 1] == "]":
            return values, place + 1
        value, place = _entry(text, place, depth)
        if place < 0:
            return None
        values.append(value)
        place = blank(text, place)
        if text[place : place + 1] == ",":
            place += 1


def _object(text: str, place: int, depth: int) -> tuple[Value, int] | None:
    fields: dict[str, Value] = {}
    while True:
        place = blank(text, place)
        if text[place : place + 1] == "}":
            return fields, place + 1
        quoted = _STRING.match(text, place)
        word = quoted or _WORD.match(text, place)
        if word is None:
            return None
        name = unquote(word.group()) if quoted else word.group()
        place = blank(text, word.end())
        if text[place : place + 1] == ":":
            fields[name], place = _entry(text, place + 1, depth)
        else:
            place = _passed(text, place)
        if place < 0:
            return None
        place = blank(text, place)
        if text[place : place + 1] == ",":
            place += 1


def _entry(text: str, place: int, depth: int) -> tuple[Value, int]:
    """One entry and the place of the comma or bracket behind it; the place is -1 where the text ends before."""
    found = literal(text, place, depth + 1)
    if found is not None:
        after = blank(text, found[1])
        if text[after : after + 1] in (",", "]", "}"):
            return found[0], after
    return None, _passed(text, place)


def _passed(text: str, place: int) -> int:
    """Place of the comma or closing bracket that ends an expression, or -1."""
    open_brackets: list[str] = []
    while True:
        match = _BETWEEN.search(text, place)
        if match is None:
            return -1
        sign = match.group()
        if sign in "\"'`":
            quoted = _STRING.match(text, match.start())
            place = quoted.end() if quoted else match.end()
            continue
        if sign in _CLOSING:
            open_brackets.append(_CLOSING[sign])
        elif open_brackets:
            if sign == open_brackets[-1]:
                open_brackets.pop()
        else:
            return match.start()
        place = match.end()


def objects(value: Value) -> Iterator[dict[str, Value]]:
    """All objects in a value, the outer ones first; those inside an object are not given apart."""
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from objects(one)
