"""Strict reading of one TOML table: every key is known, every value has its type, every error names its cure."""

from __future__ import annotations

import difflib
import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from importlib.resources.abc import Traversable
from typing import TypeVar

from catalog.errors import CatalogueError

_Choice = TypeVar("_Choice", bound=StrEnum)


def nearest(word: str, known: Iterable[str]) -> str:
    """A cure that names the nearest known word, or all known words where none is near."""
    words = sorted(known)
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else f"known are: {', '.join(words)}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of a data file (条目), with the words by which an error names it."""

    file: str
    name: str
    table: Mapping[str, object]

    def wrong(self, problem: str, cure: str) -> CatalogueError:
        """The error to raise about this table."""
        return CatalogueError(self.file, self.name, problem, cure)

    def only(self, *known: str) -> None:
        """Check that no key is unknown.

        Raises:
            CatalogueError: naming the key and the nearest known one.
        """
        for key in self.table:
            if key not in known:
                raise self.wrong(f'unknown key "{key}"', nearest(key, known))

    def _get(self, key: str) -> object:
        if key not in self.table:
            raise self.wrong(f'the key "{key}" is missing', f'add "{key} = ..."')
        return self.table[key]

    def _typed(self, key: str, kind: type, words: str) -> object:
        value = self._get(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.wrong(f'"{key}" is {_described(value)}', f"write {words}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text without blanks around it; required unless a default is given, and then it may be empty."""
        if default is not None and key not in self.table:
            return default
        value = str(self._typed(key, str, "a text in quotes"))
        if default is None and not value.strip():
            raise self.wrong(f'"{key}" is empty', "write its text")
        if value != value.strip():
            raise self.wrong(f'"{key}" has blanks at an end', "take them off")
        return value

    def flag(self, key: str) -> bool:
        """true or false; false where the key is absent."""
        return key in self.table and bool(self._typed(key, bool, "true or false, without quotes"))

    def number(self, key: str) -> int | None:
        """A positive whole number, or None where the key is absent."""
        if key not in self.table:
            return None
        value = self._typed(key, int, "a whole number, without quotes")
        if not isinstance(value, int) or value <= 0:
            raise self.wrong(f'"{key}" is {value}', "write a whole number above 0")
        return value

    def seconds(self, key: str, default: float) -> float:
        """A number of seconds, not below 0."""
        value = self.table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(f'"{key}" is {_described(value)}', "write a number of seconds, without quotes")
        if not 0 <= value < math.inf:
            raise self.wrong(f'"{key}" is {value}', "write 0 or more seconds")
        return float(value)

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of non-empty, different texts; empty where the key is absent and not required."""
        if not required and key not in self.table:
            return ()
        cure = 'write a list of texts, for example ["...", "..."]'
        value = self._typed(key, list, "a list of texts")
        if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
            raise self.wrong(f'"{key}" holds something that is no text', cure)
        for text in value:
            if value.count(text) > 1:
                raise self.wrong(f'"{key}" names "{text}" twice', "take one of them out")
        return tuple(value)

    def day_or_none(self, key: str) -> date | None:
        """A local date, or None where the key is absent."""
        return self.day(key) if key in self.table else None

    def day(self, key: str) -> date:
        """A local date."""
        value = self._get(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(f'"{key}" is {_described(value)}', "write a date without quotes and time: 2021-06-03")
        return value

    def choice(self, key: str, choices: type[_Choice], default: _Choice | None = None) -> _Choice:
        """One word of an enumeration; required unless a default is given."""
        if default is not None and key not in self.table:
            return default
        value = self.text(key)
        if value not in {choice.value for choice in choices}:
            raise self.wrong(f'"{key}" is "{value}"', nearest(value, [choice.value for choice in choices]))
        return choices(value)

    def tables(self, key: str, *, label: str = "", label_key: str = "id") -> tuple[Entry, ...]:
        """The tables under an array key, each with a name for errors; empty where the key is absent."""
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
            raise self.wrong(f'"{key}" is no list of tables', f"write each as [[{key}]]")
        return tuple(self._inner(label or key, label_key, number, table) for number, table in enumerate(value, start=1))

    def _inner(self, label: str, label_key: str, number: int, table: Mapping[str, object]) -> Entry:
        own = table.get(label_key)
        title = f'{label} "{own}"' if isinstance(own, str) and own else f"{label} number {number}"
        return Entry(self.file, f"{self.name}, {title}" if self.name else title, table)

    def inner(self, key: str) -> Entry:
        """The table under a key; an empty one where the key is absent."""
        value = self.table.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(f'"{key}" is {_described(value)}', f"write a table [{key}]")
        return Entry(self.file, f"{self.name}, {key}" if self.name else key, value)


def _described(value: object) -> str:
    if isinstance(value, bool):
        return f"the flag {str(value).lower()}"
    if isinstance(value, str):
        return f'the text "{value}"'
    if isinstance(value, datetime):
        return f"the time {value.isoformat()}"
    if isinstance(value, date):
        return f"the date {value.isoformat()}"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    return f"the number {value}"


def load_toml(file: Traversable) -> Entry:
    """The whole file as one entry, its schema checked.

    Raises:
        CatalogueError: when it is absent, no UTF-8, no TOML, or of another schema.
    """
    name = str(file)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CatalogueError(name, "", f"cannot be read ({error.strerror})", "give the path of a .toml file") from error
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise CatalogueError(name, "", f"is not UTF-8 at byte {error.start}", "save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(name, "", f"is not TOML: {error}", "mend that line") from error
    entry = Entry(name, "", table)
    if table.get("schema") != 1 or isinstance(table.get("schema"), bool):
        raise entry.wrong("the schema is not 1", 'start the file with "schema = 1"')
    return entry


def no_twins(file: str, kind: str, ids: Sequence[str]) -> None:
    """Check that ids are unique.

    Raises:
        CatalogueError: naming the first id that stands twice.
    """
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise CatalogueError(file, f'{kind} "{one}"', "this id stands twice", "give one of them another id")
        seen.add(one)
