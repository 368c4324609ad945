"""Mutations of genuine packs, each from a seed; what verify.py must find all of (the harness and its small tier)."""

from __future__ import annotations

import random
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pack_forging import Forger, redigested, repacked

TABLES = ("verdicts", "standings", "planned", "gaps", "observations", "snapshots", "looks", "catalogue", "custody")


@dataclass(frozen=True, slots=True)
class Genuine:
    """Genuine packs (真实佐证包) that mutations begin from.

    Attributes:
        packs: nights of one district by file name, in a chain, oldest first; at least three.
        stranger: pack of the middle night's date from another data folder (another chain, another key).
        fingerprint: of the signing key.
        authority: file of the time-stamp authority's root.
        stamp: a genuine token over any text, as anybody can get one.
    """

    packs: dict[str, bytes]
    stranger: bytes
    fingerprint: str
    authority: Path
    stamp: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Mutated:
    """Mutated packs (改动后的佐证包): what a verifier is given, by file name; ``how`` says what was done."""

    files: dict[str, bytes]
    how: str


Mutation = Callable[[random.Random, Genuine, bool], Mutated]


def mutated(kind: str, chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """One mutation of this kind, different from what it began from."""
    while True:
        made = KINDS[kind](chance, genuine, is_forged)
        if made.files.values() and any(body not in genuine.packs.values() for body in made.files.values()):
            return made
        if kind == "night_replaced":
            return made


def _one(chance: random.Random, genuine: Genuine) -> tuple[str, bytes]:
    return chance.choice(sorted(genuine.packs.items()))


def bit_flipped(chance: random.Random, genuine: Genuine, _: bool) -> Mutated:
    """One bit, anywhere in the file."""
    name, body = _one(chance, genuine)
    at, bit = chance.randrange(len(body)), chance.randrange(8)
    changed = bytearray(body)
    changed[at] ^= 1 << bit
    return Mutated({name: bytes(changed)}, f"bit {bit} of byte {at}")


def truncated(chance: random.Random, genuine: Genuine, _: bool) -> Mutated:
    """Cut anywhere."""
    name, body = _one(chance, genuine)
    at = chance.randrange(len(body))
    return Mutated({name: body[:at]}, f"cut at {at}")


def truncated_at_boundary(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """Cut behind a whole member or record; by the forger, the archive cut there and everything made anew."""
    name, body = _one(chance, genuine)
    if is_forged:
        forger = Forger(body)
        keep = chance.randrange(1, len(forger.records))
        forger.put_records(forger.records[:keep], is_tidy=True)
        forger.recompute()
        return Mutated({name: forger.written()}, f"archive cut behind record {keep}")
    places = [match.start() for match in re.finditer(rb"PK\x03\x04|PK\x01\x02|PK\x05\x06|\x1f\x8b\x08\x00", body)]
    at = chance.choice(places)
    return Mutated({name: body[:at]}, f"cut at the boundary {at}")


def member_deleted(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """A member gone; the forger takes it off every list."""
    name, body = _one(chance, genuine)
    forger = Forger(body)
    gone = chance.choice(sorted(forger.members))
    del forger.members[gone]
    if is_forged and "manifest.json" in forger.members:
        forger.relist()
        if gone == "SHA256SUMS":
            del forger.members[gone]
    return Mutated({name: forger.written()}, f"{gone} deleted")


def row_deleted(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """A row of a table gone."""
    name, body = _one(chance, genuine)
    forger = Forger(body)
    table = _table(chance, forger)
    rows = forger.rows(table)
    del rows[chance.randrange(len(rows))]
    return _put(forger, name, table, rows, is_forged, f"a row of {table} deleted")


def record_deleted(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """A record of the archive gone."""
    name, body = _one(chance, genuine)
    forger = Forger(body)
    records = list(forger.records)
    del records[chance.randrange(len(records))]
    forger.put_records(records, is_tidy=is_forged)
    return _closed(forger, name, is_forged, "a record deleted")


def members_reordered(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """Two members of the zip in each other's place."""
    name, body = _one(chance, genuine)
    forger = Forger(body)
    names = list(forger.members)
    one, other = chance.sample(range(len(names)), 2)
    names[one], names[other] = names[other], names[one]
    forger.members = {path: forger.members[path] for path in names}
    if is_forged:
        forger.relist()
    return Mutated({name: forger.written()}, f"{names[one]} and {names[other]} exchanged")


def rows_reordered(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """Two rows of a table in each other's place."""
    name, body = _one(chance, genuine)
    forger = Forger(body)
    table = _table(chance, forger, at_least=2)
    rows = forger.rows(table)
    one, other = chance.sample(range(len(rows)), 2)
    rows[one], rows[other] = rows[other], rows[one]
    return _put(forger, name, table, rows, is_forged, f"rows {one} and {other} of {table} exchanged")


def records_reordered(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """Two records of the archive in each other's place."""
    name, body = _one(chance, genuine)
    forger = Forger(body)
    records = list(forger.records)
    one, other = chance.sample(range(len(records)), 2)
    records[one], records[other] = records[other], records[one]
    forger.put_records(records, is_tidy=is_forged)
    return _closed(forger, name, is_forged, f"records {one} and {other} exchanged")


def standing_changed(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """A verdict turned into another."""
    name, body = _one(chance, genuine)
    forger = Forger(body)
    rows = forger.rows("verdicts")
    row = chance.choice(rows)
    row["standing"] = chance.choice(sorted({"published", "missing", "empty", "stale", "manual"} - {row["standing"]}))
    return _put(forger, name, "verdicts", rows, is_forged, f"{row['obligation_id']} is now {row['standing']}")


def organ_swapped(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """A verdict given to another organ, or its text altered where there is only one."""
    name, body = _one(chance, genuine)
    forger = Forger(body)
    rows = forger.rows("verdicts")
    row = chance.choice(rows)
    others = sorted({one["organ"] for one in rows} - {row["organ"]})
    row["organ"] = chance.choice(others) if others else row["organ"] + "二"
    return _put(forger, name, "verdicts", rows, is_forged, f"{row['obligation_id']} is now of {row['organ']}")


def text_edited(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """A readable file (report, index page, README, catalogue) with one word more."""
    name, body = _one(chance, genuine)
    forger = Forger(body)
    texts = [path for path in forger.members if path.endswith((".html", ".txt", ".md", ".toml", ".xlsx", ".py"))]
    path = chance.choice(sorted(texts))
    at = chance.randrange(len(forger.members[path]))
    forger.members[path] = forger.members[path][:at] + b"x" + forger.members[path][at:]
    if is_forged:
        forger.relist()
    return Mutated({name: forger.written()}, f"{path} edited at {at}")


def page_edited(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """An archived page with other words, its WARC digests left or computed anew."""
    name, body = _one(chance, genuine)
    forger = Forger(body)
    number = chance.randrange(1, len(forger.records))
    offset, member = forger.records[number]

    def edit(text: bytes) -> bytes:
        at = chance.randrange(text.index(b"\r\n\r\n") + 4, len(text) - 4)
        changed = text[:at] + bytes([text[at] ^ 1]) + text[at + 1 :]
        return redigested(changed) if is_forged else changed

    records = list(forger.records)
    records[number] = (offset, repacked(member, edit))
    forger.put_records(records, is_tidy=is_forged)
    return _closed(forger, name, is_forged, f"record {number} edited")


def night_back_dated(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """The whole night made to be of another day."""
    name, body = _one(chance, genuine)
    forger = Forger(body)
    night = forger.rows("night")[0]["night"]
    other = (date.fromisoformat(night) - timedelta(days=chance.randrange(1, 400))).isoformat()
    for path in ("manifest.json", "data/night.jsonl", "data/verdicts.jsonl", "data/standings.jsonl"):
        forger.members[path] = forger.members[path].replace(
            f'"night":"{night}"'.encode(), f'"night":"{other}"'.encode()
        )
    made = _closed(forger, name, is_forged, f"{night} became {other}")
    return Mutated({name.replace(night, other): made.files[name]}, made.how)


def fetch_back_dated(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """A page seen earlier than it was: in the table, by the forger in the record too."""
    name, body = _one(chance, genuine)
    forger = Forger(body)
    places = {row["id"]: row["offset"] for row in forger.rows("records")}
    rows = forger.rows("snapshots")
    row = chance.choice([one for one in rows if places[one["id"]] is not None])
    true = row["fetched_at"]
    moved = datetime.fromisoformat(true) - timedelta(seconds=chance.randrange(1, 10_000_000))
    row["fetched_at"] = moved.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    forger.put_rows("snapshots", rows)
    if is_forged:
        records = [
            (offset, repacked(member, lambda text: text.replace(true.encode(), row["fetched_at"].encode(), 1)))
            if offset == places[row["id"]]
            else (offset, member)
            for offset, member in forger.records
        ]
        forger.put_records(records, is_tidy=is_forged)
    return _closed(forger, name, is_forged, f"{row['id']} fetched at {row['fetched_at']}")


def token_swapped(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """A genuine time stamp, of another signature."""
    (name, body), (_, other) = chance.sample(sorted(genuine.packs.items()), 2)
    forger = Forger(body)
    forger.members["manifest.tst"] = Forger(other).members["manifest.tst"]
    if is_forged:
        forger.resum()
    return Mutated({name: forger.written()}, "the token of another night")


def token_removed(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """No time stamp any more; by the forger not on any list either, nor its authority."""
    name, body = _one(chance, genuine)
    forger = Forger(body)
    del forger.members["manifest.tst"]
    if is_forged and chance.random() < 0.5:
        del forger.members["keys/authority-1.pem"]
        forger.relist()
    if is_forged:
        forger.resum()
    return Mutated({name: forger.written()}, "the token removed")


def night_replaced(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """A night of a chain replaced by another genuine night under its name, by a stranger's, or taken away."""
    files = dict(genuine.packs)
    names = sorted(files)
    middle = chance.choice(names[1:-1])
    if is_forged:
        files[middle] = genuine.stranger
        return Mutated(files, f"{middle} is a stranger's")
    way = chance.choice(("under its name", "beside", "gone"))
    other = chance.choice([name for name in names if name != middle])
    del files[middle]
    if way == "under its name":
        files[middle] = files[other]
    elif way == "beside":
        files[f"copy-of-{other}"] = files[other]
    return Mutated(files, f"{middle}: {other} {way}")


def key_replaced(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """All made anew and signed with the forger's own key; in half of them stamped by the genuine authority."""
    name, body = _one(chance, genuine)
    forger = Forger(body)
    rows = forger.rows("verdicts")
    chance.choice(rows)["standing"] = chance.choice(("published", "missing"))
    forger.put_rows("verdicts", rows)
    forger.recompute()
    key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
    forger.sign(key, genuine.stamp if is_forged else None)
    return Mutated({name: forger.written()}, "signed with another key")


def container_edited(chance: random.Random, genuine: Genuine, is_forged: bool) -> Mutated:
    """What zip readers overlook: bytes between, before or behind, a comment, another date."""
    name, body = _one(chance, genuine)
    way = chance.choice(("before", "behind", "comment", "date", "between"))
    extra = chance.randbytes(chance.randrange(1, 50))
    ends = body.rindex(b"PK\x05\x06")
    central = struct.unpack("<I", body[ends + 16 : ends + 20])[0]
    changed = {
        "before": extra + body,
        "behind": body + extra,
        "comment": body[:-2] + struct.pack("<H", len(extra)) + extra,
        "date": body[:10] + b"\x01\x02\x03\x04" + body[14:],
        "between": body[:central] + extra + body[central:ends] + _moved_end(body[ends:], len(extra)),
    }[way]
    return Mutated({name: changed}, f"{len(extra)} bytes {way}")


def _moved_end(end: bytes, by: int) -> bytes:
    return end[:16] + struct.pack("<I", struct.unpack("<I", end[16:20])[0] + by) + end[20:]


def _table(chance: random.Random, forger: Forger, at_least: int = 1) -> str:
    return chance.choice([one for one in TABLES if len(forger.rows(one)) >= at_least])


def _put(forger: Forger, name: str, table: str, rows: list[dict[str, object]], is_forged: bool, how: str) -> Mutated:
    if table == "custody" and is_forged:
        forger.put_custody(rows)
    else:
        forger.put_rows(table, rows)
    return _closed(forger, name, is_forged, how)


def _closed(forger: Forger, name: str, is_forged: bool, how: str) -> Mutated:
    if is_forged:
        forger.recompute()
    return Mutated({name: forger.written()}, how + (", all digests recomputed" if is_forged else ""))


KINDS: dict[str, Mutation] = {
    "bit_flipped": bit_flipped,
    "truncated": truncated,
    "truncated_at_boundary": truncated_at_boundary,
    "container_edited": container_edited,
    "member_deleted": member_deleted,
    "row_deleted": row_deleted,
    "record_deleted": record_deleted,
    "members_reordered": members_reordered,
    "rows_reordered": rows_reordered,
    "records_reordered": records_reordered,
    "standing_changed": standing_changed,
    "organ_swapped": organ_swapped,
    "text_edited": text_edited,
    "page_edited": page_edited,
    "night_back_dated": night_back_dated,
    "fetch_back_dated": fetch_back_dated,
    "token_swapped": token_swapped,
    "token_removed": token_removed,
    "night_replaced": night_replaced,
    "key_replaced": key_replaced,
}
