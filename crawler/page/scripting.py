"""What inline scripts write by ``document.write`` of literals and simple string variables, put where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from crawler.page.tree import Element

_VARIABLE = re.compile(
    r"(?:\bvar\s+|\blet\s+|\bconst\s+|[;\s{]|^)([A-Za-z_$][\w$]*)\s*=\s*(\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')\s*[;,\n]"
)
_WRITE = re.compile(r"document\s*\.\s*write(?:ln)?\s*\(")
_BRACE = re.compile(r"[{}]")
_NAMED = re.compile(r"\bfunction\s+[\w$]+\s*\([^)]*\)\s*\{")
_TERM = re.compile(
    r"\s*(?:(?P<literal>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')|(?P<name>[A-Za-z_$][\w$.]*))\s*(?P<next>[+);]|$)"
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r"}
SCRIPT_LIMIT = 60_000
"""Longer programs are libraries or pictures, not a menu of literals."""


def unquote(literal: str) -> str:
    """Value of a quoted string of a script."""

    def plain(match: re.Match[str]) -> str:
        sign = match.group(1)
        if len(sign) > 1:
            return chr(int(sign[1:], 16))
        return _PLAIN.get(sign, sign)

    return _ESCAPE.sub(plain, literal[1:-1])


def _function_spans(program: str) -> list[tuple[int, int]]:
    """Bodies of named functions: what they write is written only when somebody calls them."""
    spans = []
    for match in _NAMED.finditer(program):
        depth, end = 1, len(program)
        for brace in _BRACE.finditer(program, match.end()):
            depth += 1 if brace.group() == "{" else -1
            if not depth:
                end = brace.end()
                break
        spans.append((match.start(), end))
    return spans


def _argument(program: str, place: int, variables: dict[str, str]) -> str | None:
    """Value of a concatenation of literals and known variables that starts at ``place``, or None."""
    value = ""
    while True:
        match = _TERM.match(program, place)
        if match is None:
            return None
        if match.group("literal") is not None:
            value += unquote(match.group("literal"))
        elif match.group("name") in variables:
            value += variables[match.group("name")]
        else:
            return None
        if match.group("next") != "+":
            return value
        place = match.end()


def variables_of(program: str) -> dict[str, str]:
    """String variables with a literal value; the last assignment wins."""
    return {match.group(1): unquote(match.group(2)) for match in _VARIABLE.finditer(program)}


def written(program: str) -> str:
    """Markup that a program writes as far as it can be told without running it."""
    if len(program) > SCRIPT_LIMIT or _WRITE.search(program) is None:
        return ""
    spans = _function_spans(program)
    variables = variables_of(program)
    parts: list[str] = []
    for match in _WRITE.finditer(program):
        if any(start <= match.start() < end for start, end in spans):
            continue
        value = _argument(program, match.end(), variables)
        if value is not None and value not in parts:
            # Branches of one condition often write the same; a page shows one of them.
            parts.append(value)
    return "".join(parts)


def _body(top: Element) -> Element | None:
    return next((element for element in top.walk() if element.tag == "body"), None)


def expand(top: Element, grow: Callable[[str], tuple[Element, bool]]) -> None:
    """Put what inline scripts write behind them into the tree, marked as ``scripted``."""
    for script in [element for element in top.walk() if element.tag == "script"]:
        markup = written(script.source())
        if "<" not in markup and not markup.strip():
            continue
        parent = script.parent
        if parent is None or parent.tag == "head":
            continue
        fragment, _ = grow(f"<body>{markup}</body>")
        body = _body(fragment)
        if body is None:
            continue
        holder = Element("span", {}, parent)
        holder.scripted = True
        holder.nodes = body.nodes
        for child in holder.children:
            child.parent = holder
        parent.nodes.insert(parent.nodes.index(script) + 1, holder)


def programs(top: Element) -> Iterator[str]:
    """Sources of all inline scripts of the page."""
    for element in top.walk():
        if element.tag == "script" and element.get("type").lower() in (
            "",
            "text/javascript",
            "application/javascript",
            "module",
        ):
            source = element.source()
            if source.strip():
                yield source
