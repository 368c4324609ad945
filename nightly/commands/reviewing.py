"""review export, review import: the office's review before anything is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ledger.ledger import Ledger
from nightly.clock import now
from nightly.commands.night import console, newest_night
from nightly.commands.options import DATA_DEFAULT, AsOf, Data, District
from nightly.errors import NightError
from nightly.preparing import prepare
from nightly.safekeeping.leaving import record_export
from nightly.settings import read_settings
from nightly.viewing import view_night
from reports.received import ReceivedFileError
from reports.review_sheet import read_review_sheet, write_review_sheet

app = typer.Typer(help="办公室复核：导出复核表，导入复核结论")


@app.command("export")
def export(
    district: District,
    out: Annotated[Path, typer.Option("--out", help="复核表文件")] = Path("review.xlsx"),
    as_of: AsOf = "",
    data: Data = DATA_DEFAULT,
) -> None:
    """导出复核表（XLSX）：全部已确认问题，待填写复核结论、复核人、意见。"""
    settings = read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        prepared = prepare(district, newest_night(ledger, district, as_of))
        night = ledger.night(prepared.district.id, prepared.night)
        if night is None:
            raise NightError(f"no night {prepared.night} of {prepared.district.id}")
        count = write_review_sheet(out, view_night(prepared, ledger, night))
        facts = {"form": "xlsx", "lines": str(count)}
        body = out.read_bytes()
        record_export(ledger, "review", prepared.district.id, prepared.night, to=out.name, body=body, facts=facts)
    console.print(f"复核表：{out}（{count} 项）", soft_wrap=True)


@app.command("import")
def take(
    district: District,
    file: Annotated[Path, typer.Argument(help="填写好的复核表", metavar="FILE")],
    data: Data = DATA_DEFAULT,
) -> None:
    """导入复核结论；之后再次执行 mingcha report 生成的报告即按复核结论处理。"""
    settings = read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        prepared = prepare(district, newest_night(ledger, district, ""))
        known = {gap.id for gap in ledger.gaps(prepared.district.id)}
        try:
            reviews = read_review_sheet(file, known=known, reviewed_at=now())
        except ReceivedFileError as error:
            raise NightError(str(error)) from error
        for review in reviews:
            ledger.add_review(prepared.district.id, review)
    console.print(f"已导入复核结论 {len(reviews)} 项；请执行 mingcha report 重新生成报告")
