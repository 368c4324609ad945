#!/usr/bin/env python3
"""核验明察佐证包：一个文件，只用 Python 3.8 以上的标准库；签名与时间戳交给本机的 openssl 核对。

用法：
    python3 verify.py [佐证包.zip 或解开后的文件夹 ...] [--fingerprint 公钥指纹] [--authority 时间戳根证书.pem]
    不写佐证包时，核验本文件所在的文件夹。同一区县的几个佐证包一起给出时，还核对批次之间的链。

退出码：0 全部核对且无误；1 有不符；2 用法有误或不是佐证包；
       3 已核对的无误，但本机没有可用的 openssl，签名与时间戳没有核对。

核验由内而外：压缩包的每个字节、校验和、清单、存档的每条网页记录、索引、数据各行、批次根摘要与链、保管记录、密钥、签名、时间戳。
本文件也可能被人换掉：请用您自己手里的一份来运行，或按 VERIFY.md 用常见工具逐步核对。

English: verifies a Mingcha evidence pack offline; Python standard library, and openssl for signature and time stamp.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unicodedata
import zlib
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Dict, Iterator, NamedTuple

GOOD, BAD, UNCHECKED, NOTE = "相符", "不符", "未核对", "提示"
STEP = 1 << 20
MOST_JSON = 64 << 20
"""Bytes of one JSON text or line; ours are far smaller."""
MOST_RECORD = 256 << 20
"""Bytes of one WARC record, unpacked: a bomb unpacks to more."""
MOST_RATIO = 200
"""A WARC file that unpacks to more than this many times its size is a bomb; web pages give 3 to 20."""
FIRST = ("README.txt", "manifest.json", "manifest.sig")
AFTER_TOKENS = ("SHA256SUMS", "verify.py", "VERIFY.md", "index.html", "evidence.wacz")
FOLDERS = ("keys", "assessor", "data", "pictures", "reports")
WACZ_MEMBERS = (
    "archive/evidence.warc.gz",
    "indexes/index.cdxj",
    "pages/pages.jsonl",
    "datapackage.json",
    "datapackage-digest.json",
)
ANSWERS = ("response", "revisit")
KINDS = ("warcinfo", "request", "metadata", "response", "revisit", "conversion")
TABLES = ("environment", "gaps", "looks", "observations", "planned", "snapshots", "standings", "verdicts")
KEPT_TABLES = (
    "chain", "custody", "gaps", "night", "planned", "records", "snapshots", "standings", "verdicts", "withheld"
)  # fmt: skip
TOKEN = re.compile(r"manifest(?:\.([2-9]|[1-9][0-9]))?\.tst")
MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?Z", re.ASCII)
HEX = re.compile(r"[0-9a-f]{64}")
NO_PREVIOUS = "0" * 64
KEY_HEAD = bytes.fromhex("302a300506032b6570032100")
"""DER of every Ed25519 public key before its 32 bytes (RFC 8410)."""
KNOWN_KEY = "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw="
KNOWN_SIGNATURE = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
"""RFC 8032, 7.1, test 2 (message 0x72): whether this openssl can check Ed25519 at all."""

Row = Dict[str, Any]
ABLE: dict[str, bool] = {}
"""By path of an openssl: whether it can check Ed25519; asked once only."""


class WrongError(Exception):
    """内容与约定不符；``meaning`` 说明这意味着什么。"""

    def __init__(self, found: str, meaning: str = "") -> None:
        super().__init__(found)
        self.meaning = meaning


class NoPackError(Exception):
    """给出的不是佐证包。"""


class Result(NamedTuple):
    """一项核对的结果。"""

    check: str
    state: str
    found: str
    meaning: str


class Stretch(NamedTuple):
    """文件中的一段，只读。"""

    path: str
    start: int
    length: int

    def blocks(self, step: int = STEP) -> Iterator[bytes]:
        """The bytes, block by block."""
        with open(self.path, "rb") as stream:
            stream.seek(self.start)
            left = self.length
            while left:
                block = stream.read(min(step, left))
                if not block:
                    raise WrongError("文件比核验开始时短", "核验期间文件被改动，请复制一份再核验。")
                left -= len(block)
                yield block

    def text(self, most: int = MOST_JSON) -> bytes:
        """All bytes."""
        if self.length > most:
            raise WrongError(f"文件过大（{self.length} 字节）", "正常的佐证包不会这样，可能是恶意制作的文件。")
        return b"".join(self.blocks())

    def part(self, start: int, length: int) -> Stretch:
        """A stretch inside this one."""
        return Stretch(self.path, self.start + start, length)

    def lines(self) -> Iterator[bytes]:
        """Lines with their newline; the last one may lack it."""
        rest = b""
        for block in self.blocks():
            lines = (rest + block).split(b"\n")
            rest = lines.pop()
            if len(rest) > MOST_JSON:
                raise WrongError(f"一行超过 {MOST_JSON} 字节", "正常的佐证包不会这样，可能是恶意制作的文件。")
            for line in lines:
                yield line + b"\n"
        if rest:
            yield rest


class Pack:
    """一个佐证包：各文件、核对结果、核对中读到的数据。"""

    def __init__(self, path: str) -> None:
        self.path = path
        self.results: list[Result] = []
        self.members: dict[str, Stretch] = {}
        self.digests: dict[str, str] = {}
        self.manifest: Row = {}
        self.rows: dict[str, list[Row]] = {}
        self.records: dict[str, Row] = {}
        self.archived: list[Row] = []
        self.is_archive_read = False
        self.signer = ""
        self.times: dict[str, datetime] = {}

    def say(self, check: str, state: str, found: str, meaning: str = "") -> None:
        """Add one result."""
        self.results.append(Result(check, state, printable(found), printable(meaning)))

    def holds(self) -> bool:
        """Whether nothing was found wrong."""
        return all(one.state != BAD for one in self.results)

    def is_whole(self) -> bool:
        """Whether it holds a whole night (按整批打包)."""
        scope = self.manifest["scope"]
        return not scope["organ"] and not scope["gaps"]

    def token_names(self) -> list[str]:
        """Members that are time-stamp tokens, in order."""
        found = [
            (int(match.group(1) or 1), name) for name in self.members for match in [TOKEN.fullmatch(name)] if match
        ]
        return [name for _, name in sorted(found)]

    def sealing(self) -> set[str]:
        """Members that no manifest lists: the manifest and what is made after it."""
        return {"manifest.json", "manifest.sig", "SHA256SUMS", *self.token_names()}


# ---- 容器：压缩包或文件夹 ------------------------------------------------------------------------------------------


def printable(text: str) -> str:
    """Text without control characters, so that a hostile name cannot steer the terminal; at most 400 characters."""
    safe = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
    return safe.encode("utf-8", "backslashreplace").decode("utf-8")[:400]


def check_name(name: str, taken: set[str]) -> None:
    """文件名只能是相对路径，不得重复，不得指向包外。"""
    parts = name.split("/")
    forbidden = set('\\"{}<>:|?*')
    bad = (
        not name
        or any(part in ("", ".", "..") or part[-1] in ". " for part in parts)
        or any(c in forbidden or not c.isprintable() for c in name)
        or unicodedata.normalize("NFC", name) != name
    )
    if bad:
        raise WrongError(f"文件名不合约定：{name}", "这样的文件名可能把文件写到别处，是恶意压缩包的做法。不要解压。")
    if name.casefold() in taken:
        raise WrongError(f"文件名重复：{name}", "同名文件会互相覆盖，不同的工具会读到不同的内容。不要采信。")
    taken.add(name.casefold())


def name_bytes(name: str) -> tuple[bytes, int]:
    """The name as a zip holds it, and the flags that go with it."""
    try:
        return name.encode("ascii"), 0
    except UnicodeEncodeError:
        return name.encode("utf-8"), 0x800


def local_header(name: str, crc: int, size: int) -> bytes:
    """The one local header this member may have: stored, 1980-01-01, no extra field."""
    raw, flags = name_bytes(name)
    return struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, flags, 0, 0, 0x21, crc, size, size, len(raw), 0) + raw


def central_header(name: str, crc: int, size: int, offset: int) -> bytes:
    """The one central directory entry this member may have: Unix, plain file, mode 0644."""
    raw, flags = name_bytes(name)
    fixed = (b"PK\x01\x02", 20 | 3 << 8, 20, flags, 0, 0, 0x21, crc, size, size, len(raw), 0, 0, 0, 0)
    return struct.pack("<4s6H3I5H2I", *fixed, 0o100644 << 16, offset) + raw


def zip_members(box: Stretch) -> dict[str, Stretch]:
    """逐字节核对压缩包的结构，得到各文件所在的位置；不解压，因为约定一律不压缩。"""
    members: dict[str, Stretch] = {}
    taken: set[str] = set()
    central, at = [], 0
    while box.part(at, min(4, max(0, box.length - at))).text() == b"PK\x03\x04":
        name, crc, size, head = read_local(box, at)
        check_name(name, taken)
        body = box.part(at + head, size)
        found = 0
        for block in body.blocks():
            found = zlib.crc32(block, found)
        if found != crc:
            raise WrongError(f"{name} 的内容与压缩包所记的校验值不同", "这个文件的内容被改动或在传递中损坏。")
        central.append(central_header(name, crc, size, at))
        members[name] = body
        at += head + size
        if len(members) > 65000:
            raise WrongError("压缩包里的文件过多", "正常的佐证包不会这样，可能是恶意制作的文件。")
    directory = b"".join(central)
    numbers = (0, 0, len(central), len(central), len(directory), at, 0)
    directory += struct.pack("<4s4H2IH", b"PK\x05\x06", *numbers)
    if box.length - at != len(directory) or box.part(at, len(directory)).text() != directory:
        raise WrongError(
            f"压缩包自第 {at} 字节起与约定的目录不同",
            "压缩包被截断、附加、调换或改动；也可能被别的工具重新打过包：那就解压后核验文件夹。",
        )
    return members


def read_local(box: Stretch, at: int) -> tuple[str, int, int, int]:
    """Name, CRC, size and header length of the member at this place.

    Raises:
        WrongError: when any byte of its header is not the one it must be.
    """
    meaning = "压缩包被改动、损坏，或被别的工具重新打过包（那就解压后核验文件夹）。"
    fixed = box.part(at, min(30, box.length - at)).text()
    if len(fixed) < 30:
        raise WrongError(f"压缩包在第 {at} 字节处截断", "文件不完整，请重新索取。")
    crc, size, _, length, _ = struct.unpack("<3I2H", fixed[14:])
    raw = box.part(at + 30, min(length, box.length - at - 30)).text()
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise WrongError(f"第 {at} 字节处的文件名不是 UTF-8", meaning) from None
    if fixed + raw != local_header(name, crc, size):
        raise WrongError(f"第 {at} 字节处的文件头与约定不同（应不压缩、日期固定、无附加信息）", meaning)
    if at + 30 + length + size > box.length:
        raise WrongError(f"{name} 截断", "文件不完整，请重新索取。")
    return name, crc, size, 30 + length


def folder_members(folder: str) -> dict[str, Stretch]:
    """文件夹里的各文件；链接不采信。"""
    members: dict[str, Stretch] = {}
    taken: set[str] = set()
    for here, folders, files in os.walk(folder):
        for name in sorted(folders) + sorted(files):
            path = os.path.join(here, name)
            relative = os.path.relpath(path, folder).replace(os.sep, "/")
            if os.path.islink(path) or not (os.path.isdir(path) or os.path.isfile(path)):
                raise WrongError(f"{relative} 是链接或特殊文件", "链接可能指向包外，不能采信；佐证包里没有链接。")
            if os.path.isfile(path):
                check_name(relative, taken)
                members[relative] = Stretch(path, 0, os.path.getsize(path))
    return members


def check_order(pack: Pack, is_zip: bool) -> None:
    """包内应有的文件齐全，没有约定以外的文件，次序固定。"""
    tokens = pack.token_names()
    wanted = [*FIRST, *tokens, *AFTER_TOKENS]
    lacking = [name for name in wanted if name not in pack.members]
    if lacking:
        raise WrongError("缺少 {}".format("、".join(lacking)), "佐证包不完整：有文件被删去。")
    others = [name for name in pack.members if name not in wanted]
    strange = [name for name in others if name.split("/")[0] not in FOLDERS or "/" not in name]
    if strange:
        raise WrongError("多出 {}".format("、".join(strange[:5])), "这些文件不属于佐证包，是后来放进去的。")
    numbers = [int(TOKEN.fullmatch(name).group(1) or 1) for name in tokens]  # type: ignore[union-attr]
    if numbers != list(range(1, len(numbers) + 1)):
        raise WrongError("时间戳文件的编号不连续", "有时间戳被删去。")
    keys = sorted(name for name in others if name.startswith("keys/"))
    order = [*wanted, *keys, *sorted(name for name in others if not name.startswith("keys/"))]
    if is_zip and list(pack.members) != order:
        raise WrongError("包内文件的次序与约定不同", "压缩包被重新排过。")
    pack.members = {name: pack.members[name] for name in order}


def open_pack(pack: Pack) -> None:
    """打开佐证包，核对容器。"""
    is_zip = not os.path.isdir(pack.path)
    if is_zip:
        with open(pack.path, "rb") as stream:
            if stream.read(4) != b"PK\x03\x04":
                raise NoPackError("不是佐证包（既不是 zip 文件，也不是文件夹），或文件开头已损坏")
        pack.members = zip_members(Stretch(pack.path, 0, os.path.getsize(pack.path)))
    else:
        if not os.path.isfile(os.path.join(pack.path, "manifest.json")):
            raise NoPackError("文件夹里没有 manifest.json，不是解开的佐证包")
        pack.members = folder_members(pack.path)
    check_order(pack, is_zip)
    size = sum(one.length for one in pack.members.values())
    where = "压缩包结构逐字节相符" if is_zip else "文件夹"
    pack.say("容器", GOOD, f"{where}，{len(pack.members)} 个文件，{size} 字节")


# ---- 校验和与清单 ------------------------------------------------------------------------------------------------


def sha256_of(body: Stretch) -> str:
    """Hex SHA-256."""
    digest = hashlib.sha256()
    for block in body.blocks():
        digest.update(block)
    return digest.hexdigest()


def check_sums(pack: Pack) -> None:
    """SHA256SUMS 恰好列出其余全部文件，且逐一相符。"""
    pack.digests = {name: sha256_of(body) for name, body in pack.members.items()}
    wanted = [name for name in pack.members if name != "SHA256SUMS"]
    text = pack.members["SHA256SUMS"].text().decode("utf-8")
    listed: dict[str, str] = {}
    for line in text.split("\n")[:-1]:
        match = re.fullmatch(r"([0-9a-f]{64})  (.+)", line)
        if not match or match.group(2) in listed:
            raise WrongError(f"SHA256SUMS 有一行不合格式：{line}", "校验和文件被改动。")
        listed[match.group(2)] = match.group(1)
    lacking, extra = sorted(set(wanted) - set(listed)), sorted(set(listed) - set(wanted))
    if lacking:
        raise WrongError(
            "SHA256SUMS 没有列出 {}".format("、".join(lacking[:5])), "这些文件是后来加进去的，或校验和文件被改动。"
        )
    if extra:
        raise WrongError("包里没有 SHA256SUMS 列出的 {}".format("、".join(extra[:5])), "这些文件被删去。")
    differing = [name for name in wanted if listed[name] != pack.digests[name]]
    if differing:
        raise WrongError("{} 与校验和不符".format("、".join(differing[:5])), "这些文件的内容在打包之后被改动或损坏。")
    if text != "".join(f"{listed[name]}  {name}\n" for name in sorted(wanted)):
        raise WrongError("SHA256SUMS 的次序或写法与约定不同", "校验和文件被改动。")
    pack.say("校验和", GOOD, f"SHA256SUMS 列出全部 {len(listed)} 个其他文件，逐一相符")


def canonical(value: Any) -> bytes:
    """规范 JSON：键按码位排序，无空格，UTF-8。"""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "backslashreplace")


def parsed(text: bytes, where: str) -> Any:
    """The value of a canonical JSON text.

    Raises:
        WrongError: when it is not JSON, or written another way.
    """
    meaning = "这段内容不是本程序写出的样子：被改动或损坏。"
    try:
        value = json.loads(text.decode("utf-8"))
        same = canonical(value) == text
    except (ValueError, RecursionError):
        raise WrongError(f"{where} 不是 JSON", meaning) from None
    if not same:
        raise WrongError(f"{where} 的写法不是规范 JSON", meaning)
    return value


def digest_of(value: Any) -> str:
    """Hex SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(value)).hexdigest()


