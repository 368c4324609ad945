"""Structured logs: constant English messages with ids and counts, on standard error."""

from __future__ import annotations

import logging
import os
import sys

import structlog


def configure() -> None:
    """Set up logging once a process; ``MINGCHA_LOG`` names the level, WARNING by default."""
    level = logging.getLevelNamesMapping().get(os.environ.get("MINGCHA_LOG", "WARNING").upper(), logging.WARNING)
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
