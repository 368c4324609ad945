"""Values: what expressions of a page's own programs hold, as far as it can be told without running them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from crawler.cms.literal import STRING, literal, unquote
from crawler.cms.turning import NUMBERS, folded

_ASSIGNED = re.compile(rf"(?<![\w$.])([A-Za-z_$][\w$]*)\s*=(?![=>])\s*({STRING}|\d+)?")
_FUNCTION = re.compile(
    r"\bfunction\s+([A-Za-z_$][\w$]*)\s*\(([^)]*)\)\s*\{|([A-Za-z_$][\w$]*)\s*[=:]\s*function\s*\(([^)]*)\)\s*\{"
)
_INPUT = re.compile(r"<input\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(id|name|value)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_FIELD = re.compile(
    r"(?:\$|jQuery)\s*\(\s*[\"'](?:input)?[#\[]?(?:name=)?[\"']?([\w-]+)[\"']?\]?[\"']\s*\)\s*\.\s*val\s*\(\s*\)$"
)
_OPENING, _CLOSING = "([{", ")]}"


class _Unknown:
    """What cannot be told without running the program."""


UNKNOWN = _Unknown()


@dataclass(frozen=True, slots=True)
class Program:
    """Program (页面脚本): its text without comments, what its variables hold, and the page's input fields."""

    text: str
    variables: dict[str, str | int]
    first: dict[str, str | int]
    fields: dict[str, str]


def read_program(text: str, source: str) -> Program:
    """What a page's programs say of their variables, and the page of its input fields.

    Args:
        text: all inline programs of the page, comments taken out.
        source: the page.
    """
    assigned: dict[str, list[str | int | None]] = {}
    for match in _ASSIGNED.finditer(text):
        raw = match.group(2)
        value = None if raw is None else (int(raw) if raw.isdigit() else unquote(raw))
        # What follows a literal may go on: "a" + b is not told by "a".
        plain = text[match.end() : match.end() + 40].lstrip(" \t")[:1] in ("", ";", ",", "\n", "\r", "}", ")")
        assigned.setdefault(match.group(1), []).append(value if plain else None)
    first = {name: values[0] for name, values in assigned.items() if values[0] is not None}
    sole = {name: value for name, value in first.items() if set(assigned[name]) == {value}}
    fields: dict[str, str] = {}
    for tag in _INPUT.findall(source):
        given = {one[0].lower(): one[1] or one[2] for one in _ATTRIBUTE.findall(tag)}
        for name in ("id", "name"):
            if given.get(name) and "value" in given:
                fields.setdefault(given[name], given["value"])
    return Program(text, sole, {name: value for name, value in first.items() if value is not None}, fields)


def parts_of(text: str, place: int) -> tuple[list[str], int]:
    """Texts between commas from behind an opening bracket to its closing one, and the place of that; -1 without one."""
    parts: list[str] = []
    start, depth = place, 0
    quoted = re.compile(STRING)
    while place < len(text):
        sign = text[place]
        match = quoted.match(text, place) if sign in "\"'" else None
        if match is not None:
            place = match.end()
            continue
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            if not depth:
                return [*parts, text[start:place]], place
            depth -= 1
        elif sign == "," and not depth:
            parts.append(text[start:place])
            start = place + 1
        place += 1
    return parts, -1


def fields_of(text: str) -> dict[str, str]:
    """Names and expressions of an object literal."""
    plain = text.strip()
    if not plain.startswith("{"):
        return {}
    parts, _ = parts_of(plain, 1)
    found = {}
    for part in parts:
        named = re.match(rf"\s*({STRING}|[\w$]+)\s*(?::|$)", part)
        if named is not None:
            name = named.group(1)
            value = part[named.end() :] if part[named.start() : named.end()].rstrip().endswith(":") else name
            found[unquote(name) if name[0] in "\"'" else name] = value.strip()
    return found


