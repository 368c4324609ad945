"""index.html of a pack: every verdict with its proof in one file, that needs no server, no network and no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.district import Organ
from ledger.standing import Standing
from reports.pack.contents.grouping import grouped
from reports.pack.contents.inert_page import carried, content_policy, page_bytes, utc
from reports.pack.contents.policy import confirmation_of
from reports.pack.contents.proof import Proof, anchor_of, proof_of
from reports.pack.contents.proving import Evidence, evidence_of
from reports.pack.contents.record import Records
from reports.pack.contents.saying import (
    sampled_sentence,
    scope_sentence,
    sealed_sentence,
    unfinished_sentence,
    withheld_sentence,
)
from reports.pack.member import INDEX, Member
from reports.pack.source import NightSource
from reports.rendering import render
from reports.view import Line, Rate, counts, rate


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Group as shown (结论分组)."""

    key: str
    words: str
    tone: str
    count: int
    standings: tuple[tuple[Standing, int], ...]


@dataclass(frozen=True, slots=True)
class ShownOrgan:
    """Organ as shown (单位一览)."""

    organ: Organ
    anchor: str
    counts: dict[str, int]
    rate: Rate
    proofs: list[Proof]


def index_member(source: NightSource, members: Sequence[Member], records: Records) -> Member:
    """The page, with all of its content in the HTML.

    Args:
        members: what else stands in the pack, to be listed.
    """
    view = source.view
    style, script = carried("pack_index.css"), carried("pack_index.js")
    page = render(
        "pack_index.html",
        title=f"{view.district.name}政务公开核验佐证包",
        policy=content_policy(style, script),
        style=style,
        script=script,
        source=source,
        view=view,
        notices=[
            said for said in (sealed_sentence(source), unfinished_sentence(source), view.held_by_incident) if said
        ],
        withheld=withheld_sentence(source),
        sampled=sampled_sentence(source),
        scope=scope_sentence(source),
        confirmation=confirmation_of(view.night),
        groups=_groups(view.lines),
        organs=_organs(source, evidence_of(source, records)),
        files=sorted(member.path for member in members if "/" not in member.path or _is_listed(member.path)),
        utc=utc,
    )
    addresses = [*(one.target_uri for one in source.snapshots), *(one.target_uri for one in source.withheld)]
    return Member(INDEX, page_bytes(page, view.lines, addresses))


def _is_listed(path: str) -> bool:
    """Pictures and assessor's copies are reached from their duties; hundreds of names help nobody."""
    return not path.startswith(("pictures/", "assessor/")) or path.endswith(".xlsx")


def _groups(lines: Sequence[Line]) -> list[ShownGroup]:
    return [
        ShownGroup(group.value, group.chinese, group.tone, len(its), tuple(counts(its).items()))
        for group, its in grouped(lines).items()
    ]


def _organs(source: NightSource, evidence: Evidence) -> list[ShownOrgan]:
    view = source.view
    anchors = {organ.id: f"o-{number}" for number, organ in enumerate(view.organs, start=1)}
    names = {line.obligation.id: anchor_of(number, line) for number, line in enumerate(view.lines, start=1)}
    shown = []
    for organ in view.organs:
        lines = [line for line in view.lines if line.obligation.organ == organ]
        sorted_lines = [line for its in grouped(lines).values() for line in its]
        proofs = [proof_of(line, evidence, anchors, names) for line in sorted_lines]
        if proofs:
            per_group = {group.value: len(its) for group, its in grouped(lines).items()}
            shown.append(ShownOrgan(organ, anchors[organ.id], per_group, rate(lines), proofs))
    return shown
