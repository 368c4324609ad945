"""Exit codes and errors of the command line."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes (退出码); a contract with schedulers and scripts."""

    DONE = 0
    WRONG_INPUT = 2
    """A file, option or name that a person must change."""
    RED_NIGHT = 3
    """Planned differs from the sum of standings: no report left."""
    NOT_FINISHED = 4
    """``status``: the night did not run, did not finish, or verified less than 90 %."""
    DISK_FULL = 5
    DAMAGED = 6
    """Archived evidence is gone or differs, or the custody log does not hold together."""


class NightError(Exception):
    """Raised when a command cannot go on, from ``nightly``; the message names the cure."""

    def __init__(self, message: str, code: Exit = Exit.WRONG_INPUT) -> None:
        super().__init__(message)
        self.code = code
