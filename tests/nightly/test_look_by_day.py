"""A night of one look: suspects open new gaps, the look by day adds to them, no report to an organ names them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

import nights
from crawler.crawling import in_reactor
from ledger.night import LookKind
from ledger.standing import Standing
from ledger.verdict import GapState
from nightly.cli import app
from nightly.clock import now
from nightly.crawling import begin, look_once
from nightly.judging import judge_night, suspects
from nightly.preparing import prepare
from nightly.progress import Shown
from portals.demonstration import build
from portals.serving import serve

AS_OF = date(2021, 11, 30)


@pytest.fixture
def night_of_suspects(tmp_path: Path):  # type: ignore[no-untyped-def]
    """A judged night of one look; its portal is served as long as the test runs."""
    portal = build(departments=2, towns=1)
    with serve(portal) as served:
        district = portal.write_district(tmp_path / "district", served.ports)
        prepared = prepare(str(district), AS_OF)
        with nights.opened(tmp_path / "data") as ledger:
            night = begin(prepared, ledger, confirm_now=False, replay=())
            shown = Shown(Console(quiet=True))
            in_reactor(lambda: look_once(prepared, ledger, night, LookKind.FIRST, (), (), shown))
            judged = judge_night(prepared, ledger, night, now())
        yield district, tmp_path / "data", judged


def test_one_look_gives_suspects_and_new_gaps_only(night_of_suspects) -> None:  # type: ignore[no-untyped-def]
    _, _, judged = night_of_suspects
    assert suspects(judged.standings)
    assert not [one for one in judged.standings if one.standing.is_gap]
    assert {gap.state for gap in judged.gaps} == {GapState.NEW}
    assert all(one.suspected for one in judged.standings if one.standing is Standing.SUSPECT)


def test_the_look_by_day_sees_suspects_only_and_confirms_nothing_on_one_date(night_of_suspects) -> None:  # type: ignore[no-untyped-def]
    district, data, judged = night_of_suspects
    done = CliRunner().invoke(
        app, ["look", str(district), "--data", str(data), "--no-pictures"], catch_exceptions=False
    )
    assert f"复看线索 {len(suspects(judged.standings))} 项" in done.output
    with nights.opened(data) as ledger:
        looks = ledger.looks(judged.night.id)
        again = ledger.standings(judged.night.id)
    assert [look.kind for look in looks] == [LookKind.FIRST, LookKind.DAY]
    assert set(looks[1].obligation_ids) == set(suspects(judged.standings))
    assert suspects(again) == suspects(judged.standings)
    reports = data / "reports" / "yunchuan" / AS_OF.isoformat()
    organs = "".join(file.read_text(encoding="utf-8") for file in (reports / "单位").glob("*.html"))
    assert "项正在复看" in organs
    assert 'class="gap' not in organs
    assert 'class="gap' in (reports / "总览.html").read_text(encoding="utf-8")