def check_manifest(pack: Pack) -> None:
    """清单（manifest.json）写法规范，所列文件的长度、摘要逐一相符，不多不少。"""
    manifest = parsed(pack.members["manifest.json"].text(), "manifest.json")
    check_manifest_fields(manifest)
    pack.manifest = manifest
    listed = {one["path"]: one for one in manifest["files"]}
    if [one["path"] for one in manifest["files"]] != sorted(listed):
        raise WrongError("清单里的文件没有按路径排列，或有重复", "清单被改动。")
    there = set(pack.members) - pack.sealing()
    for names, what, meaning in (
        (there - set(listed), "清单没有列出", "这些文件不在签名的范围之内，是后来加进去的。"),
        (set(listed) - there, "包里没有清单列出的", "这些文件被删去。"),
    ):
        if names:
            raise WrongError("{} {}".format(what, "、".join(sorted(names)[:5])), meaning)
    for name, one in listed.items():
        if one["bytes"] != pack.members[name].length or one["sha256"] != pack.digests[name]:
            raise WrongError(f"{name} 与清单所记的长度或摘要不符", "这个文件在签名之后被改动。")
        if "sm3" in one and "sm3" in hashlib.algorithms_available:
            check_sm3(pack.members[name], name, one["sm3"])
    if any("sm3" in one for one in listed.values()) and "sm3" not in hashlib.algorithms_available:
        pack.say("国密摘要", NOTE, "本机的 Python 不支持 SM3，只核对了 SHA-256")
    scope = "整批" if pack.is_whole() else "部分（单位或问题）"
    found = "{} {}，范围：{}，{} 个文件与清单相符".format(manifest["district"], manifest["night"], scope, len(listed))
    pack.say("清单", GOOD, found)


