"""verify.py, check by check: what is right passes, and each thing that can be wrong is named by its check."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from pack_forging import Forger, repacked, unzipped, zipped
from reports.pack.canonical import canonical_json
from reports.pack.carried import verify
from reports.pack.carried.verify import BAD
from small_pack import SmallDistrict, in_order, small_district

SOURCE = (files("reports.pack.carried") / "verify.py").read_text(encoding="utf-8")


def wrong(path: Path, **words: str) -> set[str]:
    """The checks that fail, and nothing else than checks."""
    return {one.check for one in verify.examine(str(path), **words).results if one.state == BAD}


def test_it_needs_nothing_but_the_standard_library_of_python_3_8() -> None:
    tree = ast.parse(SOURCE, feature_version=(3, 8))
    plain = [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    named = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {name.split(".")[0] for name in [*plain, *named] if name} <= set(sys.stdlib_module_names)


def test_a_whole_pack_is_good_as_a_zip_and_as_a_folder(district: SmallDistrict, tmp_path: Path) -> None:
    body = district.pack()
    packed, folder = tmp_path / "mingcha-yunchuan-2021-11-30.zip", tmp_path / "unpacked"
    packed.write_bytes(body)
    for name, text in unzipped(body).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text)
    assert wrong(packed) == wrong(folder) == set()
    assert verify.main([str(packed)]) == verify.main([str(folder)]) == 0


@pytest.mark.parametrize("sm3", [False, True])
def test_a_part_of_a_night_is_good(tmp_path: Path, sm3: bool) -> None:
    made = small_district(tmp_path, organ="finance", sm3=sm3)
    (tmp_path / "part.zip").write_bytes(made.pack())
    assert wrong(tmp_path / "part.zip") == set()


def rows(table: str, edit: Callable[[list[dict]], object]) -> Callable[[Forger], None]:
    """An edit of the rows of a table, in place."""

    def made(forger: Forger) -> None:
        found = forger.rows(table)
        edit(found)
        forger.put_rows(table, found)

    return made


def member(name: str, edit: Callable[[bytes], bytes]) -> Callable[[Forger], None]:
    """An edit of a member's bytes."""

    def made(forger: Forger) -> None:
        forger.members[name] = edit(forger.members[name])

    return made


def inner(name: str, edit: Callable[[bytes], bytes]) -> Callable[[Forger], None]:
    """An edit of a file of the WACZ, its own digests right again."""

    def made(forger: Forger) -> None:
        forger.inner[name] = edit(forger.inner[name])
        forger.put_inner()

    return made


def record(number: int, edit: Callable[[bytes], bytes]) -> Callable[[Forger], None]:
    """An edit of an archived record's text."""

    def made(forger: Forger) -> None:
        records = list(forger.records)
        records[number] = (records[number][0], repacked(records[number][1], edit))
        forger.put_records(records)

    return made


def without_records(*numbers: int) -> Callable[[Forger], None]:
    """Records taken out of the archive."""

    def made(forger: Forger) -> None:
        forger.put_records([one for number, one in enumerate(forger.records) if number not in numbers])

    return made


def resealed(edit: Callable[[Forger], None]) -> Callable[[Forger], None]:
    """The edit, and the night's root made to fit."""

    def made(forger: Forger) -> None:
        edit(forger)
        forger.reseal()

    return made


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """One text for another, which must be there."""

    def made(body: bytes) -> bytes:
        assert old in body
        return body.replace(old, new, 1)

    return made


def renamed(old: str, new: str) -> Callable[[Forger], None]:
    """A member under another name."""

    def made(forger: Forger) -> None:
        forger.members = in_order({new if name == old else name: body for name, body in forger.members.items()})

    return made


def picture_renamed(forger: Forger) -> None:
    name = next(name for name in forger.members if name.startswith("pictures/"))
    renamed(name, f"pictures/{'0' * 64}.png")(forger)


def custody_of(edit: Callable[[list[dict]], object]) -> Callable[[Forger], None]:
    """An edit of the custody log, its chain made to fit."""

    def made(forger: Forger) -> None:
        events = forger.rows("custody")
        edit(events)
        forger.put_custody(events)

    return made


