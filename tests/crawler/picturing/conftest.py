"""The literal records are importable from every test of this folder; one browser serves them all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from crawler.picturing.studio import Studio


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    """A studio with a real browser."""
    opened = Studio.open()
    assert opened is not None
    with opened:
        yield opened