def check_sm3(body: Stretch, name: str, wanted: str) -> None:
    """国密 SM3 摘要与清单相符。"""
    digest = hashlib.new("sm3")
    for block in body.blocks():
        digest.update(block)
    if digest.hexdigest() != wanted:
        raise WrongError(f"{name} 的 SM3 摘要与清单不符", "清单被改动。")


def check_manifest_fields(manifest: Any) -> None:
    """清单的各栏目齐全、类型正确。"""
    meaning = "清单被改动，或这个佐证包由更新的版本制作，请用随包的 verify.py 核验。"
    kinds = {
        "schema": str, "district": str, "night": str, "scope": dict, "program": str, "environment": str,
        "chain": dict, "not_recorded": list, "files": list,
    }  # fmt: skip
    if not isinstance(manifest, dict) or set(manifest) != set(kinds) or manifest["schema"] != "mingcha-pack-1":
        raise WrongError("清单的栏目与约定不同", meaning)
    wrong = [name for name, kind in kinds.items() if not isinstance(manifest[name], kind)]
    scope, chain = manifest["scope"], manifest["chain"]
    if (
        wrong
        or set(scope) != {"organ", "gaps", "for_assessor", "round"}
        or set(chain) != {"content", "previous", "root"}
    ):
        raise WrongError("清单的栏目与约定不同：{}".format("、".join(wrong or ["scope", "chain"])), meaning)
    if not isinstance(scope["organ"], str) or not isinstance(scope["gaps"], list):
        raise WrongError("清单里的范围（scope）与约定不同", meaning)
    if not all(isinstance(one, str) and HEX.fullmatch(one) for one in chain.values()) or not is_date(manifest["night"]):
        raise WrongError("清单里的批次日期或根摘要不合格式", meaning)
    for one in manifest["files"]:
        fits = isinstance(one, dict) and set(one) - {"sm3"} == {"path", "bytes", "sha256", "records"}
        if not fits or not isinstance(one["path"], str) or type(one["bytes"]) is not int:
            raise WrongError("清单里有一项文件的栏目与约定不同", meaning)


def is_date(text: str) -> bool:
    """Whether it is a date as 2021-11-30."""
    try:
        return datetime.strptime(text + " +0000", "%Y-%m-%d %z").strftime("%Y-%m-%d") == text
    except ValueError:
        return False


def moment(text: Any, where: str) -> datetime:
    """A UTC moment as ``2021-11-30T02:00:00.000000Z``, with or without the fraction."""
    match = MOMENT.fullmatch(text) if isinstance(text, str) else None
    try:
        if match is None:
            raise ValueError(text)
        year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
        fraction = int((match.group(7) or "0").ljust(6, "0"))
        return datetime(year, month, day, hour, minute, second, fraction, tzinfo=timezone.utc)
    except ValueError:
        raise WrongError(f"{where} 的时间不合格式：{text}", "这一行被改动。") from None


# ---- 网页存档（evidence.wacz） -----------------------------------------------------------------------------------


def gzip_members(body: Stretch) -> Iterator[tuple[int, int, bytes, str]]:
    """逐个 gzip 段：位置、长度、解压后的内容、整段的 SHA-256；每段的 CRC 由 zlib 核对。"""
    meaning = "网页存档被截断、改动或损坏：从这里起的网页记录不能采信。"
    blocks, at, unpacked = body.blocks(1 << 16), 0, 0
    rest = next(blocks, b"")
    while rest:
        machine, digest, parts, size, length = zlib.decompressobj(31), hashlib.sha256(), [], 0, 0
        while not machine.eof:
            if not rest:
                raise WrongError(f"存档第 {at} 字节处的 gzip 段不完整", meaning)
            try:
                plain = machine.decompress(rest, MOST_RECORD + 1 - size)
            except zlib.error:
                raise WrongError(f"存档第 {at} 字节处的 gzip 段损坏", meaning) from None
            size += len(plain)
            if size > MOST_RECORD or unpacked + size > MOST_RECORD + MOST_RATIO * body.length:
                raise WrongError(f"存档第 {at} 字节处解压后过大", "正常的网页存档不会这样，可能是恶意制作的压缩炸弹。")
            used = len(rest) - len(machine.unused_data)
            digest.update(rest[:used])
            parts.append(plain)
            length += used
            rest = machine.unused_data or next(blocks, b"")
        yield at, length, b"".join(parts), digest.hexdigest()
        at, unpacked = at + length, unpacked + size


def warc_record(plain: bytes, at: int) -> Row:
    """一条 WARC/1.1 记录的要点；记录头、长度、摘要逐一核对。"""
    meaning = "这条网页记录被改动或损坏。"
    head, separator, rest = plain.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    if not separator or lines[0] != b"WARC/1.1":
        raise WrongError(f"存档第 {at} 字节处不是 WARC/1.1 记录", meaning)
    fields: dict[str, str] = {}
    for line in lines[1:]:
        name, colon, value = line.decode("utf-8", "surrogateescape").partition(":")
        if not colon or name.strip().casefold() in fields:
            raise WrongError(f"存档第 {at} 字节处的记录头不合格式或有重复", meaning)
        fields[name.strip().casefold()] = value.strip()
    needed = ("warc-type", "warc-record-id", "warc-date", "content-length", "warc-block-digest")
    if any(name not in fields for name in needed) or not re.fullmatch(r"\d{1,12}", fields["content-length"]):
        raise WrongError(f"存档第 {at} 字节处的记录头不齐全", meaning)
    block = rest[: int(fields["content-length"])]
    if rest[len(block) :] != b"\r\n\r\n" or len(block) != int(fields["content-length"]):
        raise WrongError(f"存档第 {at} 字节处的记录长度不符", meaning)
    if fields["warc-block-digest"] != "sha256:" + hashlib.sha256(block).hexdigest():
        raise WrongError(f"存档第 {at} 字节处的记录内容与 WARC-Block-Digest 不符", meaning)
    return record_facts(fields, block, at)


