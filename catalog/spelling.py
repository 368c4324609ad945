"""Spelling of labels (栏目名称写法): one normal form for comparing names, used by catalogue, crawler and checks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROPPED = re.compile(
    r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\"'`´“”‘’„‟「」『』《》〈〉<>＞＜‹›«»⟨⟩"
    r"·•・‧∙⋅|｜¦‖│┃┆┊▏:：∶︰꞉,，、.。;；/／⁄∕\\＼~～〜+＋=＝\-—–‐‑‒―−_＿*＊#＃^"
    r"★☆▶►▷◀◄◁▲△▼▽■□▪▫◆◇◈●○◉◎⊙※→←↑↓⇒➤➔✦✓]+"
)
_BRACKETS = str.maketrans("[]【】〔〕〖〗{}﹙﹚❨❩", "()()()()()()()")
_COUNT = re.compile(r"\(\d+(?:条|篇|件|项|个|则|份)?\)$")
_WRAPPED = re.compile(r"\(([^()]*)\)")
_TAILS = ("信息", "公开")
REMEMBERED = 65_536
"""Labels whose form is remembered: a walk compares the same few thousand labels again and again."""


@lru_cache(maxsize=REMEMBERED)
def fold(label: str) -> str:
    """Label without differences that nobody sees: width, spaces, quotes, separators, kind of brackets, counts behind.

    Brackets around the whole label are decoration (【收费项目】); inside it they stay, in one style.

    Idempotent. Two labels with one folded form are the same name (``exact`` keeps the printed form apart).
    """
    text = unicodedata.normalize("NFKC", label)
    previous = None
    while text != previous:
        previous = text
        text = _COUNT.sub("", _DROPPED.sub("", text).translate(_BRACKETS))
        wrapped = _WRAPPED.fullmatch(text)
        text = unicodedata.normalize("NFKC", wrapped[1] if wrapped else text)
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
