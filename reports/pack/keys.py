"""Signing keys (签名密钥): made here, private parts for their owner's eyes only, rotation kept as an endorsed list."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from ledger.encoding import from_json, moment_text, to_json
from reports.pack.canonical import Canonical, canonical_json
from reports.pack.errors import KeyTroubleError
from reports.pack.syncing import write_synced

LIST = "keys.json"
FOLDER_MODE = 0o700
FILE_MODE = 0o600


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Public key (公钥) as every pack lists it.

    Attributes:
        fingerprint: hex SHA-256 of the key's SubjectPublicKeyInfo (DER).
        made_at, retired_at: ``2026-11-22T02:00:00.000000Z``; ``retired_at`` is empty while it signs.
        endorsed_by: fingerprint of the key before, which signed ``endorsed_text``; empty for a first key, and for one
            that followed on a lost key.
        endorsement: hex of that signature.
    """

    fingerprint: str
    made_at: str
    public_pem: str
    retired_at: str = ""
    endorsed_by: str = ""
    endorsement: str = ""


@dataclass(frozen=True, slots=True)
class _KeyList:
    keys: tuple[PublicKey, ...] = ()


class KeyRing:
    """Key ring (密钥夹) of one data folder: ``<fingerprint>.key`` files and the list of all keys that ever signed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def known(self) -> tuple[PublicKey, ...]:
        """All keys, oldest first."""
        try:
            text = (self.folder / LIST).read_text(encoding="utf-8")
        except FileNotFoundError:
            return ()
        return from_json(_KeyList, text).keys

    def current(self) -> PublicKey | None:
        """The key that signs now; None before the first, and after the last was retired."""
        return next((key for key in reversed(self.known()) if not key.retired_at), None)

    def make(self, now: datetime) -> PublicKey:
        """A new key that signs from now on; the one before endorses it and is retired.

        Where the private part of the key before is lost, the new one is endorsed by nobody: readers then have to be
        told its fingerprint by another way.
        """
        before = self.known()
        private = Ed25519PrivateKey.generate()
        made = PublicKey(fingerprint_of(private.public_key()), moment_text(now), _pem(private.public_key()))
        made = self._endorsed(made, before)
        self.folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        self.folder.chmod(FOLDER_MODE)
        secret = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        write_synced(self._file(made.fingerprint), secret, FILE_MODE)
        self._write([*(_retired(key, now) for key in before), made])
        return made

    def retire(self, fingerprint: str, now: datetime) -> PublicKey:
        """Let a key sign no more; what it signed stays verifiable.

        Args:
            fingerprint: or its beginning, if no other key begins so.

        Raises:
            KeyTroubleError: no such key, several, or retired already.
        """
        keys = self.known()
        found = [key for key in keys if key.fingerprint.startswith(fingerprint.casefold())]
        if len(found) != 1:
            raise KeyTroubleError(
                f"{len(found)} keys have a fingerprint that begins with {fingerprint!r}; see: mingcha keys list"
            )
        if found[0].retired_at:
            raise KeyTroubleError(f"key {found[0].fingerprint} was retired at {found[0].retired_at}")
        retired = _retired(found[0], now)
        self._write([retired if key == found[0] else key for key in keys])
        return retired

    def sign(self, key: PublicKey, text: bytes) -> bytes:
        """The 64 bytes of an Ed25519 signature; the same text gives the same bytes.

        Raises:
            KeyTroubleError: the private part is gone, others may read it, or it is another key.
        """
        return self._private(key.fingerprint).sign(text)

    def has_private(self, key: PublicKey) -> bool:
        """Whether the private part is still there."""
        return self._file(key.fingerprint).exists()

    def _endorsed(self, made: PublicKey, before: Sequence[PublicKey]) -> PublicKey:
        if not before or not self.has_private(before[-1]):
            return made
        signature = self.sign(before[-1], endorsed_text(made))
        return replace(made, endorsed_by=before[-1].fingerprint, endorsement=signature.hex())

    def _private(self, fingerprint: str) -> Ed25519PrivateKey:
        file = self._file(fingerprint)
        try:
            mode, secret = file.stat().st_mode, file.read_bytes()
        except FileNotFoundError:
            raise KeyTroubleError(
                f"{file}: the private key is gone; packs signed with it stay verifiable, "
                "for new ones make another: mingcha keys make"
            ) from None
        except PermissionError:
            raise KeyTroubleError(f"{file}: only its owner may read it; give the command as that user") from None
        if mode & 0o077:
            raise KeyTroubleError(f"{file}: others may read this private key; chmod 600 it, and think of a new key")
        try:
            private = load_pem_private_key(secret, None)
        except (ValueError, TypeError) as error:
            raise KeyTroubleError(f"{file}: no private key in PEM ({error}); restore it from a copy") from error
        if not isinstance(private, Ed25519PrivateKey) or fingerprint_of(private.public_key()) != fingerprint:
            raise KeyTroubleError(f"{file}: holds another key than its name says; restore it from a copy")
        return private

    def _file(self, fingerprint: str) -> Path:
        return self.folder / f"{fingerprint}.key"

    def _write(self, keys: Sequence[PublicKey]) -> None:
        write_synced(self.folder / LIST, to_json(_KeyList(tuple(keys))).encode(), FILE_MODE)


def endorsed_text(key: PublicKey) -> bytes:
    """What the key before signs of a new one."""
    facts: dict[str, Canonical] = {
        "fingerprint": key.fingerprint,
        "made_at": key.made_at,
        "public_pem": key.public_pem,
    }
    return canonical_json(facts)


def key_list(keys: Sequence[PublicKey]) -> bytes:
    """``keys.json`` of a pack."""
    rows: list[Canonical] = [dict(asdict(key)) for key in keys]
    return canonical_json(rows)


def is_endorsed(key: PublicKey, by: PublicKey) -> bool:
    """Whether the key before really signed this one."""
    public = load_pem_public_key(by.public_pem.encode())
    if key.endorsed_by != by.fingerprint or not isinstance(public, Ed25519PublicKey):
        return False
    try:
        public.verify(bytes.fromhex(key.endorsement), endorsed_text(key))
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint_of(key: Ed25519PublicKey) -> str:
    """Hex SHA-256 of the SubjectPublicKeyInfo."""
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def _retired(key: PublicKey, now: datetime) -> PublicKey:
    return key if key.retired_at else replace(key, retired_at=moment_text(now))


def _pem(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")
