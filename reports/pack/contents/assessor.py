"""For third-party assessors (供第三方评估): a folder for every scored duty, passes too, and a list of all of them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ledger.privacy import masked
from ledger.standing import Dimension, DimensionResult, Standing
from reports.pack.contents.inert_page import carried, content_policy, numbers_of, page_bytes, utc
from reports.pack.contents.policy import UNSCORED, is_scored
from reports.pack.contents.proof import Proof, proof_of
from reports.pack.contents.proving import Evidence, ShownPicture, evidence_of
from reports.pack.contents.record import Records
from reports.pack.contents.safe_name import safe_name, unlike
from reports.pack.contents.saying import one_line
from reports.pack.member import Member
from reports.pack.source import NightSource
from reports.rendering import render
from reports.spreadsheet import SheetTable, column_name, organ_names, write_tables
from reports.view import Line
from reports.wording import DIMENSION_NAMES, RESULT_MARKS, shanghai

FOLDER = "assessor"
LIST = f"{FOLDER}/佐证目录.xlsx"
HEADER = (
    "序号",
    "单位",
    "指标序号",
    "栏目",
    "路径",
    "依据",
    "结论",
    "扣分项",
    *(f"{DIMENSION_NAMES[one]}（维度）" for one in Dimension),
    "地址",
    "采样时间",
    "佐证文件",
    "摘要值（SHA-256）",
)
LEFT_OUT_HEADER = ("序号", "单位", "指标序号", "栏目", "路径", "依据", "结论", "说明")
_WIDTHS = (6, 20, 9, 24, 40, 30, 18, 18, 8, 8, 8, 8, 8, 36, 20, 44, 68)
_LEFT_OUT_WIDTHS = (6, 22, 9, 28, 44, 34, 18, 60)
_ORGAN_LIMIT = 28
_DUTY_LIMIT = 40
"""With these a member's whole path stays within 100 characters."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Scored duty (计分事项) with its folder and files."""

    line: Line
    number: str
    files: tuple[Member, ...]


def assessor_members(source: NightSource, records: Records) -> list[Member]:
    """Everything below ``assessor/``; nothing where the pack is not for an assessor."""
    if not source.scope.for_assessor:
        return []
    numbers = indicator_numbers(source)
    duties = list(_duties(source, evidence_of(source, records), numbers))
    left_out = [line for line in source.view.lines if not is_scored(line)]
    listed = Member(LIST, _list(source, duties, left_out, numbers))
    return [listed, *(file for duty in duties for file in duty.files)]


def indicator_numbers(source: NightSource) -> dict[tuple[str, str], str]:
    """指标序号 by directory and requirement id: place of the notice, then row of the notice, ``1-03``."""
    numbers = {}
    for place, directory in enumerate(source.view.directories, start=1):
        for row, requirement in enumerate(directory.requirements, start=1):
            numbers[directory.id, requirement.id] = f"{place}-{row:02}"
    return numbers


def deducted(line: Line) -> tuple[str, ...]:
    """Dimensions in which a duty falls short (扣分项).

    What could not be verified costs nothing, nor does a suspicion, nor what the office's review holds back.
    """
    if line.standing.standing is Standing.SUSPECT or line.is_held:
        return ()
    judged = line.standing.dimensions
    return tuple(DIMENSION_NAMES[one] for one in Dimension if judged.get(one) is DimensionResult.NO)


def _duties(source: NightSource, evidence: Evidence, numbers: Mapping[tuple[str, str], str]) -> Iterator[Duty]:
    organs: dict[str, str] = {}
    taken: dict[str, set[str]] = {}
    for line in source.view.lines:
        if not is_scored(line):
            continue
        organ = line.obligation.organ
        if organ.id not in organs:
            wanted = safe_name(organ.name, _ORGAN_LIMIT, organ.id)
            organs[organ.id] = unlike(wanted, {name.casefold() for name in organs.values()}, _ORGAN_LIMIT)
        number = _number(line, numbers)
        wanted = safe_name(f"{number}_{column_name(line)}", _DUTY_LIMIT)
        name = unlike(wanted, taken.setdefault(organ.id, set()), _DUTY_LIMIT)
        taken[organ.id].add(name.casefold())
        folder = f"{FOLDER}/{organs[organ.id]}/{name}"
        yield Duty(line, number, tuple(_files(source, evidence, line, number, folder)))


def _number(line: Line, numbers: Mapping[tuple[str, str], str]) -> str:
    owed = line.obligation
    return numbers.get((owed.directory.id, owed.requirement.id), "0-00")


