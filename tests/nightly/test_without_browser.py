"""A machine without a browser: the run says so once, with the cure, and goes on; ``--no-browser`` is silent."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crawler.browsing.launching import CURE_CHINESE
from nightly.cli import app
from portals.demonstration import build

AS_OF = "2021-11-30"


def night_where_nobody_answers(folder: Path, *options: str) -> str:
    """What a whole night prints over a portal whose ports are closed: it is over at once."""
    portal = build(departments=1, towns=0)
    ports = []
    for _ in range(portal.hosts):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            ports.append(free.getsockname()[1])
    district = portal.write_district(folder / "district", ports)
    words = ["run", str(district), "--data", str(folder / "data"), "--as-of", AS_OF, "--no-pictures", *options]
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return "".join(done.output.split())


@pytest.mark.parametrize(("options", "times"), [(("--confirm-now",), 1), (("--no-browser",), 0)])
def test_a_run_without_a_browser_names_the_cure_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], times: int
) -> None:
    monkeypatch.setenv("MINGCHA_BROWSER", str(tmp_path / "none"))
    printed = night_where_nobody_answers(tmp_path, *options)
    assert printed.count("".join(CURE_CHINESE.split())) == times
    assert "总览.html" in printed
