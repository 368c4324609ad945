"""custody log, show, grant, move: who had the evidence in hand, and where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from ledger.custody import CustodyEvent, CustodyKind
from ledger.database.engine import open_engine
from ledger.database.granting import grant as grant_role
from ledger.ledger import Ledger
from nightly.clock import now, tonight
from nightly.commands.night import console
from nightly.commands.options import DATA_DEFAULT, AsOf, Data, night_of
from nightly.errors import Exit, NightError
from nightly.operating import operator
from nightly.safekeeping.keeping import refuse_damage, verify_archive
from nightly.safekeeping.retaining import decisions, retain
from nightly.safekeeping.terms import read_terms
from nightly.scheduling import make_table
from nightly.settings import read_settings
from reports.wording import CUSTODY_NAMES, shanghai

app = typer.Typer(help="证据保管：保管记录、查看原始证据、复核存档、保存期限、数据库授权", no_args_is_help=True)


@app.command("log")
def log(
    check: Annotated[bool, typer.Option("--check", help="核对哈希链；有断裂时退出码非零")] = False,
    kind: Annotated[CustodyKind | None, typer.Option("--kind", help="只列一类记录")] = None,
    data: Data = DATA_DEFAULT,
) -> None:
    """列出保管记录；--check 逐条核对前后摘要。"""
    settings = read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        events, broken = ledger.custody(), ledger.broken_link()
    table = Table("序号", "时间", "类别", "经办人", "内容", "摘要")
    for event in events:
        if kind in (None, event.kind):
            table.add_row(str(event.number), shanghai(event.happened_at), *_told(event), event.digest[:12])
    console.print(table)
    if not check:
        return
    if broken is not None:
        raise NightError(
            f"custody event {broken} does not follow from the one before: the log was altered or cut there; compare "
            "with a backup and with the roots in packs that were handed out",
            Exit.DAMAGED,
        )
    newest = events[-1].digest if events else "-"
    console.print(f"保管记录 {len(events)} 条，哈希链完好；最新摘要 {newest}", soft_wrap=True)


@app.command("show")
def show(
    snapshot: Annotated[str, typer.Argument(help="网页快照编号", metavar="SNAPSHOT")],
    out: Annotated[Path, typer.Option("--out", help="写入文件；以 .warc.gz 结尾则写原始存档记录，否则写网页内容")],
    reason: Annotated[str, typer.Option("--for", help="查看人和事由，记入保管记录")] = "",
    data: Data = DATA_DEFAULT,
) -> None:
    """取出一份原始证据供人查看；记入保管记录。"""
    settings = read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        shown = ledger.read_snapshot(snapshot)
        as_record = out.name.endswith(".warc.gz")
        body = ledger.member(snapshot) if as_record else shown.body
        facts = {
            "snapshot": snapshot,
            "url": shown.url,
            "payload_digest": ledger.snapshot(snapshot).payload_digest,
            "form": "record" if as_record else "body",
            "to": out.name,
            "for": reason,
        }
        # recorded first: what could not be recorded is not shown
        event = ledger.add_custody(CustodyKind.VIEWED, facts, actor=operator(), now=now())
    out.write_bytes(body)
    console.print(f"已写入 {out}（{len(body)} 字节），保管记录第 {event.number} 条", soft_wrap=True)


@app.command("verify")
def verify(
    sample: Annotated[int, typer.Option("--sample", help="只复核这么多个文件，最久未复核的在先", min=0)] = 0,
    whole: Annotated[bool, typer.Option("--all", help="复核全部存档文件")] = False,
    as_of: AsOf = "",
    data: Data = DATA_DEFAULT,
) -> None:
    """重新读取存档文件并与台账核对；默认复核当晚应抽的一份（MINGCHA_VERIFY_NIGHTS 天轮完一遍，默认 30）。"""
    settings = read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        broken = ledger.broken_link()
        done = verify_archive(ledger, settings, night_of(as_of), now(), whole=whole, count=sample or None)
        console.print(done.sentence, soft_wrap=True)
        if broken is not None:
            raise NightError(f"custody event {broken} does not follow from the one before", Exit.DAMAGED)
        refuse_damage(done.damage)
        if done.away:
            raise NightError(done.away)


@app.command("retain")
def remove_expired(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出将要清理和保留的，不删除")] = False,
    data: Data = DATA_DEFAULT,
) -> None:
    """按保存期限清理存档文件和截图（retention.toml 或 MINGCHA_KEEP_DAYS；默认全部保留）；台账记录不动。"""
    settings, moment = read_settings(data), now()
    terms = read_terms(data)
    if not terms.source:
        console.print("没有设定保存期限：全部保留（retention.toml 或 MINGCHA_KEEP_DAYS）", soft_wrap=True)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        if dry_run:
            made = decisions(ledger, settings, terms, tonight(moment))
        else:
            made = retain(ledger, settings, terms, moment)
    table = Table("文件", "批次", "到期", "数量", "处理")
    for one in made:
        done = f"保留：{one.kept_for}" if one.kept_for else "将清理" if dry_run else "已清理"
        table.add_row(one.name, str(one.night), str(one.expired_on), str(one.records), done)
    if made:
        console.print(table)
    kept = sum(bool(one.kept_for) for one in made)
    console.print(f"到期 {len(made)} 项：{'将清理' if dry_run else '已清理'} {len(made) - kept} 项，保留 {kept} 项")


@app.command("grant")
def grant(
    role: Annotated[str, typer.Argument(help="程序使用的数据库角色（已存在，可登录，不是表的所有者）", metavar="ROLE")],
    data: Data = DATA_DEFAULT,
) -> None:
    """以表的所有者身份执行一次：升级数据库，只授予该角色查询和追加的权限（PostgreSQL），并列出所执行的语句。"""
    settings = read_settings(data)
    engine = open_engine(settings.database_url)
    try:
        make_table(settings)
        for statement in grant_role(engine, role):
            console.print(f"{statement};", markup=False, soft_wrap=True)
    finally:
        engine.dispose()


@app.command("move")
def move(data: Data = DATA_DEFAULT) -> None:
    """把已写完的存档文件移到 MINGCHA_ARCHIVE_URL 所指的位置：复制、读回、比对，然后才删除本地的。"""
    settings = read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        if ledger.places.store is None:
            raise NightError("no store is named: set MINGCHA_ARCHIVE_URL to a folder or to s3://bucket/folder")
        moved = ledger.move_closed()
    console.print(f"已移出存档文件 {len(moved)} 个")


def _told(event: CustodyEvent) -> tuple[str, str, str]:
    facts = " ".join(f"{name}={_short(value)}" for name, value in event.facts.items() if value)
    return CUSTODY_NAMES[event.kind], event.actor, facts


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= 60 else line[:59] + "…"
