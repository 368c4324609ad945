"""keys: signing keys of this data folder, made, listed, retired; and time stamps renewed before they end."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from ledger.custody import CustodyKind
from ledger.ledger import Ledger
from nightly.clock import now
from nightly.commands.options import DATA_DEFAULT, Data
from nightly.errors import NightError
from nightly.operating import operator
from nightly.packs.packing import note_stamp
from nightly.packs.stamping import TokenShelf, authorities
from nightly.settings import read_settings
from reports.pack.keys import KeyRing, PublicKey, is_endorsed

app = typer.Typer(help="签名密钥：新建、列出、停用；时间戳续盖", no_args_is_help=True)
console = Console(highlight=False)


@app.command("make")
def make(data: Data = DATA_DEFAULT) -> None:
    """新建签名密钥；此前的密钥为新密钥背书后停用，用它签过的佐证包照常可以核验。"""
    settings = read_settings(data)
    ring, moment = KeyRing(settings.data / "keys"), now()
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        before = ring.current()
        made = ring.make(moment)
        facts = {"fingerprint": made.fingerprint, "endorsed_by": made.endorsed_by}
        ledger.add_custody(CustodyKind.KEY_MADE, facts, actor=operator(), now=moment)
        if before is not None:
            ledger.add_custody(
                CustodyKind.KEY_RETIRED, {"fingerprint": before.fingerprint}, actor=operator(), now=moment
            )
    console.print(f"新密钥指纹：{made.fingerprint}", soft_wrap=True)
    if before is not None and not made.endorsed_by:
        console.print("此前密钥的私钥已不在，新密钥没有背书：请另行公布新指纹")
    console.print(f"私钥只有本用户可读：{ring.folder}，请另存一份备份", soft_wrap=True)


@app.command("list")
def list_keys(data: Data = DATA_DEFAULT) -> None:
    """列出全部密钥，先后为序；停用的也在，旧佐证包要靠它核验。"""
    ring = KeyRing(read_settings(data).data / "keys")
    keys = ring.known()
    if not keys:
        console.print("尚无签名密钥；mingcha keys make 新建，或由第一次 mingcha pack 自动新建")
    for number, key in enumerate(keys):
        console.print(f"{key.fingerprint}  {_state(ring, key, keys[number - 1] if number else None)}", soft_wrap=True)


@app.command("retire")
def retire(
    fingerprint: Annotated[str, typer.Argument(help="指纹，或其开头几位", metavar="FINGERPRINT")],
    data: Data = DATA_DEFAULT,
) -> None:
    """停用一把密钥：不再用它签名，用它签过的佐证包照常可以核验。"""
    settings, moment = read_settings(data), now()
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        key = KeyRing(settings.data / "keys").retire(fingerprint, moment)
        ledger.add_custody(CustodyKind.KEY_RETIRED, {"fingerprint": key.fingerprint}, actor=operator(), now=moment)
    console.print(f"已停用：{key.fingerprint}；下一次 mingcha pack 会新建密钥", soft_wrap=True)


@app.command("restamp")
def restamp(data: Data = DATA_DEFAULT) -> None:
    """为快到期的时间戳再盖一个：新时间戳盖在旧时间戳之上，旧的照原样留存。"""
    settings, moment, known = read_settings(data), now(), authorities()
    if not known:
        raise NightError("no time-stamp authority is configured; set MINGCHA_TIMESTAMP_URLS and MINGCHA_TIMESTAMP_CAS")
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        made = TokenShelf(settings.data / "stamps", known).renewed(moment)
        for authority, file, stamp in made:
            note_stamp(ledger, authority.url, file.read_bytes(), stamp, moment)
    console.print(f"已续盖时间戳 {len(made)} 个，存于 {settings.data / 'stamps'}", soft_wrap=True)


def _state(ring: KeyRing, key: PublicKey, before: PublicKey | None) -> str:
    said = [f"{key.made_at[:10]} 新建", f"{key.retired_at[:10]} 停用" if key.retired_at else "在用"]
    if not ring.has_private(key):
        said.append("私钥不在（旧包仍可核验）")
    if before is not None:
        said.append("由上一把背书" if is_endorsed(key, before) else "没有背书")
    return "，".join(said)
