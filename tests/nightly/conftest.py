"""One small night over the demonstration portal, walked once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from answering import AnsweredNight, answered_night
from nightly.cli import app
from portals.demonstration import build
from portals.publishing import Portal
from portals.serving import serve
from postgres import postgres_server, postgres_url  # noqa: F401 - fixtures

AS_OF = "2021-11-30"
OPTIONS = ("--as-of", AS_OF, "--confirm-now", "--no-pictures")


@dataclass(frozen=True, slots=True)
class SmallNight:
    """A finished night: its district file, data folder, portal and what the command printed."""

    district: Path
    data: Path
    portal: Portal
    printed: str


@pytest.fixture(scope="session")
def small_night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallNight]:
    """A whole night with ``--confirm-now`` on a small portal, served while the tests run."""
    folder = tmp_path_factory.mktemp("night")
    portal = build(departments=4, towns=2)
    with serve(portal) as served:
        district = portal.write_district(folder / "district", served.ports)
        words = [
            "run",
            str(district),
            "--data",
            str(folder / "data"),
            "--as-of",
            AS_OF,
            "--confirm-now",
            "--no-pictures",
        ]
        done = CliRunner().invoke(app, words, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        yield SmallNight(district, folder / "data", portal, done.output)


@pytest.fixture(scope="session")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnsweredNight]:
    """A whole night whose sheets were sent to the organs; its portal can be mended while it is served."""
    with answered_night(tmp_path_factory.mktemp("answered")) as night:
        yield night
