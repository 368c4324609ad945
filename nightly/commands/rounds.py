"""round open, list, step: rounds of an assessment by a third party."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from rich.table import Table

from ledger.assessment import AssessmentRound, RoundStep
from ledger.ledger import Ledger
from nightly.clock import now, tonight
from nightly.commands.night import console
from nightly.commands.options import DATA_DEFAULT, Data, District
from nightly.errors import NightError
from nightly.preparing import prepare
from nightly.replies.rounds import open_round, rounds, step_round
from nightly.settings import read_settings
from reports.wording import shanghai

app = typer.Typer(help="评估轮次：采样截止日冻结批次，初评、反馈、申诉、复核、终评依次进行")


@app.command("open")
def open_(
    district: District,
    name: Annotated[str, typer.Option("--name", help="轮次名称，如 2026年第三季度")],
    cut_off: Annotated[str, typer.Option("--cut-off", help="采样截止日 YYYY-MM-DD", metavar="DATE")],
    until: Annotated[str, typer.Option("--until", help="本轮结束日 YYYY-MM-DD", metavar="DATE")] = "",
    data: Data = DATA_DEFAULT,
) -> None:
    """开启一轮评估；采样截止日已过的，当即冻结该日及之前最近一个完成的批次。"""
    settings = read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        district_id = prepare(district, tonight(now())).district.id
        end = _day("--until", until) if until else None
        _show((open_round(ledger, district_id, name, _day("--cut-off", cut_off), end, now()),))


@app.command("list")
def list_(data: Data = DATA_DEFAULT) -> None:
    """列出各轮评估及其环节。"""
    settings = read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        found = rounds(ledger)
    if not found:
        console.print("尚无评估轮次")
        return
    _show(found)
    for one in found:
        for taken in one.steps:
            console.print(f"{one.id} {taken.step} {shanghai(taken.taken_at)} {taken.actor} {taken.note}", markup=False)


@app.command("step")
def step(
    key: Annotated[str, typer.Argument(help="轮次编号或名称", metavar="ROUND")],
    step: Annotated[RoundStep, typer.Argument(help="初评、反馈、申诉、复核、终评之一，依次进行", metavar="STEP")],
    note: Annotated[str, typer.Option("--note", help="备注")] = "",
    data: Data = DATA_DEFAULT,
) -> None:
    """进入下一环节。"""
    settings = read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        _show((step_round(ledger, key, step, note, now()),))


def _show(found: tuple[AssessmentRound, ...]) -> None:
    table = Table("编号", "区县", "名称", "采样截止日", "核验批次", "已进行", "下一环节")
    for one in found:
        night = one.night.isoformat() if one.night else "截止后冻结"
        done = "→".join(taken.step for taken in one.steps) or "—"
        table.add_row(
            one.id, one.district_id, one.name, one.cut_off.isoformat(), night, done, one.next_step or "已结束"
        )
    console.print(table)


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NightError(f"{option} {text}: not a date; write it as 2026-09-30") from None
