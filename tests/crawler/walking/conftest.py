"""Set-up that every test of the walk shares: the builder of literal portals is importable."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
