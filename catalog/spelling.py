"""Spelling of labels (栏目名称写法): one normal form for comparing names, used by catalogue, crawler and checks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROPPED = re.compile(
    r"[\s\u200b-\u200f\u2060\ufeff\u00ad\"'“”‘’「」『』《》〈〉<>＞＜·•・|｜:：,，、.。;；/／\\\-—–_»›*★▶►■□◆●○]+"
)
_COUNT = re.compile(r"[(\[（【]\s*\d+\s*(条|篇|件|项|个)?\s*[)\]）】]$")
_TAILS = ("信息", "公开")
REMEMBERED = 65_536
"""Labels whose form is remembered: a walk compares the same few thousand labels again and again."""


@lru_cache(maxsize=REMEMBERED)
def fold(label: str) -> str:
    """Label without differences that nobody sees: width, spaces, quotes, separators, trailing counts.

    Idempotent. Two labels with one folded form are the same name (``exact`` keeps the printed form apart).
    """
    text = unicodedata.normalize("NFKC", label)
    previous = None
    while text != previous:
        previous = text
        text = _COUNT.sub("", _DROPPED.sub("", text))
        text = unicodedata.normalize("NFKC", text)
    return text.casefold()


def _without_tail(text: str) -> str | None:
    for tail in _TAILS:
        if text.endswith(tail) and len(text) - len(tail) >= 2:
            return text[: -len(tail)]
    return None


@lru_cache(maxsize=REMEMBERED)
def normalise(label: str) -> str:
    """Folded label without one trailing 信息 or 公开, never shorter than two characters (CONTRACTS: normalising).

    Idempotent: a label that ends with two tails (政府信息公开) keeps both, since taking one off would leave a form that
    normalises again; such labels meet their variants through the alias table.
    """
    text = fold(label)
    stripped = _without_tail(text)
    if stripped is None or _without_tail(stripped) is not None:
        return text
    return stripped