def _files(source: NightSource, evidence: Evidence, line: Line, number: str, folder: str) -> Iterator[Member]:
    proof = proof_of(line, evidence, {}, {})
    shots, copies = _copies(source, proof.shots, folder)
    style = carried("pack_duty.css")
    page = render(
        "pack_duty.html",
        title=f"{number} {proof.name}",
        policy=content_policy(style),
        style=style,
        number=number,
        proof=replace(proof, shots=shots),
        lost=deducted(line),
        night=source.view.night.night,
        utc=utc,
    )
    yield Member(f"{folder}/结论.html", page_bytes(page, (line,), [one.url for one in proof.evidence]))
    yield from copies
    yield Member(f"{folder}/网页快照.txt", _snapshot_text(proof))


def _copies(source: NightSource, shots: Sequence[ShownPicture], folder: str) -> tuple[list[ShownPicture], list[Member]]:
    """Pictures under names that people read; one whose bytes are not at hand is left out."""
    shown, copies = [], []
    for number, shot in enumerate(shots, start=1):
        body = source.picture_files.get(shot.file)
        if body is not None:
            name = f"{number}_{shot.words}.png"
            shown.append(replace(shot, href=name))
            copies.append(Member(f"{folder}/{name}", body))
    return shown, copies


def _snapshot_text(proof: Proof) -> bytes:
    lines = ["网页快照：原件在佐证包的 evidence.wacz 中，可用 ReplayWeb.page 或 pywb 按地址离线回放。", ""]
    for one in proof.evidence:
        lines += [
            f"快照编号：{one.id}",
            f"地址：{one_line(masked(one.url))}",
            f"采样时间：{shanghai(one.fetched_at)}（北京时间 +08:00）；{utc(one.fetched_at)}（UTC）",
            f"状态码：{one.status or '—'}",
            f"载荷摘要：{one.payload_digest or '—'}",
            f"记录摘要：{f'sha256:{one.record_digest}' if one.record_digest else '—'}",
            f"位置：{one.place}",
            "",
        ]
    return ("\ufeff" + "\r\n".join(lines)).encode("utf-8", "replace")


def _list(
    source: NightSource, duties: Sequence[Duty], left_out: Sequence[Line], numbers: Mapping[tuple[str, str], str]
) -> bytes:
    stars = numbers_of(source.view.lines)
    scored = [_row(place, duty) for place, duty in enumerate(duties, start=1)]
    others = [_left_out_row(place, line, _number(line, numbers)) for place, line in enumerate(left_out, start=1)]
    notices = [(place, one.title, one.document_number) for place, one in enumerate(source.view.directories, start=1)]
    tables: list[SheetTable] = [
        ("佐证目录", HEADER, _WIDTHS, [_starred(row, stars) for row in scored]),
        ("未列入计分", LEFT_OUT_HEADER, _LEFT_OUT_WIDTHS, [_starred(row, stars) for row in others]),
        ("说明", ("指标序号首位", "文件", "文号"), (14, 60, 30), [*notices, ("", UNSCORED, "")]),
    ]
    night, buffer = source.scope.night, io.BytesIO()
    write_tables(buffer, tables, created=datetime(night.year, night.month, night.day, tzinfo=UTC))
    return buffer.getvalue()


def _row(place: int, duty: Duty) -> tuple[object, ...]:
    line = duty.line
    judged = line.standing.dimensions
    marks = (RESULT_MARKS[judged.get(one, DimensionResult.UNVERIFIED)] for one in Dimension)
    return (
        place,
        organ_names(line),
        duty.number,
        column_name(line),
        str(line.obligation.path or ""),
        "；".join(line.obligation.citations),
        line.standing.standing.chinese,
        "、".join(deducted(line)),
        *marks,
        line.standing.url,
        shanghai(line.standing.seen_at),
        "\n".join(file.path for file in duty.files),
        "\n".join(hashlib.sha256(file.body).hexdigest() for file in duty.files),
    )


def _left_out_row(place: int, line: Line, number: str) -> tuple[object, ...]:
    return (
        place,
        organ_names(line),
        number,
        column_name(line),
        str(line.obligation.path or ""),
        "；".join(line.obligation.citations),
        line.standing.standing.chinese,
        line.standing.detail,
    )


def _starred(row: Sequence[object], stars: Mapping[str, str]) -> tuple[object, ...]:
    starred = []
    for value in row:
        for number, shown in stars.items():
            value = value.replace(number, shown) if isinstance(value, str) else value
        starred.append(value)
    return tuple(starred)
