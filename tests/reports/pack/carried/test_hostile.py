"""Packs made to harm whoever opens them: refused with a sentence, never a traceback, and nothing is written."""

from __future__ import annotations

import io
import os
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pack_forging import Forger, unzipped, zipped
from reports.pack.carried import verify
from small_pack import SmallDistrict

VERIFIER = Path(verify.__file__)


def plain_zip(*entries: tuple[str, bytes], method: int = zipfile.ZIP_STORED, mode: int = 0o100644) -> bytes:
    """A zip as any tool makes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, body in entries:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr, entry.compress_type = 3, mode << 16, method
            packed.writestr(entry, body)
    return out.getvalue()


HOSTILE = {
    "climbing name": plain_zip(("../../evil.sh", b"x")),
    "absolute name": plain_zip(("/etc/evil", b"x")),
    "name with a drive": plain_zip(("C:evil", b"x")),
    "name with a backslash": zipped({"a": b""}).replace(b"a", b"\\"),
    "control character": plain_zip(("a\x1b[2Jb", b"x")),
    "same name twice": zipped({"a": b"1", "b": b"2"}).replace(b"b", b"a"),
    "same name but for case": plain_zip(("data/a", b"1"), ("data/A", b"2")),
    "link": plain_zip(("README.txt", b"/etc/passwd"), mode=0o120777),
    "folder entry": plain_zip(("data/", b"")),
    "compressed": plain_zip(("README.txt", b"0" * 10_000_000), method=zipfile.ZIP_DEFLATED),
    "empty zip": plain_zip(),
    "empty file": b"",
    "text": b"no zip at all",
    "only a magic number": b"PK\x03\x04",
    "size beyond the file": b"PK\x03\x04"
    + struct.pack("<5H3I2H", 20, 0, 0, 0, 0x21, 0, 0xFFFFFFF0, 0xFFFFFFF0, 1, 0)
    + b"a",
    "name beyond the file": b"PK\x03\x04" + struct.pack("<5H3I2H", 20, 0, 0, 0, 0x21, 0, 0, 0, 0xFFFF, 0) + b"a",
    "noise": b"PK\x03\x04" + random.Random(46).randbytes(5000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_zip_is_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(HOSTILE[name])
    before = sorted(tmp_path.rglob("*"))
    assert verify.main([str(path)]) in (1, 2)
    assert sorted(tmp_path.rglob("*")) == before
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "Traceback" not in said


def deep(_: Forger) -> bytes:
    return b"[" * 200_000 + b"]" * 200_000


TEXTS: dict[str, tuple[str, Callable[[Forger], bytes]]] = {
    "deep nesting": ("manifest.json", deep),
    "huge number": ("manifest.json", lambda _: b"1" * 10_000),
    "no text": ("manifest.json", lambda _: b"\xff\xfe\x00"),
    "empty manifest": ("manifest.json", lambda _: b""),
    "files that are no list": (
        "manifest.json",
        lambda forger: forger.members["manifest.json"].replace(b'"files":[', b'"files":[3,'),
    ),
    "sums of another kind": ("SHA256SUMS", lambda _: b"\xff\n"),
    "sums of nothing": ("SHA256SUMS", lambda _: b""),
    "keys that are no list": ("keys/keys.json", lambda _: b"{}"),
    "key of keys": ("keys/keys.json", lambda _: b'[{"public_pem":[]}]'),
    "deep lines": ("data/looks.jsonl", lambda forger: deep(forger) + b"\n"),
    "rows of other kinds": ("data/chain.jsonl", lambda _: b'{"night":{}}\n'),
    "custody of other kinds": ("data/custody.jsonl", lambda _: b'{"number":[]}\n'),
    "verdict of other kinds": ("data/verdicts.jsonl", lambda _: b'{"obligation_id":"x","checks":3}\n'),
    "no WACZ": ("evidence.wacz", lambda _: b"no zip"),
    "WACZ of nothing": ("evidence.wacz", lambda _: zipped({})),
    "token that is a program": ("manifest.tst", lambda _: b"#!/bin/sh\n"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_odd_contents_are_said_to_be_wrong_without_a_traceback(
    name: str, district: SmallDistrict, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, made = TEXTS[name]
    forger = Forger(district.pack())
    forger.members[path] = made(forger)
    if path not in ("manifest.json", "SHA256SUMS"):
        forger.relist()
    elif path == "manifest.json":
        forger.resum()
    (tmp_path / "p.zip").write_bytes(forger.written())
    assert verify.main([str(tmp_path / "p.zip")]) == 1
    assert "Traceback" not in capsys.readouterr().out


def test_a_bomb_in_the_archive_is_stopped(district: SmallDistrict, tmp_path: Path) -> None:
    forger = Forger(district.pack())
    machine = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(machine.compress(bytes(1 << 20)) for _ in range(300)) + machine.flush()
    forger.inner["archive/evidence.warc.gz"] += bomb
    forger.put_inner()
    forger.relist()
    (tmp_path / "p.zip").write_bytes(forger.written())
    found = [one for one in verify.examine(str(tmp_path / "p.zip")).results if one.check == "网页存档"]
    assert "过大" in found[0].found


def test_a_link_in_a_folder_is_not_followed(district: SmallDistrict, tmp_path: Path) -> None:
    folder = tmp_path / "unpacked"
    for name, body in unzipped(district.pack()).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body)
    (folder / "README.txt").unlink()
    (folder / "README.txt").symlink_to("/etc/hostname")
    assert verify.main([str(folder)]) == 1


def run(path: Path, folder: Path, search: str) -> subprocess.CompletedProcess[str]:
    """verify.py as a stranger runs it, with this search path for openssl."""
    environment = {**os.environ, "PATH": search}
    words = [sys.executable, "-I", str(VERIFIER), str(path)]
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def sham(folder: Path, script: str) -> str:
    """A search path on which openssl is this script."""
    folder.mkdir()
    (folder / "openssl").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / "openssl").chmod(0o755)
    return str(folder)


def test_without_openssl_it_says_what_was_not_checked(district: SmallDistrict, tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(district.pack())
    done = run(tmp_path / "p.zip", tmp_path, str(tmp_path))
    assert done.returncode == 3
    assert "签名与时间戳没有核对" in done.stdout
    assert done.stderr == ""


def test_an_openssl_that_cannot_check_is_none(district: SmallDistrict, tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(district.pack())
    done = run(tmp_path / "p.zip", tmp_path, sham(tmp_path / "bin", "exit 1"))
    assert done.returncode == 3
    assert "过旧" in done.stdout


def test_without_openssl_what_is_wrong_is_still_wrong(district: SmallDistrict, tmp_path: Path) -> None:
    forger = Forger(district.pack())
    forger.members["index.html"] += b"x"
    (tmp_path / "p.zip").write_bytes(forger.written())
    assert run(tmp_path / "p.zip", tmp_path, str(tmp_path)).returncode == 1


def test_no_pack_and_no_file_is_another_exit_code(tmp_path: Path) -> None:
    assert run(tmp_path / "nothing.zip", tmp_path, os.environ["PATH"]).returncode == 2
    assert run(tmp_path, tmp_path, os.environ["PATH"]).returncode == 2
