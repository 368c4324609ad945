"""import-replies: takes the answered sheet of an organ back, and looks at once at what it says is mended."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from catalog.catalogue import district_ids
from ledger.ledger import Ledger
from nightly.clock import now
from nightly.commands.night import console
from nightly.commands.options import DATA_DEFAULT, Browser, Data
from nightly.commands.rechecking import look_and_say
from nightly.errors import NightError
from nightly.preparing import prepare
from nightly.replies.rechecking import newest_finished
from nightly.replies.replying import Imported, import_sheet, owed_rechecks
from nightly.replies.sheet_key import sheet_key
from nightly.settings import read_settings
from reports.received import ReceivedFileError
from reports.reply_sheet import ReplySheetError, read_origin


def import_replies(
    words: Annotated[
        list[str], typer.Argument(help="填写好的问题反馈表；前面可写区县，不写则取表中所载", metavar="[DISTRICT] FILE")
    ],
    data: Data = DATA_DEFAULT,
    look: Annotated[bool, typer.Option("--recheck/--no-recheck", help="对填写了整改链接的问题当即复核")] = True,
    browser: Browser = True,
) -> None:
    """导入单位回复：整改链接当即复核，申诉理由待人工复核；改动了其他内容的表格整份不予导入。"""
    if len(words) > 2:
        raise NightError("give the district, or leave it out, and one file: mingcha import-replies [DISTRICT] FILE")
    file, settings = Path(words[-1]), read_settings(data)
    try:
        origin = read_origin(file)
        district = words[0] if len(words) == 2 else _district_of(origin.district_id)
        with Ledger.open(settings.database_url, settings.archive) as ledger:
            sent = prepare(district, origin.night)
            if ledger.night(sent.district.id, origin.night) is None:
                raise NightError(f"{file.name}: this data folder has no night {origin.night} of {origin.district_id}")
            imported = import_sheet(sent, ledger, file, sheet_key(settings), now())
            _say(imported)
            if not look:
                return
            night = newest_finished(ledger, sent.district.id)
            prepared = prepare(district, night.night)
            asked, closed = owed_rechecks(prepared, ledger, imported)
            for gap_id in closed:
                console.print(f"{gap_id} 已销号，无需复核")
            if asked:
                look_and_say(prepared, ledger, night, settings, asked, browser=browser)
                console.print("请执行 mingcha report 重新生成报告")
    except (ReceivedFileError, ReplySheetError) as error:
        raise NightError(str(error)) from error


def _say(imported: Imported) -> None:
    disputes = sum(bool(one.dispute) for one in imported.new)
    console.print(
        f"导入回复 {len(imported.new)} 条（整改链接 {sum(bool(one.links) for one in imported.new)} 条，"
        f"申诉 {disputes} 条待人工复核）；先前已导入 {len(imported.known)} 条"
    )
    if imported.known:
        console.print("同一回复不重复导入；再次整改后请执行 mingcha recheck")


def _district_of(district_id: str) -> str:
    """The built-in district of this id, else the file of its name in this folder."""
    if district_id in district_ids():
        return district_id
    beside = Path(f"{Path(district_id).name}.toml")
    if beside.is_file():
        return str(beside)
    raise NightError(f"no district {district_id} is built in; name its file: mingcha import-replies DISTRICT.toml FILE")
