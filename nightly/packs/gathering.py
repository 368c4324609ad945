"""What a pack is made from, read from the ledger: a whole night, one organ of it, or some of its gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from ledger.archive.page_archive import Kept
from ledger.encoding import from_json
from ledger.ledger import Ledger
from ledger.night import Night
from ledger.picture import Picture
from nightly.environment import environment_of
from nightly.errors import NightError
from nightly.preparing import Prepared
from nightly.settings import Settings
from nightly.viewing import view_night
from reports.pack.member import Scope
from reports.pack.source import NightSource
from reports.view import NightView
from reports.writing import file_name

_PICTURE_LINK = re.compile('(href|src)="(?:\\.\\./)?截图/'.encode())
"""Only in the templates' own attributes: what a page wrote is escaped there and has no quotation mark."""


def night_source(prepared: Prepared, ledger: Ledger, night: Night, settings: Settings, scope: Scope) -> NightSource:
    """A judged night within a scope; chain, custody and what is withheld are still to be filled in.

    Raises:
        NightError: the night was not judged, or the scope names what the night does not have.
    """
    if not ledger.standings(night.id):
        raise NightError(f"night {night.night} of {night.district_id} has not been judged; run: mingcha judge first")
    view = _within(view_night(prepared, ledger, night), ledger, scope)
    looks = [one for one in ledger.looks(night.id) if one.finished_at is not None]
    owed = {line.obligation.id for line in view.lines}
    kept = ledger.kept_of(night.district_id, night.night)
    here = {one.snapshot.id for one in kept}  # of a frozen night a picture of a later page is no part
    pictures = tuple(
        one for one in _pictures(settings, night) if one.obligation_id in owed and here.issuperset(one.snapshot_ids)
    )
    source = NightSource(
        scope=scope,
        view=replace(view, looks=tuple(looks)),
        looks=looks,
        observations={one.id: ledger.observations(one.id) for one in looks},
        verdicts={
            one.id: [verdict for verdict in ledger.verdicts(one.id) if verdict.obligation_id in owed] for one in looks
        },
        gaps=ledger.gaps(night.district_id, night.night),
        snapshots=(),
        environment=environment_of(ledger, night),
        chain=(),
        pictures=pictures,
    )
    return replace(source, snapshots=[one.snapshot for one in kept_in_scope(source, ledger, kept)])


def kept_in_scope(source: NightSource, ledger: Ledger, kept: Sequence[Kept]) -> tuple[Kept, ...]:
    """What of the archive bears on the scope: what verdicts cite, with originals, redirects and what was rendered."""
    if source.scope.is_whole:
        return tuple(kept)
    cited = {snapshot for line in source.view.lines for snapshot in line.standing.evidence}
    cited |= {line.column.snapshot_id for line in source.view.lines if line.column is not None}
    cited |= {one for verdicts in source.verdicts.values() for verdict in verdicts for one in verdict.evidence}
    cited |= {one for picture in source.pictures for one in picture.snapshot_ids}
    cited |= _redirects(source, ledger, kept, cited)
    by_id = {one.snapshot.id: one for one in kept}
    waiting = [one for one in cited if one in by_id]
    while waiting:
        referred = by_id[waiting.pop()].refers_to
        if referred and referred not in cited:
            cited.add(referred)
            waiting.append(referred)
    return tuple(one for one in kept if one.snapshot.id in cited)


def _redirects(source: NightSource, ledger: Ledger, kept: Sequence[Kept], cited: set[str]) -> set[str]:
    """The hops that led to what is cited: the newest answer of each address before the last one came."""
    moments = {one.snapshot.id: one.snapshot.fetched_at for one in kept}
    hops = set()
    for look in source.looks:
        for arrival in ledger.arrived(look.id):
            if arrival.snapshot_id not in cited or not arrival.redirects:
                continue
            ended = moments.get(arrival.snapshot_id)
            for url in arrival.redirects:
                before = [
                    one.snapshot
                    for one in kept
                    if one.snapshot.target_uri == url and (ended is None or one.snapshot.fetched_at <= ended)
                ]
                if before:
                    hops.add(max(before, key=lambda one: one.fetched_at).id)
    return hops


def report_texts(folder: Path, view: NightView, scope: Scope) -> dict[str, bytes]:
    """The night's reports in a folder by their path in the pack; of one organ its own, of single gaps none.

    Their pictures stand in the pack once only, so the links in them are turned there.
    """
    if scope.gap_ids or not folder.is_dir():
        return {}
    found: dict[str, bytes] = {}
    for file in sorted(folder.rglob("*")):
        inner = file.relative_to(folder)
        if file.suffix not in (".html", ".xlsx") or not _is_of(inner, view, scope):
            continue
        body = file.read_bytes()
        if file.suffix == ".html":
            up = "../" * len(inner.parts)
            body = _PICTURE_LINK.sub(rf'\1="{up}pictures/'.encode(), body)
        found[f"reports/{inner.as_posix()}"] = body
    return found


def picture_bodies(settings: Settings, pictures: Iterable[Picture]) -> dict[str, bytes]:
    """PNG bytes by file name.

    Raises:
        NightError: a picture that the night lists is gone.
    """
    found: dict[str, bytes] = {}
    for name in sorted({one.file for one in pictures}):
        try:
            found[name] = (settings.pictures / name).read_bytes()
        except FileNotFoundError:
            raise NightError(f"picture {name} is gone; make the reports again: mingcha report") from None
    return found


def _is_of(inner: Path, view: NightView, scope: Scope) -> bool:
    if not scope.organ_id:
        return True
    organ = next(one for one in view.organs if one.id == scope.organ_id)
    return inner.parts[0] == "单位" and inner.stem.removesuffix("_问题反馈表") == file_name(organ)


def _within(view: NightView, ledger: Ledger, scope: Scope) -> NightView:
    lines = view.lines
    if scope.organ_id:
        organ = next((one for one in view.organs if one.id == scope.organ_id), None)
        if organ is None:
            known = "、".join(one.id for one in view.organs[:5])
            raise NightError(f"organ {scope.organ_id!r}: night {scope.night} owes nothing of it; organs: {known} ...")
        lines = view.of_organ(organ)
    if scope.gap_ids:
        gaps = {gap.id: gap.obligation_id for gap in ledger.gaps(scope.district_id, scope.night)}
        if unknown := [one for one in scope.gap_ids if one not in gaps]:
            raise NightError(f"gap {unknown[0]}: night {scope.night} has no such gap; see: mingcha gaps")
        wanted = {gaps[one] for one in scope.gap_ids}
        lines = tuple(line for line in lines if line.obligation.id in wanted)
    return replace(view, lines=lines)


def _pictures(settings: Settings, night: Night) -> Sequence[Picture]:
    file = settings.pictures / f"{night.district_id}-{night.night.isoformat()}.jsonl"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    return [from_json(Picture, line) for line in lines]
