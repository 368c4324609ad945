"""Who runs this command: the actor (经办人) that custody events name."""

from __future__ import annotations

import getpass
import os


def operator() -> str:
    """``MINGCHA_OPERATOR``, else the system's user name, else its number (a container may have no name for it)."""
    named = os.environ.get("MINGCHA_OPERATOR", "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"uid {os.getuid()}"
