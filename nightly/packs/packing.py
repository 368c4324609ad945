"""Packing a night: from the ledger to one signed zip; how its parts are written stands in reports.pack."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ledger.archive.page_archive import Kept
from ledger.assessment import AssessmentRound
from ledger.custody import CustodyKind
from ledger.encoding import moment_text
from ledger.frozen import FrozenLedger
from ledger.ledger import Ledger
from ledger.night import Night, NightState
from nightly.errors import Exit, NightError
from nightly.operating import operator
from nightly.packs.copying import records_of
from nightly.packs.gathering import kept_in_scope, night_source, picture_bodies, report_texts
from nightly.packs.record_digests import record_digests
from nightly.packs.sealing import sealed_chain, tables_now
from nightly.packs.stamping import Authority, TokenShelf
from nightly.packs.withholding import sift
from nightly.picture_index import page_pictures
from nightly.preparing import Prepared, district_text
from nightly.replies.sheet_key import sheet_key
from nightly.settings import Settings
from nightly.viewing import view_night
from reports.pack.keys import KeyRing, PublicKey
from reports.pack.limits import not_recorded
from reports.pack.member import Scope
from reports.pack.source import NightSource
from reports.pack.stamping import Stamp
from reports.pack.wacz import Cover
from reports.pack.writing import Seal, WrittenPack, pack_name, write_pack
from reports.writing import write_reports


@dataclass(frozen=True, slots=True)
class Order:
    """Order of a pack (打包要求).

    Attributes:
        district: as the command line named it: an id, or the path of a district file.
        out: folder of the zip file.
        recipient: of a sealed pack, which also holds what is withheld from all others; empty for any other pack.
        frozen: the assessment round it is made for: the night is packed as it stood when that was frozen.
    """

    district: str
    scope: Scope
    out: Path
    sm3: bool = False
    recipient: str = ""
    frozen: AssessmentRound | None = None


@dataclass(frozen=True, slots=True)
class Packed:
    """Packed night (打包结果). ``new_key`` is the key that was made because there was none."""

    written: WrittenPack
    withheld_count: int
    key: PublicKey
    is_new_key: bool


def pack_night(
    prepared: Prepared,
    ledger: Ledger,
    night: Night,
    settings: Settings,
    order: Order,
    authorities: Sequence[Authority],
    now: datetime,
) -> Packed:
    """Write one pack of a finished night, and note in the custody log that it was.

    Raises:
        NightError: the night is not finished, not as it was sealed, or the scope names what it does not have.
        EvidenceDamagedError: an archived record is gone or altered.
        KeyTroubleError: the signing key cannot be used.
    """
    if night.state is not NightState.FINISHED:
        raise NightError(f"night {night.night} is {night.state}: only a finished night is packed", Exit.RED_NIGHT)
    as_it_stood = ledger if order.frozen is None else FrozenLedger.at(ledger, order.frozen)
    night = as_it_stood.night(night.district_id, night.night) or night
    source, kept, digests = _gathered(prepared, as_it_stood, night, settings, order, is_stamped=bool(authorities))
    ring = KeyRing(settings.data / "keys")
    key, is_new = _signing_key(ring, ledger, now)
    seal = Seal(
        key=key,
        keys=ring.known(),
        sign=lambda text: ring.sign(key, text),
        stamp=_stamping(ledger, settings, authorities, now),
        authorities=[one.certificates for one in authorities],
        sm3=order.sm3,
    )
    written = write_pack(
        order.out / pack_name(order.scope, is_sealed=bool(order.recipient)),
        source,
        source.environment.get("program", "mingcha"),
        records_of(as_it_stood, night, kept, digests),
        digests,
        _cover(source),
        seal,
        lambda written: _note(ledger, order, written, now),
    )
    return Packed(written, len(source.withheld), key, is_new)


def _gathered(
    prepared: Prepared, ledger: Ledger, night: Night, settings: Settings, order: Order, *, is_stamped: bool
) -> tuple[NightSource, tuple[Kept, ...], dict[str, str]]:
    """The source with all that a pack says, what of the archive it carries, and every record's digest."""
    everything = ledger.kept_of(night.district_id, night.night)
    digests = record_digests(ledger, everything, settings, night.district_id, night.night)
    chain, custody = sealed_chain(ledger, night)
    if tables_now(prepared, ledger, night, settings, digests) != dict(chain[-1].tables):
        raise NightError(
            f"night {night.night} of {night.district_id} is no longer as it was sealed: the ledger, the catalogue or "
            f"the district file changed since. If that is right, judge it again, which seals it anew and says so: "
            f"mingcha judge {order.district} --as-of {night.night}",
            Exit.RED_NIGHT,
        )
    source = night_source(prepared, ledger, night, settings, order.scope)
    kept = kept_in_scope(source, ledger, everything)
    sifted = sift(ledger, kept, is_sealed=bool(order.recipient))
    kept_out = {one.snapshot_id for one in sifted.withheld}
    source = replace(
        source,
        chain=chain,
        custody=custody,
        withheld=sifted.withheld,
        recipient=order.recipient,
        picture_files=picture_bodies(settings, source.pictures),
        not_recorded=not_recorded(
            night,
            source.environment,
            is_stamped=is_stamped,
            has_renderings=_has_renderings(kept),
            unexamined_count=sifted.unexamined_count,
        ),
        files={
            "data/district.toml": district_text(order.district),
            **_reports(prepared, ledger, night, settings, source, order),
        },
    )
    return source, tuple(one for one in kept if one.snapshot.id not in kept_out), digests


