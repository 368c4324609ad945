"""The sheet to be answered (问题反馈表) comes back: links and disputes are taken, any other change is refused."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from reports.check_code import SheetOrigin, row_code
from reports.received import ReceivedFileError, ReceivedRow, received_tables
from reports.spreadsheet import (
    CODE,
    DISPUTE,
    GUIDE,
    GUIDE_DISTRICT,
    GUIDE_NIGHT,
    GUIDE_ORGAN,
    ISSUE_HEADER,
    ISSUES,
    LINK,
    NOTE,
    RESULT_HEADER,
    RESULTS,
    fixed_cells,
)

LINKS_A_GAP = 3
LONGEST_LINK = 2_000
LONGEST_WORDS = 5_000
PROBLEMS_SHOWN = 20
_BETWEEN_LINKS = re.compile(r"[\s；，、]+")
_HEADERS = {ISSUES: ISSUE_HEADER, RESULTS: RESULT_HEADER}
_ANSWERS = (LINK, DISPUTE, NOTE)


class ReplySheetError(Exception):
    """Raised when a sheet is not taken back, from ``read_reply_sheet``; one line a row refused, with the reason."""

    def __init__(self, file: Path, problems: Sequence[str]) -> None:
        more = len(problems) - PROBLEMS_SHOWN
        shown = "\n".join(f"  {one}" for one in problems[:PROBLEMS_SHOWN]) + (f"\n  另有 {more} 处" if more > 0 else "")
        super().__init__(f"{file.name}：未导入任何内容，以下各处不符合要求：\n{shown}")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Answered:
    """Answer to one gap (单项回复) as filled in; ``place`` says where it stands in the file."""

    gap_id: str
    links: tuple[str, ...]
    dispute: str
    note: str
    place: str


@dataclass(frozen=True, slots=True)
class ReplySheet:
    """Sheet that came back (收回的问题反馈表). ``digest`` is the hex SHA-256 of the file."""

    origin: SheetOrigin
    answers: tuple[Answered, ...]
    digest: str


@dataclass(slots=True)
class _Filling:
    links: list[str] = field(default_factory=list)
    dispute: str = ""
    note: str = ""
    place: str = ""


def read_origin(file: Path) -> SheetOrigin:
    """Which night and organ a sheet says it is of; its rows prove it.

    Raises:
        ReceivedFileError: it is no sheet of ours.
    """
    return _origin(file, received_tables(file, (GUIDE,)))


def read_reply_sheet(
    file: Path,
    *,
    key: bytes,
    known: Mapping[str, AbstractSet[str]],
    refuse_link: Callable[[str], str],
) -> ReplySheet:
    """Read what was filled in; rows without an answer are passed over, but must be as they were sent.

    Args:
        key: that the row codes were made with.
        known: organ ids that a gap belongs to, by gap id.
        refuse_link: why an address cannot be taken, or empty.

    Raises:
        ReceivedFileError: the file as a whole is not as it was sent.
        ReplySheetError: rows that try to change anything else; nothing of the file is taken then.
    """
    tables = received_tables(file, (ISSUES, RESULTS, GUIDE))
    origin = _origin(file, tables)
    if ISSUES not in tables:
        raise ReceivedFileError(file, f"没有名为“{ISSUES}”的工作表")
    reading = _Reading(origin, key, known, refuse_link)
    for name in (ISSUES, RESULTS):
        if name in tables:
            reading.take(file, name, tables[name])
    if reading.problems:
        raise ReplySheetError(file, reading.problems)
    answers = tuple(
        Answered(gap_id, tuple(dict.fromkeys(one.links)), one.dispute, one.note, one.place)
        for gap_id, one in reading.filled.items()
    )
    return ReplySheet(origin, answers, hashlib.sha256(file.read_bytes()).hexdigest())


@dataclass(slots=True)
class _Reading:
    origin: SheetOrigin
    key: bytes
    known: Mapping[str, AbstractSet[str]]
    refuse_link: Callable[[str], str]
    problems: list[str] = field(default_factory=list)
    filled: dict[str, _Filling] = field(default_factory=dict)

    def take(self, file: Path, name: str, rows: Sequence[ReceivedRow]) -> None:
        header = _HEADERS[name]
        if not rows or rows[0].number != 1 or rows[0].cells != header or rows[0].formulas:
            raise ReceivedFileError(file, "表头与发出的表格不一致", "请勿增删、改名或调换列", f"{name} 第 1 行")
        seen: dict[str, int] = {}
        for row in rows[1:]:
            place = f"{name} 第 {row.number} 行"
            cells = dict(zip(header, (*row.cells, *("",) * (len(header) - len(row.cells))), strict=False))
            gap_id = cells["编号"]
            why = self._refused(name, header, row, cells, seen) or self._fill(place, gap_id, cells)
            seen.setdefault(gap_id, row.number)
            if why:
                self.problems.append(f"{place}（编号 {gap_id or '空'}）：{why}")

    def _refused(
        self, name: str, header: Sequence[str], row: ReceivedRow, cells: Mapping[str, str], seen: Mapping[str, int]
    ) -> str:
        """Why a row is not as it was sent, or empty."""
        gap_id = cells["编号"]
        if row.formulas:
            column = header[row.formulas[0]] if row.formulas[0] < len(header) else f"第 {row.formulas[0] + 1} 列"
            return f"“{column}”中是公式；请直接填写文字"
        if len(row.cells) > len(header):
            return "表头以外的列有内容；请勿增加列"
        if not gap_id:
            return "没有编号；请勿增加行"
        if gap_id not in self.known:
            return "编号不存在；请勿增加行或改动编号"
        if self.origin.organ_id and self.origin.organ_id not in self.known[gap_id]:
            return "该编号不属于本表的责任单位；请勿从其他表格复制行"
        if gap_id in seen:
            return f"与第 {seen[gap_id]} 行重复；一个编号只保留一行"
        code = row_code(self.key, self.origin, name, fixed_cells(header, tuple(cells[label] for label in header)))
        if not code or not hmac.compare_digest(code, cells[CODE].encode("ascii", "replace").decode()):
            return f"除可填写的各栏外，本行与发出时不一致；请恢复原文，只填写“{LINK}”“{DISPUTE}”“{NOTE}”"
        return ""

    def _fill(self, place: str, gap_id: str, cells: Mapping[str, str]) -> str:
        """Take what was filled in; what is wrong with it, or empty."""
        links = [one for one in _BETWEEN_LINKS.split(cells[LINK]) if one]
        words = {label: cells.get(label, "") for label in (DISPUTE, NOTE)}
        if not links and not any(words.values()):
            return ""
        one = self.filled.setdefault(gap_id, _Filling(place=place))
        one.links += [link for link in links if link not in one.links]
        if len(one.links) > LINKS_A_GAP:
            return f"链接超过 {LINKS_A_GAP} 个；请只填写能说明整改的网址"
        for link in links:
            why = "网址过长" if len(link) > LONGEST_LINK else self.refuse_link(link)
            if why:
                return f"“{LINK}”{link[:120]}：{why}"
        if any(len(text) > LONGEST_WORDS for text in words.values()):
            return f"文字超过 {LONGEST_WORDS} 字；请精简，另附材料"
        for label, said in ((DISPUTE, one.dispute), (NOTE, one.note)):
            if words[label] and said and words[label] != said:
                return f"两张工作表中的“{label}”不一致；请只填写一处"
        one.dispute, one.note = words[DISPUTE] or one.dispute, words[NOTE] or one.note
        return ""


def _origin(file: Path, tables: Mapping[str, Sequence[ReceivedRow]]) -> SheetOrigin:
    said = {row.cells[0]: row.cells[1] for row in tables.get(GUIDE, ()) if len(row.cells) >= 2}
    try:
        return SheetOrigin(said[GUIDE_DISTRICT], date.fromisoformat(said[GUIDE_NIGHT]), said.get(GUIDE_ORGAN, ""))
    except (KeyError, ValueError) as error:
        raise ReceivedFileError(file, f"“{GUIDE}”中没有区县和批次", "请使用核验系统发出的《问题反馈表》") from error
