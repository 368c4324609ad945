"""One small judged night over the demonstration portal, for all tests of what stands in a pack."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from night_source import source_of
from nights import run
from portals.demonstration import build
from portals.serving import serve
from reports.pack.source import NightSource

AS_OF = date(2021, 11, 30)


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> NightSource:
    """The whole night as packs are made from."""
    folder = tmp_path_factory.mktemp("contents")
    portal = build(departments=3, towns=1)
    with serve(portal) as served:
        district = portal.write_district(folder / "district", served.ports)
        run(district, folder / "data", "--as-of", AS_OF.isoformat(), "--confirm-now", "--no-pictures")
        return source_of(Path(district), folder / "data", AS_OF)
