"""The environment of a night is recorded once, with digests that anyone can compute again."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from ledger.ledger import Ledger
from nightly.clock_check import VARIABLE
from nightly.crawling import begin
from nightly.environment import environment_of
from nightly.errors import NightError
from nightly.preparing import Prepared, prepare

DISTRICT = """schema = 1
id = "shili"
name = "示例区"
home = ""
directories = ["national_base"]
roster_complete = false
roster_source = "test"
[[organ]]
id = "office"
name = "示例区人民政府"
kind = "government"
"""


@pytest.fixture
def prepared(tmp_path: Path) -> Prepared:
    file = tmp_path / "shili.toml"
    file.write_text(DISTRICT.replace('home = ""\n', ""), encoding="utf-8")
    return prepare(str(file), date(2021, 11, 30))


def recorded(prepared: Prepared, folder: Path) -> dict[str, str]:
    with Ledger.open(f"sqlite:///{folder / 'mingcha.db'}", folder / "archive") as ledger:
        night = begin(prepared, ledger, confirm_now=False, replay=())
        return environment_of(ledger, night)


def test_everything_that_could_bear_on_a_verdict_is_named(
    prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGCHA_OPERATOR", "张三")
    monkeypatch.setenv("MINGCHA_EGRESS", "重庆，政务外网出口")
    monkeypatch.delenv(VARIABLE, raising=False)
    facts = recorded(prepared, tmp_path)
    assert facts["district_file"] == hashlib.sha256((tmp_path / "shili.toml").read_bytes()).hexdigest()
    assert facts["catalogue"] == prepared.catalogue.digest
    assert (facts["operator"], facts["egress"], facts["clock"]) == ("张三", "重庆，政务外网出口", "unchecked")
    assert all(facts[name] for name in ("program", "commit", "lock", "packages", "python", "browser", "system"))


def test_it_stays_as_it_was_when_the_night_is_gone_on_with(
    prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGCHA_OPERATOR", "张三")
    recorded(prepared, tmp_path)
    monkeypatch.setenv("MINGCHA_OPERATOR", "李四")
    assert recorded(prepared, tmp_path)["operator"] == "张三"


def test_what_nobody_described_is_said_to_be_unrecorded(
    prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MINGCHA_EGRESS", raising=False)
    assert recorded(prepared, tmp_path)["egress"] == "not_recorded"


def test_a_wrong_clock_setting_stops_before_anything_is_begun(
    prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "gps")
    with pytest.raises(NightError, match="ntp:HOST"):
        recorded(prepared, tmp_path)
