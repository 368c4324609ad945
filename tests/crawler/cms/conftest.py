"""The walk over a case's pages and answers is importable from the tests of the adapters."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
