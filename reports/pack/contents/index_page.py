"""index.html of a pack: every verdict with its proof in one file, that needs no server, no network and no script."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources

from catalog.district import Organ
from ledger.observation import TrailStep
from ledger.standing import Standing
from reports.pack.contents.grouping import Group, group_of, grouped
from reports.pack.contents.plain import line_of, private_numbers
from reports.pack.contents.policy import confirmation_of
from reports.pack.contents.proving import (
    Evidence,
    ShownCheck,
    ShownEvidence,
    ShownPicture,
    checks_of,
    dimensions_of,
    evidence_of,
    pictures_of,
    snapshots_of,
    trail_of,
)
from reports.pack.contents.record import Records
from reports.pack.contents.saying import sampled_sentence, scope_sentence, unfinished_sentence, withheld_sentence
from reports.pack.member import INDEX, Member
from reports.pack.source import NightSource
from reports.rendering import path_steps, render
from reports.view import Line, Rate, counts, rate

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Group as shown (结论分组)."""

    key: str
    words: str
    tone: str
    count: int
    standings: tuple[tuple[Standing, int], ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """One line with its proof, as shown (事项与佐证)."""

    line: Line
    anchor: str
    organs: str
    group: str
    tone: str
    kind: str
    name: str
    leaf: str
    gap_id: str
    cause: str
    steps: tuple[tuple[str, str], ...]
    dimensions: list[tuple[str, str, str]]
    checks: list[ShownCheck]
    shots: list[ShownPicture]
    trail: tuple[TrailStep, ...]
    evidence: list[ShownEvidence]


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
    style, script = _carried("pack_index.css"), _carried("pack_index.js")
    page = render(
        "pack_index.html",
        title=f"{view.district.name}政务公开核验佐证包",
        policy=content_policy(style, script),
        style=style,
        script=script,
        source=source,
        view=view,
        notices=[said for said in (unfinished_sentence(source), view.held_by_incident) if said],
        withheld=withheld_sentence(source),
        sampled=sampled_sentence(source),
        scope=scope_sentence(source),
        confirmation=confirmation_of(view.night),
        groups=_groups(view.lines),
        organs=_organs(source, evidence_of(source, records)),
        files=sorted(member.path for member in members if "/" not in member.path or _is_listed(member.path)),
        utc=_utc,
    )
    return Member(INDEX, _without_private(page, source).encode("utf-8", "replace"))


def content_policy(style: str, script: str) -> str:
    """Content-Security-Policy: one style and one script by their digests, pictures beside the page."""
    return (
        "default-src 'none'; img-src 'self' file:; "
        f"style-src '{_source_digest(style)}'; script-src '{_source_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _source_digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _carried(name: str) -> str:
    return resources.files("reports").joinpath("templates", name).read_text(encoding="utf-8")


def _is_listed(path: str) -> bool:
    """Pictures and assessor's copies are reached from their duties; hundreds of names help nobody."""
    return not path.startswith(("pictures/", "assessor/")) or path.endswith(".xlsx")


def _utc(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if moment else ""


def _without_private(page: str, source: NightSource) -> str:
    clean = _CONTROL.sub("", page)
    for line in source.view.lines:
        shown = {"standing": line.standing, "column": line.column}
        for number, stars in private_numbers(line_of(shown)).items():
            clean = clean.replace(number, stars)
    return clean


def _groups(lines: Sequence[Line]) -> list[ShownGroup]:
    return [
        ShownGroup(group.value, group.chinese, group.tone, len(its), tuple(counts(its).items()))
        for group, its in grouped(lines).items()
    ]


def _organs(source: NightSource, evidence: Evidence) -> list[ShownOrgan]:
    view = source.view
    anchors = {organ.id: f"o-{number}" for number, organ in enumerate(view.organs, start=1)}
    names = {line.obligation.id: _anchor(number, line) for number, line in enumerate(view.lines, start=1)}
    shown = []
    for organ in view.organs:
        lines = [line for line in view.lines if line.obligation.organ == organ]
        sorted_lines = [line for its in grouped(lines).values() for line in its]
        proofs = [_proof(line, evidence, anchors, names) for line in sorted_lines]
        if proofs:
            per_group = {group.value: len(its) for group, its in grouped(lines).items()}
            shown.append(ShownOrgan(organ, anchors[organ.id], per_group, rate(lines), proofs))
    return shown


def _anchor(number: int, line: Line) -> str:
    return line.gap.id if line.gap else f"d-{number}"


def _proof(line: Line, evidence: Evidence, anchors: dict[str, str], names: dict[str, str]) -> Proof:
    owed, standing, group = line.obligation, line.standing, group_of(line)
    its_organs = dict.fromkeys((owed.organ, *owed.responsible))
    is_minor = group is Group.GAP and standing.standing.is_minor
    kind = standing.standing.chinese
    venue = f"（{owed.venue}）" if owed.venue else ""
    return Proof(
        line=line,
        anchor=names[owed.id],
        organs=" ".join(anchors[organ.id] for organ in its_organs if organ.id in anchors),
        group=group.value,
        tone="minor" if is_minor else group.tone,
        kind=f"{kind}：{standing.suspected.chinese}" if standing.suspected else kind,
        name=owed.requirement.full_title + venue,
        leaf=owed.path.labels[-1] if owed.path else "",
        gap_id=line.gap.id if line.gap else "",
        cause=names.get(standing.caused_by, ""),
        steps=path_steps(line),
        dimensions=dimensions_of(line),
        checks=checks_of(evidence, line),
        shots=pictures_of(evidence, line),
        trail=trail_of(line),
        evidence=snapshots_of(evidence, line),
    )
