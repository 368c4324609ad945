"""Second opinions (复核) on a pack that the carried verifier has opened: each by another library than it uses."""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections.abc import Iterator
from importlib.resources import files

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from ledger.archive.decoding import decode_body
from ledger.archive.warc import DamagedRecordError, parse_response
from reports.pack.carried import verify
from reports.pack.carried.verify import BAD, GOOD, NOTE, Pack, Result, Row
from reports.pack.errors import StampError
from reports.pack.stamping import verified_token

ANSWERS = ("response", "revisit", "conversion")
_ALTERED = "清单在签名之后被改动，或签名不是这把密钥所签。"
_UNLIKE = "数据的栏目、类型与包内所附的说明不同：数据或说明被改动。"


def second_opinions(pack: Pack, authority: bytes = b"") -> Iterator[Result]:
    """All of them; nothing for a pack whose container or manifest is not sound.

    Args:
        authority: certificates (PEM) in place of the carried ones; empty for those.
    """
    if not pack.is_archive_read or not pack.signer:
        return
    yield read_again(pack)
    yield schemas_hold(pack)
    yield signature_holds(pack)
    yield from stamps_hold(pack, authority)
    yield verifier_is_ours(pack)


def read_again(pack: Pack) -> Result:
    """Every archived answer read by the reader that the checks of the night used."""
    archive = verify.zip_members(pack.members["evidence.wacz"])[verify.WACZ_MEMBERS[0]]
    wanted = [one for one in pack.archived if one["kind"] in ANSWERS]
    odd = []
    for record in wanted:
        try:
            stored = parse_response(archive.part(record["offset"], record["length"]).text(verify.MOST_RECORD))
        except DamagedRecordError as error:
            return _bad("网页重读", f"网页记录 {record['id']} 读不出来（{error}）", "这条网页记录损坏。")
        if stored.record_id != record["id"]:
            return _bad("网页重读", f"网页记录 {record['id']} 的位置上是另一条", "网页记录被调换。")
        if not stored.is_revisit and decode_body(stored.body, stored.headers).fault is not None:
            odd.append(record["id"])
    found = f"{len(wanted)} 个网页由本程序的读取部件逐一重读"
    if odd:
        return Result(
            "网页重读", NOTE, f"{found}，其中 {len(odd)} 个的压缩编码不完整", "采样时收到的就是如此，照原样存档。"
        )
    return Result("网页重读", GOOD, found, "")


def schemas_hold(pack: Pack) -> Result:
    """Every line fits the JSON Schema that stands beside it."""
    if importlib.util.find_spec("jsonschema") is None:
        return Result("数据格式", NOTE, "本机没有安装 jsonschema，没有按数据说明逐行核对", "")
    kind = importlib.import_module("jsonschema").Draft202012Validator
    lines = 0
    for path in sorted(name for name in pack.members if name.startswith("data/schema/")):
        table = path.removeprefix("data/schema/").removesuffix(".schema.json")
        try:
            schema = json.loads(pack.members[path].text())
            kind.check_schema(schema)
            checker = kind(schema)
            for number, row in _rows(pack, table):
                lines += 1
                error = next(checker.iter_errors(row), None)
                if error is not None:
                    return _bad("数据格式", f"data/{table} 第 {number} 行：{error.message[:200]}", _UNLIKE)
        except (ValueError, KeyError, importlib.import_module("jsonschema").SchemaError) as error:
            return _bad("数据格式", f"{path} 不能用（{type(error).__name__}）", _UNLIKE)
    return Result("数据格式", GOOD, f"{lines} 行数据符合随附的 JSON Schema", "")


def _rows(pack: Pack, table: str) -> Iterator[tuple[int, Row]]:
    if table == "environment":
        yield 1, json.loads(pack.members["data/environment.json"].text())
        return
    for number, line in enumerate(pack.members[f"data/{table}.jsonl"].lines(), 1):
        yield number, json.loads(line)


def signature_holds(pack: Pack) -> Result:
    """The signature by the cryptography package, which shares no code of ours with openssl's command."""
    key = load_pem_public_key(pack.members["keys/signer.pem"].text())
    if not isinstance(key, Ed25519PublicKey):
        return _bad("签名复核", "公钥不是 Ed25519", _ALTERED)
    try:
        key.verify(pack.members["manifest.sig"].text(), pack.members["manifest.json"].text())
    except InvalidSignature:
        return _bad("签名复核", "签名不成立（cryptography）", _ALTERED)
    return Result("签名复核", GOOD, "签名成立（cryptography）", "")


def stamps_hold(pack: Pack, authority: bytes) -> Iterator[Result]:
    """The tokens that the manifest's authorities set, by rfc3161-client."""
    for number, name in enumerate(pack.token_names(), 1):
        carried = pack.members.get(f"keys/authority-{number}.pem")
        if carried is None:
            continue
        faults = []
        for pem in filter(None, (authority, carried.text())):
            try:
                stamp = verified_token(pack.members[name].text(), pack.members["manifest.sig"].text(), pem)
            except StampError as error:
                faults.append(str(error))
                continue
            shown = stamp.stamped_at.strftime("%Y-%m-%d %H:%M:%S")
            yield Result("时间戳复核", GOOD, f"{name}：{shown}（UTC），成立（rfc3161-client）", "")
            break
        else:
            yield _bad("时间戳复核", f"{name} 不成立：{faults[-1]}", "时间戳不是对这个签名所加，或不是这个权威签发的。")


def verifier_is_ours(pack: Pack) -> Result:
    """Whether the verify.py inside is the one of this program."""
    if pack.members["verify.py"].text() == (files("reports.pack.carried") / "verify.py").read_bytes():
        return Result("随包工具", GOOD, "随包的 verify.py 与本程序的相同", "")
    meaning = "打包的程序版本不同，或被换掉：不要运行包里的这一份，本次核验用的是本程序自己的。"
    return Result("随包工具", NOTE, "随包的 verify.py 与本程序的不同", meaning)


def _bad(check: str, found: str, meaning: str) -> Result:
    return Result(check, BAD, verify.printable(found), meaning)
