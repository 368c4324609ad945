"""Private data (个人信息) in text: where full ID, mobile and bank card numbers stand, and the text without them.

A number counts when it can be read in full; what a portal has starred itself is no finding, whichever digits it
starred. Office telephones, 统一社会信用代码, document and project numbers are not private.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PrivateKind(StrEnum):
    """Kind of private data (个人信息类别), in the words of the reports."""

    ID = "身份证号"
    MOBILE = "手机号"
    CARD = "银行卡号"


@dataclass(frozen=True, slots=True)
class PrivateSpan:
    """Private span (个人信息位置): ``text[start:end]`` is a number of this kind."""

    kind: PrivateKind
    start: int
    end: int


_PLAIN = str.maketrans("０１２３４５６７８９ＸｘX\u00a0\u3000－", "0123456789XXX  -")
"""Full-width digits and blanks as plain ones, one character for one, so that places stay."""
_ALONE = r"(?<![0-9A-Za-z*])", r"(?![0-9A-Za-z*])"
_ID = re.compile(_ALONE[0] + r"[1-9]\d{5}[ -]?\d{8}[ -]?\d{3}[\dXx]" + _ALONE[1], re.ASCII)
_OLD_ID = re.compile(_ALONE[0] + r"[1-9]\d{14}" + _ALONE[1], re.ASCII)
_CARD = re.compile(_ALONE[0] + r"(?:[3-6]\d{3}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?|[3-6]\d{15,18})" + _ALONE[1], re.ASCII)
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z*.-])(?:\+?86[ -]?)?(1[3-9]\d(?:[ -]?)\d{4}(?:[ -]?)\d{4})(?![0-9A-Za-z*])", re.ASCII
)
_PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
"""Provinces in the first two digits (GB/T 2260), 港澳台 residence permits too."""
_ID_WORD = re.compile("身份证|证件号|公民身份")
_CREDIT_WORD = re.compile("信用代码")
_CARD_WORD = re.compile("卡号|账号|帐号|账户|帐户|银行|开户|一卡通|社保卡|存折|信用社")
_CARD_PREFIX = re.compile(r"62|4|5[1-5]|35(?:2[89]|[3-8])|60|9[0-9]")
_CONTACT = re.compile("(?:联系人|联系方式|咨询|值班|热线|监督|举报|服务|投诉|传真|办公)[^0-9\n]{0,24}$")
_PERSONS = re.compile("姓名|户主|名单|申请人|领取人|受助人|监护人|花名册")
_BENEFIT = re.compile(
    "低保|特困|五保|危房|危改|贫困|脱贫|救助|补助|补贴|残疾|优抚|公租房|廉租|保障房|困难|慰问|抚恤|高龄|孤儿|资助|帮扶|征地|拆迁|录用|应聘|考生|身份证"
)
_NEAR = 60
_CHAINED = 200
_LISTED = 3
"""Mobile numbers from which on a list of persons is a list."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def find_private(text: str) -> tuple[PrivateSpan, ...]:
    """Places of private data, in the order of the text, never overlapping.

    ID numbers count by the check digit of GB 11643, region and birthday, cards by Luhn's digit, a known prefix and a
    near word. Mobile numbers count only beside an ID number, or where persons are listed: an office's contact number is
    not private.
    """
    plain = text.translate(_PLAIN)
    ids = tuple(_ids(plain))
    found = [*ids, *_cards(plain, ids)]
    found += _mobiles(plain, ids)
    kept: list[PrivateSpan] = []
    for span in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def masked(text: str) -> str:
    """The same text, as long as before, with the middle of each private number starred: 138****1234."""
    parts, behind = [], 0
    for span in find_private(text):
        parts += [text[behind : span.start], starred(text[span.start : span.end], span.kind)]
        behind = span.end
    return "".join([*parts, text[behind:]])


def starred(number: str, kind: PrivateKind) -> str:
    """One number with its middle starred: an ID keeps 2 and 3 characters, a mobile 3 and 4, a card 6 and 4."""
    first, last = {PrivateKind.ID: (2, 3), PrivateKind.MOBILE: (3, 4), PrivateKind.CARD: (6, 4)}[kind]
    return number[:first] + "*" * (len(number) - first - last) + number[-last:]


def is_id_number(number: str) -> bool:
    """Whether 18 characters are an ID number: region, birthday and check digit (GB 11643-1999)."""
    if not re.fullmatch(r"\d{17}[\dXx]", number, re.ASCII) or not _PROVINCES.match(number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == number[17].upper() and _is_birthday(number[6:14])


def is_card_number(number: str) -> bool:
    """Whether 16 to 19 digits are a bank card's: a known prefix and Luhn's check digit (ISO/IEC 7812-1)."""
    if not re.fullmatch(r"\d{16,19}", number, re.ASCII) or not _CARD_PREFIX.match(number):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _is_birthday(digits: str) -> bool:
    try:
        return 1880 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2100
    except ValueError:
        return False


def _ids(plain: str) -> Iterator[PrivateSpan]:
    for match in _ID.finditer(plain):
        # an all-digit 统一社会信用代码 may pass for an ID by chance: the word in front decides
        if is_id_number(_digits(match.group())) and not _said_before(_CREDIT_WORD, _ID_WORD, plain, match.start()):
            yield PrivateSpan(PrivateKind.ID, match.start(), match.end())
    for match in _OLD_ID.finditer(plain):  # without a check digit: only right behind its name
        number = match.group()
        named = _ID_WORD.search(plain, max(0, match.start() - 12), match.start())
        if named and _PROVINCES.match(number) and _is_birthday("19" + number[6:12]):
            yield PrivateSpan(PrivateKind.ID, match.start(), match.end())


def _said_before(word: re.Pattern[str], other: re.Pattern[str], plain: str, place: int) -> bool:
    """``word`` stands close before the place, and ``other`` not closer."""
    window = plain[max(0, place - 20) : place]
    said = [found.end() for found in word.finditer(window)]
    against = [found.end() for found in other.finditer(window)]
    return bool(said) and (not against or said[-1] > against[-1])


def _cards(plain: str, ids: tuple[PrivateSpan, ...]) -> Iterator[PrivateSpan]:
    taken = {span.start for span in ids}
    last = -_CHAINED
    for match in _CARD.finditer(plain):
        if match.start() in taken or not is_card_number(_digits(match.group())):
            continue
        near = _CARD_WORD.search(plain, max(0, match.start() - _NEAR), match.end() + _NEAR)
        if near or match.start() - last < _CHAINED:  # the rows of a table stand ever farther from its header
            last = match.end()
            yield PrivateSpan(PrivateKind.CARD, match.start(), match.end())


def _mobiles(plain: str, ids: tuple[PrivateSpan, ...]) -> Iterator[PrivateSpan]:
    matches = [(match.start(1), match.end(1)) for match in _MOBILE.finditer(plain)]
    personal = [place for place in matches if not _CONTACT.search(plain, max(0, place[0] - 40), place[0])]
    listed = len(personal) >= _LISTED and _PERSONS.search(plain) and _BENEFIT.search(plain)
    edges = [edge for span in ids for edge in (span.start, span.end)]
    for start, end in matches:
        beside = any(abs(start - edge) <= _NEAR or abs(edge - end) <= _NEAR for edge in edges)
        if beside or (listed and (start, end) in personal):
            yield PrivateSpan(PrivateKind.MOBILE, start, end)


def _digits(written: str) -> str:
    return written.replace(" ", "").replace("-", "")
