"""A pack taken apart and put together again by a forger who recomputes every digest but has no key; for tests."""

from __future__ import annotations

import functools
import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from reports.pack.canonical import canonical_json, canonical_lines, digest_of
from reports.pack.fixed_zip import FixedZip

Row = dict[str, Any]
WARC, INDEX, PAGES = "archive/evidence.warc.gz", "indexes/index.cdxj", "pages/pages.jsonl"
BESIDE = ("request", "metadata", "warcinfo")
SEALED = ("environment", "gaps", "looks", "observations", "planned", "snapshots", "standings", "verdicts")


def sha256(body: bytes) -> str:
    """Hex SHA-256."""
    return hashlib.sha256(body).hexdigest()


def unzipped(body: bytes) -> dict[str, bytes]:
    """Members in order, with zipfile as any forger has it."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def zipped(members: dict[str, bytes]) -> bytes:
    """The container as the writer makes it, so that only contents can give a forgery away."""
    out = io.BytesIO()
    with FixedZip(out) as packed:
        for name, body in members.items():
            packed.add(name, [body])
    return out.getvalue()


def members_of(archive: bytes) -> list[tuple[int, bytes]]:
    """Each gzip member of an archive with its offset."""
    found, at = [], 0
    while at < len(archive):
        machine = zlib.decompressobj(31)
        machine.decompress(archive[at:])
        length = len(archive) - at - len(machine.unused_data)
        found.append((at, archive[at : at + length]))
        at += length
    return found


@functools.cache
def _taken_apart(pack: bytes) -> tuple[dict[str, bytes], dict[str, bytes], list[tuple[int, bytes]]]:
    """Members, those of the WACZ, and records; thousands of mutations begin from the same few packs."""
    members = unzipped(pack)
    inner = unzipped(members["evidence.wacz"])
    return members, inner, members_of(inner[WARC])


class Forger:
    """Forger (伪造者) at work on one pack.

    Attributes:
        members: path and body, in the order of the zip.
        records: offset in the genuine WARC file, and the gzip member, in the order they shall have.
    """

    def __init__(self, pack: bytes) -> None:
        members, inner, records = _taken_apart(pack)
        self.members, self.inner, self.records = dict(members), dict(inner), list(records)

    def rows(self, table: str) -> list[Row]:
        """Rows of a table."""
        return [json.loads(line) for line in self.members[f"data/{table}.jsonl"].splitlines()]

    def put_rows(self, table: str, rows: list[Row]) -> None:
        """Rows in place of a table's."""
        self.members[f"data/{table}.jsonl"] = canonical_lines(rows)

    def put_records(self, records: list[tuple[int, bytes]], *, is_tidy: bool = False) -> None:
        """Records in place of the archive's; the WACZ is made from them, its own digests right again.

        Args:
            records: a record may be a new one at its old offset.
            is_tidy: whether requests without an answer and pages without a record go too.
        """
        fields = {old: fields_of(member) for old, member in records}
        if is_tidy:
            answers = {one["warc-record-id"] for one in fields.values() if one["warc-type"] not in BESIDE}
            records = [
                (old, member) for old, member in records if fields[old].get("warc-concurrent-to", "") in {"", *answers}
            ]
        self.records, places, at = records, {}, 0
        for old, member in records:
            places[old] = (at, len(member))
            at += len(member)
        self.inner[WARC] = b"".join(member for _, member in records)
        lines = [_moved(line, places, fields) for line in self.inner[INDEX].splitlines()]
        self.inner[INDEX] = b"".join(sorted(line + b"\n" for line in lines if line))
        rows = [row for row in self.rows("records") if row["offset"] is None or row["offset"] in places]
        for row in rows:
            if row["offset"] is not None:
                at, length = places[row["offset"]]
                row |= {"offset": at, "record_digest": sha256(self.inner[WARC][at : at + length])}
        self.put_rows("records", rows)
        self._put_pages({one["warc-record-id"][10:-1]: one for one in fields.values()}, is_tidy=is_tidy)
        self.put_inner()

    def _put_pages(self, by_id: dict[str, dict[str, str]], *, is_tidy: bool) -> None:
        heading, *pages = [json.loads(line) for line in self.inner[PAGES].splitlines()]
        if is_tidy:
            pages = [one | {"ts": by_id[one["id"]]["warc-date"]} for one in pages if one["id"] in by_id]
        self.inner[PAGES] = canonical_lines([heading, *pages])

    def put_inner(self) -> None:
        """The WACZ made anew, its own digests right."""
        package = json.loads(self.inner["datapackage.json"])
        for one in package["resources"]:
            body = self.inner[one["path"]]
            one |= {"bytes": len(body), "hash": "sha256:" + sha256(body)}
        self.inner["datapackage.json"] = canonical_json(package)
        digest = {"path": "datapackage.json", "hash": "sha256:" + sha256(self.inner["datapackage.json"])}
        self.inner["datapackage-digest.json"] = canonical_json(digest)
        self.members["evidence.wacz"] = zipped(self.inner)

    def align(self) -> None:
        """Make every table say the same again: snapshots as the records, standings as the verdicts, planned as both."""
        digests = {row["id"]: row["record_digest"] for row in self.rows("records")}
        fields = {one["warc-record-id"][10:-1]: one for one in (fields_of(member) for _, member in self.records)}
        snapshots = [row for row in self.rows("snapshots") if row["id"] in digests]
        for row in snapshots:
            row["record_digest"] = digests[row["id"]]
            if row["id"] in fields:
                row["payload_digest"] = fields[row["id"]]["warc-payload-digest"]
        self.put_rows("snapshots", snapshots)
        verdicts = {row["obligation_id"]: row for row in self.rows("verdicts")}
        for row in verdicts.values():
            row["evidence"] = [one for one in row["evidence"] if one in digests]
            for check in row["checks"]:
                check["evidence"] = [one for one in check["evidence"] if one in digests]
        self.put_rows("verdicts", list(verdicts.values()))
        same = ("standing", "confirmed", "evidence", "night")
        standings = [row for row in self.rows("standings") if row["obligation_id"] in verdicts]
        for row in standings:
            row |= {name: verdicts[row["obligation_id"]][name] for name in same}
        self.put_rows("standings", standings)
        self.put_rows("planned", [row for row in self.rows("planned") if row["obligation_id"] in verdicts])
        self.put_rows("gaps", [row for row in self.rows("gaps") if row["obligation_id"] in verdicts])
        self.put_rows("night", [row | {"planned": len(verdicts)} for row in self.rows("night")])

    def reseal(self) -> None:
        """Root, chain and custody log computed anew over what the tables now say."""
        manifest = json.loads(self.members["manifest.json"])
        chain = self.rows("chain")
        last = chain[-1]
        last["night"] = manifest["night"]
        last["tables"] = {name: sha256(self.members[_path(name)]) for name in SEALED}
        last["content"] = digest_of({"tables": last["tables"]})
        last["root"] = digest_of({name: last[name] for name in ("district", "night", "content", "previous")})
        self.put_rows("chain", chain)
        custody = self.rows("custody")
        sealings = [row for row in custody if row["kind"] == "night_sealed"]
        facts = {name: last[name] for name in ("district", "night", "content", "previous", "root")}
        # a forger who took the sealing itself out of the log has none to alter
        if sealings:
            sealings[-1]["facts"] |= facts | {"tables": canonical_json(last["tables"]).decode()}
            self.put_custody(custody)
        manifest["chain"] = {name: last[name] for name in ("content", "previous", "root")}
        manifest["environment"] = last["tables"]["environment"]
        self.members["manifest.json"] = canonical_json(manifest)

    def put_custody(self, events: list[Row]) -> None:
        """The custody log with its digests right again."""
        previous = "0" * 64
        for number, row in enumerate(events, 1):
            row |= {"number": number, "previous": previous}
            row["digest"] = digest_of({name: row[name] for name in row if name != "digest"})
            previous = row["digest"]
        self.put_rows("custody", events)

    def relist(self) -> None:
        """Manifest and SHA256SUMS over the members as they are now."""
        manifest = json.loads(self.members["manifest.json"])
        outside = {"manifest.json", "manifest.sig", "SHA256SUMS"}
        listed = {one["path"]: one for one in manifest["files"]}
        manifest["files"] = [
            listed.get(name, {}) | self._measured(name, body)
            for name, body in sorted(self.members.items())
            if name not in outside and not name.endswith(".tst")
        ]
        self.members["manifest.json"] = canonical_json(manifest)
        self.resum()

    def resum(self) -> None:
        """SHA256SUMS over the members as they are now."""
        rows = sorted((name, sha256(body)) for name, body in self.members.items() if name != "SHA256SUMS")
        self.members["SHA256SUMS"] = "".join(f"{digest}  {name}\n" for name, digest in rows).encode()

    def recompute(self) -> None:
        """All of it: nothing but the signature and the time stamp is left to find."""
        self.align()
        self.reseal()
        self.relist()

    def sign(self, key: Ed25519PrivateKey, stamp: Callable[[bytes], bytes] | None = None) -> None:
        """Sign as somebody else, list their key as the one key, and have it stamped where ``stamp`` is given."""
        pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        one = json.loads(self.members["keys/keys.json"])[0]
        one |= {"fingerprint": sha256(der), "public_pem": pem.decode(), "endorsed_by": "", "endorsement": ""}
        self.members["keys/signer.pem"], self.members["keys/keys.json"] = (
            pem,
            canonical_json([one | {"retired_at": ""}]),
        )
        self.relist()
        self.members["manifest.sig"] = key.sign(self.members["manifest.json"])
        if stamp is not None:
            self.members["manifest.tst"] = stamp(self.members["manifest.sig"])
        self.resum()

    def written(self) -> bytes:
        """The zip."""
        return zipped(self.members)

    def _measured(self, name: str, body: bytes) -> Row:
        count = None
        if name.endswith(".jsonl"):
            count = body.count(b"\n")
        elif name == "evidence.wacz":
            count = len(self.records)
        return {"path": name, "bytes": len(body), "sha256": sha256(body), "records": count}


