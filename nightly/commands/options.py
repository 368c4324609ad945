"""Arguments and options that several commands share."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from nightly.clock import now, tonight
from nightly.errors import NightError

District = Annotated[str, typer.Argument(help="区县：内置名称（如 wanzhou）或区县文件路径", metavar="DISTRICT")]
Data = Annotated[Path, typer.Option("--data", help="数据目录：台账、存档、报告都在其中")]
AsOf = Annotated[str, typer.Option("--as-of", help="核验基准日 YYYY-MM-DD；默认为今天（北京时间）", metavar="DATE")]
Replay = Annotated[list[Path], typer.Option("--replay", help="以 WARC 存档代替访问网站，可重复")]

Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="由脚本生成的页面用浏览器查看（找到浏览器时）")]

DATA_DEFAULT = Path("data")


def night_of(as_of: str) -> date:
    """The night a command speaks of: ``--as-of``, else tonight.

    Raises:
        NightError: when it is no date.
    """
    if not as_of:
        return tonight(now())
    try:
        return datetime.strptime(as_of, "%Y-%m-%d").date()  # noqa: DTZ007 - a date has no zone
    except ValueError:
        raise NightError(f"--as-of {as_of}: not a date; write it as 2021-11-30") from None
