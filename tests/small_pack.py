"""Small packs made by hand in a blink, with all that a verifier meets: a revisit, a rendering, a withheld record ..."""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from ledger.archive.warc import pack_exchange, payload_digest
from ledger.custody import CustodyEvent, CustodyKind, custody_digest
from ledger.encoding import dumps, moment_text
from ledger.exchange import Exchange
from ledger.snapshot import Snapshot
from pack_forging import SEALED, zipped
from reports.pack.archive_copy import CopiedRecord, gzip_members, record_of
from reports.pack.canonical import canonical_json, canonical_lines
from reports.pack.chain import FIRST_PREVIOUS, sealed
from reports.pack.keys import KeyRing, key_list
from reports.pack.manifest import manifest_bytes, measure, sums, token_path
from reports.pack.member import Scope
from reports.pack.source import NightRoot
from reports.pack.wacz import Cover, write_wacz

Row = dict[str, Any]
DISTRICT = "yunchuan"
SAW = datetime(2021, 11, 30, 2, 0, tzinfo=UTC)
FIRST_NIGHT = SAW.date()
HOME = "http://127.0.0.1/"


@dataclass(slots=True)
class SmallDistrict:
    """Small district (小区县): its keys, its chain and custody log, and a time-stamp authority if it has one.

    Attributes:
        stamps: one an authority: a token over any text; ``authorities`` their certificates.
        organ: of packs that hold only a part; empty for whole nights.
    """

    ring: KeyRing
    stamps: Sequence[Callable[[bytes], bytes]] = ()
    authorities: Sequence[bytes] = ()
    chain: list[NightRoot] = field(default_factory=list)
    custody: list[CustodyEvent] = field(default_factory=list)
    organ: str = ""
    sm3: bool = False

    def pack(self, night: date = FIRST_NIGHT) -> bytes:
        """Seal a night and pack it."""
        records, snapshots, withheld = _seen(night)
        wacz = io.BytesIO()
        moment = moment_text(_at(night))
        placed = write_wacz(wacz, records, Cover(f"{DISTRICT}/{night}", "云川区", moment, "mingcha", HOME))
        for row in snapshots:
            row["record_digest"] = placed.digests.get(row["id"], "0" * 64)
        tables = _tables(night, snapshots)
        bodies = {name: _body(name, tables[name]) for name in SEALED}
        self._seal(night, {name: hashlib.sha256(body).hexdigest() for name, body in bodies.items()})
        tables |= {
            "night": [_night(night)],
            "records": [_place(row, placed.offsets) for row in snapshots],
            "withheld": withheld,
            "chain": [_link(one) for one in self.chain],
            "custody": [_event(one) for one in self.custody],
        }
        members = {_path(name): _body(name, rows) for name, rows in tables.items()}
        return self._closed(night, members, wacz.getvalue(), placed.record_count)

    def _seal(self, night: date, digests: Mapping[str, str]) -> None:
        previous = self.chain[-1].root if self.chain else FIRST_PREVIOUS
        link = sealed(DISTRICT, night.isoformat(), digests, previous)
        self.chain.append(link)
        facts = {"district": DISTRICT, "night": link.night, "content": link.content, "previous": link.previous}
        facts |= {"root": link.root, "tables": dumps(dict(link.tables))}
        self.note(CustodyKind.NIGHT_SEALED, facts, _at(night) + timedelta(hours=2))

    def note(self, kind: CustodyKind, facts: Mapping[str, str], at: datetime) -> None:
        """One entry of the custody log."""
        last = self.custody[-1].digest if self.custody else "0" * 64
        event = CustodyEvent(len(self.custody) + 1, kind, at, "张三", facts, last)
        self.custody.append(
            CustodyEvent(event.number, kind, at, event.actor, facts, event.previous, custody_digest(event))
        )

    def _closed(self, night: date, data: dict[str, bytes], wacz: bytes, record_count: int) -> bytes:
        key = self.ring.current() or self.ring.make(_at(night))
        picture = b"\x89PNG\r\n\x1a\nnot much of a picture"
        members = {
            "README.txt": "先看这里。\n".encode(),
            "verify.py": (files("reports.pack.carried") / "verify.py").read_bytes(),
            "VERIFY.md": (files("reports.pack.carried") / "VERIFY.md").read_bytes(),
            "index.html": b"<!doctype html>",
            "evidence.wacz": wacz,
            "keys/signer.pem": key.public_pem.encode(),
            "keys/keys.json": key_list(self.ring.known()),
            **{f"keys/authority-{number}.pem": pem for number, pem in enumerate(self.authorities, 1)},
            "reports/云川区.html": "<!doctype html>云川区".encode(),
            f"pictures/{hashlib.sha256(picture).hexdigest()}.png": picture,
            **data,
        }
        counts = {name: body.count(b"\n") for name, body in members.items() if name.endswith(".jsonl")}
        counts["evidence.wacz"] = record_count
        measured = [measure(name, [body], counts.get(name), sm3=self.sm3) for name, body in members.items()]
        scope = Scope(DISTRICT, night, self.organ)
        manifest = manifest_bytes(scope, self.chain[-1], "mingcha 0", ["请求的全部细节"], measured)
        signature = self.ring.sign(key, manifest)
        closing = {"manifest.json": manifest, "manifest.sig": signature}
        closing |= {token_path(number): stamp(signature) for number, stamp in enumerate(self.stamps, 1)}
        measured += [measure(name, [body], None, sm3=False) for name, body in closing.items()]
        return zipped(in_order(members | closing | {"SHA256SUMS": sums(measured)}))