def _path(table: str) -> str:
    return "data/environment.json" if table == "environment" else f"data/{table}.jsonl"


def _moved(line: bytes, places: dict[int, tuple[int, int]], fields: dict[int, dict[str, str]]) -> bytes:
    """An index line for a record's new place, time and digest; empty where the record is gone."""
    key, _, facts = line.split(b" ", 2)
    entry = json.loads(facts)
    old = int(entry["offset"])
    if old not in places:
        return b""
    offset, length = places[old]
    entry |= {"offset": str(offset), "length": str(length), "digest": fields[old]["warc-payload-digest"]}
    moment = re.sub(r"\D", "", fields[old]["warc-date"])[:14]
    return b" ".join((key, moment.encode(), canonical_json(entry)))


@functools.lru_cache(10_000)
def fields_of(member: bytes) -> dict[str, str]:
    """Header fields of a record by lower-case name."""
    head = zlib.decompress(member, 31).split(b"\r\n\r\n")[0].decode("utf-8", "surrogateescape")
    return {
        name.casefold(): value.strip() for name, _, value in (line.partition(":") for line in head.split("\r\n")[1:])
    }


def redigested(text: bytes) -> bytes:
    """A record's text with its WARC digests right again."""
    head, _, rest = text.partition(b"\r\n\r\n")
    block = rest[:-4]
    payload = block.partition(b"\r\n\r\n")[2] if b"application/http" in head else block
    head = re.sub(rb"(?<=WARC-Block-Digest: )\S+", b"sha256:" + sha256(block).encode(), head)
    if b"WARC-Type: revisit" not in head:
        head = re.sub(rb"(?<=WARC-Payload-Digest: )\S+", b"sha256:" + sha256(payload).encode(), head)
    return head + b"\r\n\r\n" + rest


def repacked(member: bytes, edit: Callable[[bytes], bytes]) -> bytes:
    """A gzip member with its text edited."""
    machine = zlib.compressobj(6, zlib.DEFLATED, 31)
    return machine.compress(edit(zlib.decompress(member, 31))) + machine.flush()
