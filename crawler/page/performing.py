"""Performing: the programs of a page run one after the other, once for both parsers and for pages that share them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from crawler.page.effects import Function, Ran
from crawler.page.program import PROGRAM_LIMIT, Machine

_KEPT_LIMIT = 200_000
"""Characters of programs that a page of a usual site carries; of larger ones only the last is remembered."""


@dataclass(frozen=True, slots=True)
class Performance:
    """Performance (脚本运行结果) of a page's programs: what each did, and the functions that they define.

    It is shared by all pages with the same programs; nobody changes it.
    """

    runs: tuple[Ran, ...]
    functions: Mapping[str, Function]


def perform(programs: tuple[str, ...]) -> Performance:
    """What programs do one after the other, each with what the earlier ones defined."""
    read = tuple(program if len(program) <= PROGRAM_LIMIT else "" for program in programs)
    return _usual(read) if sum(map(len, read)) <= _KEPT_LIMIT else _large(read)


def _perform(programs: tuple[str, ...]) -> Performance:
    machine = Machine()
    runs = tuple(machine.run(program) for program in programs)
    return Performance(runs, machine.functions)


_usual = lru_cache(maxsize=64)(_perform)
_large = lru_cache(maxsize=2)(_perform)