def in_order(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Members in the order of a pack."""
    tokens = sorted((name for name in members if name.endswith(".tst")), key=lambda name: (len(name), name))
    first = ["README.txt", "manifest.json", "manifest.sig", *tokens]
    first += ["SHA256SUMS", "verify.py", "VERIFY.md", "index.html", "evidence.wacz"]
    rest = sorted(set(members) - set(first), key=lambda name: (not name.startswith("keys/"), name))
    return {name: members[name] for name in (*first, *rest)}


def small_district(folder: Path, **more: Any) -> SmallDistrict:
    """A district whose first key was made when the night began."""
    ring = KeyRing(folder / "keys")
    ring.make(SAW)
    return SmallDistrict(ring, **more)


def _at(night: date) -> datetime:
    return SAW + (night - SAW.date())


def _seen(night: date) -> tuple[list[CopiedRecord], list[Row], list[Row]]:
    """Copied records, rows of snapshots and of what is withheld: a page, the same again, its DOM, a private one."""
    page = "<html><title>云川区</title>…</html>".encode()
    kinds = [("", page, ""), ("index.html", page, "revisit"), ("", b"<html>rendered</html>", "conversion")]
    records, rows, first = [], [], None
    for number, (path, body, kind) in enumerate(kinds):
        name, at = _id(night, number), _at(night) + timedelta(seconds=number)
        exchange = Exchange(
            HOME + path, 200, (("Content-Type", "text/html"),), body, at, renders=_id(night, 0) if "con" in kind else ""
        )
        original = first if kind == "revisit" else None
        raw = pack_exchange(exchange, name, payload_digest(body), original).members
        records += [record_of(member, plain, "small") for member, plain in gzip_members(raw, "small")]
        shot = Snapshot(name, HOME + path, at, 200, "text/html", payload_digest(body), "small.warc.gz", 0, 1)
        first = first or shot
        rows.append(_snapshot(shot))
    kept_back = Snapshot(
        _id(night, 9), HOME + "list", _at(night), 200, "text/html", payload_digest(b"private"), "", 0, 1
    )
    withheld = {
        "snapshot_id": kept_back.id,
        "target_uri": kept_back.target_uri,
        "payload_digest": kept_back.payload_digest,
        "reason": "涉个人信息，留存备查",
        "places": ["第 3 行"],
    }
    return records, sorted([*rows, _snapshot(kept_back)], key=lambda row: row["id"]), [withheld]


def _id(night: date, number: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{night}/{number}"))


def _snapshot(one: Snapshot) -> Row:
    return {
        "id": one.id,
        "url": one.target_uri,
        "status": one.status,
        "fetched_at": moment_text(one.fetched_at),
        "payload_digest": one.payload_digest,
    }


def _place(row: Row, offsets: Mapping[str, int]) -> Row:
    offset = offsets.get(row["id"])
    return {"id": row["id"], "record_digest": row["record_digest"], "in_wacz": offset is not None, "offset": offset}


def _night(night: date) -> Row:
    ends = moment_text(_at(night) + timedelta(hours=1))
    return {"district": DISTRICT, "night": night.isoformat(), "finished_at": ends, "planned": 3}


def _tables(night: date, snapshots: list[Row]) -> dict[str, Any]:
    """Three obligations: one rests on the page, one on its DOM, one on the withheld page."""
    verdicts = [
        {
            "district": DISTRICT,
            "night": night.isoformat(),
            "organ": organ,
            "obligation_id": f"d/{name}/1@{organ}",
            "standing": standing,
            "confirmed": standing == "missing",
            "evidence": [_id(night, number)],
            "checks": [{"check_id": "column.exists", "evidence": [_id(night, number)]}],
        }
        for name, organ, standing, number in (
            ("budget", "财政局", "missing", 0),
            ("plan", "发改委", "published", 2),
            ("list", "民政局", "published", 9),
        )
    ]
    same = ("night", "obligation_id", "standing", "confirmed", "evidence")
    return {
        "verdicts": verdicts,
        "standings": [{name: row[name] for name in same} for row in verdicts],
        "planned": [{"obligation_id": row["obligation_id"]} for row in verdicts],
        "gaps": [{"id": "GABCDEFGHIJ", "obligation_id": verdicts[0]["obligation_id"], "state": "confirmed"}],
        "looks": [{"look_id": 1}],
        "observations": [{"look_id": 1, "snapshot_id": _id(night, 0)}, {"look_id": 1, "snapshot_id": _id(night, 2)}],
        "snapshots": snapshots,
        "environment": {"program": "mingcha 0", "operator": "张三"},
        "catalogue": [{"requirement_id": "budget"}, {"requirement_id": "plan"}],
    }


def _path(name: str) -> str:
    return "data/environment.json" if name == "environment" else f"data/{name}.jsonl"


def _body(name: str, rows: Any) -> bytes:
    return canonical_json(rows) if name == "environment" else canonical_lines(rows)


def _link(one: NightRoot) -> Row:
    return {
        "district": one.district_id,
        "night": one.night,
        "content": one.content,
        "previous": one.previous,
        "root": one.root,
        "tables": dict(one.tables),
    }


def _event(one: CustodyEvent) -> Row:
    return {
        "number": one.number,
        "kind": one.kind.value,
        "happened_at": moment_text(one.happened_at),
        "actor": one.actor,
        "facts": dict(one.facts),
        "previous": one.previous,
        "digest": one.digest,
    }