def record_facts(fields: dict[str, str], block: bytes, at: int) -> Row:
    """What the other checks need of a record; its payload digest is compared here."""
    kind, head, body = fields["warc-type"], b"", block
    if fields.get("content-type", "").startswith("application/http"):
        head, _, body = block.partition(b"\r\n\r\n")
    wanted = fields.get("warc-payload-digest", "")
    found = "sha256:" + hashlib.sha256(body).hexdigest()
    if kind != "revisit" and (wanted or kind in ("response", "conversion")) and wanted != found:
        raise WrongError(f"存档第 {at} 字节处的网页内容与 WARC-Payload-Digest 不符", "这条网页记录被改动或损坏。")
    status = head.split(b"\r\n")[0].decode("utf-8", "surrogateescape").partition(" ")[2].partition(" ")[0]
    return {
        "kind": kind,
        "id": bare(fields["warc-record-id"]),
        "url": fields.get("warc-target-uri", ""),
        "date": moment(fields["warc-date"], f"存档第 {at} 字节处的记录"),
        "payload": wanted,
        "refers_to": bare(fields.get("warc-refers-to", "")),
        "beside": bare(fields.get("warc-concurrent-to", "")),
        "status": status if kind in ANSWERS else "0",
        "offset": at,
    }


def bare(urn: str) -> str:
    """Record id without ``<urn:uuid:`` and ``>``."""
    match = re.fullmatch(r"<urn:uuid:(.+)>", urn)
    return match.group(1) if match else urn


def check_archive(pack: Pack) -> None:
    """网页存档：结构、每条记录、索引、页面目录、数据包说明互相吻合。"""
    inner = zip_members(pack.members["evidence.wacz"])
    if tuple(inner) != WACZ_MEMBERS:
        raise WrongError("evidence.wacz 里的文件与约定不同", "网页存档里有文件被增删或调换次序。")
    for at, length, plain, digest in gzip_members(inner[WACZ_MEMBERS[0]]):
        record = warc_record(plain, at)
        record.update(length=length, digest=digest)
        if record["id"] in pack.records:
            raise WrongError("网页记录 {} 重复".format(record["id"]), "同一条记录被放进两次，存档被改动。")
        pack.records[record["id"]] = record
        pack.archived.append(record)
    pack.is_archive_read = True
    if not pack.archived or pack.archived[0]["kind"] != "warcinfo":
        raise WrongError("网页存档不以 warcinfo 开头", "存档开头被删去。")
    answers = {one["id"] for one in pack.archived if one["kind"] in (*ANSWERS, "conversion")}
    for number, record in enumerate(pack.archived):
        alone = record["kind"] in ("request", "metadata") and record["beside"] not in answers
        if record["kind"] not in KINDS or alone or (number and record["kind"] == "warcinfo"):
            raise WrongError("网页记录 {} 不属于包内任何网页".format(record["id"]), "存档里被加进或删去了记录。")
    check_index(pack, inner[WACZ_MEMBERS[1]])
    pages = check_pages(pack, inner[WACZ_MEMBERS[2]])
    check_datapackage(inner)
    seen = sum(one["kind"] in ANSWERS for one in pack.archived)
    found = "%s 条 WARC 记录（其中网页应答 %s 条）的 CRC、长度、摘要相符；索引 %s 条、页面 %s 个与之吻合"
    pack.say("网页存档", GOOD, found % (len(pack.archived), seen, seen, pages))


def check_index(pack: Pack, body: Stretch) -> None:
    """索引（CDXJ）恰好列出每条网页应答，地址、时间、位置、摘要一致，按字节排序。"""
    meaning = "索引被改动：重放工具会打开另一个网页。"
    at_place = {one["offset"]: one for one in pack.archived if one["kind"] in ANSWERS}
    lines = list(body.lines())
    if lines != sorted(lines) or len(lines) != len(at_place):
        raise WrongError("索引的条数或次序与网页记录不符", meaning)
    for line in lines:
        match = re.fullmatch(rb"(\S+) (\d{14}) (\{.*\})\n", line)
        entry = json_object(match.group(3)) if match else None
        record = at_place.pop(whole_number(entry.get("offset")), None) if entry else None
        if match is None or entry is None or record is None:
            raise WrongError("索引有一行不合格式，或指向不存在的记录", meaning)
        same = (
            entry.get("url") == shown(record["url"])
            and whole_number(entry.get("length")) == record["length"]
            and entry.get("digest") == record["payload"]
            and entry.get("status") == record["status"]
            and entry.get("filename") == "evidence.warc.gz"
            and match.group(2).decode() == record["date"].strftime("%Y%m%d%H%M%S")
        )
        if not same:
            raise WrongError("索引里 {} 的一行与网页记录不符".format(record["url"]), meaning)


