"""export verdicts: every obligation of a night as one line, a contract with its readers."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ledger.ledger import Ledger
from nightly.commands.night import newest_night
from nightly.commands.options import DATA_DEFAULT, AsOf, Data, District
from nightly.errors import NightError
from nightly.preparing import prepare
from nightly.safekeeping.leaving import record_export
from nightly.settings import read_settings
from nightly.viewing import view_night
from reports.verdict_lines import as_csv, as_jsonl


class Format(StrEnum):
    """Format of an export (导出格式)."""

    JSONL = "jsonl"
    CSV = "csv"


app = typer.Typer(help="导出核验结论")


@app.callback()
def _export() -> None:
    """导出核验结论。"""


@app.command("verdicts")
def verdicts(
    district: District,
    night: Annotated[str, typer.Option("--night", help="批次日期；默认最近一个批次", metavar="DATE")] = "",
    as_of: AsOf = "",
    form: Annotated[Format, typer.Option("--format", help="jsonl 或 csv")] = Format.JSONL,
    out: Annotated[Path | None, typer.Option("--out", help="写入文件；默认标准输出")] = None,
    data: Data = DATA_DEFAULT,
) -> None:
    """每项义务一行；默认最近一个批次，写到标准输出。"""
    settings = read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        prepared = prepare(district, newest_night(ledger, district, night or as_of))
        found = ledger.night(prepared.district.id, prepared.night)
        if found is None or not ledger.standings(found.id):
            raise NightError(f"night {prepared.night} of {prepared.district.id} has not been judged")
        view = view_night(prepared, ledger, found)
        text = as_jsonl(view) if form is Format.JSONL else as_csv(view)
        record_export(
            ledger,
            "verdicts",
            prepared.district.id,
            prepared.night,
            to=out.name if out else "standard output",
            body=text.encode(),
            facts={"form": form.value, "lines": str(len(view.lines))},
        )
    if out is None:
        sys.stdout.buffer.write(text.encode())
    else:
        out.write_bytes(text.encode())
