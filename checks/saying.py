"""Saying (措辞): how times, paths and lists of labels read in Chinese sentences; no judgement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from ledger.night import SHANGHAI

_SHOWN_LABELS = 12
_SHOWN_TITLE = 60


def moment(at: datetime | None) -> str:
    """A moment as +08:00, to the minute."""
    if at is None:
        return "本次核验"
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def day(on: date) -> str:
    """A date in Chinese."""
    return f"{on.year}年{on.month}月{on.day}日"


def quoted(label: str) -> str:
    """A label in Chinese quotes; quotes that belong to it become single ones."""
    inner = label.replace("“", "‘").replace("”", "’")
    return f"“{inner}”"


def titled(title: str) -> str:
    """A document's title in book marks, cut where it is very long."""
    plain = title.strip().strip("《》")
    cut = plain if len(plain) <= _SHOWN_TITLE else plain[:_SHOWN_TITLE] + "……"
    return f"《{cut}》"


def listed(labels: Iterable[str]) -> str:
    """Labels offered by a page: quoted, the first ones, and how many there are."""
    names = tuple(dict.fromkeys(label.strip() for label in labels if label.strip()))
    if not names:
        return "的内容中没有栏目或条目"
    shown = "、".join(quoted(name) for name in names[:_SHOWN_LABELS])
    more = f"等{len(names)}项" if len(names) > _SHOWN_LABELS else ""
    return f"列有{shown}{more}"
