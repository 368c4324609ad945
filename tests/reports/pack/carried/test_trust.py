"""Who signed, who stamped, and what stands before and after: fingerprints, authorities, and packs of several nights."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pack_authority import CONFIGURATION, authority, make_certificates
from pack_forging import Forger, unzipped
from packed_nights import token_over
from reports.pack.canonical import canonical_json
from reports.pack.carried import verify
from reports.pack.carried.verify import BAD, NOTE
from small_pack import SAW, SmallDistrict, small_district

SECOND = date(2021, 12, 1)


def signer(pack: bytes) -> str:
    """Fingerprint of the newest key of a pack."""
    return str(json.loads(unzipped(pack)["keys/keys.json"])[-1]["fingerprint"])


def states(path: Path, **words: str) -> dict[str, str]:
    """Last state by check."""
    return {one.check: one.state for one in verify.examine(str(path), **words).results}


def test_the_signer_is_compared_with_the_fingerprint_that_was_told(district: SmallDistrict, tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(district.pack())
    mine = signer(path.read_bytes())
    spaced = " ".join(mine[at : at + 4] for at in range(0, 64, 4)).upper()
    assert verify.main([str(path), "--fingerprint", spaced]) == 0
    assert verify.main([str(path), "--fingerprint", "0" * 64]) == 1
    assert states(path)["签名者"] == NOTE


def test_another_key_is_found_by_the_fingerprint_only_and_the_forgery_is_otherwise_whole(
    district: SmallDistrict, tmp_path: Path, stamping
) -> None:
    genuine, path = district.pack(), tmp_path / "p.zip"
    forger = Forger(genuine)
    rows = forger.rows("verdicts")
    rows[0]["standing"] = "empty"
    forger.put_rows("verdicts", rows)
    forger.recompute()
    forger.sign(Ed25519PrivateKey.generate(), stamping.stamp)
    path.write_bytes(forger.written())
    assert verify.main([str(path)]) == 0
    assert verify.main([str(path), "--fingerprint", signer(genuine)]) == 1


def test_a_later_key_is_believed_along_the_endorsements(district: SmallDistrict, tmp_path: Path) -> None:
    first = signer(district.pack())
    district.ring.make(SAW)
    path = tmp_path / "p.zip"
    path.write_bytes(district.pack(SECOND))
    assert signer(path.read_bytes()) != first
    assert verify.main([str(path), "--fingerprint", first]) == 0


def test_a_key_that_followed_on_a_lost_one_is_not_believed_for_the_older_one(
    district: SmallDistrict, tmp_path: Path
) -> None:
    first = signer(district.pack())
    for file in district.ring.folder.glob("*.key"):
        file.unlink()
    district.ring.make(SAW)
    path = tmp_path / "p.zip"
    path.write_bytes(district.pack(SECOND))
    assert verify.main([str(path), "--fingerprint", signer(path.read_bytes())]) == 0
    assert verify.main([str(path), "--fingerprint", first]) == 1


@pytest.mark.parametrize("endorsement", ["00" * 64, "no hex", ""])
def test_a_key_that_nobody_endorsed_is_found(district: SmallDistrict, tmp_path: Path, endorsement: str) -> None:
    district.ring.make(SAW)
    forger = Forger(district.pack())
    keys = json.loads(forger.members["keys/keys.json"])
    keys[1]["endorsement"] = endorsement
    forger.members["keys/keys.json"] = canonical_json(keys)
    forger.relist()
    (tmp_path / "p.zip").write_bytes(forger.written())
    assert states(tmp_path / "p.zip")["密钥"] == BAD


def test_a_key_signs_no_more_once_it_was_retired(district: SmallDistrict, tmp_path: Path) -> None:
    forger = Forger(district.pack())
    keys = json.loads(forger.members["keys/keys.json"])
    keys[0]["retired_at"] = "2021-12-01T00:00:00.000000Z"
    forger.members["keys/keys.json"] = canonical_json(keys)
    forger.relist()
    (tmp_path / "p.zip").write_bytes(forger.written())
    assert states(tmp_path / "p.zip")["时间戳"] == BAD


def test_the_authority_is_the_one_that_was_told(district: SmallDistrict, tmp_path: Path, stamping) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(district.pack())
    (tmp_path / "other").mkdir()
    make_certificates(tmp_path / "other", "Other", 10)
    assert verify.main([str(path), "--authority", str(stamping.ca)]) == 0
    assert verify.main([str(path), "--authority", str(tmp_path / "other" / "ca.pem")]) == 1


def test_a_pack_without_a_stamp_says_so_and_is_refused_where_one_is_asked_for(tmp_path: Path, stamping) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(small_district(tmp_path).pack())
    assert states(path)["时间戳"] == NOTE
    assert verify.main([str(path)]) == 0
    assert verify.main([str(path), "--authority", str(stamping.ca)]) == 1


def test_two_authorities_are_both_checked(tmp_path: Path, stamping) -> None:
    with authority(tmp_path / "second", "Second") as running:
        second = running.ca_file.read_bytes()
        made = small_district(
            tmp_path,
            stamps=[stamping.stamp, lambda text: token_over(text, tmp_path / "second")],
            authorities=[stamping.ca.read_bytes(), second],
        )
        body = made.pack()
    path = tmp_path / "p.zip"
    path.write_bytes(body)
    assert verify.main([str(path), "--authority", str(tmp_path / "second" / "ca.pem")]) == 0
    forger = Forger(body)
    forger.members["manifest.2.tst"] = forger.members["manifest.tst"]
    forger.resum()
    path.write_bytes(forger.written())
    assert states(path)["时间戳"] == BAD


def test_a_further_stamp_over_the_token_is_checked_with_its_own_authority(
    district: SmallDistrict, tmp_path: Path, stamping
) -> None:
    forger = Forger(district.pack())
    with authority(tmp_path / "later", "Later") as running:
        token = token_over(forger.members["manifest.tst"], tmp_path / "later")
        later = str(running.ca_file)
    at = list(forger.members).index("manifest.tst") + 1
    members = list(forger.members.items())
    forger.members = dict([*members[:at], ("manifest.2.tst", token), *members[at:]])
    forger.resum()
    path = tmp_path / "p.zip"
    path.write_bytes(forger.written())
    assert verify.main([str(path)]) == 0
    assert verify.main([str(path), "--authority", later]) == 0
    assert states(path, authority=later)["时间戳"] != BAD


def test_a_stamp_whose_certificate_expired_since_is_checked_as_of_its_time(
    district: SmallDistrict, tmp_path: Path
) -> None:
    path, real = tmp_path / "p.zip", shutil.which("openssl")
    path.write_bytes(district.pack())
    later = tmp_path / "openssl"
    # openssl as it will be in sixty years: it says that certificates have expired unless told a time
    later.write_text(
        f'#!/bin/sh\ncase "$*" in *-attime*) exec {real} "$@";; "ts -verify"*) exec {real} "$@" -attime 3700000000;; '
        f'*) exec {real} "$@";; esac\n',
        encoding="utf-8",
    )
    later.chmod(0o755)
    tool = verify.Openssl()
    tool.path = str(later)
    said = [one.found for one in verify.examine(str(path), openssl=tool).results if one.check == "时间戳"]
    assert "按签发当时成立" in said[0]


def test_a_stamp_by_a_certificate_that_had_expired_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "expired"
    folder.mkdir()
    make_certificates(folder, "Expired", 0)
    (folder / "openssl.cnf").write_text(CONFIGURATION.format(folder=folder), encoding="utf-8")
    (folder / "serial").write_text("01\n", encoding="ascii")
    made = small_district(
        tmp_path, stamps=[lambda text: token_over(text, folder)], authorities=[(folder / "ca.pem").read_bytes()]
    )
    (tmp_path / "p.zip").write_bytes(made.pack())
    assert states(tmp_path / "p.zip")["时间戳"] == BAD


def write(folder: Path, packs: dict[str, bytes]) -> list[str]:
    """Files of packs."""
    for name, body in packs.items():
        (folder / name).write_bytes(body)
    return [str(folder / name) for name in packs]


def test_a_chain_of_nights_holds(chain: dict[str, bytes], tmp_path: Path) -> None:
    assert verify.main(write(tmp_path, chain)) == 0


def test_a_missing_night_shows(chain: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, _, last = chain
    assert verify.main(write(tmp_path, {name: chain[name] for name in (first, last)})) == 1
    assert "缺少批次 2021-12-01" in capsys.readouterr().out


def test_a_night_of_another_chain_shows(
    chain: dict[str, bytes], district: SmallDistrict, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packs = dict(chain)
    packs[list(packs)[1]] = district.pack(SECOND)
    assert verify.main(write(tmp_path, packs)) == 1
    assert "不是同一条" in capsys.readouterr().out


def test_a_night_judged_again_stands_twice_in_the_chain(district: SmallDistrict, tmp_path: Path) -> None:
    packs = {"mingcha-yunchuan-2021-11-30.zip": district.pack()}
    district.pack()
    packs["mingcha-yunchuan-2021-12-01.zip"] = district.pack(SECOND)
    assert len(district.chain) == 3
    assert verify.main(write(tmp_path, packs)) == 0


def test_packs_of_different_districts_are_not_compared(chain: dict[str, bytes], tmp_path: Path) -> None:
    whole = verify.examine(write(tmp_path, chain)[0])
    other = verify.examine(str(tmp_path / next(iter(chain))))
    other.manifest = {**other.manifest, "district": "elsewhere"}
    assert verify.check_together([whole, other]) == []
