"""What a program of a page defines and does, as far as it can be told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.page.statements import closing


@dataclass(frozen=True, slots=True)
class Function:
    """Function (函数) of a page's program: names of its parameters and its body."""

    params: tuple[str, ...]
    body: str


@dataclass(slots=True)
class Ran:
    """What a program does as far as it can be told (脚本效果).

    Attributes:
        written: markup with the id of the element it is put into; empty where the script itself stands.
        goes: addresses to which the window is sent, in order; ``opens``: those opened in another window.
        functions: functions by name; what they do happens only when somebody calls them.
        unread: something was written, outside functions, that could not be told.
    """

    written: list[tuple[str, str]] = field(default_factory=list)
    goes: list[str] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)
    functions: dict[str, Function] = field(default_factory=dict)
    unread: bool = False


def define(functions: dict[str, Function], text: str, match: re.Match[str], name: str, listed: str) -> int:
    """Remember the function whose head a match is, and give the place of its closing brace."""
    end = closing(text, match.end() - 1)
    params = tuple(one for part in listed.split(",") if (one := part.partition("=")[0].strip()))
    functions[name] = Function(params, text[match.end() : end])
    return end
