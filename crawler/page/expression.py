"""Values of expressions: strings, known names with their keys, and their concatenations; all else is unknown."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crawler.cms.literal import STRING, Value, blank, unquote

NAME = r"[A-Za-z_$][\w$]*"
Known = Mapping[str, Value]
_STRING = re.compile(STRING)
_HEAD = re.compile(NAME)
_PATH = re.compile(rf"{NAME}(?:\s*(?:\.\s*{NAME}|\[[^\[\]]{{1,40}}\]))*")
_KEY = re.compile(rf"\.\s*({NAME})|\[\s*({STRING}|[\w$]+)\s*\]")
_TEMPLATE = re.compile(r"`((?:[^`\\]|\\.)*)`", re.DOTALL)
_HOLE = re.compile(r"\$\{([^{}]*)\}")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ENCODERS = frozenset(
    ("encodeURI", "encodeURIComponent", "escape", "String", "decodeURI", "unescape", "parseInt", "Number")
)
_COMPARISON = re.compile(r"([=!]==?|<=?(?!!--)|>=?)\s*")
_DEPTH_LIMIT = 40
HOLE = "\ue000"
"""Begins the mark that stands for a parameter whose value is not known yet."""


def lookup(known: Known, path: str) -> Value:
    """Value of a name with its keys (``arr[i].url``), or None."""
    head = _HEAD.match(path)
    if head is None:
        return None
    value = known.get(head.group())
    for match in _KEY.finditer(path, head.end()):
        key = match.group(1) or match.group(2)
        if match.group(2) and key[0] in "\"'":
            key = unquote(key)
        elif match.group(2) and not key.isdigit():
            inner = known.get(key)
            key = inner if isinstance(inner, str) else ""
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value


def concatenation(known: Known, text: str, place: int, depth: int = 0) -> tuple[str | None, int]:
    """Value of an expression that begins at a place, or None where a part of it is not known; and its end.

    Read are concatenations, and a choice between two (``n == 1 ? "list.html" : n + ".html"``) whose condition
    compares known values.
    """
    value, end = _sum(known, text, place, depth)
    compared = _COMPARISON.match(text, end)
    if compared is None and text[end : end + 1] != "?":
        return value, end
    holds: bool | None = None
    if compared is not None:
        other, end = _sum(known, text, compared.end(), depth)
        holds = compare(value, compared.group(1), other)
    if text[end : end + 1] != "?" or depth >= _DEPTH_LIMIT:
        return None, end
    first, end = concatenation(known, text, end + 1, depth + 1)
    if text[end : end + 1] != ":":
        return None, end
    second, end = concatenation(known, text, end + 1, depth + 1)
    return (None if holds is None else first if holds else second), end


def compare(one: str | None, sign: str, other: str | None) -> bool | None:
    """Whether a comparison holds; None where it cannot be told."""
    if one is None or other is None or HOLE in one or HOLE in other:
        return None
    if sign.strip("=!") == "":
        return (one == other) is (sign[0] == "=")
    if not (one.isdigit() and other.isdigit()):
        return None
    low, high = int(one), int(other)
    return {"<": low < high, ">": low > high, "<=": low <= high, ">=": low >= high}[sign]


def _sum(known: Known, text: str, place: int, depth: int) -> tuple[str | None, int]:
    total: str | None = ""
    while True:
        value, place = _term(known, text, blank(text, place), depth)
        total = total + value if total is not None and value is not None else None
        place = blank(text, place)
        sign = text[place : place + 1]
        if sign == "-" and text[place + 1 : place + 2] != "-" and (total is None or total.isdigit()):
            value, place = _term(known, text, blank(text, place + 1), depth)
            total = str(int(total) - int(value)) if total and value is not None and value.isdigit() else None
            place = blank(text, place)
            sign = text[place : place + 1]
        if sign != "+":
            return (None if sign and sign in ".-*/%[(" else total), place
        place += 1


def _term(known: Known, text: str, place: int, depth: int) -> tuple[str | None, int]:
    sign = text[place : place + 1]
    if sign and sign in "\"'":
        match = _STRING.match(text, place)
        return (unquote(match.group()), match.end()) if match else (None, place + 1)
    if sign == "`":
        whole = _TEMPLATE.match(text, place)
        return (_filled(known, whole.group(1), depth), whole.end()) if whole else (None, place + 1)
    if sign == "(" and depth < _DEPTH_LIMIT:
        value, end = concatenation(known, text, place + 1, depth + 1)
        end = blank(text, end)
        return (value, end + 1) if text[end : end + 1] == ")" else (None, end)
    number = _NUMBER.match(text, place)
    if number:
        return number.group(), number.end()
    path = _PATH.match(text, place)
    if path is None:
        return None, place
    end = blank(text, path.end())
    if text[end : end + 1] == "(":
        return _term(known, text, end, depth) if path.group() in _ENCODERS else (None, end)
    found = lookup(known, path.group())
    return (found if isinstance(found, str) else None), path.end()


def _filled(known: Known, template: str, depth: int) -> str | None:
    parts: list[str] = []
    place = 0
    for hole in _HOLE.finditer(template):
        value, _ = concatenation(known, hole.group(1), 0, depth + 1) if depth < _DEPTH_LIMIT else (None, 0)
        if value is None:
            return None
        parts += [template[place : hole.start()], value]
        place = hole.end()
    return "".join(parts) + template[place:]