def set_all(table: str, **values: object) -> Callable[[Forger], None]:
    """Fields of the first row."""
    return rows(table, lambda found: found[0].update(values))


INSIDER = {
    # what somebody with the key would sign: every digest is right, and the contents contradict each other
    "verdict cites a page that is not there": ("结论", resealed(set_all("verdicts", evidence=["nowhere"]))),
    "nested check cites a page that is not there": (
        "结论",
        resealed(set_all("verdicts", checks=[{"evidence": ["nowhere"]}])),
    ),
    "verdict of another night": ("结论", resealed(set_all("verdicts", night="2021-11-29"))),
    "verdict differs from the standing": ("结论", resealed(set_all("verdicts", standing="published"))),
    "planned without a standing": (
        "结论",
        resealed(rows("planned", lambda found: found.append({"obligation_id": "d/more/1@x"}))),
    ),
    "verdict without a plan": ("结论", resealed(rows("planned", lambda found: found.pop()))),
    "verdict twice": ("结论", resealed(rows("verdicts", lambda found: found.append(found[0])))),
    "gap without a verdict": ("结论", resealed(set_all("gaps", obligation_id="d/none/1@x"))),
    "night of another district": ("结论", set_all("night", district="elsewhere")),
    "page seen at another time": ("快照", resealed(set_all("snapshots", fetched_at="2021-11-30T01:00:00.000000Z"))),
    "page of another address": ("快照", resealed(set_all("snapshots", url="http://127.0.0.9/list"))),
    "page with another digest": ("快照", resealed(set_all("snapshots", payload_digest="sha256:" + "0" * 64))),
    "archived page without a row": (
        "快照",
        resealed(lambda forger: [rows(t, lambda found: found.pop(0))(forger) for t in ("records", "snapshots")]),
    ),
    "withheld page in the archive": (
        "快照",
        lambda forger: set_all("withheld", snapshot_id=next(r["id"] for r in forger.rows("records") if r["in_wacz"]))(
            forger
        ),
    ),
    "record said to stand elsewhere": (
        "快照",
        lambda forger: rows("records", lambda found: next(r for r in found if r["in_wacz"]).update(offset=1))(forger),
    ),
    "request without its answer": ("网页存档", without_records(2)),
    "archive without its beginning": ("网页存档", without_records(0)),
    "block digest": ("网页存档", record(2, replaced(b"html", b"hTml"))),
    "no WARC/1.1": ("网页存档", record(2, replaced(b"WARC/1.1", b"WARC/1.0"))),
    "length of a record": ("网页存档", record(2, lambda text: text + b"more")),
    "no gzip": ("网页存档", inner("archive/evidence.warc.gz", lambda body: body[:-4] + b"\0\0\0\0")),
    "archive cut": ("网页存档", inner("archive/evidence.warc.gz", lambda body: body[:-20])),
    "index leads elsewhere": ("网页存档", inner("indexes/index.cdxj", replaced(b'"length":"', b'"length":"1'))),
    "index with another address": ("网页存档", inner("indexes/index.cdxj", replaced(b"127.0.0.1/i", b"127.0.0.1/j"))),
    "index without a line": ("网页存档", inner("indexes/index.cdxj", lambda body: body.split(b"\n", 1)[1])),
    "page that was never archived": ("网页存档", inner("pages/pages.jsonl", replaced(b'index.html"', b'index.htm"'))),
    "pages without a heading": ("网页存档", inner("pages/pages.jsonl", replaced(b"json-pages-1.0", b"json-pages-9.9"))),
    "line that is not canonical": ("数据", member("data/looks.jsonl", lambda body: body.replace(b":", b": "))),
    "line that is no JSON": ("数据", member("data/looks.jsonl", lambda body: body[:-2] + b"\n")),
    "not a number": ("数据", member("data/looks.jsonl", lambda body: b'{"look_id":NaN}\n')),
    "key twice": ("数据", member("data/looks.jsonl", lambda body: b'{"a":1,"a":1}\n')),
    "last line without its end": ("数据", member("data/looks.jsonl", lambda body: body[:-1])),
    "picture under another name": ("数据", picture_renamed),
    "table gone": ("数据", lambda forger: forger.members.pop("data/planned.jsonl")),
    "table changed after the sealing": ("批次链", set_all("looks", look_id=2)),
    "environment changed after the sealing": (
        "批次链",
        member("data/environment.json", lambda body: canonical_json({"operator": "李四"})),
    ),
    "chain with another root before": ("批次链", set_all("chain", previous="1" * 64)),
    "chain of another night": ("批次链", set_all("chain", night="2021-11-29")),
    "tables that do not make the content": ("批次链", set_all("chain", tables={})),
    "custody event altered": ("保管记录", set_all("custody", actor="李四")),
    "custody event gone": ("保管记录", rows("custody", lambda found: found.clear())),
    "sealed with another root": ("保管记录", custody_of(lambda found: found[-1]["facts"].update(root="1" * 64))),
    "manifest with a field more": ("清单", member("manifest.json", replaced(b'{"chain"', b'{"also":1,"chain"'))),
    "manifest of no date": (
        "清单",
        member("manifest.json", replaced(b'"night":"2021-11-30"', b'"night":"2021-13-30"')),
    ),
    "manifest that is not canonical": ("清单", member("manifest.json", lambda body: body + b"\n")),
    "manifest that is a list": ("清单", member("manifest.json", lambda body: b"[]")),
    "signer that is no key": ("密钥", member("keys/signer.pem", lambda body: b"no key")),
    "signer that is not on the list": (
        "密钥",
        member("keys/keys.json", lambda body: b"[]"),
    ),
    "signature of another length": ("签名", member("manifest.sig", lambda body: body + b"\0")),
    "token that is none": ("时间戳", member("manifest.tst", lambda body: b"no token")),
    "authority gone": ("时间戳", renamed("keys/authority-1.pem", "keys/authority-2.pem")),
    "strange file": ("容器", lambda forger: forger.members.update({"data/../x": b""})),
    "file in no folder": ("容器", lambda forger: forger.members.update({"more.txt": b""})),
}


