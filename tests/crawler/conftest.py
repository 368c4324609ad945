"""The loopback site and its crawl are importable from the tests of the crawler."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
