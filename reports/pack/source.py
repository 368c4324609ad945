"""What a pack is made from: one night as the ledger holds it, read once, changed by nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ledger.custody import CustodyEvent
from ledger.night import Look
from ledger.observation import Observation
from ledger.picture import Picture
from ledger.snapshot import Snapshot
from ledger.verdict import Gap, Verdict
from reports.pack.member import Scope
from reports.view import NightView


@dataclass(frozen=True, slots=True)
class Withheld:
    """Withheld record (留存备查的记录): an archived response that stays out of packs, since private data stands in it.

    Attributes:
        payload_digest: ``sha256:`` and the hex digest of what is kept in the archive.
        reason: ``涉个人信息，留存备查``, or why its bytes are not at hand any more.
        places: where in the page, in words for the organ (``第 3 张表第 2 行``); the values themselves nowhere.
    """

    snapshot_id: str
    target_uri: str
    payload_digest: str
    reason: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NightRoot:
    """Root of a night (批次根摘要): a link of the district's hash chain.

    Attributes:
        night: ISO date.
        content: hex SHA-256 over the night's tables, see ``reports.pack.chain``.
        previous: root that was sealed before this one in the district, or 64 zeros. The chain is in the order of
            sealing: a night that was judged again stands in it once more, and the last time counts.
        root: hex SHA-256 over the canonical JSON of ``{district, night, content, previous}``.
        tables: hex SHA-256 of each table's lines, as a whole-night pack has them in ``data``.
    """

    district_id: str
    night: str
    content: str
    previous: str
    root: str
    tables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NightSource:
    """Night as packed (打包取材).

    Attributes:
        view: obligations with standings and gaps, within the scope.
        observations, verdicts: by look id.
        snapshots: every archived response that the looks of the night used, redirects and renderings too.
        environment: facts of the night's environment (program, lock digest, browser, clock check ...).
        chain: the district's sealed nights up to this one, oldest first; the last one is this night.
        custody: the custody events up to the sealing of the night.
        pictures: of the obligations in scope.
        picture_files: PNG bytes by file name.
        not_recorded: sentences on what a recording cannot prove (request, TLS, address, header order); said first.
        files: further texts by path (the district file, policy, scoring profile, reports).
        recipient: of a sealed pack, which also carries what is withheld from all others; empty for any other pack.
    """

    scope: Scope
    view: NightView
    looks: Sequence[Look]
    observations: Mapping[int, Sequence[Observation]]
    verdicts: Mapping[int, Sequence[Verdict]]
    gaps: Sequence[Gap]
    snapshots: Sequence[Snapshot]
    environment: Mapping[str, str]
    chain: Sequence[NightRoot]
    custody: Sequence[CustodyEvent] = ()
    pictures: Sequence[Picture] = ()
    picture_files: Mapping[str, bytes] = field(default_factory=dict)
    withheld: Sequence[Withheld] = ()
    not_recorded: Sequence[str] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    recipient: str = ""
