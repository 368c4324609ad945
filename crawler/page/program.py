"""A small reading of programs: strings put together, loops over literal arrays, functions; the rest is passed over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from crawler.cms.literal import STRING, Value, blank, literal, unquote
from crawler.page.effects import Function, Ran, define
from crawler.page.expression import compare, concatenation, lookup
from crawler.page.statements import COMPARED, COUNTED, DEFINED, EACH, ELSE, KEYWORDS, STATEMENT, closing

PROGRAM_LIMIT = 60_000
"""Longer programs are libraries or pictures, not a menu of literals."""
_STEP_LIMIT = 4_000
_FUNCTION_LIMIT = 300
_FAILED_LIMIT = 50
"""Literals that do not end; each is read to the end of the program."""
_DEPTH_LIMIT = 6
_WRITTEN_LIMIT = 400_000


class Machine:
    """Machine (脚本推演) of one page: its programs one after the other, with what the earlier ones defined."""

    def __init__(self) -> None:
        self.known: dict[str, Value] = {}
        self.functions: dict[str, Function] = {}

    def run(self, program: str) -> Ran:
        """What a program writes and where it leads, without running anything that is not literal."""
        ran = Ran(functions=self.functions)
        if len(program) <= PROGRAM_LIMIT:
            for match in islice(DEFINED.finditer(program), _FUNCTION_LIMIT):
                # A function may be called above the place where it is written.
                define(self.functions, program, match, match.group(1), match.group(2))
            _Runner(ran, self.known).execute(program)
        return ran


def called(function: Function, values: Sequence[Value], functions: dict[str, Function]) -> Ran:
    """What a call of a function does."""
    ran = Ran(functions=dict(functions))
    if len(function.body) <= PROGRAM_LIMIT:
        given = dict(zip(function.params, values, strict=False))
        _Runner(ran, given, given=frozenset(given)).execute(function.body)
    return ran


class _Runner:
    """Walks over the statements of a program; branches of a condition are all walked."""

    def __init__(self, ran: Ran, known: dict[str, Value], depth: int = 0, given: frozenset[str] = frozenset()) -> None:
        self.ran = ran
        self.given = given
        self.known = known
        self.depth = depth
        self.steps = 0
        self.size = 0
        self.failed = 0

    def execute(self, text: str) -> None:
        """Walk over one text of statements."""
        place = 0
        while (match := STATEMENT.search(text, place)) is not None and self.steps < _STEP_LIMIT:
            self.steps += 1
            place = max(self._statement(text, match), match.start() + 1)

    def _statement(self, text: str, match: re.Match[str]) -> int:
        found = match.groupdict()
        if found["defined"] or found["named"]:
            return self._define(text, match)
        if found["if"] is not None:
            return self._if(text, match)
        if found["head"] is not None:
            return self._loop(text, match)
        if found["each"] or found["jeach"]:
            return self._each(text, match)
        if found["write"] or found["id"] or found["query"] or found["picked"]:
            return self._write(text, match)
        if found["open"] or found["go"] or found["goto"]:
            return self._go(text, match)
        if found["timer"] is not None:
            return self._timer(text, match.end())
        if found["later"] is not None:
            self._call(found["laterof"], [])
            return match.end()
        if found["push"]:
            return self._push(text, match)
        if found["set"]:
            return self._set(text, match)
        if found["call"]:
            return self._called(text, match)
        return match.end()

    def _define(self, text: str, match: re.Match[str]) -> int:
        listed = match.group("params") or match.group("nparams") or match.group("aparams") or ""
        name = match.group("defined") or match.group("named")
        return define(self.ran.functions, text, match, name, listed) + 1

    def _body(self, text: str, place: int) -> tuple[str, int]:
        """Body of a loop: a block, or the one statement up to its semicolon."""
        place = blank(text, place)
        if text[place : place + 1] == "{":
            end = closing(text, place)
            return text[place + 1 : end], end + 1
        end = text.find(";", place)
        end = len(text) if end < 0 else end
        return text[place : end + 1], end + 1

    def _if(self, text: str, match: re.Match[str]) -> int:
        """Where a parameter that was given decides, only the branch that is taken is walked; else all are."""
        compared = COMPARED.match(match.group("if"))
        if compared is None or compared.group(1) not in self.given:
            return match.end()
        value, other = self.known.get(compared.group(1)), compared.group(3)
        holds = compare(value if isinstance(value, str) else None, compared.group(2), other.strip("\"'"))
        if holds is None:
            return match.end()
        body, end = self._body(text, match.end())
        if not holds:
            return end
        self.execute(body)
        while (follows := ELSE.match(text, end)) is not None:
            _, end = self._body(text, follows.end())
        return end

    def _loop(self, text: str, match: re.Match[str]) -> int:
        body, end = self._body(text, match.end())
        head = match.group("head").strip()
        counted, each = COUNTED.match(head), EACH.match(head)
        rounds: list[tuple[str, Value]] = []
        if counted:
            values = lookup(self.known, counted.group(4)) if counted.group(4) else None
            last = len(values) if isinstance(values, list) else int(counted.group(5) or 0) + bool(counted.group(3))
            rounds = [(counted.group(1), str(number)) for number in range(int(counted.group(2)), last)]
        elif each:
            rounds = [(each.group(1), value) for value in self._turns(lookup(self.known, each.group(3)), each.group(2))]
        self._repeat(rounds, body)
        return end

    @staticmethod
    def _turns(value: Value, word: str) -> list[Value]:
        if isinstance(value, dict):
            return list(value)
        if isinstance(value, list):
            return [str(number) for number in range(len(value))] if word == "in" else list(value)
        return []

    def _each(self, text: str, match: re.Match[str]) -> int:
        end = closing(text, match.end() - 1)
        body = text[match.end() : end]
        values = lookup(self.known, match.group("each") or match.group("jeach"))
        names = [name.strip() for name in (match.group("eparams") or match.group("jparams") or "").split(",")]
        if match.group("jeach"):
            names = names[1:] + names[:1]
        turns = values if isinstance(values, list) else []
        for number, value in enumerate(turns[:500]):
            self.known.update(zip(names, (value, str(number)), strict=False))
            self.execute(body)
        if not turns:
            self.execute(body)
        return end + 1

    def _repeat(self, rounds: Sequence[tuple[str, Value]], body: str) -> None:
        for name, value in rounds[:500]:
            self.known[name] = value
            self.execute(body)
        if not rounds:
            self.execute(body)

    def _write(self, text: str, match: re.Match[str]) -> int:
        value, end = concatenation(self.known, text, match.end())
        target = match.group("id") or match.group("query") or match.group("picked")
        if target:
            name = unquote(target).strip()
            target = name.lstrip("#").split()[0] if match.group("id") or name.startswith("#") else None
        if value is None or (target is None and not match.group("write")):
            self.ran.unread = self.ran.unread or (bool(match.group("write")) and not self.depth)
            return match.end()
        pair = (target or "", value)
        self.size += len(value)
        # Branches of one condition often write the same; a page shows one of them.
        if pair not in self.ran.written and self.size < _WRITTEN_LIMIT:
            self.ran.written.append(pair)
        return end

    def _go(self, text: str, match: re.Match[str]) -> int:
        value, end = concatenation(self.known, text, match.end())
        if value is None or not value.strip():
            return match.end()
        (self.ran.opens if match.group("open") else self.ran.goes).append(value.strip())
        return end

    def _timer(self, text: str, place: int) -> int:
        quoted = re.compile(STRING).match(text, place)
        if quoted is not None:
            self.execute(unquote(quoted.group()))
            return quoted.end()
        return place

    def _push(self, text: str, match: re.Match[str]) -> int:
        values = self.known.setdefault(match.group("push"), [])
        place = match.end()
        while isinstance(values, list) and (found := literal(text, place)) is not None:
            values.append(found[0])
            place = blank(text, found[1])
            if text[place : place + 1] != ",":
                break
            place += 1
        return place

    def _set(self, text: str, match: re.Match[str]) -> int:
        name = match.group("set")
        place = blank(text, match.end())
        if text[place : place + 1] in ("[", "{"):
            found = literal(text, place) if self.failed < _FAILED_LIMIT else None
            if found is None:
                self.failed += 1
                return match.end()
            self.known[name] = found[0]
            return found[1]
        value, end = concatenation(self.known, text, place)
        before = self.known.get(name)
        if match.group("more"):
            value = before + value if isinstance(before, str) and value is not None else None
        if value is None:
            self.known.pop(name, None)
            return match.end()
        self.known[name] = value
        return end

    def _called(self, text: str, match: re.Match[str]) -> int:
        name = match.group("call")
        if name not in self.ran.functions or name in KEYWORDS:
            return match.end()
        arguments: list[Value] = []
        place = match.end()
        while text[blank(text, place) : blank(text, place) + 1] not in (")", ""):
            found = literal(text, place)
            value, end = concatenation(self.known, text, place)
            if value is None and found is None:
                break
            arguments.append(value if value is not None or found is None else found[0])
            place = blank(text, end if value is not None or found is None else found[1])
            if text[place : place + 1] == ",":
                place += 1
        self._call(name, arguments)
        return match.end()

    def _call(self, name: str, arguments: Sequence[Value]) -> None:
        function = self.ran.functions.get(name)
        if function is None or self.depth >= _DEPTH_LIMIT:
            return
        inner = _Runner(self.ran, {**self.known, **dict(zip(function.params, arguments, strict=False))}, self.depth + 1)
        inner.steps, inner.size = self.steps, self.size
        inner.execute(function.body)
        self.steps, self.size = inner.steps, inner.size
        own = set(function.params)
        self.known.update({key: value for key, value in inner.known.items() if key not in own})
