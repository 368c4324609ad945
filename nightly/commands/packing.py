"""pack: one zip that a stranger can open and check, years later and without us."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ledger.assessment import AssessmentRound
from ledger.ledger import Ledger
from nightly.clock import now
from nightly.commands.night import newest_night
from nightly.commands.options import DATA_DEFAULT, Data, District, night_of
from nightly.errors import NightError
from nightly.packs.packing import Order, Packed, pack_night
from nightly.packs.stamping import authorities
from nightly.preparing import prepare
from nightly.replies.rounds import frozen_round
from nightly.settings import read_settings
from reports.pack.manifest import has_sm3
from reports.pack.member import Scope

ASSESSOR = "assessor"

console = Console(highlight=False)


def pack(
    district: District,
    night: Annotated[str, typer.Option("--night", help="批次日期；默认最近一个批次", metavar="DATE")] = "",
    organ: Annotated[str, typer.Option("--organ", help="只装一个单位（区县文件中的 id）", metavar="ID")] = "",
    gap: Annotated[list[str], typer.Option("--gap", help="只装这些问题，可重复", metavar="ID")] = [],  # noqa: B006
    reader: Annotated[str, typer.Option("--for", help="assessor：为每个评估事项另建文件夹", metavar="READER")] = "",
    round_key: Annotated[
        str, typer.Option("--round", help="评估轮次（编号或名称）：装其冻结时的批次", metavar="ROUND")
    ] = "",
    out: Annotated[Path | None, typer.Option("--out", help="写入的文件夹；默认为数据目录下的 packs")] = None,
    sm3: Annotated[bool, typer.Option("--sm3", help="清单中另列 SM3 摘要")] = False,
    sealed: Annotated[bool, typer.Option("--sealed", help="连同留存备查的原始记录，只交给指名的接收人")] = False,
    recipient: Annotated[str, typer.Option("--recipient", help="--sealed 的接收人", metavar="NAME")] = "",
    data: Data = DATA_DEFAULT,
) -> None:
    """把一个批次装成佐证包：一个压缩包，任何人不借助本程序即可打开和核验。"""
    _refuse_odd(reader, recipient.strip(), sealed=sealed, sm3=sm3, organ=organ, gaps=gap)
    settings = read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        frozen = frozen_round(ledger, round_key) if round_key else None
        prepared = prepare(district, _night_of(frozen, night) or newest_night(ledger, district, night))
        found = ledger.night(prepared.district.id, prepared.night)
        if found is None:
            raise NightError(f"no night {prepared.night} of {prepared.district.id}; run: mingcha run {district}")
        if frozen is not None and frozen.district_id != prepared.district.id:
            raise NightError(f"round {frozen.id} is of {frozen.district_id}, not of {prepared.district.id}")
        gaps, key = tuple(dict.fromkeys(gap)), frozen.id if frozen else ""
        scope = Scope(prepared.district.id, prepared.night, organ, gaps, reader == ASSESSOR, key)
        order = Order(district, scope, out or settings.data / "packs", sm3, recipient.strip(), frozen)
        known = authorities()
        _say(pack_night(prepared, ledger, found, settings, order, known, now()), order, len(known))


def _night_of(frozen: AssessmentRound | None, night: str) -> date | None:
    """The night of a round; another one may not be named beside it."""
    if frozen is None:
        return None
    if night and night_of(night) != frozen.night:
        raise NightError(f"--round {frozen.id} assesses night {frozen.night}; leave --night out")
    return frozen.night


def _refuse_odd(reader: str, recipient: str, *, sealed: bool, sm3: bool, organ: str, gaps: list[str]) -> None:
    if reader not in ("", ASSESSOR):
        raise NightError(f"--for {reader}: unknown; write --for {ASSESSOR}")
    if sealed and not recipient:
        raise NightError("--sealed: raw records leave only to somebody named; write --recipient NAME")
    if recipient and not sealed:
        raise NightError("--recipient: only a sealed pack has one; write --sealed too")
    if organ and gaps:
        raise NightError("--organ and --gap: give one of them")
    if sm3 and not has_sm3():
        raise NightError("--sm3: this machine's OpenSSL has no SM3; leave the option out")


def _say(packed: Packed, order: Order, authority_count: int) -> None:
    written = packed.written
    if packed.is_new_key:
        console.print("尚无签名密钥，已新建一把；请另行公布其指纹，供接收人核对：")
    console.print(f"签名密钥指纹：{packed.key.fingerprint}", soft_wrap=True)
    if authority_count:
        console.print(f"时间戳：{written.stamps} 个")
    else:
        console.print("未加盖时间戳：没有配置时间戳机构（MINGCHA_TIMESTAMP_URLS）")
    if packed.withheld_count:
        console.print(f"留存备查、不在包内的记录：{packed.withheld_count} 条")
    if order.recipient:
        console.print(f"封装原始记录，接收人：{order.recipient}，已记入保管记录")
    megabytes = written.bytes / 1e6
    console.print(f"文件 {written.member_count} 个，网页存档记录 {written.record_count} 条，{megabytes:.1f} MB")
    console.print(f"SHA-256：{written.sha256}", soft_wrap=True)
    console.print(f"佐证包：[bold]{written.path}[/bold]", soft_wrap=True)
