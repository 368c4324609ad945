"""What opens when an element is clicked: literal addresses, and functions of the page that tell their pattern."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.cms.literal import literal
from crawler.page.effects import Function
from crawler.page.program import called
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
_FILL = re.compile(
    r"(?:\.\s*([A-Za-z_]\w*)\s*\.\s*value|getElementById\s*\(\s*[\"']([\w-]+)[\"']\s*\)\s*\.\s*value"
    r"|\$\s*\(\s*[\"']#([\w-]+)[\"']\s*\)\s*\.\s*val(?=\s*\())\s*(?:=(?!=)|\()\s*([A-Za-z_$][\w$]*)\s*[;,)\n}]"
)
_SUBMIT = re.compile(r"\.\s*submit\s*\(")
_LEADS = re.compile(r"location|window\s*\.\s*open")
_CALL_LIMIT = 500
"""Calls of one page that are followed with their own arguments; for further ones the function's pattern stands."""
_HOLE = re.compile("\ue000(\\d+)\ue001")


def scripted_address(program: str) -> str:
    """The literal address that a small piece of script opens, or empty."""
    match = _SCRIPTED.search(program)
    if match is None or match.group("rest"):
        return ""
    return match.group("address")


@dataclass(slots=True)
class Form:
    """Form (表单) that is asked by GET: its action, its fields with their values, and names of fields by their id."""

    action: str
    fields: dict[str, str]
    ids: dict[str, str]


@dataclass(slots=True)
class Openers:
    """Openers (打开方式) of one page: its functions, its forms, and attributes whose value a program opens."""

    functions: dict[str, Function] = field(default_factory=dict)
    attributes: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()
    patterns: dict[str, str] = field(default_factory=dict)
    calls: int = 0

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
            ways = self._led(name, arguments)
            if ways:
                return ways.pop() if len(ways) == 1 else ""
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
            self.patterns[name] = ways.pop() if len(ways) == 1 else "" if ways else self._sent(function)
        return self.patterns[name]

    def _led(self, name: str, arguments: list[str]) -> set[str]:
        """Where a function leads with these very arguments, on whose values its way may depend."""
        function = self.functions[name]
        if not 0 < len(arguments) <= len(function.params) or not all(arguments) or self.calls >= _CALL_LIMIT:
            return set()
        self.calls += 1
        ran = called(function, arguments, self.functions)
        return set(ran.goes + ran.opens)

    def _sent(self, function: Function) -> str:
        """Address to which a function sends a form that is asked by GET, with holes for its parameters."""
        fills = {
            match.group(1) or match.group(2) or match.group(3): function.params.index(match.group(4))
            for match in _FILL.finditer(function.body)
            if match.group(4) in function.params
        }
        form = next((one for one in self.forms if fills and set(fills) <= {*one.fields, *one.ids}), None)
        if form is None or not _SUBMIT.search(function.body):
            return ""
        fields = dict(form.fields)
        for name, number in fills.items():
            fields[form.ids.get(name, name)] = f"\ue000{number}\ue001"
        return form.action + ("&" if "?" in form.action else "?") + "&".join(f"{k}={v}" for k, v in fields.items())

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


def forms_of(root: Element) -> tuple[Form, ...]:
    """Forms of a page that are asked by GET and lead somewhere."""
    forms: list[Form] = []
    for element in root.walk():
        action = element.get("action").strip() if element.tag == "form" else ""
        if not action or element.get("method").strip().lower() == "post":
            continue
        inputs = [one for one in element.walk() if one.tag == "input" and (one.get("name") or one.get("id"))]
        kept = [
            one for one in inputs if one.get("type").lower() not in ("button", "submit", "image", "checkbox", "radio")
        ]
        fields = {one.get("name"): one.get("value") for one in kept if one.get("name")}
        ids = {one.get("id"): one.get("name") or one.get("id") for one in kept if one.get("id")}
        forms.append(Form(action, fields, ids))
    return tuple(forms)


def openers_of(functions: Mapping[str, Function], source: str, root: Element) -> Openers:
    """What the programs of a page say about the ways to open an address.

    Args:
        functions: that they define, and ``source`` of them all.
        root: of the page, for its forms.
    """
    attributes: tuple[str, ...] = ()
    if _LEADS.search(source):
        named = [
            match.group(1) or f"data-{match.group(2) or _dashed(match.group(3))}"
            for match in _ATTRIBUTE.finditer(source)
        ]
        attributes = tuple(dict.fromkeys(name for name in named if name not in ("src", "href")))
    return Openers(dict(functions), attributes, forms_of(root) if _SUBMIT.search(source) else ())


def _dashed(name: str) -> str:
    return re.sub(r"([A-Z])", lambda match: "-" + match.group(1).lower(), name)
