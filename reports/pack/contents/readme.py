"""README.txt of a pack: what it is, what it cannot prove, what is withheld, how to open and check it; plain text."""

from __future__ import annotations

from reports.pack.contents.policy import confirmation_of
from reports.pack.contents.saying import (
    one_line,
    sampled_sentence,
    scope_sentence,
    sealed_sentence,
    unfinished_sentence,
    withheld_places,
    withheld_sentence,
)
from reports.pack.member import FIRST_MEMBER, Member
from reports.pack.source import NightSource
from reports.wording import HEAD

_BYTE_ORDER_MARK = "\ufeff"
_FILES = (
    ("index.html", "总目录：按单位和结论列出全部事项，逐项打开佐证；双击即可，不需要网络"),
    ("VERIFY.md", "核验步骤：只用常见工具逐步核对本包"),
    ("verify.py", "核验程序：python3 verify.py，只用 Python 标准库和本机 openssl"),
    ("manifest.json、manifest.sig、manifest.tst", "清单、签名、时间戳"),
    ("SHA256SUMS", "全部文件的摘要值，可用 sha256sum -c 核对"),
    ("evidence.wacz", "网页存档（WACZ），可用 ReplayWeb.page 或 pywb 离线回放"),
    ("data/", "结论、观测、问题台账、依据、快照等数据表（JSON Lines 附 JSON Schema；data.xlsx 为同样内容）"),
    ("pictures/", "页面截图和点击路径图"),
    ("reports/", "核验报告"),
    ("assessor/", "供第三方评估的分项佐证和佐证目录（仅在为评估打包时）"),
    ("keys/", "签名公钥和时间戳机构证书"),
)


def readme_member(source: NightSource, fingerprint: str = "") -> Member:
    """README.txt, UTF-8 with a byte order mark and CRLF: every Windows opens it rightly.

    Args:
        fingerprint: of the signing key, to be compared with one that came by another way; empty where unsigned.
    """
    lines = [*_head(source), *_limits(source), *_withheld(source), *_checking(fingerprint), *_contents()]
    text = _BYTE_ORDER_MARK + "\r\n".join(lines) + "\r\n"
    return Member(FIRST_MEMBER, text.encode("utf-8", "replace"))


def _head(source: NightSource) -> list[str]:
    view = source.view
    facts = [
        f"{one_line(view.district.name)}政务公开核验佐证包",
        "",
        HEAD,
        "",
        f"核验基准日：{view.night.night}",
        f"采样时间：{sampled_sentence(source)}",
        f"打包范围：{scope_sentence(source)}",
        f"确认方式：{confirmation_of(view.night)}",
        "核验依据：" + "；".join(f"{one_line(one.title)}（{one.document_number}）" for one in view.directories),
    ]
    notes = [sealed_sentence(source), unfinished_sentence(source), view.held_by_incident]
    return [*facts, *(f"注意：{one_line(note)}" for note in notes if note), ""]


def _limits(source: NightSource) -> list[str]:
    if not source.not_recorded:
        return []
    listed = [f"  {number}. {one_line(said)}" for number, said in enumerate(source.not_recorded, start=1)]
    return ["【本包不能证明的事】（not_recorded）", *listed, ""]


def _withheld(source: NightSource) -> list[str]:
    if not source.withheld:
        return []
    places = [f"  - {withheld_places(one)}" for one in source.withheld]
    return ["【涉个人信息，留存备查】", withheld_sentence(source), *places, ""]


def _checking(fingerprint: str) -> list[str]:
    lines = [
        "【如何核验】",
        "  1. 在本文件夹运行 python3 verify.py（或按 VERIFY.md 用 sha256sum、gzip、openssl 逐步核对）。",
        "  2. 签名只证明由持有该私钥者签出；签名者是谁，须将下列指纹与另行得到（公函、当面）的指纹比对。",
    ]
    return [*lines, f"     指纹（SHA-256）：{fingerprint}" if fingerprint else "     指纹：见 keys/keys.json", ""]


def _contents() -> list[str]:
    return ["【包内文件】", *(f"  {name}：{words}" for name, words in _FILES)]
