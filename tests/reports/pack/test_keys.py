"""Signing keys: only their owner reads them, rotation is endorsed, a lost or retired key leaves its signatures good."""

from __future__ import annotations

import json
import stat
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reports.pack.errors import KeyTroubleError
from reports.pack.keys import KeyRing, is_endorsed, key_list

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)


def test_only_the_owner_reads_the_private_key(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys")
    key = ring.make(NOW)
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "keys").iterdir()} == {0o600}
    assert sorted(file.name for file in (tmp_path / "keys").iterdir()) == sorted(
        [f"{key.fingerprint}.key", "keys.json"]
    )


def test_openssl_believes_a_signature(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys")
    key = ring.make(NOW)
    (tmp_path / "pub.pem").write_text(key.public_pem, encoding="ascii")
    (tmp_path / "sig").write_bytes(ring.sign(key, b"manifest"))
    for text, exit_code in ((b"manifest", 0), (b"Manifest", 1)):
        (tmp_path / "text").write_bytes(text)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", tmp_path / "pub.pem", "-rawin"]
        command += ["-in", tmp_path / "text", "-sigfile", tmp_path / "sig"]
        assert subprocess.run(command, capture_output=True, check=False).returncode == exit_code


def test_the_fingerprint_is_of_the_public_key_as_openssl_writes_it(tmp_path: Path) -> None:
    key = KeyRing(tmp_path / "keys").make(NOW)
    command = ["openssl", "pkey", "-pubin", "-outform", "DER"]
    der = subprocess.run(command, input=key.public_pem.encode(), capture_output=True, check=True).stdout
    digest = subprocess.run(["sha256sum"], input=der, capture_output=True, check=True).stdout
    assert digest.decode().split()[0] == key.fingerprint


def test_a_new_key_is_endorsed_by_the_one_before(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys")
    first = ring.make(NOW)
    second = ring.make(NOW + timedelta(days=1))
    assert ring.current() == second
    assert [bool(key.retired_at) for key in ring.known()] == [True, False]
    assert is_endorsed(second, first)
    assert not is_endorsed(first, second)
    assert not is_endorsed(second, KeyRing(tmp_path / "other").make(NOW))
    assert ring.sign(first, b"text") == ring.sign(first, b"text")


def test_a_retired_key_signs_no_more_and_is_still_listed(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys")
    key = ring.make(NOW)
    ring.retire(key.fingerprint[:8], NOW)
    assert ring.current() is None
    assert [one["fingerprint"] for one in json.loads(key_list(ring.known()))] == [key.fingerprint]
    with pytest.raises(KeyTroubleError, match="was retired"):
        ring.retire(key.fingerprint, NOW)
    with pytest.raises(KeyTroubleError, match="0 keys"):
        ring.retire("none", NOW)
    assert is_endorsed(ring.make(NOW), key)


def test_a_lost_key_is_followed_by_one_that_nobody_endorses(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys")
    lost = ring.make(NOW)
    (tmp_path / "keys" / f"{lost.fingerprint}.key").unlink()
    with pytest.raises(KeyTroubleError, match=r"gone.*mingcha keys make"):
        ring.sign(lost, b"text")
    assert not ring.has_private(lost)
    after = ring.make(NOW)
    assert (after.endorsed_by, after.endorsement) == ("", "")
    assert [key.fingerprint for key in ring.known()] == [lost.fingerprint, after.fingerprint]


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys")
    key = ring.make(NOW)
    (tmp_path / "keys" / f"{key.fingerprint}.key").chmod(0o640)
    with pytest.raises(KeyTroubleError, match="chmod 600"):
        ring.sign(key, b"text")


def test_another_key_in_its_place_is_refused(tmp_path: Path) -> None:
    ring, other = KeyRing(tmp_path / "keys"), KeyRing(tmp_path / "other")
    key, strange = ring.make(NOW), other.make(NOW)
    file = tmp_path / "keys" / f"{key.fingerprint}.key"
    file.write_bytes((tmp_path / "other" / f"{strange.fingerprint}.key").read_bytes())
    with pytest.raises(KeyTroubleError, match="another key"):
        ring.sign(key, b"text")
    file.write_bytes(b"nothing")
    with pytest.raises(KeyTroubleError, match="no private key"):
        ring.sign(key, b"text")
