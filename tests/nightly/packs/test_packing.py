"""A night is sealed and packed by the command line: the same bytes each time, nothing half, nothing altered."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import nights
from ledger.custody import CustodyKind
from ledger.errors import EvidenceDamagedError
from nightly.cli import app
from nightly.errors import NightError
from pack_authority import LocalAuthority, authority
from portals.demonstration import build
from portals.serving import serve
from reports.pack.errors import CopyError, KeyTroubleError
from reports.pack.manifest import has_sm3

AS_OF = "2021-11-30"
NAME = f"mingcha-yunchuan-{AS_OF}"


def mingcha(*words: str) -> Result:
    """One command, in this process; what it raises comes out as it is."""
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


@dataclass(frozen=True, slots=True)
class PackedNight:
    """A finished night: its district file and data folder."""

    district: Path
    data: Path


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> PackedNight:
    """A night of a small portal; a browser would only take time here."""
    folder = tmp_path_factory.mktemp("walked")
    portal = build(departments=2, towns=1)
    with serve(portal) as served:
        district = portal.write_district(folder / "district", served.ports)
        options = ("--as-of", AS_OF, "--confirm-now", "--no-pictures", "--no-browser")
        nights.run(district, folder / "data", *options)
    return PackedNight(district, folder / "data")


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalAuthority]:
    """A time-stamp authority that the environment names."""
    with authority(tmp_path / "authority") as running:
        monkeypatch.setenv("MINGCHA_TIMESTAMP_URLS", running.url)
        monkeypatch.setenv("MINGCHA_TIMESTAMP_CAS", str(running.ca_file))
        yield running


@pytest.fixture
def own(walked: PackedNight, tmp_path: Path) -> PackedNight:
    """The night with a data folder of its own, to be spoiled."""
    shutil.copytree(walked.data, tmp_path / "data")
    return replace(walked, data=tmp_path / "data")


def pack(night: PackedNight, out: Path, *words: str) -> tuple[Path, str]:
    """Pack the night; the zip file and what was printed."""
    options = ("--night", AS_OF, "--data", str(night.data), "--out", str(out))
    done = mingcha("pack", str(night.district), *options, *words)
    assert done.exit_code == 0, done.output
    (file,) = out.glob("*.zip")
    return file, done.output


def members(file: Path) -> dict[str, bytes]:
    """Every member by its path."""
    with zipfile.ZipFile(file) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def verified(file: Path, *words: str) -> str:
    """What the verifier that the pack carries says of it; it must find nothing wrong."""
    own = file.with_name("verify.py")
    own.write_bytes(members(file)["verify.py"])
    done = subprocess.run([sys.executable, own, file, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def events(night: PackedNight, kind: CustodyKind) -> list[dict[str, str]]:
    """Facts of the custody events of one kind."""
    with nights.opened(night.data) as ledger:
        assert ledger.broken_link() is None
        return [dict(one.facts) for one in ledger.custody(kind)]


def test_the_same_night_packed_twice_has_the_same_bytes(
    own: PackedNight, local: LocalAuthority, tmp_path: Path
) -> None:
    first, said = pack(own, tmp_path / "first")
    second, again = pack(own, tmp_path / "second")
    assert first.read_bytes() == second.read_bytes()
    assert "已新建一把" in said
    assert "已新建" not in again
    assert local.request_count == 1
    assert "时间戳：1 个" in said
    assert len(events(own, CustodyKind.PACKED)) == 2
    assert [one["authority"] for one in events(own, CustodyKind.STAMPED)] == [local.url]
    digest = hashlib.sha256(first.read_bytes()).hexdigest()
    assert {one["sha256"] for one in events(own, CustodyKind.PACKED)} == {digest}
    verified(first, "--authority", str(local.ca_file))


def test_members_stand_in_the_order_of_reading(walked: PackedNight, tmp_path: Path) -> None:
    file, said = pack(walked, tmp_path / "packs")
    names = list(members(file))
    first = ["README.txt", "manifest.json", "manifest.sig", "SHA256SUMS", "verify.py", "VERIFY.md", "index.html"]
    assert names[:10] == [*first, "evidence.wacz", "keys/keys.json", "keys/signer.pem"]
    assert names[10:] == sorted(names[10:])
    assert "未加盖时间戳" in said
    listed = json.loads(members(file)["manifest.json"])["not_recorded"]
    assert any("未加盖时间戳" in one for one in listed)
    assert file.name == f"{NAME}.zip"


def test_one_organ_and_single_gaps_are_packed_apart(walked: PackedNight, tmp_path: Path) -> None:
    with nights.opened(walked.data) as ledger:
        gap = ledger.gaps("yunchuan", date.fromisoformat(AS_OF))[0]
    organ = gap.obligation_id.rpartition("@")[2]
    of_organ, _ = pack(walked, tmp_path / "organ", "--organ", organ)
    of_gap, _ = pack(walked, tmp_path / "gap", "--gap", gap.id)
    assert of_organ.name == f"{NAME}-{organ}.zip"
    assert of_gap.name == f"{NAME}-gaps-1.zip"
    rows = [json.loads(line) for line in members(of_gap)["data/verdicts.jsonl"].splitlines()]
    assert [one["obligation_id"] for one in rows] == [gap.obligation_id]
    assert len(members(of_gap)["evidence.wacz"]) < len(members(of_organ)["evidence.wacz"])
    for file in (of_organ, of_gap):
        verified(file)


def test_a_pack_for_an_assessor_has_its_folders(walked: PackedNight, tmp_path: Path) -> None:
    file, _ = pack(walked, tmp_path / "packs", "--for", "assessor")
    assert any(name.startswith("assessor/") for name in members(file))
    verified(file)


@pytest.mark.skipif(not has_sm3(), reason="this machine's OpenSSL has no SM3")
def test_sm3_stands_beside_sha256(walked: PackedNight, tmp_path: Path) -> None:
    file, _ = pack(walked, tmp_path / "packs", "--sm3")
    inner = members(file)
    for one in json.loads(inner["manifest.json"])["files"]:
        assert one["sm3"] == hashlib.new("sm3", inner[one["path"]]).hexdigest()
    verified(file)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--sealed",), "--recipient"),
        (("--recipient", "某人"), "--sealed"),
        (("--organ", "finance", "--gap", "G1"), "one of them"),
        (("--for", "nobody"), "--for assessor"),
        (("--organ", "nobody"), "owes nothing"),
        (("--gap", "GNONE"), "no such gap"),
        (("--night", "2020-01-01"), "no night"),
    ],
)
def test_what_cannot_be_packed_is_said(walked: PackedNight, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    options = ("--data", str(walked.data), "--out", str(tmp_path / "packs"))
    with pytest.raises(NightError, match=said):
        mingcha("pack", str(walked.district), *options, *words)
    assert not (tmp_path / "packs").exists()


def test_a_sealed_pack_names_its_recipient_in_the_log(own: PackedNight, tmp_path: Path) -> None:
    before = events(own, CustodyKind.PACKED)
    file, said = pack(own, tmp_path / "packs", "--sealed", "--recipient", "云川区人民法院")
    assert file.name == f"{NAME}-sealed.zip"
    assert "云川区人民法院" in said
    assert [one["recipient"] for one in events(own, CustodyKind.SEALED_PACK)] == ["云川区人民法院"]
    assert events(own, CustodyKind.PACKED) == before


def test_judged_again_alike_the_night_is_not_sealed_again(own: PackedNight) -> None:
    before = events(own, CustodyKind.NIGHT_SEALED)
    assert mingcha("judge", str(own.district), "--as-of", AS_OF, "--data", str(own.data)).exit_code == 0
    assert events(own, CustodyKind.NIGHT_SEALED) == before
    assert [one["night"] for one in before] == [AS_OF]


def test_a_night_that_was_altered_is_not_packed_until_it_is_judged_again(own: PackedNight, tmp_path: Path) -> None:
    spoil(own.data, 'UPDATE standing SET payload = replace(payload, \'"standing":"missing"\', \'"standing":"stale"\')')
    with pytest.raises(NightError, match="no longer as it was sealed"):
        pack(own, tmp_path / "packs")
    assert mingcha("judge", str(own.district), "--as-of", AS_OF, "--data", str(own.data)).exit_code == 0
    file, _ = pack(own, tmp_path / "packs")  # judging gave back what was sealed: no new link
    assert len(members(file)["data/chain.jsonl"].splitlines()) == 1


def test_an_altered_archive_is_not_packed(own: PackedNight, tmp_path: Path) -> None:
    archive = next((own.data / "archive").glob("*.warc.gz"))
    body = bytearray(archive.read_bytes())
    body[len(body) // 2] ^= 1
    archive.write_bytes(bytes(body))
    with pytest.raises((EvidenceDamagedError, CopyError)):  # the latter where a request record was hit
        pack(own, tmp_path / "packs")
    assert list((tmp_path / "packs").glob("*")) == []


def test_a_failed_pack_leaves_the_one_before(own: PackedNight, tmp_path: Path) -> None:
    file, _ = pack(own, tmp_path / "packs")
    before = file.read_bytes()
    next((own.data / "keys").glob("*.key")).chmod(0o644)
    with pytest.raises(KeyTroubleError, match="chmod 600"):
        pack(own, tmp_path / "packs")
    assert file.read_bytes() == before
    assert list((tmp_path / "packs").iterdir()) == [file]


def test_keys_are_made_listed_and_retired(own: PackedNight, tmp_path: Path) -> None:
    data = ("--data", str(own.data))
    first, _ = pack(own, tmp_path / "first")
    assert "新密钥指纹" in mingcha("keys", "make", *data).output
    listed = mingcha("keys", "list", *data).output.splitlines()
    assert ["停用" in line for line in listed] == [True, False]
    assert "由上一把背书" in listed[1]
    second, _ = pack(own, tmp_path / "second")
    assert len(json.loads(members(second)["keys/keys.json"])) == 2
    current = listed[1].split()[0]
    assert mingcha("keys", "retire", current, *data).exit_code == 0
    third, said = pack(own, tmp_path / "third")
    assert "已新建一把" in said
    assert len(events(own, CustodyKind.KEY_MADE)) == 3
    assert len(events(own, CustodyKind.KEY_RETIRED)) == 2
    for file in (first, second, third):
        verified(file)


def spoil(data: Path, statement: str) -> None:
    """Alter the ledger behind its back, as somebody with the disk in hand can."""
    with closing(sqlite3.connect(data / "mingcha.db")) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        assert connection.execute(statement).rowcount > 0


def test_killed_while_it_writes_no_half_pack_stands_there(own: PackedNight, tmp_path: Path) -> None:
    out = tmp_path / "packs"
    words = nights.command(own.district, own.data, "--night", AS_OF, "--out", str(out), verb="pack")
    for number in range(3):
        child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # a little further into the writing each time
        while child.poll() is None and sum(file.stat().st_size for file in out.glob(".*.part")) <= number * 100_000:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=0.002)
        child.kill()
        child.wait()
        for file in out.glob("*.zip"):  # it was quicker than we
            verified(file)
            file.unlink()
    file, _ = pack(own, out)
    verified(file)
    assert [one.name for one in out.glob(".*")] == []