def _reports(
    prepared: Prepared, ledger: Ledger, night: Night, settings: Settings, source: NightSource, order: Order
) -> dict[str, bytes]:
    """The night's reports; of a frozen night written anew, since those on the disk may tell of what came later."""
    if order.frozen is None or order.scope.gap_ids:
        return report_texts(settings.reports(night.district_id, night.night), source.view, order.scope)
    shots = page_pictures(source.pictures)
    files = [settings.pictures / name for name in sorted(set(shots.values()))]
    with tempfile.TemporaryDirectory(dir=settings.data, prefix="round-") as folder:
        view = view_night(prepared, ledger, night, shots)
        written = write_reports(view, Path(folder) / "reports", files, sheet_key=sheet_key(settings))
        return report_texts(written.folder, source.view, order.scope)


def _has_renderings(kept: Sequence[Kept]) -> bool:
    """Whether a DOM that a browser made is among them: it differs from what it refers to, a revisit does not."""
    payloads = {one.snapshot.id: one.snapshot.payload_digest for one in kept}
    return any(one.refers_to and payloads.get(one.refers_to) != one.snapshot.payload_digest for one in kept)


def _cover(source: NightSource) -> Cover:
    night, district = source.view.night, source.view.district
    return Cover(
        key=f"{district.id}/{night.night}",
        title=f"{district.name} {night.night} 网页存档",
        moment=moment_text(night.started_at),
        software=source.environment.get("program", "mingcha"),
        main_url=district.home,
    )


def _signing_key(ring: KeyRing, ledger: Ledger, now: datetime) -> tuple[PublicKey, bool]:
    """The key that signs; the first pack makes one."""
    key = ring.current()
    if key is not None:
        return key, False
    made = ring.make(now)
    facts = {"fingerprint": made.fingerprint, "endorsed_by": made.endorsed_by}
    ledger.add_custody(CustodyKind.KEY_MADE, facts, actor=operator(), now=now)
    return made, True


def _stamping(
    ledger: Ledger, settings: Settings, authorities: Sequence[Authority], now: datetime
) -> Callable[[bytes], Sequence[bytes]]:
    """Tokens over a signature; each that was not there before is noted."""
    shelf = TokenShelf(settings.data / "stamps", authorities)

    def stamp(signature: bytes) -> list[bytes]:
        news = [not shelf.has(signature, one) for one in authorities]
        stamps = shelf.tokens(signature)
        for is_new, authority, one in zip(news, authorities, stamps, strict=True):
            if is_new:
                note_stamp(ledger, authority.url, signature, one, now)
        return [one.token for one in stamps]

    return stamp


def note_stamp(ledger: Ledger, url: str, text: bytes, stamp: Stamp, now: datetime) -> None:
    """A custody event for a token that was obtained."""
    facts = {
        "authority": url,
        "over": hashlib.sha256(text).hexdigest(),
        "stamped_at": moment_text(stamp.stamped_at),
        "expires_at": moment_text(stamp.expires_at),
    }
    ledger.add_custody(CustodyKind.STAMPED, facts, actor=operator(), now=now)


def _note(ledger: Ledger, order: Order, written: WrittenPack, now: datetime) -> None:
    scope = order.scope
    facts = {
        "district": scope.district_id,
        "night": scope.night.isoformat(),
        "file": written.path.name,
        "sha256": written.sha256,
        "organ": scope.organ_id,
        "gaps": " ".join(scope.gap_ids),
        "for": "assessor" if scope.for_assessor else "",
        "round": scope.round_id,
    }
    kind = CustodyKind.PACKED
    if order.recipient:
        kind, facts = CustodyKind.SEALED_PACK, {**facts, "recipient": order.recipient}
    ledger.add_custody(kind, facts, actor=operator(), now=now)
