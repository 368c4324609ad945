"""Which browser is launched, and how."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.browsing.launching import ARGUMENTS, is_browser_here, launches


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose only programs lie in one folder."""
    monkeypatch.delenv("MINGCHA_BROWSER", raising=False)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "downloaded"))
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(folder: Path, name: str) -> str:
    file = folder / name
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    return str(file)


def paths(chosen: str = "") -> list[object]:
    return list(dict.fromkeys(options.get("executable_path") for options in launches(chosen)))


def test_on_a_machine_without_any_none_is_launched(alone: Path) -> None:
    assert (is_browser_here(), paths()) == (False, [])


def test_playwrights_own_goes_before_the_systems(alone: Path) -> None:
    chrome = program(alone, "google-chrome")
    assert paths() == [chrome]
    (alone / "downloaded" / "chromium_headless_shell-1255").mkdir(parents=True)
    assert paths() == [None, chrome]
    chromium = program(alone, "chromium")
    assert paths() == [None, chromium]


def test_the_one_that_was_chosen_is_launched_or_none(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(alone, "chromium")
    own = program(alone, "own-build")
    monkeypatch.setenv("MINGCHA_BROWSER", own)
    assert (paths(), paths("chromium")) == ([own], [str(alone / "chromium")])
    monkeypatch.setenv("MINGCHA_BROWSER", str(alone / "absent"))
    assert (paths(), is_browser_here()) == ([], False)


def test_no_address_is_spared_the_proxy_that_is_not_there(alone: Path) -> None:
    program(alone, "chromium")
    for options in launches():
        assert options["args"] == list(ARGUMENTS)
    assert {"--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>"} <= set(ARGUMENTS)