def shown(url: str) -> str:
    """An address as an index holds it: bytes that were no UTF-8 become replacement characters."""
    return url.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def json_object(text: bytes) -> Row | None:
    """The object, or None where it is none."""
    try:
        value = json.loads(text.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def whole_number(value: Any) -> int:
    """A number written as a number or as digits; -1 for anything else."""
    return int(value) if re.fullmatch(r"\d{1,15}", str(value)) and not isinstance(value, bool) else -1


def check_pages(pack: Pack, body: Stretch) -> int:
    """页面目录里的每个页面都有同一地址、同一时间的网页记录。"""
    meaning = "页面目录被改动：重放工具会显示别的页面。"
    there = {(shown(one["url"]), one["date"].replace(microsecond=0)) for one in pack.archived}
    lines = [json_object(line) or {} for line in body.lines()]
    if not lines or lines[0].get("format") != "json-pages-1.0":
        raise WrongError("页面目录（pages.jsonl）不合格式", meaning)
    for page in lines[1:]:
        if (page.get("url"), moment(page.get("ts"), "页面目录").replace(microsecond=0)) not in there:
            raise WrongError("页面目录里的 {} 没有对应的网页记录".format(page.get("url")), meaning)
    return len(lines) - 1


def check_datapackage(inner: dict[str, Stretch]) -> None:
    """数据包说明（datapackage.json）所列的长度、摘要相符，不多不少。"""
    meaning = "网页存档里的文件被改动。"
    body = inner["datapackage.json"]
    package, digest = json_object(body.text()), json_object(inner["datapackage-digest.json"].text())
    if package is None or digest is None or not isinstance(package.get("resources"), list):
        raise WrongError("datapackage.json 不合格式", meaning)
    if digest.get("path") != "datapackage.json" or digest.get("hash") != "sha256:" + sha256_of(body):
        raise WrongError("datapackage.json 与其摘要不符", meaning)
    listed: dict[Any, Row] = {one.get("path"): one for one in package["resources"] if isinstance(one, dict)}
    if set(listed) != set(WACZ_MEMBERS[:3]) or len(package["resources"]) != 3:
        raise WrongError("datapackage.json 所列的文件与包内不同", meaning)
    for name in WACZ_MEMBERS[:3]:
        one = listed[name]
        if one.get("bytes") != inner[name].length or one.get("hash") != "sha256:" + sha256_of(inner[name]):
            raise WrongError(f"{name} 与 datapackage.json 所记的不符", meaning)


# ---- 数据 ---------------------------------------------------------------------------------------------------------


def check_rows(pack: Pack) -> None:
    """数据各行写法规范，行数与清单所记一致，图片以自己的摘要命名。"""
    tables = 0
    for one in pack.manifest["files"]:
        name: str = one["path"]
        count: int | None = None
        if name.endswith(".jsonl"):
            count, tables = read_rows(pack, name), tables + 1
        elif name == "evidence.wacz":
            # an archive that could not be read to its end was already said to be wrong
            count = len(pack.archived) if pack.is_archive_read else one["records"]
        if type(one["records"]) is not type(count) or one["records"] != count:
            raise WrongError(f"{name} 的条数（{count}）与清单所记（{one['records']}）不符", "有记录被增删。")
        if name.startswith("pictures/") and name != f"pictures/{one['sha256']}.png":
            raise WrongError(f"图片 {name} 的名称与其摘要不符", "图片被调换。")
    lacking = [name for name in KEPT_TABLES if name not in pack.rows]
    if lacking:
        raise WrongError(f"缺少 data/{lacking[0]}.jsonl", "佐证包不完整：有文件被删去。")
    pack.say("数据", GOOD, f"{tables} 个 JSON Lines 文件逐行符合规范 JSON，条数与清单一致")


def read_rows(pack: Pack, name: str) -> int:
    """How many rows a file has; the rows that other checks need are kept."""
    table = re.fullmatch(r"data/([a-z_]+)\.jsonl", name)
    rows: list[Row] = []
    kept = table and table.group(1) in KEPT_TABLES
    number = 0
    for number, line in enumerate(pack.members[name].lines(), 1):
        row = parsed(line[:-1], f"{name} 第 {number} 行")
        if not line.endswith(b"\n") or not isinstance(row, dict):
            raise WrongError(f"{name} 第 {number} 行不是一条完整的记录", "数据被截断或改动。")
        if kept:
            rows.append(row)
    if table and kept:
        pack.rows[table.group(1)] = rows
    return number


def row_text(row: Row, name: str, where: str) -> str:
    """A text field of a row."""
    value = row.get(name)
    if not isinstance(value, str):
        raise WrongError(f"{where} 有一行没有 {name}", "数据被改动，或由更新的版本制作。")
    return value


def check_snapshots(pack: Pack) -> None:
    """网页快照的每一行与存档里的记录一致；存档里没有多出的记录。"""
    meaning = "数据里的快照与存档里的网页对不上：其中之一被改动、增加或删去。"
    snapshots = by_key(pack, "snapshots", "id")
    placed = by_key(pack, "records", "id")
    withheld = by_key(pack, "withheld", "snapshot_id")
    if set(snapshots) != set(placed):
        raise WrongError("data/records.jsonl 与 data/snapshots.jsonl 的快照不同", meaning)
    within = {one for one in placed if placed[one].get("in_wacz") is True}
    there = {one["id"] for one in pack.archived if one["kind"] in ("response", "revisit", "conversion")}
    if within != there:
        odd = sorted(within ^ there)
        raise WrongError(f"快照 {odd[0]} 只在数据里有，或只在存档里有", meaning)
    if within & set(withheld):
        raise WrongError("留存备查的快照出现在存档里", "应当扣留的网页被放进了包内。")
    for name in sorted(within):
        check_snapshot(snapshots[name], placed[name], pack.records[name])
        check_revisit(pack, pack.records[name], withheld)
    pack.times["seen"] = max(
        [pack.records[one]["date"] for one in within], default=datetime(1, 1, 1, tzinfo=timezone.utc)
    )
    found = "%s 个快照，其中 %s 个的网页在存档里并逐一相符，留存备查 %s 个"
    pack.say("快照", GOOD, found % (len(snapshots), len(within), len(withheld)))


def check_snapshot(row: Row, place: Row, record: Row) -> None:
    """一个快照：地址、状态、时间、内容摘要、记录摘要、位置。"""
    same = (
        is_same_address(row.get("url"), record["url"])
        and (record["kind"] == "conversion" or row.get("status") == whole_number(record["status"]))
        and row.get("payload_digest") == record["payload"]
        and moment(row.get("fetched_at"), "快照") == record["date"]
        and row.get("record_digest") == place.get("record_digest") == record["digest"]
        and place.get("offset") == record["offset"]
    )
    if not same:
        raise WrongError("快照 {} 与存档里的记录不符".format(row.get("id")), "采样时间、地址、状态或内容被改动。")


def is_same_address(said: Any, true: str) -> bool:
    """Whether an address is the record's; private numbers in it may be starred (138****1234), digit by digit."""
    if not isinstance(said, str) or len(said) != len(true):
        return False
    return all(one == other or (one == "*" and other in "0123456789Xx") for one, other in zip(said, true))


def check_revisit(pack: Pack, record: Row, withheld: dict[str, Row]) -> None:
    """重复内容的记录（revisit）、渲染结果（conversion）所指的原记录在包内或留存备查；重复内容的摘要相同。"""
    if not record["refers_to"] or record["refers_to"] in withheld:
        return
    original = pack.records.get(record["refers_to"])
    if original is None:
        raise WrongError("网页记录 {} 所指的原记录不在包内".format(record["id"]), "原来的网页记录被删去。")
    if record["kind"] == "revisit" and original["payload"] != record["payload"]:
        raise WrongError("网页记录 {} 与所指的原记录内容不同".format(record["id"]), "网页记录被调换。")


def by_key(pack: Pack, table: str, key: str) -> dict[str, Row]:
    """Rows by their key, which no two may share."""
    where = f"data/{table}.jsonl"
    rows = pack.rows.get(table, [])
    found = {row_text(row, key, where): row for row in rows}
    if len(found) != len(rows):
        raise WrongError(f"{where} 有两行的 {key} 相同", "有一行被重复放入。")
    return found


def cited(row: Row, where: str) -> set[str]:
    """Snapshot ids that a row and its nested check verdicts cite."""
    found: set[str] = set()
    for one in [row, *as_rows(row.get("checks", []), where)]:
        evidence = one.get("evidence", [])
        if not isinstance(evidence, list) or not all(isinstance(name, str) for name in evidence):
            raise WrongError(f"{where} 有一行的 evidence 不合格式", "数据被改动。")
        found.update(evidence)
    return found


def as_rows(value: Any, where: str) -> list[Row]:
    """A list of objects."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise WrongError(f"{where} 有一行的嵌套记录不合格式", "数据被改动。")
    return value


def check_verdicts(pack: Pack) -> None:
    """结论只引用包内（或留存备查）的快照；应核验数等于结论数；问题都有对应的结论。"""
    where = "data/verdicts.jsonl"
    verdicts = by_key(pack, "verdicts", "obligation_id")
    shown = {row_text(row, "id", "data/records.jsonl") for row in pack.rows["records"] if row.get("in_wacz") is True}
    allowed = shown | set(by_key(pack, "withheld", "snapshot_id"))
    manifest = pack.manifest
    for name, row in verdicts.items():
        lacking = sorted(cited(row, where) - allowed)
        if lacking:
            raise WrongError(f"{name} 引用的快照 {lacking[0]} 不在包内", "结论所依据的网页被删去或调换。")
        if row.get("district") != manifest["district"] or row.get("night") != manifest["night"]:
            raise WrongError(f"{name} 不是本区县本批次的结论", "别的批次的结论被放了进来。")
    planned = check_planned(pack, verdicts)
    gaps = by_key(pack, "gaps", "id")
    for name, row in gaps.items():
        if row_text(row, "obligation_id", "data/gaps.jsonl") not in verdicts:
            raise WrongError(f"问题 {name} 没有对应的结论", "有结论或问题被增删。")
    found = "应核验 %s 项，包内结论 %s 条，问题 %s 个；引用的快照都在包内或留存备查"
    pack.say("结论", GOOD, found % (planned, len(verdicts), len(gaps)))


def check_planned(pack: Pack, verdicts: dict[str, Row]) -> int:
    """应核验的每一项恰有一个当晚结论，与结论一致；返回应核验的项数。"""
    nights, manifest = pack.rows["night"], pack.manifest
    about = (manifest["district"], manifest["night"])
    if len(nights) != 1 or (nights[0].get("district"), nights[0].get("night")) != about:
        raise WrongError("data/night.jsonl 与清单的区县、批次不符", "批次信息被改动。")
    planned, standings = by_key(pack, "planned", "obligation_id"), by_key(pack, "standings", "obligation_id")
    if nights[0].get("planned") != len(verdicts) or set(planned) != set(verdicts) or set(standings) != set(verdicts):
        counts = f"应核验 {nights[0].get('planned')} 项（列出 {len(planned)} 项），当晚结论 {len(standings)} 条"
        raise WrongError(f"{counts}，核验结论 {len(verdicts)} 条", "有结论被增删。")
    for name, row in verdicts.items():
        if any(
            row.get(field) != standings[name].get(field) for field in ("standing", "confirmed", "evidence", "night")
        ):
            raise WrongError(f"{name} 的结论与当晚结论不一致", "结论被改动。")
    pack.times["end"] = moment(nights[0].get("finished_at"), "data/night.jsonl")
    return len(planned)


# ---- 批次根摘要、链、保管记录 -------------------------------------------------------------------------------------


def check_chain(pack: Pack) -> None:
    """批次根摘要重新算出；与以前各次封存首尾相接。"""
    manifest, rows, where = pack.manifest, pack.rows["chain"], "data/chain.jsonl"
    previous = NO_PREVIOUS
    for row in rows:
        night = row_text(row, "night", where)
        link = {name: row.get(name) for name in ("content", "district", "night", "previous")}
        if row.get("previous") != previous or row.get("root") != digest_of(link):
            raise WrongError(f"批次 {night} 与上一次封存接不上", "有批次被删去、调换或改动。")
        if digest_of({"tables": row.get("tables")}) != row.get("content"):
            raise WrongError(f"批次 {night} 的各表摘要与其内容摘要不符", "这一批次的数据被改动。")
        if row["district"] != manifest["district"]:
            raise WrongError("链里有别的区县的批次", "链被改动。")
        previous = row["root"]
    last: Row = rows[-1] if rows else {}
    chain = manifest["chain"]
    if last.get("night") != manifest["night"] or any(last.get(name) != chain[name] for name in chain):
        raise WrongError("链的最后一环不是清单所记的本批次", "批次被调换，或链被改动。")
    check_tables(pack, last["tables"])
    how = "由包内数据重新算出" if pack.is_whole() else "由所带的各表摘要算出（部分打包，不含整批数据）"
    pack.say("批次链", GOOD, "本批次根摘要 {}… {}；{} 次封存首尾相接".format(last["root"][:16], how, len(rows)))


def check_tables(pack: Pack, tables: Any) -> None:
    """各表的摘要齐全；整批打包的，与包内数据文件的摘要相同。"""
    if not isinstance(tables, dict) or set(tables) != set(TABLES):
        raise WrongError("本批次的各表摘要不齐全", "链被改动。")
    if pack.manifest["environment"] != pack.digests.get("data/environment.json"):
        raise WrongError("data/environment.json 与清单所记的运行环境不符", "运行环境的记录被改动。")
    for name in TABLES if pack.is_whole() else ("environment",):
        path = "data/{}.json{}".format(name, "" if name == "environment" else "l")
        if pack.digests.get(path) != tables[name]:
            raise WrongError(f"{path} 与封存时的摘要不同", "这一批次封存之后，数据被改动、增删或调换次序。")


def custody_digest(row: Row) -> str:
    """Digest of a custody entry over all its other fields."""
    plain = {name: row[name] for name in row if name != "digest"}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        raw = text.encode("utf-8")
    except UnicodeEncodeError:
        raw = json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()
    return hashlib.sha256(raw).hexdigest()


def check_custody(pack: Pack) -> None:
    """保管记录逐条相接，其中有本批次的封存。"""
    where, rows = "data/custody.jsonl", pack.rows.get("custody", [])
    previous, number, sealed = NO_PREVIOUS, 1, []
    for row in rows:
        fields = {"number", "kind", "happened_at", "actor", "facts", "previous", "digest"}
        if (
            set(row) != fields
            or row["number"] != number
            or row["previous"] != previous
            or row["digest"] != custody_digest(row)
        ):
            raise WrongError(f"保管记录第 {number} 条与上一条接不上", "保管记录被删去、插入或改动。")
        previous, number = row["digest"], number + 1
        facts = row["facts"] if isinstance(row["facts"], dict) else {}
        mine = facts.get("district") == pack.manifest["district"] and facts.get("night") == pack.manifest["night"]
        if row["kind"] == "night_sealed" and mine:
            sealed.append((moment(row["happened_at"], where), facts))
    if not sealed or any(sealed[-1][1].get(name) != one for name, one in pack.manifest["chain"].items()):
        raise WrongError("保管记录里没有本批次的封存，或封存的根摘要不同", "批次在封存之后被改动，或保管记录被删改。")
    pack.times["sealed"] = sealed[-1][0]
    again = "" if len(sealed) == 1 else f"；本批次曾封存 {len(sealed)} 次（重新判定），以最后一次为准"
    pack.say("保管记录", GOOD, f"{len(rows)} 条首尾相接，含本批次的封存{again}")


# ---- 密钥、签名、时间戳 -------------------------------------------------------------------------------------------


class Openssl:
    """本机的 openssl；``path`` 为空时签名与时间戳不能核对。"""

    def __init__(self) -> None:
        self.path = shutil.which("openssl") or ""
        self.why = "" if self.path else "本机没有 openssl"

    def run(self, *words: str) -> tuple[bool, str]:
        """Whether it ended with 0, and what it printed."""
        environment = dict(os.environ, LC_ALL="C")
        try:
            done = subprocess.run(
                [self.path, *words],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=60,
                env=environment,
                check=False,
            )
        except (OSError, subprocess.SubprocessError) as error:
            return False, str(error)
        return done.returncode == 0, done.stdout.decode("utf-8", "replace")

    def verifies(self, key: bytes, message: bytes, signature: bytes) -> bool:
        """Whether an Ed25519 signature holds (``openssl pkeyutl -verify -rawin``)."""
        with tempfile.TemporaryDirectory() as folder:
            paths = written(folder, key=pem_of(key), message=message, signature=signature)
            words = ("-inkey", paths["key"], "-in", paths["message"], "-sigfile", paths["signature"])
            return self.run("pkeyutl", "-verify", "-pubin", "-rawin", *words)[0]

    def is_able(self) -> bool:
        """Whether it can check Ed25519: it must accept the known signature (RFC 8032) and refuse another message."""
        if self.path not in ABLE:
            key, signature = base64.b64decode(KNOWN_KEY), bytes.fromhex(KNOWN_SIGNATURE)
            ABLE[self.path] = self.verifies(key, b"\x72", signature) and not self.verifies(key, b"\x73", signature)
        return ABLE[self.path]


def written(folder: str, **texts: bytes) -> dict[str, str]:
    """Write texts into a folder; their paths by name."""
    paths = {name: os.path.join(folder, name) for name in texts}
    for name, text in texts.items():
        with open(paths[name], "wb") as stream:
            stream.write(text)
    return paths


def pem_of(key: bytes) -> bytes:
    """PEM of a public key in DER."""
    return b"-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(key) + b"\n-----END PUBLIC KEY-----\n"


def key_of(pem: str, where: str) -> bytes:
    """DER of an Ed25519 public key in PEM, written in the one way."""
    match = re.fullmatch(r"-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/]{59}=)\n-----END PUBLIC KEY-----\n", pem)
    try:
        der = base64.b64decode(match.group(1), validate=True) if match else b""
    except binascii.Error:
        der = b""
    if not der.startswith(KEY_HEAD) or len(der) != len(KEY_HEAD) + 32 or pem_of(der).decode() != pem:
        raise WrongError(f"{where} 不是 Ed25519 公钥", "密钥文件被改动。")
    return der


def check_keys(pack: Pack, openssl: Openssl) -> None:
    """密钥清单里后来的密钥由前一把签名认可（前一把已遗失的除外）；签名所用的在清单之中。"""
    where = "keys/keys.json"
    signer = key_of(pack.members["keys/signer.pem"].text().decode("utf-8", "replace"), "keys/signer.pem")
    pack.signer = hashlib.sha256(signer).hexdigest()
    listed = as_rows(parsed(pack.members[where].text(), where), where)
    before: Row = {}
    for one in listed:
        check_key(one, before, openssl)
        before = one
    mine = [one for one in listed if one["fingerprint"] == pack.signer]
    if len(mine) != 1:
        raise WrongError("签名所用的密钥不在密钥清单里", "签名者不是清单所列的任何一把密钥的持有人。")
    pack.times["made"] = moment(mine[0].get("made_at"), where)
    if mine[0].get("retired_at"):
        pack.times["retired"] = moment(mine[0]["retired_at"], where)
    pack.rows["keys"] = listed
    unendorsed = sum(not one.get("endorsed_by") for one in listed) - 1
    state = GOOD if openssl.path or len(listed) == 1 + unendorsed else UNCHECKED
    note = f"，其中 {unendorsed} 把因前一把遗失而未经认可" if unendorsed else ""
    pack.say("密钥", state, f"密钥清单共 {len(listed)} 把{note}；签名公钥指纹 {pack.signer}")


def check_key(one: Row, before: Row, openssl: Openssl) -> None:
    """一把密钥与其指纹相符，由前一把密钥签名认可。"""
    key = key_of(row_text(one, "public_pem", "keys/keys.json"), "keys/keys.json")
    if one.get("fingerprint") != hashlib.sha256(key).hexdigest():
        raise WrongError("密钥清单里有一把密钥与其指纹不符", "密钥清单被改动。")
    by = row_text(one, "endorsed_by", "keys/keys.json")
    if by and (by != before.get("fingerprint") or (openssl.path and not is_endorsed(one, before, openssl))):
        raise WrongError(
            f"密钥 {one['fingerprint'][:16]}… 没有由前一把密钥认可", "密钥清单被改动，或有人加入了自己的密钥。"
        )


def is_endorsed(one: Row, before: Row, openssl: Openssl) -> bool:
    """Whether the key before signed this one."""
    said = canonical({name: one.get(name) for name in ("fingerprint", "made_at", "public_pem")})
    try:
        signature = bytes.fromhex(row_text(one, "endorsement", "keys/keys.json"))
    except ValueError:
        return False
    return openssl.verifies(key_of(before["public_pem"], "keys/keys.json"), said, signature)


def check_identity(pack: Pack, fingerprint: str) -> None:
    """签名者是谁：公钥指纹与使用者另行得到的指纹比对。"""
    if not fingerprint:
        found = "没有给出 --fingerprint：签名者是谁尚未核实"
        how = f"请向出具单位另行索取公钥指纹，与 {pack.signer} 逐字比对；不一致即为他人伪造。"
        pack.say("签名者", NOTE, found, how)
        return
    if fingerprint == pack.signer:
        pack.say("签名者", GOOD, "与给出的指纹一致")
    elif fingerprint in endorsers(pack):
        pack.say("签名者", GOOD, f"给出的是较早的一把密钥，由它逐把认可到本次签名所用的密钥 {pack.signer}")
    else:
        raise WrongError(f"签名公钥的指纹是 {pack.signer}，与给出的不同", "不是您所指的单位签的名：可能是他人伪造。")


def endorsers(pack: Pack) -> set[str]:
    """Fingerprints of the keys from which an unbroken line of endorsements leads to the signer."""
    by = {one["fingerprint"]: one["endorsed_by"] for one in pack.rows["keys"]}
    found: set[str] = set()
    name = by.get(pack.signer, "")
    while name and name not in found:
        found.add(name)
        name = by.get(name, "")
    return found


def check_signature(pack: Pack, openssl: Openssl) -> None:
    """清单的 Ed25519 签名成立。"""
    signature = pack.members["manifest.sig"].text()
    if len(signature) != 64:
        raise WrongError("manifest.sig 不是 64 字节", "签名被改动或损坏。")
    if not openssl.path:
        pack.say("签名", UNCHECKED, f"{openssl.why}，签名没有核对", "只能说明包内各文件互相一致，不能说明由谁出具。")
        return
    signer = key_of(pack.members["keys/signer.pem"].text().decode(), "keys/signer.pem")
    if not openssl.verifies(signer, pack.members["manifest.json"].text(), signature):
        if not openssl.is_able():
            openssl.path, openssl.why = "", "本机的 openssl 版本过旧，不能核对 Ed25519"
            check_signature(pack, openssl)
            return
        raise WrongError("清单的签名不成立", "清单在签名之后被改动，或签名不是这把密钥所签。")
    pack.say("签名", GOOD, f"清单由密钥 {pack.signer[:16]}… 签名，成立")


def check_stamps(pack: Pack, openssl: Openssl, authority: str) -> None:
    """时间戳：对签名所加，由时间戳权威的证书核对；时间合乎情理。"""
    tokens = pack.token_names()
    owed = sorted(name for name in pack.members if re.fullmatch(r"keys/authority-\d+\.pem", name))
    if owed != [f"keys/authority-{number}.pem" for number in range(1, len(owed) + 1)]:
        raise WrongError("时间戳权威证书的编号不连续", "有证书被删去。")
    if len(tokens) < len(owed):
        raise WrongError(f"应有 {len(owed)} 个时间戳，只有 {len(tokens)} 个", "时间戳被删去：无法证明签名的时间。")
    if not tokens:
        if authority:
            raise WrongError("给出了时间戳权威的证书，包里却没有时间戳", "时间戳被删去，或从未加盖。")
        pack.say("时间戳", NOTE, "本包没有时间戳", "没有第三方证明签名的时间，时间只凭出具单位自己的记录。")
        return
    if not openssl.path:
        pack.say("时间戳", UNCHECKED, f"{openssl.why}，时间戳没有核对", "签名的时间没有得到证明。")
        return
    named = [check_stamp(pack, openssl, number, owed, authority) for number in range(len(tokens))]
    if authority and not any(named):
        raise WrongError("没有一个时间戳由给出的权威证书签发", "时间戳不是您所指的权威签发的：可能是他人伪造。")


def check_stamp(pack: Pack, openssl: Openssl, number: int, owed: list[str], authority: str) -> bool:
    """核对一个时间戳。"""
    tokens = pack.token_names()
    token = tokens[number]
    over = "manifest.sig" if number < len(owed) else tokens[number - 1]
    with tempfile.TemporaryDirectory() as folder:
        texts = {"token": pack.members[token].text(), "over": pack.members[over].text()}
        if number < len(owed):
            texts["carried"] = pack.members[owed[number]].text()
        paths = written(folder, **texts)
        at = stamped_at(openssl, paths["token"], token)
        choices = [one for one in (authority, paths.get("carried", "")) if one]
        held = [(one, stamp_holds(openssl, paths, one, at)) for one in choices]
    by, how = next(((one, how) for one, how in held if how), ("", ""))
    if not by and number >= len(owed):
        pack.say("时间戳", NOTE, f"{token} 是后来续盖的，没有核对", "要用 --authority 给出续盖它的权威的根证书。")
        return False
    if not by:
        raise WrongError(f"{token} 不成立", "时间戳不是对这个签名所加，或被改动，或不是这个权威签发的。")
    check_stamp_time(pack, at, token)
    shown = at.astimezone(timezone(timedelta(hours=8))).strftime("%Y-%m-%d %H:%M:%S")
    pack.say("时间戳", GOOD, f"{token}：{shown}（北京时间）之前已经签名{how}")
    if by != authority:
        print_ = hashlib.sha256(der_of(texts["carried"])).hexdigest()
        meaning = f"请与该权威公布的根证书比对（SHA-256 指纹 {print_}），或用 --authority 给出。"
        pack.say("时间戳权威", NOTE, f"核对 {token} 所用的权威证书是随包带来的", meaning)
    return by == authority


def der_of(pem: bytes) -> bytes:
    """The first certificate of a PEM file in DER."""
    match = re.search(rb"-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", pem, re.S)
    try:
        return base64.b64decode(match.group(1)) if match else b""
    except binascii.Error:
        return b""


def stamped_at(openssl: Openssl, path: str, token: str) -> datetime:
    """The time in a token."""
    _, text = openssl.run("ts", "-reply", "-token_in", "-in", path, "-text")
    match = re.search(r"Time stamp: (\w{3} +\d+ \d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT", text)
    if not match:
        raise WrongError(f"{token} 不是时间戳", "时间戳被改动或损坏。")
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    month, day, clock = match.group(1).split()
    text = f"{match.group(2)}-{months.index(month) + 1:02}-{int(day):02} {clock} +0000"
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z")


def stamp_holds(openssl: Openssl, paths: dict[str, str], authority: str, at: datetime) -> str:
    """How a token holds under this authority, or empty: today, or as of its own time once the certificate expired."""
    words = ("ts", "-verify", "-data", paths["over"], "-in", paths["token"], "-token_in", "-CAfile", authority)
    if openssl.run(*words)[0]:
        return "，成立"
    if openssl.run(*words, "-attime", str(int(at.timestamp())))[0]:
        return "，按签发当时成立（签发证书今天已过有效期）"
    return ""


def check_stamp_time(pack: Pack, at: datetime, token: str) -> None:
    """时间戳不早于批次结束、封存和密钥制成，不晚于现在。"""
    slack = timedelta(minutes=10)
    for name, what in (("end", "批次结束"), ("sealed", "批次封存"), ("made", "密钥制成"), ("seen", "最后一次采样")):
        if name in pack.times and at + slack < pack.times[name]:
            raise WrongError(
                f"{token} 的时间早于{what}（{pack.times[name]}）", "批次的时间被改动，或时间戳取自别的签名。"
            )
    if "retired" in pack.times and at > pack.times["retired"] + slack:
        raise WrongError(f"{token} 的时间晚于密钥停用", "密钥停用之后又被用来签名。")
    if at > datetime.now(timezone.utc) + timedelta(days=1):
        raise WrongError(f"{token} 的时间在将来", "时间戳有假，或本机的时钟不准。")


# ---- 一包、多包、命令行 -------------------------------------------------------------------------------------------


def check_file_name(pack: Pack) -> None:
    """文件名所说的区县、批次与清单一致。"""
    match = re.match(r"mingcha-(.+?)-(\d{4}-\d\d-\d\d)(?:[-.(]|$)", os.path.basename(os.path.abspath(pack.path)))
    if match and (match.group(1), match.group(2)) != (pack.manifest["district"], pack.manifest["night"]):
        raise WrongError("文件名与包内的区县、批次不符", "这个批次的佐证包被别的批次顶替。")


def examine(path: str, fingerprint: str = "", authority: str = "", openssl: Openssl | None = None) -> Pack:
    """核验一个佐证包；各项结果在 ``results`` 里。

    Raises:
        NoPackError: when it is no pack at all.
    """
    pack, tool = Pack(path), openssl or Openssl()
    steps: list[tuple[str, Callable[[], None]]] = [
        ("容器", lambda: open_pack(pack)),
        ("校验和", lambda: check_sums(pack)),
        ("清单", lambda: check_manifest(pack)),
        ("文件名", lambda: check_file_name(pack)),
        ("网页存档", lambda: check_archive(pack)),
        ("数据", lambda: check_rows(pack)),
        ("快照", lambda: check_snapshots(pack)),
        ("结论", lambda: check_verdicts(pack)),
        ("批次链", lambda: check_chain(pack)),
        ("保管记录", lambda: check_custody(pack)),
        ("密钥", lambda: check_keys(pack, tool)),
        ("签名者", lambda: check_identity(pack, fingerprint)),
        ("签名", lambda: check_signature(pack, tool)),
        ("时间戳", lambda: check_stamps(pack, tool, authority)),
    ]
    needed = {"容器", "清单", "数据", "密钥"}
    for check, step in steps:
        try:
            step()
        except WrongError as error:
            pack.say(check, BAD, str(error), error.meaning)
            if check in needed:
                pack.say("其余", BAD, "没有继续核对", "前一项不符，后面的内容不可信。")
                break
        except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError) as error:
            pack.say(check, BAD, f"内容与约定的样子不同（{type(error).__name__}: {error}）", "内容被改动或损坏。")
            break
    return pack


def check_together(packs: list[Pack]) -> list[Result]:
    """同一区县的几个佐证包：各自的链同出一源，中间没有缺少的批次；本身已有不符的不再比对。"""
    sound = [pack for pack in packs if pack.holds()]
    districts = sorted({pack.manifest["district"] for pack in sound})
    groups = [(one, [pack for pack in sound if pack.manifest["district"] == one]) for one in districts]
    return [chain_between(district, group) for district, group in groups if len(group) > 1]


def chain_between(district: str, group: list[Pack]) -> Result:
    """几个佐证包之间的链。"""
    longest = max((pack.rows["chain"] for pack in group), key=len)
    roots = [row["root"] for row in longest]
    for pack in group:
        mine = [row["root"] for row in pack.rows["chain"]]
        if mine != roots[: len(mine)]:
            return Result("批次之间", BAD, f"{printable(pack.path)} 的链与其余的不是同一条", "有批次被别处制作的顶替。")
    given = {pack.manifest["night"] for pack in group}
    between = {row["night"] for row in longest if min(given) <= row["night"] <= max(given)}
    if between - given:
        nights = "、".join(sorted(between - given))
        return Result("批次之间", BAD, f"{district} 缺少批次 {nights}", "中间的批次被抽走或被顶替。")
    return Result("批次之间", GOOD, f"{district} 的 {len(given)} 个批次同在一条链上，中间不缺", "")


def show(results: list[Result]) -> None:
    """Print results, one a line, what they mean below."""
    for one in results:
        print(f"  [{one.state}] {one.check}：{one.found}")
        if one.meaning:
            print(f"         {one.meaning}")


def verdict_code(packs: list[Pack], together: list[Result]) -> int:
    """Exit code over all results."""
    states = {one.state for pack in packs for one in pack.results} | {one.state for one in together}
    return 1 if BAD in states else 3 if UNCHECKED in states else 0


def verify(paths: list[str], fingerprint: str = "", authority: str = "") -> int:
    """核验并打印结果，返回退出码。"""
    packs: list[Pack] = []
    for path in paths:
        print(printable(path))
        try:
            packs.append(examine(path, fingerprint, authority))
        except NoPackError as error:
            print(f"  {error}")
            return 2
        except OSError as error:
            print(f"  读不了这个文件：{printable(str(error.strerror or error))}")
            return 2
        show(packs[-1].results)
    together = check_together(packs)
    show(together)
    code = verdict_code(packs, together)
    signer = "" if fingerprint else "签名者是谁，请按上面的 [提示] 比对公钥指纹。"
    endings = {
        0: "结论：全部核对无误。" + signer,
        1: "结论：有不符之处，见上面的 [不符]。不要采信。",
        3: "结论：已核对的部分无误；但签名与时间戳没有核对，见上面的 [未核对]。请在装有 openssl 3 的电脑上再核验。",
    }
    print(endings[code])
    return code


def main(arguments: list[str] | None = None) -> int:
    """Command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = argparse.ArgumentParser(prog="verify.py", description="核验明察佐证包")
    parser.add_argument("packs", nargs="*", metavar="佐证包", help="zip 文件或解开后的文件夹；默认本文件所在的文件夹")
    parser.add_argument("--fingerprint", default="", help="签名公钥指纹（64 位十六进制），另行向出具单位索取")
    parser.add_argument("--authority", default="", help="时间戳权威的根证书（PEM 文件）")
    given = parser.parse_args(arguments)
    fingerprint = re.sub(r"[\s:]", "", given.fingerprint).lower()
    if fingerprint and not HEX.fullmatch(fingerprint):
        parser.error("--fingerprint 应是 64 位十六进制")
    if given.authority and not os.path.isfile(given.authority):
        parser.error("--authority：没有这个文件")
    return verify(given.packs or [os.path.dirname(os.path.abspath(__file__))], fingerprint, given.authority)


if __name__ == "__main__":
    sys.exit(main())
