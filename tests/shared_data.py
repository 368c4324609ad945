"""Where the source notices, recordings and public suites lie: beside the checkout, never inside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("MINGCHA_SHARED", PROJECT.parent / "shared"))
ABSENT = "the folder ../shared is absent"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason=ABSENT)
