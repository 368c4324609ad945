"""Calls: requests that a page's own programs make of services, as far as they can be told without running them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from crawler.cms.adapter import Ask
from crawler.cms.literal import STRING, unquote
from crawler.cms.turning import folded
from crawler.cms.values import Program, fields_of, is_unsure, parts_of, read_program, value_of

_SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc\s*=)[^>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(rf"({STRING})|/\*.*?\*/|//[^\n]*", re.DOTALL)
_CALL = re.compile(
    r"(?:\$|jQuery)\s*\.\s*(?P<jquery>ajax|getJSON|get|post)\s*\(|(?P<fetch>(?<![\w.$])fetch)\s*\("
    r"|(?:axios|\$axios|\$?http|request)\s*(?:\.\s*(?P<verb>get|post)\s*)?\((?=\s*[\"'{])|\.\s*(?P<load>load)\s*\((?=\s*[\"'])"
)
_PROGRAM_LIMIT = 200_000
_CALLS_LIMIT = 40


def calls_of(source: str) -> tuple[Ask, ...]:
    """Requests whose address and parameters are all told, each once, in the order of the page."""
    text = "\n".join(match.group(1) for match in _SCRIPT.finditer(source))[:_PROGRAM_LIMIT]
    if _CALL.search(text) is None:
        return ()
    program = read_program(_COMMENT.sub(lambda match: match.group(1) or " ", text), source)
    found: dict[Ask, None] = {}
    for place, match in enumerate(_CALL.finditer(program.text)):
        if place >= _CALLS_LIMIT:
            break
        ask = _ask(program, match)
        if ask is not None:
            found.setdefault(ask)
    return tuple(found)


def _ask(program: Program, match: re.Match[str]) -> Ask | None:
    """The request that a call makes; None where a part of it is not told."""
    parts, end = parts_of(program.text, match.end())
    if end < 0 or not parts:
        return None
    place = match.start()
    options = fields_of(parts[0])
    if options:
        url = value_of(program, options.get("url", ""), place)
        method = str(value_of(program, options.get("type") or options.get("method") or "'get'", place))
        held, as_json = options.get("data", ""), "json" in options.get("contentType", "").lower()
        if "params" in options and not held:
            held, method = options["params"], "get"
        as_json = as_json or (match.group("jquery") is None and bool(held))
    else:
        url = value_of(program, parts[0], place)
        second = parts[1] if len(parts) > 1 else ""
        method, held, as_json = _plain_call(match, second)
    if not isinstance(url, str) or not url or "{" in url or method.upper() not in ("GET", "POST"):
        return None
    data = value_of(program, held, place) if held and not held.lstrip().startswith(("function", "(")) else {}
    return None if is_unsure(data) else _request(url, method.upper(), data, as_json)


def _plain_call(match: re.Match[str], second: str) -> tuple[str, str, bool]:
    """Method, data and whether it is JSON, of a call with the address as its first argument."""
    if match.group("fetch"):
        given = fields_of(second)
        return (
            unquote(given["method"]) if given.get("method", "")[:1] in "\"'" and given.get("method") else "get",
            given.get("body", ""),
            True,
        )
    if match.group("verb") == "get":
        return "get", fields_of(second).get("params", ""), False
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
