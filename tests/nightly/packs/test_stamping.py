"""Tokens of a real authority: asked for once, verified, kept, renewed; every lie of an authority is refused."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nightly.errors import NightError
from nightly.packs.stamping import Authority, TokenShelf, ask_by_http, authorities
from pack_authority import LocalAuthority, authority, make_certificates

TEXT = b"the signature of a pack"


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAuthority]:
    """An authority whose certificate is good for ten years."""
    with authority(tmp_path_factory.mktemp("authority")) as running:
        yield running


def shelf_of(folder: Path, *running: LocalAuthority) -> TokenShelf:
    """A shelf with these authorities."""
    return TokenShelf(folder / "stamps", [Authority(one.url, one.ca_file.read_bytes()) for one in running])


def test_a_token_is_asked_for_once(local: LocalAuthority, tmp_path: Path) -> None:
    before = local.request_count
    first, second = shelf_of(tmp_path, local).tokens(TEXT), shelf_of(tmp_path, local).tokens(TEXT)
    assert first == second
    assert local.request_count == before + 1
    assert abs(first[0].stamped_at - datetime.now(UTC)) < timedelta(minutes=5)


def test_openssl_believes_the_kept_token(local: LocalAuthority, tmp_path: Path) -> None:
    token = tmp_path / "token.tst"
    token.write_bytes(shelf_of(tmp_path, local).tokens(TEXT)[0].token)
    text = tmp_path / "text"
    for body, exit_code in ((TEXT, 0), (TEXT + b"!", 1)):
        text.write_bytes(body)
        command = ["openssl", "ts", "-verify", "-token_in", "-in", token, "-data", text, "-CAfile", local.ca_file]
        assert subprocess.run(command, capture_output=True, check=False).returncode == exit_code


def test_after_a_change_of_authority_the_new_one_is_asked(local: LocalAuthority, tmp_path: Path) -> None:
    first = shelf_of(tmp_path, local).tokens(TEXT)
    with authority(tmp_path / "new", "New authority") as new:
        assert shelf_of(tmp_path, new).tokens(TEXT) != first
    assert shelf_of(tmp_path, local).tokens(TEXT) == first


def test_two_authorities_give_a_token_each(local: LocalAuthority, tmp_path: Path) -> None:
    with authority(tmp_path / "other", "Other authority") as other:
        stamps = shelf_of(tmp_path, local, other).tokens(TEXT)
    assert len({one.token for one in stamps}) == 2


def test_a_token_of_another_authority_is_refused(local: LocalAuthority, tmp_path: Path) -> None:
    make_certificates(tmp_path, "Somebody else", 30)
    strange = Authority(local.url, (tmp_path / "ca.pem").read_bytes())
    with pytest.raises(NightError, match="proves nothing"):
        TokenShelf(tmp_path / "stamps", [strange]).tokens(TEXT)
    assert list(tmp_path.glob("stamps/*")) == []


def test_a_token_over_another_text_is_refused(local: LocalAuthority, tmp_path: Path) -> None:
    other = shelf_of(tmp_path / "another", local)
    other.tokens(b"another text")

    kept = next((tmp_path / "another" / "stamps").glob("*.tst"))
    shelf = shelf_of(tmp_path, local)
    stamped = shelf.tokens(TEXT)[0]
    file = next((tmp_path / "stamps").glob("*.tst"))
    file.write_bytes(kept.read_bytes())
    with pytest.raises(NightError, match="proves nothing"):
        shelf.tokens(TEXT)
    file.write_bytes(stamped.token[:-1] + bytes([stamped.token[-1] ^ 1]))
    with pytest.raises(NightError):
        shelf.tokens(TEXT)


def test_the_answer_to_another_request_is_refused(local: LocalAuthority, tmp_path: Path) -> None:
    answers: list[bytes] = []

    def replaying(url: str, request: bytes) -> bytes:
        answers.append(ask_by_http(url, request))
        return answers[0]

    known = Authority(local.url, local.ca_file.read_bytes())
    TokenShelf(tmp_path / "first", [known], replaying).tokens(TEXT)
    with pytest.raises(NightError, match="proves nothing"):  # same text, but the nonce of an older request
        TokenShelf(tmp_path / "second", [known], replaying).tokens(TEXT)


@pytest.mark.parametrize(("mood", "said"), [("refusing", "does not answer"), ("garbled", "can be read")])
def test_what_is_no_answer_is_said(local: LocalAuthority, tmp_path: Path, mood: str, said: str) -> None:
    local.mood = mood
    try:
        with pytest.raises(NightError, match=said):
            shelf_of(tmp_path, local).tokens(TEXT)
    finally:
        local.mood = "honest"


def test_a_token_that_ends_soon_is_stamped_over_once(tmp_path: Path) -> None:
    with authority(tmp_path / "short", days=30) as short:
        shelf, now = shelf_of(tmp_path, short), datetime.now(UTC)
        assert shelf.renewed(now) == []  # nothing was stamped yet
        first = shelf.tokens(TEXT)[0]
        ((_, file, renewed),) = shelf.renewed(now)
        assert file.read_bytes() == first.token
        assert shelf.tokens(TEXT) == [first]
        token = tmp_path / "renewed.tst"
        token.write_bytes(renewed.token)
        command = ["openssl", "ts", "-verify", "-token_in", "-in", token, "-data", file, "-CAfile", short.ca_file]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_token_that_lasts_is_left_alone(local: LocalAuthority, tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path, local)
    shelf.tokens(TEXT)
    assert shelf.renewed(datetime.now(UTC)) == []
    assert len(shelf.renewed(datetime.now(UTC) + timedelta(days=3600))) == 1


def test_a_spoiled_token_is_named(local: LocalAuthority, tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path, local)
    shelf.tokens(TEXT)
    next((tmp_path / "stamps").glob("*.tst")).write_bytes(b"\x30\x00")
    with pytest.raises(NightError, match="restore it"):
        shelf.renewed(datetime.now(UTC))


def test_authorities_are_named_in_pairs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MINGCHA_TIMESTAMP_URLS", raising=False)
    monkeypatch.delenv("MINGCHA_TIMESTAMP_CAS", raising=False)
    assert authorities() == ()
    monkeypatch.setenv("MINGCHA_TIMESTAMP_URLS", "http://127.0.0.1:1/")
    with pytest.raises(NightError, match="for each the file"):
        authorities()
    monkeypatch.setenv("MINGCHA_TIMESTAMP_CAS", str(tmp_path / "none.pem"))
    with pytest.raises(NightError, match="cannot be read"):
        authorities()
    (tmp_path / "none.pem").write_bytes(b"pem")
    assert authorities() == (Authority("http://127.0.0.1:1/", b"pem"),)
