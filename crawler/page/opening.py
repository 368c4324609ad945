"""What opens when an element is clicked: literal addresses, and functions of the page that tell their pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.cms.literal import literal
from crawler.page.program import Function, Machine, called
from crawler.page.tree import Element

_SCRIPTED = re.compile(
    r"(?:location(?:\s*\.\s*href)?\s*=\s*|location\s*\.\s*(?:replace|assign)\s*\(\s*|window\s*\.\s*open\s*\(\s*)"
    r"(?P<quote>['\"])(?P<address>[^'\"]*)(?P=quote)\s*(?P<rest>\+\s*[^\s'\"])?",
    re.IGNORECASE,
)
_CALL = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$]*)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_VALUE = re.compile(
    r"(?:this|event|e)\b[\w.\[\]]*(?:value|selectedIndex)[\w.\[\]]*|\$\s*\(\s*this\s*\)\s*\.\s*val\s*\(\s*\)"
)
_WAY = re.compile(
    r"^(?:https?:/)?/[\w./?=&%#~:;+-]{2,}$|^\.{1,2}/[\w./?=&%-]+$|^[\w-][\w./-]*\.(?:s?html?|jsp|aspx?|php)\b"
)
_OPENS = re.compile(r"go|open|jump|link|url|href|nav|page|show|view|to[A-Z]|turn|redirect", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(?:\.\s*attr|getAttribute)\s*\(\s*[\"']((?:data-|_)?[\w-]*(?:url|href|link|src)[\w-]*)[\"']\s*\)"
    r"|\.\s*data\s*\(\s*[\"']([\w-]*(?:url|href|link)[\w-]*)[\"']\s*\)|\.\s*dataset\s*\.\s*(\w*(?:[uU]rl|[hH]ref|[lL]ink)\w*)"
)
_LEADS = re.compile(r"location|window\s*\.\s*open")
_HOLE = re.compile("\ue000(\\d+)\ue001")


def scripted_address(program: str) -> str:
    """The literal address that a small piece of script opens, or empty."""
    match = _SCRIPTED.search(program)
    if match is None or match.group("rest"):
        return ""
    return match.group("address")


@dataclass(slots=True)
class Openers:
    """Openers (打开方式) of one page: its functions, and attributes whose value a program opens."""

    functions: dict[str, Function] = field(default_factory=dict)
    attributes: tuple[str, ...] = ()
    patterns: dict[str, str] = field(default_factory=dict)

    def address(self, program: str, value: str = "") -> str:
        """Address that a small program opens, or empty.

        Args:
            value: of the element itself, where the program hands it on (``this.value``).
        """
        plain = program.strip()
        if not plain:
            return ""
        found = scripted_address(plain)
        if found:
            return found
        for match in _CALL.finditer(plain):
            address = self._called(match.group(1), match.group(2), value)
            if address:
                return address
        if value and _LEADS.search(plain) and _VALUE.search(plain):
            return value
        return ""

    def _called(self, name: str, listed: str, value: str) -> str:
        arguments = _arguments(listed, value)
        if name in self.functions:
            pattern = self._pattern(name)
            holes = [int(match.group(1)) for match in _HOLE.finditer(pattern)]
            if not pattern or any(hole >= len(arguments) or not arguments[hole] for hole in holes):
                return ""
            return _HOLE.sub(lambda match: arguments[int(match.group(1))], pattern)
        first = next((one for one in arguments if _WAY.match(one)), "")
        return first if first and _OPENS.search(name) else ""

    def _pattern(self, name: str) -> str:
        """Where a function leads, with holes for its parameters; empty where that cannot be told or differs."""
        if name not in self.patterns:
            function = self.functions[name]
            holes = [f"\ue000{number}\ue001" for number in range(len(function.params))]
            ran = called(function, holes, self.functions)
            ways = set(ran.goes + ran.opens)
            self.patterns[name] = ways.pop() if len(ways) == 1 else ""
        return self.patterns[name]

    def attribute(self, element: Element) -> str:
        """Address in an attribute that a program of the page opens, or empty."""
        return next((element.get(name).strip() for name in self.attributes if element.get(name).strip()), "")


def _arguments(listed: str, value: str) -> list[str]:
    arguments: list[str] = []
    place = 0
    while place < len(listed):
        found = literal(listed, place)
        end = found[1] if found is not None else place
        end = listed.find(",", end) if listed.find(",", end) >= 0 else len(listed)
        written = listed[place:end].strip()
        if found is not None:
            arguments.append(found[0] if isinstance(found[0], str) else "")
        else:
            arguments.append(value if _VALUE.search(written) else "")
        place = end + 1
    return arguments


def openers_of(machine: Machine, source: str) -> Openers:
    """What the programs of a page say about the ways to open an address.

    Args:
        source: of all its programs.
    """
    attributes: tuple[str, ...] = ()
    if _LEADS.search(source):
        named = [
            match.group(1) or f"data-{match.group(2) or _dashed(match.group(3))}"
            for match in _ATTRIBUTE.finditer(source)
        ]
        attributes = tuple(dict.fromkeys(name for name in named if name not in ("src", "href")))
    return Openers(dict(machine.functions), attributes)


def _dashed(name: str) -> str:
    return re.sub(r"([A-Z])", lambda match: "-" + match.group(1).lower(), name)