def value_of(program: Program, text: str, place: int, *, number: bool = False) -> Any:
    """What an expression holds: literals, sums of them, variables, fields; ``UNKNOWN`` where it cannot be told.

    Args:
        place: of the expression in the program, for the function around it.
        number: a page's number is asked for, which the program counts up: its first value counts.
    """
    plain = text.strip()
    inner = re.match(r"JSON\s*\.\s*stringify\s*\(", plain)
    if inner is not None:
        parts, _ = parts_of(plain, inner.end())
        held = value_of(program, parts[0], place) if parts else UNKNOWN
        return UNKNOWN if is_unsure(held) else json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    if plain.startswith("{"):
        return {key: value_of(program, value, place, number=_counts(key)) for key, value in fields_of(plain).items()}
    if plain.startswith("["):
        parts, _ = parts_of(plain, 1)
        return [value_of(program, part, place) for part in parts if part.strip()]
    terms = _terms(plain)
    if len(terms) > 1:
        values = [value_of(program, term, place, number=number) for term in terms]
        return UNKNOWN if any(is_unsure(one) for one in values) else "".join(str(one) for one in values)
    read = literal(plain)
    if read is not None and read[1] == len(plain) and isinstance(read[0], str):
        if plain[0] in "\"'":
            return read[0]
        return (
            int(plain) if plain.lstrip("-").isdigit() else (plain == "true" if plain in ("true", "false") else read[0])
        )
    field = _FIELD.search(plain)
    if field is not None:
        return program.fields.get(field.group(1), UNKNOWN)
    if re.fullmatch(r"(?:encodeURI(?:Component)?|String|escape|parseInt|Number)\s*\(.*\)", plain, re.DOTALL):
        return value_of(program, plain[plain.index("(") + 1 : -1], place, number=number)
    name = re.sub(r"^(?:this|that|self|window|vm)\s*\.\s*", "", plain)
    if not re.fullmatch(r"[A-Za-z_$][\w$]*", name):
        return UNKNOWN
    known = (program.first if number else program.variables).get(name, UNKNOWN)
    given = _given(program, name, place)
    return given if not isinstance(given, _Unknown) else known


def _terms(text: str) -> list[str]:
    """Terms of a sum."""
    terms, start, place, depth = [], 0, 0, 0
    quoted = re.compile(STRING)
    while place < len(text):
        sign = text[place]
        match = quoted.match(text, place) if sign in "\"'" else None
        if match is not None:
            place = match.end()
            continue
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if sign == "+" and not depth:
            terms.append(text[start:place])
            start = place + 1
        place += 1
    return [*terms, text[start:]]


def _given(program: Program, name: str, place: int) -> Any:
    """What a parameter of the function around a place is called with, if every call with literals says the same.

    Of page numbers the smallest counts: the first page is asked for by the program itself.
    """
    around = None
    for match in _FUNCTION.finditer(program.text, 0, place):
        around = match
    if around is None:
        return UNKNOWN
    params = [one.strip() for one in (around.group(2) or around.group(4) or "").split(",")]
    if name not in params:
        return UNKNOWN
    called = re.compile(rf"(?<![\w$])(?<!function ){re.escape(around.group(1) or around.group(3))}\s*\((?=[^)])")
    values = []
    for call in called.finditer(program.text):
        parts, end = parts_of(program.text, call.end())
        if end < 0 or len(parts) <= params.index(name) or program.text[end + 1 : end + 8].lstrip().startswith("{"):
            continue
        read = literal(parts[params.index(name)])
        if read is not None and isinstance(read[0], str) and read[1] == len(parts[params.index(name)].rstrip()):
            values.append(read[0])
    if values and all(value.isdigit() for value in values) and _counts(name):
        return min(int(value) for value in values)
    return values[0] if len(set(values)) == 1 else UNKNOWN


def _counts(name: str) -> bool:
    return folded(name) in NUMBERS


def is_unsure(value: Any) -> bool:
    """A value, or a part of it, cannot be told."""
    if isinstance(value, dict):
        return any(is_unsure(one) for one in value.values())
    return any(is_unsure(one) for one in value) if isinstance(value, list) else isinstance(value, _Unknown)
