"""Calls: requests that a page's own programs make of services, as far as they can be told without running them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from crawler.cms.adapter import Ask
from crawler.cms.literal import STRING, literal, unquote
from crawler.cms.turning import NUMBERS, folded

_SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc\s*=)[^>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(rf"({STRING})|/\*.*?\*/|//[^\n]*", re.DOTALL)
_CALL = re.compile(
    r"(?:\$|jQuery)\s*\.\s*(?P<jquery>ajax|getJSON|get|post)\s*\(|(?P<fetch>(?<![\w.$])fetch)\s*\("
    r"|(?:axios|\$axios|\$?http|request)\s*(?:\.\s*(?P<verb>get|post)\s*)?\((?=\s*[\"'{])|\.\s*(?P<load>load)\s*\((?=\s*[\"'])"
)
_ASSIGNED = re.compile(rf"(?<![\w$.])([A-Za-z_$][\w$]*)\s*=(?![=>])\s*({STRING}|\d+)?")
_FUNCTION = re.compile(
    r"\bfunction\s+([A-Za-z_$][\w$]*)\s*\(([^)]*)\)\s*\{|([A-Za-z_$][\w$]*)\s*[=:]\s*function\s*\(([^)]*)\)\s*\{"
)
_INPUT = re.compile(r"<input\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(id|name|value)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_FIELD = re.compile(
    r"(?:\$|jQuery)\s*\(\s*[\"'](?:input)?[#\[]?(?:name=)?[\"']?([\w-]+)[\"']?\]?[\"']\s*\)\s*\.\s*val\s*\(\s*\)$"
)
_PROGRAM_LIMIT = 200_000
_CALLS_LIMIT = 40
_OPENING, _CLOSING = "([{", ")]}"


class _Unknown:
    """What cannot be told without running the program."""


UNKNOWN = _Unknown()


@dataclass(frozen=True, slots=True)
class _Program:
    """Program (页面脚本): its text without comments, what its variables hold, and the page's input fields."""

    text: str
    variables: dict[str, str | int]
    first: dict[str, str | int]
    fields: dict[str, str]


def calls_of(source: str) -> tuple[Ask, ...]:
    """Requests whose address and parameters are all told, each once, in the order of the page."""
    text = "\n".join(match.group(1) for match in _SCRIPT.finditer(source))[:_PROGRAM_LIMIT]
    if _CALL.search(text) is None:
        return ()
    program = _read(_COMMENT.sub(lambda match: match.group(1) or " ", text), source)
    found: dict[Ask, None] = {}
    for place, match in enumerate(_CALL.finditer(program.text)):
        if place >= _CALLS_LIMIT:
            break
        ask = _ask(program, match)
        if ask is not None:
            found.setdefault(ask)
    return tuple(found)


def _read(text: str, source: str) -> _Program:
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
    return _Program(text, sole, {name: value for name, value in first.items() if value is not None}, fields)


def _parts(text: str, place: int) -> tuple[list[str], int]:
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


def _fields(text: str) -> dict[str, str]:
    """Names and expressions of an object literal."""
    plain = text.strip()
    if not plain.startswith("{"):
        return {}
    parts, _ = _parts(plain, 1)
    found = {}
    for part in parts:
        named = re.match(rf"\s*({STRING}|[\w$]+)\s*(?::|$)", part)
        if named is not None:
            name = named.group(1)
            value = part[named.end() :] if part[named.start() : named.end()].rstrip().endswith(":") else name
            found[unquote(name) if name[0] in "\"'" else name] = value.strip()
    return found


