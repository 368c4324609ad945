"""schedule: the standing order of nights and looks by day."""

from __future__ import annotations

from typing import Annotated

import typer

from nightly.clock import now, tonight
from nightly.commands.night import console
from nightly.commands.options import DATA_DEFAULT, Data
from nightly.preparing import prepare
from nightly.scheduling import serve
from nightly.settings import read_settings


def schedule(
    districts: Annotated[list[str], typer.Argument(help="一个或多个区县", metavar="DISTRICT...")],
    data: Data = DATA_DEFAULT,
) -> None:
    """常驻：每日 02:00 夜间批次，工作日 10:30 复看（北京时间）。"""
    settings = read_settings(data)
    known = {name: prepare(name, tonight(now())).district.id for name in districts}
    serve(settings, known, say=console.print)
