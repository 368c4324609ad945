"""verify: whether packs are what they were when they were signed, in Chinese, with exit codes for machines."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from nightly.errors import NightError
from reports.pack.carried.verify import BAD, GOOD, Result
from reports.verifying.verification import Verification, VerifiedPack, verification_of

console = Console(highlight=False)
ENDINGS = {
    0: "全部核对无误。",
    1: "有不符之处，不要采信；每一项意味着什么，见表中“含义”。",
    2: "给出的文件里有的不是佐证包。",
    3: "已核对的部分无误；本机没有可用的 openssl，签名与时间戳没有由它核对。",
}
_STYLES = {GOOD: "green", BAD: "bold red"}
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def verify(
    packs: Annotated[list[Path], typer.Argument(help="佐证包（zip），或解开后的文件夹", metavar="PACK", exists=True)],
    fingerprint: Annotated[str, typer.Option("--fingerprint", help="出具单位另行告知的签名公钥指纹")] = "",
    authority: Annotated[
        Path | None, typer.Option("--authority", help="时间戳机构的根证书（PEM）", exists=True, dir_okay=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="结果写成 JSON")] = False,
) -> None:
    """核验佐证包：由内而外逐项核对。退出码：0 无误；1 有不符；2 不是佐证包；3 缺少 openssl。"""
    expected = re.sub(r"[\s:]", "", fingerprint).lower()
    if expected and not _FINGERPRINT.fullmatch(expected):
        raise NightError(f"--fingerprint {fingerprint}: not a fingerprint; it has 64 hexadecimal digits")
    try:
        found = verification_of(packs, expected, authority)
    except OSError as error:
        raise NightError(f"{error.filename}: cannot be read ({error.strerror})") from error
    if as_json:
        sys.stdout.buffer.write(json_text(found).encode())
        sys.stdout.buffer.write(b"\n")
    else:
        _say(found)
    raise typer.Exit(found.code)


def json_text(found: Verification) -> str:
    """The whole verification as one JSON object."""
    plain = {
        "code": found.code,
        "packs": [
            {
                "path": str(one.path),
                "district": one.district_id,
                "night": one.night,
                "signer": one.signer,
                "results": [_plain(result) for result in one.results],
            }
            for one in found.packs
        ],
        "together": [_plain(result) for result in found.together],
        "not_packs": [{"path": str(path), "found": sentence} for path, sentence in found.not_packs],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1)


def _plain(result: Result) -> dict[str, str]:
    return {"check": result.check, "state": result.state, "found": result.found, "meaning": result.meaning}


def _say(found: Verification) -> None:
    for one in found.packs:
        console.print(_table(str(one.path), one.results))
        _say_signer(one)
    if found.together:
        console.print(_table("几个佐证包之间", found.together))
    for path, sentence in found.not_packs:
        console.print(f"{path}：{sentence}", markup=False)
    console.print(f"结论：{ENDINGS[found.code]}", style="bold" if found.code else "green")


def _say_signer(one: VerifiedPack) -> None:
    if one.signer:
        console.print(f"签名公钥指纹：{one.signer}", soft_wrap=True)


def _table(title: str, results: tuple[Result, ...]) -> Table:
    table = Table(title=Text(title), title_justify="left")
    for heading in ("检查", "结果", "含义"):
        table.add_column(heading, overflow="fold")
    for one in results:
        said = Text(one.found)
        if one.meaning:
            said.append(f"\n{one.meaning}", style="dim")
        table.add_row(Text(one.check), Text(one.state, style=_STYLES.get(one.state, "yellow")), said)
    return table