def _value(program: _Program, text: str, place: int, *, number: bool = False) -> Any:
    """What an expression holds: literals, sums of them, variables, fields; ``UNKNOWN`` where it cannot be told."""
    plain = text.strip()
    inner = re.match(r"JSON\s*\.\s*stringify\s*\(", plain)
    if inner is not None:
        parts, _ = _parts(plain, inner.end())
        held = _value(program, parts[0], place) if parts else UNKNOWN
        return UNKNOWN if _unsure(held) else json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    if plain.startswith("{"):
        return {key: _value(program, value, place, number=_counts(key)) for key, value in _fields(plain).items()}
    if plain.startswith("["):
        parts, _ = _parts(plain, 1)
        return [_value(program, part, place) for part in parts if part.strip()]
    terms = _terms(plain)
    if len(terms) > 1:
        values = [_value(program, term, place, number=number) for term in terms]
        return UNKNOWN if any(_unsure(one) for one in values) else "".join(str(one) for one in values)
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
        return _value(program, plain[plain.index("(") + 1 : -1], place, number=number)
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


def _given(program: _Program, name: str, place: int) -> Any:
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
        parts, end = _parts(program.text, call.end())
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


def _unsure(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_unsure(one) for one in value.values())
    return any(_unsure(one) for one in value) if isinstance(value, list) else isinstance(value, _Unknown)


def _ask(program: _Program, match: re.Match[str]) -> Ask | None:
    """The request that a call makes; None where a part of it is not told."""
    parts, end = _parts(program.text, match.end())
    if end < 0 or not parts:
        return None
    place = match.start()
    options = _fields(parts[0])
    if options:
        url = _value(program, options.get("url", ""), place)
        method = str(_value(program, options.get("type") or options.get("method") or "'get'", place))
        held, as_json = options.get("data", ""), "json" in options.get("contentType", "").lower()
        if "params" in options and not held:
            held, method = options["params"], "get"
        as_json = as_json or (match.group("jquery") is None and bool(held))
    else:
        url = _value(program, parts[0], place)
        second = parts[1] if len(parts) > 1 else ""
        method, held, as_json = _plain_call(match, second)
    if not isinstance(url, str) or not url or "{" in url or method.upper() not in ("GET", "POST"):
        return None
    data = _value(program, held, place) if held and not held.lstrip().startswith(("function", "(")) else {}
    return None if _unsure(data) else _request(url, method.upper(), data, as_json)


def _plain_call(match: re.Match[str], second: str) -> tuple[str, str, bool]:
    """Method, data and whether it is JSON, of a call with the address as its first argument."""
    if match.group("fetch"):
        given = _fields(second)
        return (
            unquote(given["method"]) if given.get("method", "")[:1] in "\"'" and given.get("method") else "get",
            given.get("body", ""),
            True,
        )
    if match.group("verb") == "get":
        return "get", _fields(second).get("params", ""), False
    if match.group("verb") == "post":
        return "post", second, True
    kind = match.group("jquery") or match.group("load")
    return "post" if kind == "post" or (kind == "load" and second.lstrip().startswith("{")) else "get", second, False


def _request(url: str, method: str, data: Any, as_json: bool) -> Ask | None:
    if isinstance(data, str):
        pairs = data
    elif isinstance(data, dict):
        flat = {key: value for key, value in data.items() if not isinstance(value, dict | list)}
        if method == "POST" and as_json and data:
            return Ask(url, method, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())
        if len(flat) != len(data):
            return None
        pairs = urlencode([(key, _written(value)) for key, value in flat.items()], quote_via=quote)
    else:
        return None
    if method == "POST":
        return Ask(url, method, pairs.encode())
    return Ask(url + ("&" if "?" in url else "?") * bool(pairs) + pairs)


def _written(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def each_parameter(ask: Ask) -> Iterator[str]:
    """Names of a request's parameters, folded; those inside JSON too."""
    text = f"{ask.url.partition('?')[2]}&{ask.body.decode('utf-8', 'replace')}"
    for name in re.findall(
        r"(?:^|[&?{,\"])\s*\"?([A-Za-z_][\w.-]*)\"?\s*[=:]", text.replace("%22", '"').replace("%3A", ":")
    ):
        yield folded(name)
