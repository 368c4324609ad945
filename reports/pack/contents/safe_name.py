"""File and folder names that every system takes (文件命名): from Chinese titles, hostile or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_FORBIDDEN = re.compile(r'[\\/:*?"<>|{}\s]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
"""Devices of Windows, with any extension (learn.microsoft.com: Naming Files, Paths, and Namespaces)."""


def safe_name(text: str, limit: int, otherwise: str = "未命名") -> str:
    """A name for one file or folder: NFC, no separators, no control or direction marks, no device, no final dot.

    Args:
        limit: most characters.
        otherwise: where nothing of the text is left.
    """
    plain = unicodedata.normalize("NFC", text)
    shown = "".join(sign for sign in plain if unicodedata.category(sign)[0] != "C" or sign in "\t\n\r")
    name = _FORBIDDEN.sub("_", shown)[:limit].strip("._ ")
    if not name:
        return otherwise
    return f"_{name}"[:limit].rstrip("._ ") if _RESERVED.match(name) else name


def unlike(name: str, taken: Collection[str], limit: int) -> str:
    """The name, or the name with a number behind it, that differs from all taken ones in more than case.

    Args:
        taken: names in ``str.casefold``.
    """
    number, made = 1, name
    while made.casefold() in taken:
        number += 1
        end = f"_{number}"
        made = name[: limit - len(end)] + end
    return made
