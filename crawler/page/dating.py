"""Dates as portals print them: every form of the domain notes, and none that was not printed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_DASH = r"[-‐‑–—―－/／.．]"
_FULL = re.compile(
    rf"(?<!\d)((?:19|20)\d\d)\s*(?:{_DASH}{{1,2}}|年)\s*(\d{{1,2}})\s*(?:{_DASH}{{1,2}}|月)\s*(\d{{1,2}})(?:\s*日)?(?!\d)"
)
_COMPACT = re.compile(r"(?<![\d.])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*(?:{_DASH}|月)\s*(\d{{1,2}})\s*日?\s*[,，]?\s*((?:19|20)\d\d)(?!\d)年?"
)
_YEAR_MONTH_THEN_DAY = re.compile(
    rf"(?<!\d)((?:19|20)\d\d)\s*(?:{_DASH}|年)\s*(\d{{1,2}})\s*月?\s+(\d{{1,2}})\s*日?(?!\d)"
)
_DAY_FIRST = re.compile(rf"(?<!\d)(\d{{1,2}})\s*日?\s+((?:19|20)\d\d)\s*(?:{_DASH}|年)\s*(\d{{1,2}})(?!\d)月?")
_DAY_MONTH_YEAR = re.compile(r"(?<![\d.:])(\d{1,2})\s+(0?[1-9]|1[0-2])[\s./-]+((?:19|20)\d\d)(?![\d年])")
_YEAR = re.compile(r"(?:19|20)\d\d|二[〇○零Oo0]|一九")
_SHORT = re.compile(rf"(?<![\d.])(0?[1-9]|1[0-2])(?:{_DASH}|月)(0[1-9]|[12]\d|3[01]|[1-9])日?(?![\d.％%])")
_CHINESE = re.compile(
    r"((?:二[〇○零Oo0]|一九)[〇○零Oo0一二三四五六七八九]{2})\s*年\s*([一二三四五六七八九十]{1,2})\s*月\s*([一二三四五六七八九十]{1,3})\s*日"
)
_DIGITS = {
    "〇": 0,
    "○": 0,
    "零": 0,
    "O": 0,
    "o": 0,
    "0": 0,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_ADDRESS = (
    re.compile(r"/t?((?:19|20)\d\d)(\d\d)(\d\d)[_/.]"),
    re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})[/_]"),
    re.compile(r"/((?:19|20)\d\d)-?(\d\d)/(\d\d)/"),
    re.compile(r"[/_]t((?:19|20)\d\d)(\d\d)(\d\d)_"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """Shown date (页面所示日期): the text as printed, and the day if the year is printed with it."""

    text: str
    day: date | None
    start: int
    end: int


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day or the year is out of range."""
    if not 1949 <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _chinese_number(text: str) -> int:
    if "十" not in text:
        return _DIGITS[text] if len(text) == 1 else 0
    tens, _, ones = text.partition("十")
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def _in_chinese(match: re.Match[str]) -> date | None:
    year = 0
    for sign in match.group(1):
        year = year * 10 + _DIGITS[sign]
    return day_of(year, _chinese_number(match.group(2)), _chinese_number(match.group(3)))


_FORMS: tuple[tuple[re.Pattern[str], tuple[int, int, int]], ...] = (
    (_FULL, (1, 2, 3)),
    (_YEAR_MONTH_THEN_DAY, (1, 2, 3)),
    (_DAY_FIRST, (2, 3, 1)),
    (_MONTH_FIRST, (3, 1, 2)),
    (_DAY_MONTH_YEAR, (3, 2, 1)),
    (_COMPACT, (1, 2, 3)),
)


def find_dates(text: str) -> tuple[Shown, ...]:
    """All full dates in a text, in the order of the forms tried; full-width digits count.

    Args:
        text: visible text; positions in the answer refer to its NFKC form.
    """
    plain = unicodedata.normalize("NFKC", text)
    if _YEAR.search(plain) is None:
        return ()
    found: list[Shown] = []
    for form, (year, month, day) in _FORMS:
        for match in form.finditer(plain):
            if any(shown.start < match.end() and match.start() < shown.end for shown in found):
                continue
            value = day_of(int(match.group(year)), int(match.group(month)), int(match.group(day)))
            if value is not None:
                found.append(Shown(match.group().strip(), value, match.start(), match.end()))
    for match in _CHINESE.finditer(plain):
        value = _in_chinese(match)
        if value is not None:
            found.append(Shown(match.group(), value, match.start(), match.end()))
    return tuple(sorted(found, key=lambda shown: shown.start))


def find_short(text: str) -> Shown | None:
    """A date without its year (04-11), which is a text and no day."""
    plain = unicodedata.normalize("NFKC", text)
    match = _SHORT.search(plain)
    return Shown(match.group(), None, match.start(), match.end()) if match else None


def month_and_day(text: str) -> tuple[int, int] | None:
    """Month and day of a date printed without its year, or None."""
    match = _SHORT.search(unicodedata.normalize("NFKC", text))
    return (int(match.group(1)), int(match.group(2))) if match else None


def parse_day(text: str) -> date | None:
    """The first full date in a text, or None."""
    found = find_dates(text)
    return found[0].day if found else None


def address_day(url: str) -> date | None:
    """The date that an address carries (t20201224_24151.html, /art/2023/8/7/), or None."""
    for form in _ADDRESS:
        match = form.search(url)
        if match:
            value = day_of(int(match.group(1)), int(match.group(2)), int(match.group(3)))
            if value is not None:
                return value
    return None
