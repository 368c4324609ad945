"""Strings and comments of a proposed TOML file: whatever a hostile page said, one line, and TOML that reads back."""

from __future__ import annotations

import unicodedata

COMMENT_LIMIT = 300
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean(text: str) -> str:
    """Text without control, format and unassigned characters, blanks folded, on one line."""
    shown = "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in _DROPPED
    )
    return " ".join(shown.split())


def quoted(text: str) -> str:
    """A TOML basic string."""
    plain = clean(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def listed(texts: tuple[str, ...]) -> str:
    """A TOML array of strings, each once."""
    unique = dict.fromkeys(clean(text) for text in texts)
    return f"[{', '.join(quoted(text) for text in unique if text)}]"


def comment(text: str) -> str:
    """A comment of one line, cut where it is too long."""
    plain = clean(text)
    return f"# {plain if len(plain) <= COMMENT_LIMIT else plain[: COMMENT_LIMIT - 1] + '…'}"
