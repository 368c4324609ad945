"""The text of a source notice, as a PDF or a web page gave it: its printed paths and its numbered sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

_BRACKET = re.compile(r"([(〔])公开路径:")
_CLOSING = {"(": ")", "〔": "〕"}
_VARIANT_NUMBER = re.compile(r"(?:^|[,;])\d+[.、]")
_SITE = "政府网站"

_NUMERAL = "一二三四五六七八九十"
_MARKS = (
    re.compile(rf"(?:^|(?<=。))[ \t]*[{_NUMERAL}]{{1,3}}[ \t]*、", re.MULTILINE),
    re.compile(rf"^[ \t]*\([{_NUMERAL}]{{1,3}}\)", re.MULTILINE),
    # A decimal is no mark; "2．12345 政务服务便民热线" is one.
    re.compile(r"^[ \t]*\d{1,2}\.(?!\d{1,3}(?!\d))", re.MULTILINE),
    re.compile(r"^[ \t]*\(\d{1,2}\)", re.MULTILINE),
)
"""Marks of numbered sentences, outermost level first: 一、 （一） 1． （1）; the text is in NFKC form."""

_LIST_OF_ANNEXES = re.compile(r"^[ \t]*附件:[ \t]*1\.", re.MULTILINE)
_HEADING_LENGTH = 30


def squeeze(text: str) -> str:
    """Text without any white space and in one width, since a PDF breaks lines inside words and paths."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """Numbered sentence (编号句): from its number to the next number, at its place in the squeezed text."""

    mark: str
    start: int
    end: int
    text: str
    is_heading: bool
    """Nothing but a title above deeper numbers."""


@dataclass(frozen=True, slots=True)
class NoticeText:
    """Text of a notice (通知原文): one file, which may hold a second notice that the first passes on."""

    name: str
    squeezed: str
    brackets: tuple[str, ...]
    """Printed paths (公开路径), one a bracket, in order; 其他渠道 and 公开栏 are no paths."""
    sentences: tuple[Sentence, ...]

    def holds(self, words: str) -> bool:
        """Whether these words stand in it, line breaks and widths aside."""
        return squeeze(words) in self.squeezed

    def places(self, words: str) -> Iterator[tuple[int, int]]:
        """Every place, start and end, where these words stand in the squeezed text."""
        wanted = squeeze(words)
        start = self.squeezed.find(wanted)
        while start >= 0:
            yield start, start + len(wanted)
            start = self.squeezed.find(wanted, start + 1)


def read_notice(file: Path) -> NoticeText:
    """Read one text file of a notice."""
    return notice_text(file.name, file.read_text(encoding="utf-8"))


def notice_text(name: str, text: str) -> NoticeText:
    """The notice in a text: printed paths and numbered sentences found."""
    plain = unicodedata.normalize("NFKC", text)
    squeezed = squeeze(plain)
    spans = tuple(_bracket_spans(squeezed))
    paths = (path for start, end in spans for path in _paths(squeezed[start:end]))
    return NoticeText(name, squeezed, tuple(paths), _sentences(plain, squeezed, spans))


def _bracket_spans(squeezed: str) -> Iterator[tuple[int, int]]:
    """Inner spans of all 公开路径 brackets; brackets of the same kind may stand inside (村（居）务公开栏)."""
    for found in _BRACKET.finditer(squeezed):
        opening = found.group(1)
        depth = 1
        for place in range(found.end(), len(squeezed)):
            depth += (squeezed[place] == opening) - (squeezed[place] == _CLOSING[opening])
            if depth == 0:
                yield found.end(), place
                break


def _paths(body: str) -> Iterator[str]:
    variants = (variant.strip(",;。") for variant in _VARIANT_NUMBER.split(body))
    return (variant for variant in variants if variant.startswith(f"{_SITE}>"))


def _sentences(plain: str, squeezed: str, brackets: tuple[tuple[int, int], ...]) -> tuple[Sentence, ...]:
    """Sentences in order; numbers inside a 公开路径 bracket and in the list of annexes are none."""
    place_of = _places(plain)
    annexes = _annex_numbers(plain)
    marks = sorted(
        (place_of[found.end() - len(found.group().lstrip())], level, squeeze(found.group()))
        for level, pattern in enumerate(_MARKS)
        for found in pattern.finditer(plain)
        if found.start() not in annexes
    )
    marks = [mark for mark in marks if not any(start <= mark[0] < end for start, end in brackets)]
    if not marks:
        return ()
    ends = [*(mark[0] for mark in marks[1:]), len(squeezed)]
    deeper = [*(later[1] > mark[1] for mark, later in pairwise(marks)), False]
    return tuple(
        Sentence(
            mark,
            start,
            end,
            squeezed[start:end],
            is_heading=below and end - start <= _HEADING_LENGTH and squeezed[start : end - 1].count("。") == 0,
        )
        for (start, _, mark), end, below in zip(marks, ends, deeper, strict=True)
    )


def _places(plain: str) -> list[int]:
    """For each character of the text, its place in the squeezed text."""
    places, count = [], 0
    for character in plain:
        places.append(count)
        count += not character.isspace()
    return places


def _annex_numbers(plain: str) -> frozenset[int]:
    """Starts of the lines 2. 3. ... of a list of annexes, which are names and no sentences."""
    starts: set[int] = set()
    for found in _LIST_OF_ANNEXES.finditer(plain):
        after = found.end()
        for number in range(2, 20):
            line = re.compile(rf"^[ \t]*{number}\.", re.MULTILINE).search(plain, after)
            if line is None or line.start() - after > 200:
                break
            starts.add(line.start())
            after = line.end()
    return frozenset(starts)
