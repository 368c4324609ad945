"""catalog check, show, coverage, reference: what is owed, proved before anything runs."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from catalog.catalogue import district_ids
from catalog.coverage import DirectoryCoverage, NoticeCoverage, cover
from catalog.showing import COLUMNS, rows
from catalog.table import KIND_NAMES, TableRow, count_by_kind
from checks import registry
from nightly.commands.night import console
from nightly.commands.options import AsOf, night_of
from nightly.errors import NightError
from nightly.preparing import prepare, read_catalogue
from reports.reference import reference

app = typer.Typer(help="标准目录：检查、查看、核对原文、生成参考")


class Format(StrEnum):
    """Format of ``catalog show`` (输出格式)."""

    TABLE = "table"
    JSONL = "jsonl"


@app.command()
def check(
    districts: Annotated[
        list[str], typer.Argument(help="区县名称或文件；默认全部内置区县", metavar="[DISTRICT]...")
    ] = [],  # noqa: B006
    as_of: AsOf = "",
    strict: Annotated[bool, typer.Option("--strict", help="有责任主体待确认时退出码非零")] = False,
) -> None:
    """检查全部目录和区县文件，打印各事项、各类机关的义务数。"""
    night = night_of(as_of)
    catalogue = read_catalogue()
    count = sum(len(directory.requirements) for directory in catalogue.directories.values())
    console.print(
        f"标准目录 {len(catalogue.directories)} 份，要求 {count} 项，检查项 {len(registry.check_ids())} 个：无误"
    )
    waiting = 0
    for name in districts or district_ids():
        prepared = prepare(name, night)
        table = count_by_kind(prepared.obligations)
        waiting += sum(row.mapping_required for row in table) + sum(bool(row.unresolved) for row in table)
        home = prepared.district.home or "未写明首页：只列义务，不走查；请在区县文件中补充 home"
        console.print(f"\n{prepared.district.name}（{len(prepared.obligations)} 项义务，基准日 {night}）  首页：{home}")
        console.print(_table(table))
        for row in table:
            if row.unresolved or row.mapping_required:
                roles = "、".join(row.unresolved) or f"{row.mapping_required} 个单位待人工确认"
                console.print(f"责任主体待确认  {row.directory_id}/{row.requirement_id}：{roles}")
    if strict and waiting:
        raise NightError(f"{waiting} 处责任主体待确认；请在区县文件中补充单位、别名或 confirmed")


def _table(counted: tuple[TableRow, ...]) -> Table:
    kinds = [kind for kind in KIND_NAMES if any(kind in row.counts for row in counted)]
    table = Table("目录", "事项", *(KIND_NAMES[kind] for kind in kinds), "合计", "可走查", show_footer=True)
    for row in counted:
        title = f"{row.title}（{row.item}）" if row.item and row.item not in row.title else row.title
        cells = [str(row.counts.get(kind, "")) for kind in kinds]
        table.add_row(row.directory_id, title, *cells, str(row.total), str(row.walked))
    for column, kind in zip(table.columns[2:], kinds, strict=False):
        column.footer = str(sum(row.counts.get(kind, 0) for row in counted))
    table.columns[-2].footer = str(sum(row.total for row in counted))
    table.columns[-1].footer = str(sum(row.walked for row in counted))
    return table


@app.command()
def show(
    form: Annotated[Format, typer.Option("--format", help="table 或 jsonl")] = Format.TABLE,
    only: Annotated[str, typer.Option("--directory", help="只看一份目录", metavar="ID")] = "",
) -> None:
    """每项要求、每条路径一行。"""
    catalogue = read_catalogue()
    if only:
        catalogue.directory(only, "--directory")
    chosen = [one for one in catalogue.directories.values() if only in ("", one.id)]
    if form is Format.JSONL:
        for row in rows(chosen):
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    table = Table(*COLUMNS[:5], "clause")
    for row in rows(chosen):
        table.add_row(*(row[column] for column in COLUMNS[:5]), row["clause"])
    console.print(table)


@app.command()
def coverage(
    notices: Annotated[Path, typer.Option("--notices", help="通知原文目录", exists=True, file_okay=False)],
) -> None:
    """对照通知原文双向核对：印发的路径、编号的句子无一遗漏，目录的引文确有其文。"""
    found = cover(read_catalogue(), notices)
    console.print(_counts("目录", found.directories))
    console.print(_counts("原文", found.notices))
    for problem in found.problems:
        console.print(problem, markup=False, soft_wrap=True)
    if not found.ok:
        raise NightError(f"{len(found.problems)} problems: change the directory files named above")


def _counts(title: str, counted: Sequence[DirectoryCoverage] | Sequence[NoticeCoverage]) -> Table:
    table = Table(title=title)
    for one in fields(counted[0]) if counted else ():
        table.add_column(one.name, overflow="fold")
    for row in counted:
        values = (getattr(row, one.name) for one in fields(row))
        table.add_row(*("、".join(value) if isinstance(value, tuple) else str(value) for value in values))
    return table


@app.command(name="reference")
def write_reference(
    out: Annotated[Path | None, typer.Option("--out", help="写入文件；默认标准输出")] = None,
) -> None:
    """由目录和检查项生成参考文档（Markdown）。"""
    text = reference(read_catalogue().directories.values(), registry.registered().values())
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")
