"""A real night packed, then checked as a stranger would: VERIFY.md to the letter, verify.py, and ``mingcha verify``."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nightly.cli import app
from pack_authority import authority
from pack_forging import Forger, unzipped
from reports.pack.carried import verify

FENCE = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)
STOCK = ("bash", "cat", "cut", "dd", "diff", "find", "grep", "gzip", "head", "openssl", "printf", "python3", "sed")
TOOLS = (*STOCK, "sha256sum", "sort", "tail", "test", "tr")


@dataclass(frozen=True, slots=True)
class Made:
    """A pack of a real night, and the root of who stamped it."""

    pack: Path
    ca: Path


@pytest.fixture(scope="module")
def made(small_night, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The small night packed, signed and stamped."""
    folder = tmp_path_factory.mktemp("packed")
    with authority(folder / "authority") as running:
        words = ["pack", str(small_night.district), "--data", str(small_night.data), "--out", str(folder)]
        stamping = {"MINGCHA_TIMESTAMP_URLS": running.url, "MINGCHA_TIMESTAMP_CAS": str(running.ca_file)}
        done = CliRunner().invoke(app, words, env=stamping, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        (pack,) = folder.glob("*.zip")
        yield Made(pack, running.ca_file)


def steps(pack: Path) -> str:
    """The commands of the pack's own VERIFY.md, in order, as one script that stops at the first fault."""
    fences = FENCE.findall(unzipped(pack.read_bytes())["VERIFY.md"].decode())
    assert len(fences) >= 9
    return "set -euo pipefail\n" + "\n".join(fences)


def follow(script: str, pack: bytes, name: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the commands in an empty folder that holds the pack, with stock tools and nothing else."""
    here, tools = folder / "here", folder / "tools"
    for made in (here, tools):
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
    for tool in TOOLS:
        found = "/usr/bin/python3" if tool == "python3" and Path("/usr/bin/python3").exists() else shutil.which(tool)
        if found:
            (tools / tool).symlink_to(found)
    (here / name).write_bytes(pack)
    environment = {"PATH": str(tools), "LC_ALL": "C.UTF-8", "HOME": str(here)}
    return subprocess.run(
        [str(tools / "bash"), "-c", script], cwd=here, env=environment, capture_output=True, text=True, check=False
    )


def test_its_guide_followed_to_the_letter_says_that_all_is_well(made: Made, tmp_path: Path) -> None:
    done = follow(steps(made.pack), made.pack.read_bytes(), made.pack.name, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Signature Verified Successfully" in done.stdout
    assert "Verification: OK" in done.stdout + done.stderr
    assert re.search(r"^Time stamp: .* GMT$", done.stdout, re.M)
    assert re.search(r"^WARC-Target-URI: http://127\.0\.0\.1", done.stdout, re.M)
    found = verify.examine(str(made.pack))
    assert found.signer in done.stdout
    assert found.manifest["chain"]["root"] in done.stdout


def page_altered(forger: Forger) -> None:
    forger.inner["archive/evidence.warc.gz"] = forger.inner["archive/evidence.warc.gz"][:-100]
    forger.put_inner()
    forger.relist()


def verdict_altered(forger: Forger) -> None:
    rows = forger.rows("verdicts")
    rows[0]["standing"] = "empty" if rows[0]["standing"] == "published" else "published"
    forger.put_rows("verdicts", rows)


def verdict_altered_everywhere(forger: Forger) -> None:
    verdict_altered(forger)
    forger.recompute()


def file_added(forger: Forger) -> None:
    forger.members["data/more.jsonl"] = b"{}\n"


def file_removed(forger: Forger) -> None:
    del forger.members["index.html"]
    forger.resum()


def token_of_nothing(forger: Forger) -> None:
    forger.members["manifest.tst"] = forger.members["manifest.tst"][:-1] + b"\0"
    forger.resum()


@pytest.mark.parametrize(
    "tamper",
    [page_altered, verdict_altered, verdict_altered_everywhere, file_added, file_removed, token_of_nothing],
)
def test_its_guide_stops_at_a_pack_that_was_tampered_with(made: Made, tmp_path: Path, tamper) -> None:
    forger = Forger(made.pack.read_bytes())
    tamper(forger)
    done = follow(steps(made.pack), forger.written(), made.pack.name, tmp_path)
    assert done.returncode != 0
    assert verify.main([_written(forger, made, tmp_path)]) == 1


def _written(forger: Forger, made: Made, folder: Path) -> str:
    (folder / made.pack.name).write_bytes(forger.written())
    return str(folder / made.pack.name)


def test_its_own_verifier_says_that_all_is_well(made: Made, tmp_path: Path) -> None:
    for name, body in unzipped(made.pack.read_bytes()).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(body)
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin") or shutil.which("python3")
    done = subprocess.run(
        [str(python), "-I", "-B", "verify.py"],
        cwd=tmp_path,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "全部核对无误" in done.stdout
    assert "不符" not in done.stdout


def test_the_command_says_it_as_a_table_and_as_json(made: Made) -> None:
    told = ["--fingerprint", verify.examine(str(made.pack)).signer, "--authority", str(made.ca)]
    done = CliRunner().invoke(app, ["verify", str(made.pack), *told], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert "全部核对无误" in done.output
    done = CliRunner().invoke(app, ["verify", str(made.pack), "--json", *told], catch_exceptions=False)
    found = json.loads(done.stdout)
    states = {one["check"]: one["state"] for one in found["packs"][0]["results"]}
    assert found["code"] == 0
    assert set(states.values()) == {"相符"}
    assert {"容器", "网页存档", "批次链", "签名", "时间戳", "网页重读", "数据格式", "签名复核", "时间戳复核"} <= set(
        states
    )


def test_the_command_names_what_is_wrong_and_ends_with_its_code(made: Made, tmp_path: Path) -> None:
    forger = Forger(made.pack.read_bytes())
    verdict_altered_everywhere(forger)
    done = CliRunner().invoke(app, ["verify", "--json", _written(forger, made, tmp_path)], catch_exceptions=False)
    assert done.exit_code == 1
    bad = {one["check"] for one in json.loads(done.stdout)["packs"][0]["results"] if one["state"] == "不符"}
    assert bad == {"签名", "签名复核"}
    (tmp_path / "text.zip").write_text("no pack")
    assert CliRunner().invoke(app, ["verify", str(tmp_path / "text.zip")]).exit_code == 2