@pytest.mark.parametrize("name", INSIDER)
def test_what_contradicts_itself_is_named_though_every_digest_is_right(
    name: str, district: SmallDistrict, tmp_path: Path
) -> None:
    check, edit = INSIDER[name]
    forger = Forger(district.pack())
    edit(forger)
    if "manifest" not in name:
        forger.members = in_order(forger.members)
        forger.relist()
    forger.resum()
    path = tmp_path / "p.zip"
    path.write_bytes(zipped(forger.members))
    assert check in wrong(path)
    assert verify.main([str(path)]) == 1


def test_counts_of_records_are_those_of_the_manifest(district: SmallDistrict, tmp_path: Path) -> None:
    forger = Forger(district.pack())
    manifest = json.loads(forger.members["manifest.json"])
    for one in manifest["files"]:
        if one["path"] == "data/looks.jsonl":
            one["records"] = 7
    forger.members["manifest.json"] = canonical_json(manifest)
    forger.resum()
    (tmp_path / "p.zip").write_bytes(forger.written())
    assert "数据" in wrong(tmp_path / "p.zip")


def test_a_file_under_the_name_of_another_night_is_named(district: SmallDistrict, tmp_path: Path) -> None:
    path = tmp_path / "mingcha-yunchuan-2021-12-24.zip"
    path.write_bytes(district.pack())
    assert wrong(path) == {"文件名"}


def test_a_stamp_from_before_the_nights_end_is_named(tmp_path: Path, stamping) -> None:
    made = small_district(tmp_path, stamps=[stamping.stamp], authorities=[stamping.ca.read_bytes()])
    (tmp_path / "p.zip").write_bytes(made.pack(date(2221, 11, 30)))
    assert wrong(tmp_path / "p.zip") == {"时间戳"}


SAID = {
    "http://a/13812345678": True,
    "http://a/138****5678": True,
    "http://a/139****5678": False,
    "http://a/1381234567": False,
    "http://*/13812345678": False,
}


@pytest.mark.parametrize("said", SAID)
def test_private_numbers_in_an_address_may_be_starred(said: str) -> None:
    assert verify.is_same_address(said, "http://a/13812345678") is SAID[said]
