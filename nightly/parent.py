"""A child of the scheduler ends when its parent is gone."""

from __future__ import annotations

import os
import sys
import threading

from nightly.scheduling import DIES_WITH_PARENT


def die_with_parent() -> None:
    """Watch standard input from a thread; its end means that the scheduler is gone.

    Ending at once is safe: everything acknowledged is on the disk, and the same command goes on where this one stopped.
    """
    if os.environ.get(DIES_WITH_PARENT) == "1":
        threading.Thread(target=_watch, daemon=True, name="parent").start()


def _watch() -> None:
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(75)  # EX_TEMPFAIL of sysexits.h: try again
